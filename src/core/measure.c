#include "core/measure.h"

static const str basis_names[] = {S("attested"), S("reviewed"), S("measured")};

struct measure_tally measure_add(struct measure_tally a, struct measure_tally b)
{
	return (struct measure_tally){a.yes + b.yes, a.no + b.no, a.unknown + b.unknown};
}

int64_t measure_total(struct measure_tally t)
{
	return t.yes + t.no + t.unknown;
}

int measure_basis_find(str word)
{
	for (int i = 0; i < 3; i++)
		if (str_eq_fold(word, basis_names[i]))
			return i;
	return -1;
}

str measure_basis_name(enum measure_basis basis)
{
	return basis_names[basis];
}

static int order_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int measure_order(const void *left, const void *right)
{
	const struct measure *a = left, *b = right;
	int order = order_i64(a->unit, b->unit);
	if (!order)
		order = order_i64(a->objective, b->objective);
	if (!order)
		order = order_i64(a->source, b->source);
	if (!order)
		order = order_i64(a->observed_ms, b->observed_ms);
	return order ? order : order_i64(a->recorded, b->recorded);
}
