/**
 * Evidence in time, against a model that knows nothing of intervals: it keeps the snapshots and looks at them all.
 *
 * A world is a set of snapshots of a few feeds. Imported in any order it must show, at every instant, what the model
 * shows. Of equal instants of one feed the one that is imported later counts, so these keep their order.
 */
#include "store/room.h"

#include "store/evidence.h"
#include "store/feed.h"
#include "store/file.h"

enum { SHOTS_MAX = 12, SUBJECTS = 6, VERSIONS = 3, INSTANTS = 8, FEEDS_MAX = 3 };
enum { STATE, EVENT, SORTS };
static const enum evidence_kind_id kind_of[SORTS] = {EVIDENCE_PERSON, EVIDENCE_EXERCISE};
static const int64_t no_time = INT64_MIN;

/* A snapshot of a feed: which sorts it speaks for, and the version of each subject that it shows; 0 = absent, which
   tells nothing when it is partial. */
struct shot {
	int feed, day;
	bool speaks[SORTS], partial;
	int shows[SORTS][SUBJECTS];
};

struct world {
	int seed, n, n_feeds, n_subjects;
	struct shot shots[SHOTS_MAX]; /* by time; of equal ones in the order of their import */
	int64_t own[SUBJECTS][VERSIONS + 1];
};

static struct world make_world(int seed)
{
	struct dice d = dice(seed);
	struct world w = {.seed = seed, .n = 2 + roll(&d, seed < 60 ? 3 : SHOTS_MAX - 1)};
	w.n_feeds = 1 + roll(&d, w.n > 5 ? FEEDS_MAX : 1);
	w.n_subjects = 1 + roll(&d, w.n > 3 ? SUBJECTS : 2);
	for (int s = 0; s < SUBJECTS; s++)
		for (int v = 1; v <= VERSIONS; v++)
			w.own[s][v] = roll(&d, 4) ? DAY(roll(&d, INSTANTS + 3) - 2) + roll(&d, 3) - 1 : no_time;
	int days[SHOTS_MAX];
	for (int i = 0; i < w.n; i++) {
		int at = i, day = roll(&d, INSTANTS);
		for (; at > 0 && days[at - 1] > day; at--)
			days[at] = days[at - 1];
		days[at] = day;
	}
	for (int i = 0; i < w.n; i++) {
		struct shot *shot = &w.shots[i];
		shot->feed = roll(&d, w.n_feeds);
		shot->day = days[i];
		shot->partial = roll(&d, 4) == 0;
		shot->speaks[STATE] = roll(&d, 3) > 0;
		shot->speaks[EVENT] = !shot->speaks[STATE] || roll(&d, 3) > 0;
		for (int sort = 0; sort < SORTS; sort++)
			for (int s = 0; s < w.n_subjects && shot->speaks[sort]; s++)
				shot->shows[sort][s] = roll(&d, 3) ? 1 + roll(&d, VERSIONS) : 0;
	}
	return w;
}

/* ---- the model ---- */

/* *shown_ms: the snapshot that showed it last. */
static int state_at(const struct world *w, int feed, int subject, int64_t at_ms, int64_t *shown_ms)
{
	int version = 0;
	for (int i = 0; i < w->n; i++) {
		const struct shot *shot = &w->shots[i];
		if (shot->feed != feed || !shot->speaks[STATE] || DAY(shot->day) > at_ms)
			continue;
		int shows = shot->shows[STATE][subject];
		*shown_ms = shows ? DAY(shot->day) : *shown_ms;
		version = shows || !shot->partial ? shows : version;
	}
	return version;
}

/* The version that the first instant of a showing gives, and whether its own time has come. */
static int first_event(const struct world *w, int feed, int subject, int64_t at_ms)
{
	int version = 0, day = INSTANTS;
	for (int i = 0; i < w->n; i++) {
		const struct shot *shot = &w->shots[i];
		if (shot->feed != feed || !shot->shows[EVENT][subject] || shot->day > day)
			continue;
		day = shot->day;
		version = shot->shows[EVENT][subject];
	}
	if (!version || w->own[subject][version] == no_time || w->own[subject][version] > at_ms)
		return 0;
	return version;
}

static int event_at(const struct world *w, int feed, int subject, int64_t at_ms)
{
	int version = 0;
	for (int i = 0; i < w->n; i++) {
		const struct shot *shot = &w->shots[i];
		if (shot->feed == feed && shot->shows[EVENT][subject] && DAY(shot->day) <= at_ms)
			version = shot->shows[EVENT][subject];
	}
	return version ? version : first_event(w, feed, subject, at_ms);
}

static int expected(const struct world *w, int sort, int feed, int subject, int64_t at_ms, int64_t *shown_ms)
{
	*shown_ms = DAY(0);
	return sort == STATE ? state_at(w, feed, subject, at_ms, shown_ms) : event_at(w, feed, subject, at_ms);
}

