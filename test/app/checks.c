/**
 * Every check of the reference model against a small evidence set whose verdicts and tally were worked out by hand, on
 * both engines. The sets are test/data/checks/<category>.txt; its README has the format.
 */
#include "app/house.h"

#include <ctype.h>

#include "app/verdict.h"

enum { BLOCKS_MAX = 256, SECTIONS_MAX = 8, VERDICTS_MAX = 64, FILE_BYTES = 1 << 20, NAME_BYTES = 160 };

static const int64_t as_of = INT64_C(1793491200000); /* 2026-11-01T00:00:00Z */

struct section {
	str kind, csv;
};

struct expected {
	str subject;
	int meets; /* 1, 0, -1 */
};

struct block {
	str objective, about; /* about: what a second or third set of the objective is for; empty: its first set */
	size_t n_sections, n_verdicts;
	struct section sections[SECTIONS_MAX];
	struct expected verdicts[VERDICTS_MAX];
	bool has_tally;
	struct measure_tally tally;
	char name[2][NAME_BYTES]; /* of the test, by engine */
};

/* What all cases of one engine share. */
struct bench {
	const struct room *room;
	struct arena arena; /* of the model */
	const struct model *model;
};

/* ---- reading the sets ---- */

static void read_verdict(struct block *b, str line)
{
	static const str words[] = {S(" yes"), S(" no"), S(" unknown")};
	static const int meets[] = {1, 0, -1};
	for (size_t i = 0; i < 3; i++)
		if (str_ends(line, words[i]) && b->n_verdicts < VERDICTS_MAX) {
			b->verdicts[b->n_verdicts++] =
			    (struct expected){str_trim(str_slice(line, 0, line.n - words[i].n)), meets[i]};
			return;
		}
	fail_msg("%.*s: \"%.*s\" is no verdict", STR_ARG(b->objective), STR_ARG(line));
}

static void read_tally(struct block *b, str words)
{
	int64_t *counts[] = {&b->tally.yes, &b->tally.no, &b->tally.unknown};
	for (size_t i = 0; i < 3; i++) {
		str word;
		words = str_trim(words);
		(void)str_cut(words, ' ', &word, &words);
		if (!str_to_i64(word, counts[i]))
			fail_msg("%.*s: a tally is three numbers", STR_ARG(b->objective));
	}
	b->has_tally = true;
}

/* "--- verdicts", "--- tally 1 1 1" or "--- <kind>"; body: the lines up to the next section. */
static void read_section(struct block *b, str head, str body)
{
	if (str_starts(head, S("tally "))) {
		read_tally(b, str_slice(head, 6, head.n));
	} else if (str_eq(head, S("verdicts"))) {
		for (str line; body.n;) {
			(void)str_cut(body, '\n', &line, &body);
			line = str_trim(line);
			if (line.n && line.p[0] != '#')
				read_verdict(b, line);
		}
	} else if (evidence_kind_find(head) >= 0 && b->n_sections < SECTIONS_MAX) {
		b->sections[b->n_sections++] = (struct section){head, body};
	} else {
		fail_msg("%.*s: \"--- %.*s\" is no section", STR_ARG(b->objective), STR_ARG(head));
	}
}

/* Where the next line that begins with the mark starts; text.n when there is none. */
static size_t next_mark(str text, str mark)
{
	for (size_t i = 0; i < text.n; i++)
		if ((i == 0 || text.p[i - 1] == '\n') && str_starts(str_slice(text, i, text.n), mark))
			return i;
	return text.n;
}

static void read_block(struct block *b, str text)
{
	str head;
	(void)str_cut(text, '\n', &head, &text);
	*b = (struct block){.objective = {0}};
	(void)str_cut(str_slice(head, 4, head.n), ':', &b->objective, &b->about);
	b->objective = str_trim(b->objective);
	b->about = str_trim(b->about);
	text = str_slice(text, next_mark(text, S("--- ")), text.n);
	while (text.n) {
		(void)str_cut(text, '\n', &head, &text);
		size_t end = next_mark(text, S("--- "));
		read_section(b, str_trim(str_slice(head, 4, head.n)), str_slice(text, 0, end));
		text = str_slice(text, end, text.n);
	}
	static const char *const engines[] = {"sqlite", "postgres"};
	for (int e = 0; e < 2; e++)
		(void)snprintf(b->name[e], NAME_BYTES, "%.*s gives the tally that was counted by hand%s%.*s (%s)",
			       STR_ARG(b->objective), b->about.n ? ": " : "", STR_ARG(b->about), engines[e]);
}

