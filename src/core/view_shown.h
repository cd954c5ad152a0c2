/**
 * Differences as people see them. An index is shown in hundredths, cut towards zero, so that no level is announced
 * before it is reached; a difference that is shown is that of the two numbers that are shown, so that a reader who
 * subtracts gets the same. Exact thousandths stay in JSON and CSV.
 */
#ifndef CORE_VIEW_SHOWN_H
#define CORE_VIEW_SHOWN_H

#include <stdint.h>

/* 2419 -> 2410, -1219 -> -1210: what is shown of thousandths, in thousandths. */
int32_t view_shown(int32_t thousandths);
/* How far `to` is shown from `from`: 1333 and 3000 are 1.33 and 3.00, apart by 1.67. In a chain of numbers these
 * differences add up to that of its ends. */
int32_t view_shown_change(int32_t from, int32_t to);

#endif
