#include <stdint.h>
#include <stdlib.h>

#include "base/time_pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A pattern, a line end, a text: what is read is a time in range, and its zone moves it by just as much. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str pattern, text;
	int64_t ms, moved, east;
	(void)str_cut((str){(const char *)data, size}, '\n', &pattern, &text);
	(void)time_pattern_zone(text, &east);
	if (time_pattern_flaw(pattern) || !time_pattern_read(pattern, text, 0, &ms))
		return 0;
	if (ms < TIME_MIN_MS || ms > TIME_MAX_MS)
		abort();
	if (!time_pattern_read(pattern, text, 3600000, &moved))
		return 0;
	if (moved != ms && moved != ms - 3600000)
		abort();
	return 0;
}