static str read_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = malloc(FILE_BYTES);
	size_t n = f && text ? fread(text, 1, FILE_BYTES, f) : 0;
	if (n == 0 || n == FILE_BYTES) {
		(void)fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	(void)fclose(f);
	return (str){text, n};
}

static size_t read_file(const char *path, struct block *blocks, size_t n, str *text)
{
	*text = read_text(path);
	str rest = str_slice(*text, next_mark(*text, S("=== ")), text->n);
	for (; rest.n && n < BLOCKS_MAX; n++) {
		size_t end = 4 + next_mark(str_slice(rest, 4, rest.n), S("=== "));
		read_block(&blocks[n], str_slice(rest, 0, end));
		rest = str_slice(rest, end, rest.n);
	}
	return n;
}

/* ---- one case ---- */

static void import_section(const struct room *room, const struct section *s)
{
	struct house h;
	struct view_receipt receipt;
	char path[PATH_BYTES], name[64];
	struct app_import options = {.format = s->kind, .feed = s->kind, .observed = at_time(as_of)};
	(void)snprintf(name, sizeof name, "%.*s.csv", STR_ARG(s->kind));
	str file = put_file(room, name, s->csv, path);
	ask(&h, room, as_of);
	RUN(app_import(&h.app, &options, &file, 1, &receipt, err));
	for (size_t i = 0; i < receipt.n_warnings; i++)
		fail_msg("%.*s: %.*s", STR_ARG(s->kind), STR_ARG(receipt.warnings[i]));
	answered(&h);
}

static const char *said(int meets)
{
	return meets == 1 ? "yes" : meets == 0 ? "no" : "unknown";
}

static const struct expected *expected_of(const struct block *b, str subject)
{
	for (size_t i = 0; i < b->n_verdicts; i++)
		if (str_eq(b->verdicts[i].subject, subject))
			return &b->verdicts[i];
	return NULL;
}

static int compare_verdicts(const struct block *b, const struct app_verdict_result *r)
{
	int wrong = 0;
	for (size_t i = 0; i < r->n; i++) {
		const struct expected *e = expected_of(b, r->list[i].subject);
		if (e && e->meets == r->list[i].meets)
			continue;
		wrong++;
		print_message("%.*s: \"%.*s\" is %s, and should be %s\n", STR_ARG(b->objective),
			      STR_ARG(r->list[i].subject), said(r->list[i].meets),
			      e ? said(e->meets) : "outside the population");
	}
	for (size_t v = 0; v < b->n_verdicts; v++) {
		bool there = false;
		for (size_t i = 0; i < r->n; i++)
			there |= str_eq(r->list[i].subject, b->verdicts[v].subject);
		wrong += !there;
		if (!there)
			print_message("%.*s: \"%.*s\" is outside the population, and should be %s\n",
				      STR_ARG(b->objective), STR_ARG(b->verdicts[v].subject),
				      said(b->verdicts[v].meets));
	}
	return wrong;
}

/* A kind that is read and not shown would make everything unknown for a reason that nobody tests. */
static void every_kind_is_shown(const struct block *b, const struct model_objective *o, uint64_t kinds)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++) {
		bool shown = !(kinds >> k & 1) || (o->may_lack >> k & 1);
		for (size_t i = 0; i < b->n_sections; i++)
			shown |= evidence_kind_find(b->sections[i].kind) == k;
		if (!shown)
			fail_msg("%.*s: the check reads %.*s, for which there is no section", STR_ARG(b->objective),
				 STR_ARG(evidence_kinds[k].name));
	}
}

static void judge(struct app *app, const struct bench *bench, const struct block *b, const struct model_objective *o)
{
	struct store_tree tree;
	struct app_verdict_book book;
	struct app_verdict_result result;
	struct app_verdict_tally tally;
	RUN(app_load_tree(app, as_of, &tree, err));
	RUN(app_verdict_open(app, bench->model, &tree.tree, as_of, &book, err));
	RUN(app_verdict_run(&book, o, &result, err));
	if (result.failed)
		fail_msg("%.*s: the check failed: %.*s", STR_ARG(b->objective), STR_ARG(result.error));
	every_kind_is_shown(b, o, result.kinds);
	assert_int_equal(compare_verdicts(b, &result), 0);
	RUN(app_verdict_tally(&book, o, &result, 0, 0, result.n, 0, &tally, err));
	assert_false(tally.silent);
	assert_int_equal(tally.tally.yes, b->tally.yes);
	assert_int_equal(tally.tally.no, b->tally.no);
	assert_int_equal(tally.tally.unknown, b->tally.unknown);
}

