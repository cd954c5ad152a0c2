#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct row {
	const char *text;
	int64_t ms;
	bool zone;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t ms = 42, again = 42;
		bool zone = !rows[i].zone;
		if (!time_parse_zone(str_from(rows[i].text), &ms, &zone))
			fail_msg("not read: %s", rows[i].text);
		if (ms != rows[i].ms)
			fail_msg("%s gave %lld", rows[i].text, (long long)ms);
		assert_int_equal(zone, rows[i].zone);
		assert_true(time_parse(str_from(rows[i].text), &again));
		assert_true(again == ms);
	}
}

static void days_are_counted_with_leap_years(void **state)
{
	(void)state;
	/* Days since 1970-01-01, counted by hand: 365 a year and one for each leap year between. */
	static const struct row rows[] = {
	    {"1970-01-01", 0, false},
	    {"1970-01-02", TIME_DAY_MS, false},
	    {"1969-12-31", -TIME_DAY_MS, false},
	    {"1971-01-01", 365 * TIME_DAY_MS, false},
	    {"1972-02-29", (730 + 31 + 28) * TIME_DAY_MS, false},
	    {"1972-03-01", (730 + 31 + 29) * TIME_DAY_MS, false},
	    {"1973-01-01", 1096 * TIME_DAY_MS, false},
	    {"2000-01-01", 10957 * TIME_DAY_MS, false}, /* 30 * 365 + 7 */
	    {"2000-02-29", (10957 + 31 + 28) * TIME_DAY_MS, false},
	    {"2000-03-01", (10957 + 31 + 29) * TIME_DAY_MS, false},
	    {"2001-01-01", 11323 * TIME_DAY_MS, false},
	    {"2026-11-01", 20758 * TIME_DAY_MS, false},  /* 56 * 365 + 14, and 304 days of 2026 */
	    {"2100-01-01", 47482 * TIME_DAY_MS, false},  /* 130 * 365 + 32 */
	    {"2101-01-01", 47847 * TIME_DAY_MS, false},  /* 2100 is no leap year */
	    {"1900-01-01", -25567 * TIME_DAY_MS, false}, /* 70 * 365 + 17 */
	    {"0001-01-01", TIME_MIN_MS, false},
	    {"9999-12-31", TIME_MAX_MS - TIME_DAY_MS + 1, false},
	};
	check(rows, sizeof rows / sizeof *rows);
}

static void clocks_fractions_and_zones_are_read(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    {"1970-01-01T00:00", 0, false},
	    {"1970-01-01T00:00Z", 0, true},
	    {"1970-01-01 01:02", 3720000, false},
	    {"1970-01-01t01:02:03z", 3723000, true},
	    {"1970-01-01T23:59:59.999Z", TIME_DAY_MS - 1, true},
	    {"1970-01-01T00:00:00.1", 100, false},
	    {"1970-01-01T00:00:00.12Z", 120, true},
	    {"1970-01-01T00:00:00,5Z", 500, true},
	    {"1970-01-01T00:00:00.0009Z", 0, true},
	    {"1970-01-01T00:00:00.1239999999999999999999999Z", 123, true},
	    {"1969-12-31T23:59:59.9999Z", -1, true},
	    {"1970-01-01T05:30:00+05:30", 0, true},
	    {"1970-01-01T05:30+0530", 0, true},
	    {"1970-01-01T05:00+05", 0, true},
	    {"1969-12-31T19:00:00.250-05:00", 250, true},
	    {"1970-01-01 00:00:00 +01:00", -3600000, true},
	    {"1970-01-01 00:00:00 Z", 0, true},
	    {"1970-01-01T00:00:00-00:00", 0, true},
	    {"1970-01-01T00:00:00+23:59", -(23 * 60 + 59) * INT64_C(60000), true},
	    {"2026-11-01T12:00:00+14:00", 20758 * TIME_DAY_MS - 7200000, true},
	    {"1969-12-31T24:00:00Z", 0, true},
	    {"1969-12-31T24:00", 0, false},
	    {"9999-12-31T23:59:59.999Z", TIME_MAX_MS, true},
	    {"9999-12-31T23:59:59.999999Z", TIME_MAX_MS, true},
	    {"0001-01-01T00:00:00Z", TIME_MIN_MS, true},
	    {"0001-01-01T05:00:00+05:00", TIME_MIN_MS, true},
	};
	check(rows, sizeof rows / sizeof *rows);
}

