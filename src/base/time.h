/**
 * Time is int64_t milliseconds since 1970-01-01T00:00:00Z; text is ISO 8601, always UTC, no locale.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/str.h"

/* Years 0001 to 9999, as milliseconds. */
#define TIME_MIN_MS INT64_C(-62135596800000)
#define TIME_MAX_MS INT64_C(253402300799999)
#define TIME_DAY_MS INT64_C(86400000)
/* Stands for "no end". */
#define TIME_FOREVER INT64_MAX
/* Room for "9999-12-31T23:59:59.999Z" and a NUL. */
#define TIME_TEXT 25

/**
 * Reads YYYY-MM-DD (its 00:00:00.000Z) or YYYY-MM-DD[T or space]HH:MM[:SS[.fraction]][Z|±HH[:]MM].
 * A time without a zone is UTC; digits past milliseconds are cut off. A leap second (23:59:60 UTC)
 * counts as the start of the next day, which may also be written 24:00.
 * false on anything else (day 31 of June too) or outside the years above; out untouched.
 */
bool time_parse(str text, int64_t *out_ms);
/* The same, and says whether the text named a zone. */
bool time_parse_zone(str text, int64_t *out_ms, bool *has_zone);
/* "2026-11-01T00:00:00Z", with ".123" only when there are milliseconds. ms is clamped to the range above. */
str time_format(int64_t ms, char out[TIME_TEXT]);
/* "2026-11-01": the UTC day of ms. */
str time_format_day(int64_t ms, char out[TIME_TEXT]);
/* The same day and clock so many months later (earlier when negative); a day that the month does not have is its last.
 * Clamped to the range above. */
int64_t time_add_months(int64_t ms, int months);

#endif