/* ---- the store ---- */

static const char some_file[] = "what was read";

static str keep_file(struct db *db, char sum[HASH_TEXT])
{
	struct source from = source_text(S("file"), str_from(some_file));
	int64_t bytes;
	RUN(store_file_hash(&from, sum, &bytes, err));
	from = source_text(S("file"), str_from(some_file));
	RUN(store_file_add(db, &from, str_from(sum), bytes, DAY(0), err));
	return str_from(sum);
}

static void stage_rows(struct store_stage *stage, const struct world *w, const struct shot *shot, int sort)
{
	char id[16], name[16];
	for (int s = 0; s < w->n_subjects; s++) {
		int version = shot->shows[sort][s];
		if (!version)
			continue;
		(void)snprintf(id, sizeof id, "s%d", s / 2);
		(void)snprintf(name, sizeof name, "v%d", version);
		struct evidence_record r = {.kind = kind_of[sort], .id = str_from(id), .main = true, .record = s + 1};
		evidence_set_text(&r, sort == STATE ? S("name") : S("title"), str_from(name));
		if (sort == EVENT && w->own[s][version] != no_time)
			evidence_set_time(&r, S("detected_at"), w->own[s][version]);
		RUN(store_evidence_add(stage, 1, &r, s % 2 ? S("west") : S("east"), err));
	}
}

/* The next snapshot of the feed that speaks for the sort; the format's name says for which it does. */
static int64_t next_time(const struct store_later *later, size_t n, int sort)
{
	for (size_t i = 0; i < n; i++)
		if (later[i].format.p[sort] != '-')
			return later[i].observed_ms;
	return TIME_FOREVER;
}

static void import_shot(struct db *db, const struct world *w, const struct shot *shot, int64_t feed)
{
	struct store_stage stage;
	struct store_later *later = NULL;
	struct arena a = ARENA(1 << 20);
	size_t n_later = 0;
	int64_t snapshot, file;
	uint64_t kinds = 0;
	char sum[HASH_TEXT], format[SORTS + 1] = "--";
	struct store_snapshot_place p = {.feed_id = feed, .group = 1, .observed_ms = DAY(shot->day)};
	for (int sort = 0; sort < SORTS; sort++)
		if (shot->speaks[sort]) {
			kinds |= EVIDENCE_BIT(kind_of[sort]);
			format[sort] = 'x';
		}
	RUN(store_evidence_stage(db, kinds, &stage, err));
	for (int sort = 0; sort < SORTS; sort++)
		stage_rows(&stage, w, shot, sort);
	RUN(store_evidence_staged(&stage, err));
	RUN(store_evidence_check_unique(&stage, 1, S("file"), err));
	RUN(store_feed_later(db, feed, p.observed_ms, &a, &later, &n_later, err));
	for (int sort = 0; sort < SORTS; sort++)
		p.next_ms[kind_of[sort]] = next_time(later, n_later, sort);
	RUN(store_evidence_group(&stage, 1, p.group, 0, err));
	for (int sort = 0; sort < SORTS; sort++)
		if (shot->partial && shot->speaks[sort])
			RUN(store_evidence_carry(db, &p, kind_of[sort], err));
	struct store_snapshot s = {feed, p.observed_ms, DAY(0), S("tester"), shot->partial};
	RUN(store_feed_snapshot(db, &s, &snapshot, err));
	RUN(store_feed_kinds(db, snapshot, &(struct store_speech){kinds, kinds, kinds, kinds}, err));
	RUN(store_feed_file(db, snapshot, keep_file(db, sum), S("file"), str_from(format), &file, err));
	RUN(store_evidence_group(&stage, 1, p.group, file, err));
	for (int sort = 0; sort < SORTS; sort++)
		if (shot->speaks[sort])
			RUN(store_evidence_apply(db, &p, kind_of[sort], err));
	arena_release(&a);
}

static void tell(const struct world *w, const int *order)
{
	static const char letters[] = "-abcdefgh";
	for (int k = 0; k < w->n; k++) {
		const struct shot *shot = &w->shots[order[k]];
		print_message("feed %d day %d%s", shot->feed, shot->day, shot->partial ? " partial" : "");
		for (int sort = 0; sort < SORTS; sort++) {
			print_message(sort == STATE ? " states " : " events ");
			for (int s = 0; s < w->n_subjects && shot->speaks[sort]; s++)
				print_message("%c", letters[shot->shows[sort][s]]);
		}
		print_message("\n");
	}
}