static void leap_seconds_end_a_utc_day(void **state)
{
	(void)state;
	static const struct row rows[] = {
	    {"2016-12-31T23:59:60Z", 17167 * TIME_DAY_MS, true}, /* 47 * 365 + 12 */
	    {"2016-12-31T23:59:60", 17167 * TIME_DAY_MS, false},
	    {"2016-12-31T23:59:60.999Z", 17167 * TIME_DAY_MS, true},
	    {"2017-01-01T05:29:60+05:30", 17167 * TIME_DAY_MS, true},
	    {"2016-12-31T15:59:60-08:00", 17167 * TIME_DAY_MS, true},
	    {"1969-12-31T23:59:60Z", 0, true},
	};
	static const char *const bad[] = {"2016-12-31T23:58:60Z", "2016-12-31T12:00:60Z", "2016-12-31T23:59:60+01:00",
					  "2016-12-31T23:59:61Z", "9999-12-31T23:59:60Z"};
	check(rows, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t ms = 42;
		if (time_parse(str_from(bad[i]), &ms) || ms != 42)
			fail_msg("read: %s", bad[i]);
	}
}

static const char *const not_times[] = {
    "",
    " ",
    "2026",
    "2026-11",
    "2026-11-",
    "2026-11-1",
    "2026-1-01",
    "26-11-01",
    "02026-11-01",
    "+2026-11-01",
    "-001-01-01",
    "0000-01-01",
    "10000-01-01",
    "2026/11/01",
    "20261101",
    "01.11.2026",
    "2026-00-01",
    "2026-13-01",
    "2026-01-00",
    "2026-01-32",
    "2026-06-31",
    "2026-04-31",
    "2026-09-31",
    "2026-11-31",
    "2026-02-29",
    "2024-02-30",
    "1900-02-29",
    "2100-02-29",
    "2026-11-01 ",
    " 2026-11-01",
    "2026-11-01Z",
    "2026-11-01+01:00",
    "2026-11-01T",
    "2026-11-01T1",
    "2026-11-01T12",
    "2026-11-01T12:",
    "2026-11-01T12:0",
    "2026-11-01T1200",
    "2026-11-01T12:00:",
    "2026-11-01T12:00:0",
    "2026-11-01T12:00:00.",
    "2026-11-01T12:00.5",
    "2026-11-01T12:00:00.Z",
    "2026-11-01T25:00",
    "2026-11-01T24:00:01",
    "2026-11-01T24:01",
    "2026-11-01T24:00:00.1",
    "2026-11-01T12:60",
    "2026-11-01T12:00:61",
    "2026-11-01T-1:00",
    "2026-11-01T+1:00",
    "2026-11-01T12:00 ",
    "2026-11-01T12:00  Z",
    "2026-11-01T12:00ZZ",
    "2026-11-01T12:00Z ",
    "2026-11-01T12:00+",
    "2026-11-01T12:00+1",
    "2026-11-01T12:00+01:",
    "2026-11-01T12:00+01:0",
    "2026-11-01T12:00+010",
    "2026-11-01T12:00+24:00",
    "2026-11-01T12:00+01:60",
    "2026-11-01T12:00+01:000",
    "2026-11-01T12:00 CET",
    "2026-11-01T12:00:00UTC",
    "2026-11-01  12:00",
    "2026-11-01_12:00",
    "1970-01-01T05+05",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "9999-12-31T24:00",
    "now",
    "2026-W44-7",
    "2026-305",
    "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA6-11-01",
};

static void everything_else_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof not_times / sizeof *not_times; i++) {
		int64_t ms = 42;
		bool zone = true;
		if (time_parse_zone(str_from(not_times[i]), &ms, &zone))
			fail_msg("read: %s", not_times[i]);
		assert_int_equal(ms, 42);
		assert_true(zone);
		assert_false(time_parse(str_from(not_times[i]), &ms));
	}
	int64_t ms = 42;
	assert_false(time_parse(S("2026-11-01\0"), &ms));
	assert_false(time_parse(S("2026-11-01\0T12:00"), &ms));
	assert_false(time_parse((str){NULL, 0}, &ms));
}

static void every_day_of_a_year_is_read_or_refused(void **state)
{
	(void)state;
	static const int years[] = {1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 2400, 9999};
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
		int y = years[i], days = 0;
		bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);
		int64_t first = 0, ms;
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= 31; d++) {
				char text[64];
				(void)snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
				bool want = d <= length[m - 1] + (leap && m == 2);
				assert_int_equal(time_parse(str_from(text), &ms), want);
				if (!want)
					continue;
				if (days == 0)
					first = ms;
				assert_true(ms == first + days * TIME_DAY_MS);
				days++;
			}
		assert_int_equal(days, 365 + leap);
	}
}

