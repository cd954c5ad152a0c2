#include "base/time_pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *read_as(const char *pattern, const char *text, int64_t east_ms)
{
	static char out[TIME_TEXT];
	int64_t ms = 42;
	assert_null(time_pattern_flaw(str_from(pattern)));
	if (!time_pattern_read(str_from(pattern), str_from(text), east_ms, &ms)) {
		assert_true(ms == 42);
		return "-";
	}
	return time_format(ms, out).p;
}

static void the_forms_of_other_programs_are_read(void **state)
{
	static const char *const rows[][3] = {
	    /* Go */
	    {"%Y-%m-%d %H:%M:%S %z UTC", "2025-04-03 20:20:00.43042 +0000 UTC", "2025-04-03T20:20:00.430Z"},
	    {"%Y-%m-%d %H:%M:%S %z UTC", "2025-04-03 20:20:00 +0000 UTC", "2025-04-03T20:20:00Z"},
	    /* RFC 5322, and the same as HTTP has it */
	    {"%a, %d %b %Y %H:%M:%S %z", "Thu, 03 Apr 2025 20:20:00 +0200", "2025-04-03T18:20:00Z"},
	    {"%a, %d %b %Y %H:%M:%S %z", "Thu, 3 Apr 2025 20:20:00 GMT", "2025-04-03T20:20:00Z"},
	    /* people */
	    {"%d.%m.%Y", "3.4.2025", "2025-04-03T00:00:00Z"},
	    {"%m/%d/%Y %I:%M %p", "4/3/2025 12:05 AM", "2025-04-03T00:05:00Z"},
	    {"%m/%d/%Y %I:%M:%S %p", "04/03/2025 12:05:09 pm", "2025-04-03T12:05:09Z"},
	    {"%m/%d/%Y %I:%M %p", "4/3/2025 1:05 PM", "2025-04-03T13:05:00Z"},
	    {"%b %d, %Y", "September 7, 2025", "2025-09-07T00:00:00Z"},
	    {"%b %d, %Y", "may 7, 2025", "2025-05-07T00:00:00Z"},
	    {"%Y%%%m%%%d", "2025%04%03", "2025-04-03T00:00:00Z"},
	    {"%Y%m%dT%H%M%S%z", "20250403T202000Z", "2025-04-03T20:20:00Z"},
	    {"%Y-%m-%d %H:%M:%S%z", "2025-04-03 20:20:00,5-03:30", "2025-04-03T23:50:00.500Z"},
	    {"%Y-%m-%d %H:%M", "2024-02-29 23:59", "2024-02-29T23:59:00Z"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(read_as(rows[i][0], rows[i][1], 0), rows[i][2]);
}

static void a_time_without_a_zone_is_of_the_one_given(void **state)
{
	(void)state;
	assert_string_equal(read_as("%d.%m.%Y %H:%M", "03.04.2025 01:00", 7200000), "2025-04-02T23:00:00Z");
	assert_string_equal(read_as("%d.%m.%Y %H:%M %z", "03.04.2025 01:00 UTC", 7200000), "2025-04-03T01:00:00Z");
}

static void what_does_not_fit_is_refused(void **state)
{
	static const char *const rows[][2] = {
	    {"%Y-%m-%d", "2025-04-03 "},
	    {"%Y-%m-%d", " 2025-04-03"},
	    {"%Y-%m-%d", "2025-04"},
	    {"%Y-%m-%d", ""},
	    {"%Y-%m-%d", "25-04-03"},
	    {"%Y-%m-%d", "2025-13-03"},
	    {"%Y-%m-%d", "2025-02-29"},
	    {"%Y-%m-%d", "0000-02-01"},
	    {"%Y-%m-%d", "2025-4-031"},
	    {"%Y-%m-%d %H:%M", "2025-04-03 24:01"},
	    {"%Y-%m-%d %H:%M", "2025-04-03 20:60"},
	    {"%Y-%m-%d %H:%M:%S", "2025-04-03 20:20:61"},
	    {"%Y-%m-%d %H:%M:%S", "2025-04-03 20:20:00."},
	    {"%Y-%m-%d %I:%M %p", "2025-04-03 13:20 PM"},
	    {"%Y-%m-%d %I:%M %p", "2025-04-03 0:20 AM"},
	    {"%Y-%m-%d %I:%M %p", "2025-04-03 1:20 XM"},
	    {"%b %d, %Y", "Ap 3, 2025"},
	    {"%b %d, %Y", "Foo 3, 2025"},
	    {"%a %d.%m.%Y", "Xyz 3.4.2025"},
	    {"%Y-%m-%d %z", "2025-04-03 CET"},
	    {"%Y-%m-%d %z", "2025-04-03 .5Z"},
	    {"%Y-%m-%d %z", "2025-04-03 +25:00"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(read_as(rows[i][0], rows[i][1], 0), "-");
}

static void a_pattern_that_leaves_the_time_open_has_a_flaw(void **state)
{
	static const char *const patterns[] = {
	    "",
	    "%Y",
	    "%Y-%m",
	    "%m-%d",
	    "%Y-%m-%b-%d",
	    "%Y-%m-%d %M",
	    "%Y-%m-%d %H:%S",
	    "%Y-%m-%d %I",
	    "%Y-%m-%d %H %p",
	    "%Y-%m-%d %I %p %H",
	    "%Y-%m-%d%Y",
	    "%Y-%m-%d %y",
	    "%Y-%m-%d %",
	    "%Y-%m-%d %j",
	};
	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (!time_pattern_flaw(str_from(patterns[i])))
			fail_msg("no flaw: %s", patterns[i]);
}

static void zones_are_distances_from_utc(void **state)
{
	static const struct {
		const char *text;
		int64_t minutes;
	} rows[] = {{"Z", 0}, {"UTC", 0}, {"GMT", 0}, {"+02:00", 120}, {"+0200", 120}, {"-03:30", -210}, {"+14", 840}};
	static const char *const bad[] = {"",      "CET",       "Europe/Berlin", "2",  "+2",
					  "+02:0", "+02:00:00", " +02:00",       ".5Z"};
	int64_t ms;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(time_pattern_zone(str_from(rows[i].text), &ms));
		assert_true(ms == rows[i].minutes * 60000);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(time_pattern_zone(str_from(bad[i]), &ms));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_forms_of_other_programs_are_read),
	    cmocka_unit_test(a_time_without_a_zone_is_of_the_one_given),
	    cmocka_unit_test(what_does_not_fit_is_refused),
	    cmocka_unit_test(a_pattern_that_leaves_the_time_open_has_a_flaw),
	    cmocka_unit_test(zones_are_distances_from_utc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
