/* A time that is read is in range, and comes back from its text. */
#include "base/time.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
	if (!ok)
		abort();
}

static void round_trip(int64_t ms)
{
	char text[TIME_TEXT], day[TIME_TEXT];
	int64_t again = 0;
	bool zone = false;
	check(time_parse_zone(time_format(ms, text), &again, &zone) && again == ms && zone);
	check(str_starts(str_from(text), time_format_day(ms, day)) && strlen(day) == 10);
	check(time_parse_zone(str_from(day), &again, &zone) && !zone && again <= ms && ms - again < TIME_DAY_MS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int64_t ms = 42;
	if (time_parse((str){(const char *)data, size}, &ms)) {
		check(ms >= TIME_MIN_MS && ms <= TIME_MAX_MS);
		round_trip(ms);
	} else {
		check(ms == 42);
	}
	if (size >= sizeof ms) {
		char text[TIME_TEXT];
		memcpy(&ms, data, sizeof ms);
		(void)time_format(ms, text); /* any number at all */
		round_trip(ms % (TIME_MAX_MS + 1) < TIME_MIN_MS ? TIME_MIN_MS : ms % (TIME_MAX_MS + 1));
	}
	return 0;
}