static void times_are_written(void **state)
{
	(void)state;
	static const struct {
		int64_t ms;
		const char *text, *day;
	} rows[] = {
	    {0, "1970-01-01T00:00:00Z", "1970-01-01"},
	    {1, "1970-01-01T00:00:00.001Z", "1970-01-01"},
	    {-1, "1969-12-31T23:59:59.999Z", "1969-12-31"},
	    {-TIME_DAY_MS, "1969-12-31T00:00:00Z", "1969-12-31"},
	    {951782400000, "2000-02-29T00:00:00Z", "2000-02-29"},
	    {1234567890120, "2009-02-13T23:31:30.120Z", "2009-02-13"},
	    {TIME_MAX_MS, "9999-12-31T23:59:59.999Z", "9999-12-31"},
	    {TIME_MIN_MS, "0001-01-01T00:00:00Z", "0001-01-01"},
	    {TIME_MAX_MS + 1, "9999-12-31T23:59:59.999Z", "9999-12-31"},
	    {TIME_MIN_MS - 1, "0001-01-01T00:00:00Z", "0001-01-01"},
	    {TIME_FOREVER, "9999-12-31T23:59:59.999Z", "9999-12-31"},
	    {INT64_MIN, "0001-01-01T00:00:00Z", "0001-01-01"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[TIME_TEXT];
		str s = time_format(rows[i].ms, text);
		assert_string_equal(text, rows[i].text);
		assert_true(s.p == text && s.n == strlen(text));
		s = time_format_day(rows[i].ms, text);
		assert_string_equal(text, rows[i].day);
		assert_int_equal(s.n, 10);
	}
}

static void many_instants_come_back_as_the_c_library_sees_them(void **state)
{
	(void)state;
	/* A step that is prime to day, hour, minute and second meets all of them. */
	size_t n = 0;
	for (int64_t ms = TIME_MIN_MS; ms <= TIME_MAX_MS - INT64_C(1234567890123); n++, ms += INT64_C(1234567891)) {
		char text[TIME_TEXT], oracle[64];
		int64_t again = 0, ms_of_second = ms % 1000 < 0 ? ms % 1000 + 1000 : ms % 1000;
		time_t seconds = (time_t)((ms - ms_of_second) / 1000);
		struct tm tm;
		assert_non_null(gmtime_r(&seconds, &tm));
		int length = snprintf(oracle, sizeof oracle, "%04d-%02d-%02dT%02d:%02d:%02d", tm.tm_year + 1900,
				      tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
		str s = time_format(ms, text);
		assert_memory_equal(text, oracle, (size_t)length);
		assert_int_equal(s.n, (size_t)length + (ms_of_second ? 5 : 1));
		assert_true(time_parse(s, &again));
		assert_true(again == ms);
	}
	assert_true(n > 250000);
}

static int64_t at(const char *text)
{
	int64_t ms;
	assert_true(time_parse(str_from(text), &ms));
	return ms;
}

static void months_keep_the_day_and_the_clock_where_there_is_such_a_day(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} rows[] = {
	    {"2026-11-22T06:30:00.123", -12, "2025-11-22T06:30:00.123"},
	    {"2026-11-22", 0, "2026-11-22"},
	    {"2026-01-15", -1, "2025-12-15"},
	    {"2026-12-15", 1, "2027-01-15"},
	    {"2026-03-31", -1, "2026-02-28"},
	    {"2024-03-31", -1, "2024-02-29"},
	    {"2024-02-29", -12, "2023-02-28"},
	    {"2026-05-31T23:59:59.999", 1, "2026-06-30T23:59:59.999"},
	    {"1970-01-01T00:00:00", -1, "1969-12-01"},
	    {"1969-12-31T23:00", -120, "1959-12-31T23:00"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (time_add_months(at(rows[i].from), rows[i].months) != at(rows[i].to))
			fail_msg("%s and %d months are not %s", rows[i].from, rows[i].months, rows[i].to);
	assert_true(time_add_months(TIME_MIN_MS, -1) == TIME_MIN_MS);
	assert_true(time_add_months(TIME_MAX_MS, 1) == TIME_MAX_MS);
	assert_true(time_add_months(INT64_MIN, 0) == TIME_MIN_MS && time_add_months(INT64_MAX, 0) == TIME_MAX_MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_are_counted_with_leap_years),
	    cmocka_unit_test(clocks_fractions_and_zones_are_read),
	    cmocka_unit_test(leap_seconds_end_a_utc_day),
	    cmocka_unit_test(everything_else_is_refused),
	    cmocka_unit_test(every_day_of_a_year_is_read_or_refused),
	    cmocka_unit_test(times_are_written),
	    cmocka_unit_test(months_keep_the_day_and_the_clock_where_there_is_such_a_day),
	    cmocka_unit_test(many_instants_come_back_as_the_c_library_sees_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
