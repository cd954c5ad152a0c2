/* What the held state of a server costs and gives, on the store of portfolio_store.h: how long the load takes and what
 * it takes of memory, how quickly scores and lists come from it, and how many answers a second are durable when sixteen
 * are written with one flush. One line each. */
#include <pthread.h>
#include <stdatomic.h>

#include "portfolio_store.h"

enum { BATCH = 16, BATCHES = 1000, READS = 2000, LISTS = 200 };

struct bench {
	char path[256];
	struct arena kept; /* the db and the hold */
	struct arena a;    /* of one question */
	struct app app;
	atomic_bool done; /* the tidying thread ends */
};

static double memory_mb(const char *key)
{
	char line[256];
	double kb = 0;
	size_t n = strlen(key);
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, key, n) == 0)
			kb = strtod(line + n + 1, NULL);
	if (f)
		(void)fclose(f);
	return kb / 1024;
}

static void copy_store(struct bench *b)
{
	char command[1024];
	size_t n;
	static char bytes[1 << 20];
	const char *from = store_kept();
	(void)snprintf(b->path, sizeof b->path, "build/bench-hold.db");
	for (int i = 0; i < 3; i++) {
		static const char *const ends[] = {"", "-wal", "-shm"};
		(void)snprintf(command, sizeof command, "%s%s", b->path, ends[i]);
		(void)unlink(command);
	}
	FILE *in = fopen(from, "r"), *out = fopen(b->path, "w");
	while (in && out && (n = fread(bytes, 1, sizeof bytes, in)) > 0)
		if (fwrite(bytes, 1, n, out) != n)
			exit(1);
	if (!in || !out || fclose(in) != 0 || fclose(out) != 0)
		exit(1);
}

static void begin(struct bench *b, int64_t now_ms)
{
	arena_release(&b->a);
	b->app.arena = &b->a;
	b->app.now_ms = now_ms;
}

static void load(struct bench *b)
{
	double start = store_clock_ms();
	b->app.arena = &b->kept;
	STORE_MUST(app_open(&b->app, b->path, APP_WRITES, err));
	STORE_MUST(app_hold_open(b->path, &b->kept, &b->app.hold, err));
	double opened = store_clock_ms();
	double before = memory_mb("VmRSS:");
	begin(b, STORE_NOW);
	STORE_MUST(app_hold_warm(&b->app, err));
	double loaded = store_clock_ms();
	begin(b, STORE_NOW);
	(void)printf("| hold: open %.1f ms | load %.0f ms | memory before %.1f MB, after %.1f MB, most %.1f MB |\n",
		     opened - start, loaded - opened, before, memory_mb("VmRSS:"), memory_mb("VmHWM:"));
}

static void read_scores(struct bench *b)
{
	struct view_score v;
	int64_t generation;
	double start = store_clock_ms();
	for (int i = 0; i < READS; i++) {
		begin(b, STORE_NOW);
		STORE_MUST(app_score(&b->app, (str){NULL, 0}, (struct app_time){0}, &v, err));
	}
	double scored = store_clock_ms();
	for (int i = 0; i < LISTS; i++) {
		struct view_units units;
		begin(b, STORE_NOW);
		STORE_MUST(app_unit_list(&b->app, (str){NULL, 0}, (struct app_time){0}, &units, err));
	}
	double listed = store_clock_ms();
	for (int i = 0; i < READS; i++)
		STORE_MUST(app_hold_generation(&b->app, &generation, err));
	double told = store_clock_ms();
	begin(b, STORE_NOW);
	STORE_MUST(app_score(&b->app, (str){NULL, 0}, (struct app_time){true, STORE_NOW - TIME_DAY_MS}, &v, err));
	double past = store_clock_ms();
	begin(b, STORE_NOW);
	STORE_MUST(app_score(&b->app, (str){NULL, 0}, (struct app_time){true, STORE_NOW - TIME_DAY_MS}, &v, err));
	double again = store_clock_ms();
	(void)printf(
	    "| hold: score %.1f us | list of %d units %.0f us | generation %.2f us | past score %.0f ms, again "
	    "%.0f us |\n",
	    (scored - start) * 1e3 / READS, STORE_UNITS, (listed - scored) * 1e3 / LISTS, (told - listed) * 1e3 / READS,
	    past - told, (again - past) * 1e3);
}