static void look(struct db *db, const struct world *w, const int *order, int64_t feed, int number_of_feed, int sort,
		 int64_t at_ms)
{
	struct db_sql sql = sort == STATE
				? SQL("SELECT unit_id, id, name, coalesce(shown_at, (SELECT max(n.observed_at) FROM "
				      "snapshot n JOIN snapshot_kind k ON k.snapshot_id = n.id WHERE n.feed_id = $1 "
				      "AND n.observed_at <= $2 AND k.kind = 'person' AND k.speaks = 1)) FROM ev_person "
				      "WHERE feed_id = $1 AND seen_from <= $2 AND seen_to > $2 ORDER BY id, unit_id")
				: SQL("SELECT unit_id, id, title, shown_at FROM ev_exercise WHERE "
				      "feed_id = $1 AND seen_from <= $2 AND seen_to > $2 ORDER BY id, unit_id");
	struct db_stmt *st = prepared(db, sql);
	char seen[512] = "", wanted[512] = "", one[64];
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	for (bool row = true;;) {
		RUN(db_step(st, &row, err));
		if (!row)
			break;
		int64_t shown_ms = db_is_null(st, 3) ? DAY(0) : db_i64(st, 3);
		(void)snprintf(one, sizeof one, " %.*s:%.*s=%.*s@%d", STR_ARG(db_text(st, 1)), STR_ARG(db_text(st, 0)),
			       STR_ARG(db_text(st, 2)), (int)((shown_ms - DAY(0)) / TIME_DAY_MS));
		strncat(seen, one, sizeof seen - strlen(seen) - 1);
	}
	for (int s = 0; s < w->n_subjects; s++) {
		int64_t shown_ms;
		int version = expected(w, sort, number_of_feed, s, at_ms, &shown_ms);
		if (!version)
			continue;
		(void)snprintf(one, sizeof one, " s%d:%s=v%d@%d", s / 2, s % 2 ? "west" : "east", version,
			       (int)((shown_ms - DAY(0)) / TIME_DAY_MS));
		strncat(wanted, one, sizeof wanted - strlen(wanted) - 1);
	}
	if (strcmp(seen, wanted) == 0)
		return;
	tell(w, order);
	fail_msg("seed %d, feed %d, %s at day %.9f:%s instead of%s", w->seed, number_of_feed,
		 sort == STATE ? "states" : "events", (double)(at_ms - DAY(0)) / (double)TIME_DAY_MS, seen, wanted);
}

/* Imports the world in an order, into feeds of its own, and looks at every instant. */
static void import_world(struct db *db, const struct world *w, const int *order, int try)
{
	int64_t feeds[FEEDS_MAX];
	char name[64];
	RUN(db_begin(db, true, err));
	for (int f = 0; f < w->n_feeds; f++) {
		(void)snprintf(name, sizeof name, "%d-%d-%d", w->seed, try, f);
		RUN(store_feed_add(db, &(struct store_feed){.name = str_from(name), .unit = S("acme")}, &feeds[f],
				   err));
	}
	for (int i = 0; i < w->n; i++)
		import_shot(db, w, &w->shots[order[i]], feeds[w->shots[order[i]].feed]);
	RUN(db_commit(db, err));
	for (int f = 0; f < w->n_feeds; f++)
		for (int day = -3; day <= INSTANTS; day++)
			for (int ms = -1; ms <= 1; ms++)
				for (int sort = 0; sort < SORTS; sort++)
					look(db, w, order, feeds[f], f, sort, DAY(day) + ms);
}

/* May a not be imported behind b, which is later? What is partial is told behind everything before it. */
static bool keeps_order(const struct shot *a, const struct shot *b)
{
	return a->feed == b->feed && (a->day == b->day || b->partial);
}

static void random_order(struct dice *d, const struct world *w, int *order)
{
	bool again = true;
	shuffle(d, order, w->n);
	while (again) {
		again = false;
		for (int i = 0; i < w->n; i++)
			for (int k = i + 1; k < w->n; k++) {
				if (order[i] < order[k] || !keeps_order(&w->shots[order[k]], &w->shots[order[i]]))
					continue;
				int was = order[i];
				order[i] = order[k];
				order[k] = was;
				again = true;
			}
	}
}

static void snapshots_in_any_order_show_what_the_snapshots_say(void **state)
{
	struct room *room = *state;
	int order[SHOTS_MAX];
	for (int seed = 0; seed < worlds(room, 200, 30); seed++) {
		struct world w = make_world(seed);
		struct dice d = dice(seed + 100000);
		for (int i = 0; i < w.n; i++)
			order[i] = i;
		import_world(room->db, &w, order, 0);
		random_order(&d, &w, order);
		import_world(room->db, &w, order, 1);
		if (seed % 20 == 19)
			wipe(room->db);
	}
}

#define CASES(ON) ON(snapshots_in_any_order_show_what_the_snapshots_say)
STORE_MAIN("store/evidence")
