#include "core/sample.h"

#include <math.h>

/* The 97.5 % point of the normal distribution. */
#define Z 1.959963984540054

struct measure_tally sample_tally(int64_t yes, int64_t no, int64_t population)
{
	int64_t looked_at = yes + no;
	int64_t all = population > looked_at ? population : looked_at;
	if (looked_at == 0)
		return (struct measure_tally){0, 0, all};
	if (all == looked_at)
		return (struct measure_tally){yes, no, 0};
	double n = (double)looked_at, p = (double)yes / n;
	double middle = p + Z * Z / (2 * n);
	double reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
	double lower = (middle - reach) / (1 + Z * Z / n), upper = (middle + reach) / (1 + Z * Z / n);
	lower = lower < 0 ? 0 : lower;
	upper = upper > 1 ? 1 : upper;
	int64_t surely = (int64_t)floor((double)all * lower), surely_not = (int64_t)floor((double)all * (1 - upper));
	/* What was seen is certain, whatever the interval says. */
	surely = surely < yes ? yes : surely;
	surely_not = surely_not < no ? no : surely_not;
	return (struct measure_tally){surely, surely_not, all - surely - surely_not};
}