struct test {
	const struct bench *bench;
	const struct block *block;
};

static void the_check_says_what_was_counted(void **state)
{
	const struct test *t = *state;
	const struct block *b = t->block;
	const struct model_objective *o = model_objective_find(t->bench->model, b->objective);
	struct house h;
	if (!o || !o->check.p)
		fail_msg("%.*s is no objective with a check", STR_ARG(b->objective));
	if (!b->has_tally || (!b->about.n && (b->tally.yes < 1 || b->tally.no < 1 || b->tally.unknown < 1)))
		fail_msg("%.*s: yes, no and unknown must all occur", STR_ARG(b->objective));
	db_rollback(t->bench->room->db); /* of a case that failed in its middle */
	wipe(t->bench->room->db);
	import_units(t->bench->room, as_of, at_time(as_of), S("unit,parent,name\nacme,,Acme\n"));
	for (size_t i = 0; i < b->n_sections; i++)
		import_section(t->bench->room, &b->sections[i]);
	ask(&h, t->bench->room, as_of);
	RUN(db_begin(h.app.db, false, err));
	judge(&h.app, t->bench, b, o);
	RUN(db_commit(h.app.db, err));
	answered(&h);
}

/* ---- all of them ---- */

struct all {
	const struct bench *bench;
	const struct block *blocks;
	size_t n;
};

static void every_check_has_a_set_of_its_own(void **state)
{
	const struct all *all = *state;
	const struct model *m = all->bench->model;
	int missing = 0;
	for (size_t o = 0; o < m->n_objectives; o++) {
		int sets = 0;
		for (size_t i = 0; i < all->n; i++)
			sets += str_eq(all->blocks[i].objective, m->objectives[o].id) && !all->blocks[i].about.n;
		if (sets == (m->objectives[o].check.p != NULL))
			continue;
		missing++;
		print_message("%.*s has %d sets\n", STR_ARG(m->objectives[o].id), sets);
	}
	assert_int_equal(missing, 0);
}

static int run_engine(enum db_engine engine, const struct block *blocks, size_t n)
{
	static struct test tests[BLOCKS_MAX];
	static struct CMUnitTest cases[BLOCKS_MAX + 1];
	struct bench bench = {.arena = ARENA(LIMIT_COMMAND_BYTES)};
	void *room = NULL;
	struct house h;
	struct view_model view;
	bool made;
	(void)store_setup(&room, engine);
	bench.room = room;
	ask(&h, bench.room, as_of);
	RUN(app_init(&h.app, &made, &view, err));
	h.app.arena = &bench.arena;
	RUN(app_model_show(&h.app, S("aismm-reference"), &bench.model, &view, err));
	answered(&h);
	for (size_t i = 0; i < n; i++) {
		tests[i] = (struct test){&bench, &blocks[i]};
		cases[i] = (struct CMUnitTest){blocks[i].name[engine == DB_POSTGRES], the_check_says_what_was_counted,
					       NULL, NULL, &tests[i]};
	}
	struct all all = {&bench, blocks, n};
	cases[n] =
	    (struct CMUnitTest){"every check has a set of its own", every_check_has_a_set_of_its_own, NULL, NULL, &all};
	int bad = _cmocka_run_group_tests(engine == DB_POSTGRES ? "checks on PostgreSQL" : "checks on SQLite", cases,
					  n + 1, NULL, NULL);
	arena_release(&bench.arena);
	(void)store_teardown(&room);
	return bad;
}

int main(void)
{
	static struct block blocks[BLOCKS_MAX];
	static const char *const categories[] = {"GOV", "ORG", "IAM", "MON", "INF", "MOD",
						 "APP", "DAT", "RSK", "DEV", "CMP", "IR"};
	enum { CATEGORIES = sizeof categories / sizeof *categories };
	str texts[CATEGORIES];
	size_t n = 0;
	for (size_t i = 0; i < CATEGORIES; i++) {
		char path[256];
		(void)snprintf(path, sizeof path, TEST_DATA "/checks/%s.txt", categories[i]);
		texts[i] = (str){0};
		if (access(path, R_OK) == 0)
			n = read_file(path, blocks, n, &texts[i]);
	}
	int bad = run_engine(DB_SQLITE, blocks, n);
	const char *url = getenv("AISMM_TEST_POSTGRES");
	if (!url || strcmp(url, "none") != 0)
		bad += run_engine(DB_POSTGRES, blocks, n);
	for (size_t i = 0; i < CATEGORIES; i++)
		free((void *)texts[i].p);
	return bad;
}
