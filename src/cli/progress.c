#include "cli/progress.h"

#include <inttypes.h>
#include <time.h>

enum { QUIET_MS = 400, BETWEEN_MS = 100 };

static int64_t clock_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static str share(struct arena *a, int64_t done, int64_t all)
{
	if (all <= 0 || done < 0)
		return out_print(a, "%" PRId64, done);
	return out_print(a, "%d %% (%" PRId64 " of %" PRId64 ")",
			 (int)((__int128)(done < all ? done : all) * 100 / all), done, all);
}

void progress_show(void *ctx, str what, int64_t done, int64_t all)
{
	struct cli *cli = ctx;
	struct cli_progress *p = &cli->progress;
	if (!p->shown)
		return;
	int64_t now = clock_ms();
	if (!p->begun_ms)
		p->begun_ms = now;
	if (now - p->begun_ms < QUIET_MS || (p->drawn && now - p->drawn_ms < BETWEEN_MS))
		return;
	struct arena a = ARENA(65536);
	struct out o = out_open(stderr);
	out_raw(&o, "\r\x1b[K");
	str number = share(&a, done, all);
	(void)out_cut(&o, what, o.width - out_width(number) - 3);
	out_raw(&o, "  ");
	out_text(&o, number);
	(void)out_flush(&o);
	out_release(&o);
	arena_release(&a);
	p->drawn = true;
	p->drawn_ms = now;
}

void progress_clear(struct cli *cli)
{
	if (cli->progress.drawn)
		(void)fputs("\r\x1b[K", stderr);
	cli->progress.drawn = false;
}
