#include "import/near.h"

#include "import/formats.h"

/* How many single-byte edits lead from a to b; more than `limit` is given as limit + 1. */
static size_t edits(str a, str b, size_t limit)
{
	enum { LONGEST = 40 };
	size_t row[LONGEST + 1];
	if (a.n > LONGEST || b.n > LONGEST)
		return limit + 1;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t change = corner + !import_same_word((str){a.p + i - 1, 1}, (str){b.p + j - 1, 1});
			corner = row[j];
			size_t insert = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			row[j] = change < insert ? change : insert;
		}
	}
	return row[b.n] > limit ? limit + 1 : row[b.n];
}

struct import_near import_near(str word)
{
	return (struct import_near){.word = word, .distance = (word.n < 6 ? 1 : word.n / 4 + 1) + 1};
}

void import_near_try(struct import_near *near, str name)
{
	size_t d = edits(near->word, name, near->distance - 1);
	if (d >= near->distance)
		return;
	near->distance = d;
	near->found = name;
}
