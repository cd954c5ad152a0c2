/**
 * Times in the forms that other programs write, by a pattern: %Y year (4 digits), %m month, %d day, %b month as an
 * English name or its first three letters, %H hour, %I hour of a half day with %p AM or PM, %M minute, %S second with a
 * fraction where there is one, %z zone (Z, UTC, GMT, +02:00, +0200, +02), %a day of the week as an English name, which
 * is read over, %% a percent sign. Everything else stands for itself. Numbers have one or two digits; no locale.
 */
#ifndef BASE_TIME_PATTERN_H
#define BASE_TIME_PATTERN_H

#include "base/time.h"

/* What is wrong with a pattern, as in "the pattern <flaw>"; NULL when nothing is. */
const char *time_pattern_flaw(str pattern);
/* A text without %z is of the zone `east_ms` (milliseconds east of UTC). false when the text does not fit the pattern
   or is no time; out untouched. The pattern has no flaw. */
bool time_pattern_read(str pattern, str text, int64_t east_ms, int64_t *out_ms);
/* "Z", "UTC", "GMT", "+02:00", "+0200" or "+02" as milliseconds east of UTC. */
bool time_pattern_zone(str text, int64_t *east_ms);

#endif
