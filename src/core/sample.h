/**
 * A sample is a tally with honest unknowns.
 *
 * Of a population of N, n members were looked at and `yes` of them meet the condition. The Wilson score interval at 95
 * % (E. B. Wilson, 1927, "Probable inference, the law of succession, and statistical inference") bounds the share; what
 * it leaves open is unknown. The only floating point of the program; it is cut down to whole members at once.
 */
#ifndef CORE_SAMPLE_H
#define CORE_SAMPLE_H

#include "core/measure.h"

/* yes, no >= 0; population at least yes + no, else that is taken. Nothing looked at: all unknown. */
struct measure_tally sample_tally(int64_t yes, int64_t no, int64_t population);

#endif