static void explain(struct bench *b)
{
	struct view_score v;
	struct view_objective o;
	double start = store_clock_ms();
	begin(b, STORE_NOW);
	STORE_MUST(app_score(&b->app, (str){NULL, 0}, (struct app_time){0}, &v, err));
	str id = v.model->objectives[0].id;
	STORE_MUST(app_explain_objective(&b->app, id, S("u121"), (struct app_time){0}, 0, 50, &o, err));
	double leaf = store_clock_ms();
	STORE_MUST(app_explain_objective(&b->app, id, S("u0"), (struct app_time){0}, 0, 50, &o, err));
	double root = store_clock_ms();
	(void)printf("| hold: explain an objective at a leaf %.1f ms, at the root %.1f ms (%zu measures) |\n",
		     leaf - start, root - leaf, o.n_measures);
}

static int order_numbers(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

/* Moves the log into the store beside the writer, as a server does. */
static void *tidy(void *ctx)
{
	struct bench *b = ctx;
	struct arena a = ARENA((size_t)1 << 30);
	struct app app = {.arena = &a, .now_ms = STORE_NOW, .actor = S("bench")};
	STORE_MUST(app_open(&app, b->path, APP_WRITES, err));
	STORE_MUST(app_hold_defer(&app, err));
	while (!atomic_load(&b->done)) {
		STORE_MUST(app_hold_tidy(&app, err));
		(void)usleep(500000);
	}
	arena_release(&a);
	return NULL;
}

/* As the writer of a server does it: a batch, one flush, the acknowledgements; and a read after each. */
static void answer(struct bench *b)
{
	static double took[BATCHES];
	struct view_score v;
	const struct model *m = NULL;
	struct view_model view;
	struct arena names = ARENA((size_t)1 << 30);
	double reads = 0;
	pthread_t tidier;
	b->app.arena = &names;
	STORE_MUST(app_model_show(&b->app, (str){NULL, 0}, &m, &view, err));
	STORE_MUST(app_hold_defer(&b->app, err));
	if (pthread_create(&tidier, NULL, tidy, b) != 0)
		exit(1);
	double start = store_clock_ms();
	for (int i = 0; i < BATCHES; i++) {
		double from = store_clock_ms();
		for (int k = 0; k < BATCH; k++) {
			struct view_answer out;
			char unit[16];
			begin(b, STORE_NOW + i * BATCH + k);
			struct app_answer one = store_answer(m, i * BATCH + k, unit);
			STORE_MUST(app_answer(&b->app, &one, &out, err));
		}
		STORE_MUST(app_hold_flush(&b->app, err));
		double done = store_clock_ms();
		took[i] = done - from;
		begin(b, STORE_NOW + i * BATCH + BATCH);
		STORE_MUST(app_score(&b->app, (str){NULL, 0}, (struct app_time){0}, &v, err));
		reads += store_clock_ms() - done;
	}
	double end = store_clock_ms();
	atomic_store(&b->done, true);
	(void)pthread_join(tidier, NULL);
	qsort(took, BATCHES, sizeof *took, order_numbers);
	(void)printf("| hold: %.0f durable answers/s in batches of %d; a batch takes %.1f ms (half), %.1f ms (99 %%), "
		     "%.1f ms (most); the next score %.0f us |\n",
		     BATCH * BATCHES / (end - start) * 1e3, BATCH, took[BATCHES / 2], took[BATCHES * 99 / 100],
		     took[BATCHES - 1], reads * 1e3 / BATCHES);
	arena_release(&names);
}

int main(void)
{
	struct bench *b = calloc(1, sizeof *b);
	if (!b)
		return 1;
	b->kept = ARENA((size_t)1 << 30);
	b->a = ARENA(LIMIT_COMMAND_BYTES);
	b->app.actor = S("bench");
	copy_store(b);
	load(b);
	read_scores(b);
	explain(b);
	answer(b);
	(void)printf("| hold: memory at the end %.1f MB, most %.1f MB |\n", memory_mb("VmRSS:"), memory_mb("VmHWM:"));
	arena_release(&b->a);
	arena_release(&b->kept);
	free(b);
	return 0;
}
