#include "base/embed.h"

#include <assert.h>

size_t embed_count(void)
{
	return embed_table_count;
}

struct embed_file embed_at(size_t i)
{
	assert(i < embed_table_count);
	return embed_table[i];
}

size_t embed_before(str name)
{
	size_t from = 0, to = embed_table_count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (str_cmp(embed_table[middle].name, name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

str embed_find(str name)
{
	size_t i = embed_before(name);
	if (i < embed_table_count && str_eq(embed_table[i].name, name))
		return embed_table[i].bytes;
	return (str){NULL, 0};
}

str embed_mark(void)
{
	return (str){embed_table_mark, 16};
}
