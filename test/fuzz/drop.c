/* Names in a drop directory: whatever they are, what is read from them is bounded, valid, and no surprise to a path. */
#include "cli/drop.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
	if (!ok)
		abort();
}

static void check_feed(struct arena *a, const char *name)
{
	struct drop_feed feed;
	if (!drop_read_feed(a, name, &feed))
		return;
	check(feed.name.n > 0 && feed.name.n + feed.unit.n <= strlen(name));
	check(str_is_utf8(feed.name) && !memchr(feed.name.p, 0, feed.name.n));
	check(str_is_utf8(feed.unit) && (!feed.unit.n || !memchr(feed.unit.p, 0, feed.unit.n)));
	check((feed.unit.n > 0) == (strchr(name, '@') != NULL));
}

static void check_file(struct arena *a, str name)
{
	struct app_time time = drop_read_time(a, name);
	str stem = drop_stem(name);
	check(!time.given || (time.ms >= TIME_MIN_MS && time.ms <= TIME_MAX_MS && str_find(name, S("@")) >= 0));
	check(stem.n <= 230 && str_starts(name, stem) && (name.n > 230 || stem.n == name.n));
	check(!str_is_utf8(name) || str_is_utf8(stem));
	(void)drop_is_unfinished(name);
	(void)drop_is_kept(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA(1 << 20);
	if (size > 4096)
		return 0;
	const char *name = str_z(&a, (str){(const char *)data, size});
	check(name != NULL);
	check_feed(&a, name);
	check_file(&a, str_from(name));
	arena_release(&a);
	return 0;
}
