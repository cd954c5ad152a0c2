/**
 * Checks against an evaluator that knows no SQL: it looks at every snapshot and every row, as docs/checks.md says.
 *
 * Two feeds show people and one shows identities, each now and then; what is older than ten days is stale.
 */
#include "app/house.h"

enum { SHOTS_MAX = 8, SUBJECTS = 5, INSTANTS = 30, MAX_AGE = 10, FEEDS = 3, IDENTITIES = 2 /* the feed of them */ };
enum {
	ACME,
	WEST,
	LAB,
	SHOP,
	EAST,
	UNITS
}; /* as the tree orders them: acme has east and west, west has lab and shop */
static const char *const unit_names[UNITS] = {"acme", "west", "lab", "shop", "east"};
static const bool is_leaf[UNITS] = {false, false, true, true, true};
static const char units_csv[] = "unit,parent\nacme,\nwest,acme\nlab,west\nshop,west\neast,acme\n";
static const char *const feed_names[FEEDS] = {"people", "more", "identities"};
static const int64_t now = DAY(100);

#define HEAD(id)                                                                                                       \
	"schema: aismm.model/1\nid: " id "\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\n"              \
	"categories:\n  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
#define ITEM(id, more, sql)                                                                                            \
	"      - {id: " id ", title: T, kpi: K, subject: person, threshold: 0.5, window: P10D, mode: automated" more   \
	", check: \"" sql "\"}\n"
#define OWN "SELECT unit_id, id AS subject, active AS meets FROM person WHERE system_access = 1"
/* Who is not known to be outside belongs to the population. */
#define OPEN "SELECT unit_id, id AS subject, active AS meets FROM person WHERE coalesce(system_access, 1) = 1"
#define JOINED                                                                                                         \
	"SELECT p.unit_id, p.id AS subject, CASE WHEN EXISTS (SELECT 1 FROM identity i WHERE i.owner_id = p.id AND "   \
	"i.mfa = 1) THEN 1 ELSE 0 END AS meets FROM person p WHERE p.system_access = 1"
/* Two people of one name in one unit break a rule: then the check fails. */
#define NAMES "SELECT unit_id, name AS subject, active AS meets FROM person WHERE name IS NOT NULL"
#define ITEMS                                                                                                          \
	ITEM("GOV-02.1", "", OWN)                                                                                      \
	ITEM("GOV-02.2", ", empty: unknown", JOINED)                                                                   \
	ITEM("GOV-03.1", ", empty: not_met, may_lack: [identity]", JOINED)                                             \
	ITEM("GOV-03.2", "", OPEN)                                                                                     \
	ITEM("GOV-04.1", ", scope: program", OWN)                                                                      \
	ITEM("GOV-05.1", ", scope: program, empty: not_met", JOINED)
static const char plain_model[] = HEAD("one") ITEMS;
static const char model_a[] = HEAD("one") ITEMS ITEM("GOV-05.2", "", NAMES);
static const char model_b[] = HEAD("two") ITEMS ITEM("GOV-05.2", "", NAMES);

enum { NOT_APPLICABLE, UNKNOWN, NOT_MET };
static const struct objective {
	const char *id;
	bool joined, program, may_lack, open;
	int empty;
} objectives[] = {
    {.id = "GOV-02.1"},
    {.id = "GOV-02.2", .joined = true, .empty = UNKNOWN},
    {.id = "GOV-03.1", .joined = true, .may_lack = true, .empty = NOT_MET},
    {.id = "GOV-03.2", .open = true},
    {.id = "GOV-04.1", .program = true},
    {.id = "GOV-05.1", .joined = true, .program = true, .empty = NOT_MET},
};
enum { OBJECTIVES = sizeof objectives / sizeof *objectives };

/* What one feed says about one subject; -1 = it does not say. Identity s belongs to person s. */
struct row {
	bool shown;
	int unit, value, access, name;
};

struct shot {
	int feed, day;
	bool partial; /* a record was left out: rows that it does not show stay as old as they are */
	struct row rows[SUBJECTS];
};

struct world {
	int seed, n;
	struct shot shots[SHOTS_MAX]; /* by time */
};

static struct row make_row(struct dice *d, bool person)
{
	return (struct row){
	    .shown = roll(d, 3) > 0,
	    .unit = roll(d, 3) ? LAB : roll(d, UNITS),
	    .value = roll(d, 3) - 1,
	    .access = person ? (roll(d, 2) ? 1 : roll(d, 2) - 1) : -1,
	    .name = roll(d, 4) ? roll(d, 6) : -1,
	};
}

static struct world make_world(int seed)
{
	struct dice d = dice(seed);
	struct world w = {.seed = seed, .n = 1 + roll(&d, SHOTS_MAX)};
	for (int i = 0; i < w.n; i++) {
		int day = roll(&d, INSTANTS), at = i;
		for (; at > 0 && w.shots[at - 1].day > day; at--)
			w.shots[at] = w.shots[at - 1];
		w.shots[at] = (struct shot){.feed = roll(&d, FEEDS), .day = day};
	}
	for (int i = 0; i < w.n; i++)
		for (int s = 0; s < SUBJECTS; s++)
			w.shots[i].rows[s] = make_row(&d, w.shots[i].feed != IDENTITIES);
	for (int i = 0; i < w.n; i++) {
		bool shows = false;
		for (int s = 0; s < SUBJECTS; s++)
			shows |= w.shots[i].rows[s].shown;
		w.shots[i].partial = roll(&d, 4) == 0 && shows;
	}
	return w;
}

static void put_optional(struct buf *text, int value)
{
	if (value >= 0)
		buf_printf(text, ",%d", value);
	else
		buf_printf(text, ",");
}

static void import_shot(const struct room *room, const struct shot *shot)
{
	struct buf text = BUF(TEXT_BYTES);
	char path[PATH_BYTES];
	bool people = shot->feed != IDENTITIES;
	buf_printf(&text, people ? "id,unit,active,system_access,name\n" : "id,unit,mfa,owner_id\n");
	for (int s = 0; s < SUBJECTS; s++) {
		const struct row *r = &shot->rows[s];
		if (!r->shown)
			continue;
		buf_printf(&text, "%c%d,%s", people ? 'p' : 'i', s, unit_names[r->unit]);
		put_optional(&text, r->value);
		if (people)
			put_optional(&text, r->access);
		if (!people)
			buf_printf(&text, ",p%d\n", s);
		else if (r->name >= 0)
			buf_printf(&text, ",N%d\n", r->name);
		else
			buf_printf(&text, ",\n");
	}
	if (shot->partial)
		buf_printf(&text, people ? "z,lab,perhaps,,\n" : "z,lab,perhaps,\n");
	str file = put_file(room, "rows.csv", buf_str(&text), path);
	buf_release(&text);
	struct app_import options = {.format = people ? S("person") : S("identity"),
				     .feed = str_from(feed_names[shot->feed]),
				     .observed = at_time(DAY(shot->day)),
				     .skip_bad = shot->partial,
				     .replace = true};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
}

/* ---- the evaluator ---- */

/* The feed's last snapshot at an instant; NULL = none. */
static const struct shot *last_shot(const struct world *w, int feed, int64_t at_ms)
{
	const struct shot *last = NULL;
	for (int i = 0; i < w->n; i++)
		if (w->shots[i].feed == feed && DAY(w->shots[i].day) <= at_ms)
			last = &w->shots[i];
	return last;
}

static bool is_fresh(const struct shot *shot, int64_t at_ms)
{
	return shot && DAY(shot->day) + MAX_AGE * TIME_DAY_MS >= at_ms;
}

static bool is_young(int day, int64_t at_ms)
{
	return DAY(day) + MAX_AGE * TIME_DAY_MS >= at_ms;
}

/* What a feed holds about a subject in a unit at an instant, and when that was shown last; NULL = nothing. */
static const struct row *row_at(const struct world *w, int feed, int unit, int s, int64_t at_ms, int *day)
{
	const struct row *row = NULL;
	for (int i = 0; i < w->n && DAY(w->shots[i].day) <= at_ms; i++) {
		const struct shot *shot = &w->shots[i];
		bool shows = shot->rows[s].shown && shot->rows[s].unit == unit;
		if (shot->feed != feed || (shot->partial && !shows))
			continue;
		row = shows ? &shot->rows[s] : NULL;
		*day = shot->day;
	}
	return row;
}

/* One column of (unit, person) from both feeds: 1, 0 or -1; *shown = some feed shows the person there. The newer one
   holds, of one day that whose name comes first. */
static int column_of(const struct world *w, int unit, int s, bool access, bool only_fresh, int64_t at_ms, bool *shown)
{
	int value = -1, day = -1, from = 0;
	*shown = false;
	for (int f = 0; f < IDENTITIES; f++) {
		int of;
		const struct row *r = row_at(w, f, unit, s, at_ms, &of);
		if (!r || (only_fresh && !is_young(of, at_ms)))
			continue;
		*shown = true;
		int says = access ? r->access : r->value;
		if (says < 0 || of < day || (of == day && strcmp(feed_names[f], feed_names[from]) > 0))
			continue;
		value = says;
		day = of;
		from = f;
	}
	return value;
}

static bool has_identity(const struct world *w, int s, bool only_fresh, int64_t at_ms)
{
	bool has = false;
	for (int u = 0; u < UNITS; u++) {
		int day;
		const struct row *r = row_at(w, IDENTITIES, u, s, at_ms, &day);
		has |= r && r->value == 1 && (!only_fresh || is_young(day, at_ms));
	}
	return has;
}

/* Does the person belong to the population, and does it meet the condition? */
static bool member(const struct world *w, const struct objective *o, int unit, int s, bool only_fresh, int64_t at_ms,
		   int *meets)
{
	bool shown;
	int access = column_of(w, unit, s, true, only_fresh, at_ms, &shown);
	*meets = column_of(w, unit, s, false, only_fresh, at_ms, &shown);
	if (o->joined)
		*meets = has_identity(w, s, only_fresh, at_ms);
	return shown && (access == 1 || (o->open && access < 0));
}

static bool names_unit(const struct world *w, int feed, int unit, int64_t at_ms)
{
	for (int i = 0; i < w->n; i++)
		for (int s = 0; s < SUBJECTS; s++)
			if (w->shots[i].feed == feed && DAY(w->shots[i].day) <= at_ms && w->shots[i].rows[s].shown &&
			    w->shots[i].rows[s].unit == unit)
				return true;
	return false;
}

/* The oldest of the fresh feeds of a kind that cover the unit; TIME_FOREVER = none does. */
static int64_t coverage(const struct world *w, bool identities, int unit, int64_t at_ms)
{
	int64_t oldest = TIME_FOREVER;
	for (int f = 0; f < FEEDS; f++) {
		const struct shot *shot = last_shot(w, f, at_ms);
		if ((f == IDENTITIES) != identities || !is_fresh(shot, at_ms))
			continue;
		if ((unit == ACME || names_unit(w, f, unit, at_ms)) && DAY(shot->day) < oldest)
			oldest = DAY(shot->day);
	}
	return oldest;
}

/* Has a fresh snapshot that left nothing out said who is in the unit? */
static bool is_whole(const struct world *w, int unit, int64_t at_ms)
{
	for (int f = 0; f < IDENTITIES; f++)
		for (int i = 0; i < w->n && DAY(w->shots[i].day) <= at_ms; i++) {
			const struct shot *shot = &w->shots[i];
			if (shot->feed == f && !shot->partial && is_fresh(shot, at_ms) &&
			    (unit == ACME || names_unit(w, f, unit, DAY(shot->day))))
				return true;
		}
	return false;
}

/* The oldest row that is fresh, of one kind. */
static int64_t oldest_row(const struct world *w, bool identities, int unit, int64_t at_ms)
{
	int64_t oldest = TIME_FOREVER;
	for (int f = 0; f < FEEDS; f++)
		for (int s = 0; s < SUBJECTS && (f == IDENTITIES) == identities; s++) {
			int day;
			if (row_at(w, f, unit, s, at_ms, &day) && is_young(day, at_ms) && DAY(day) < oldest)
				oldest = DAY(day);
		}
	return oldest;
}

struct outcome {
	bool recorded;
	int64_t yes, no, unknown, expires_ms;
};

static void keep_earlier(int64_t *a, int64_t b)
{
	*a = b < *a ? b : *a;
}

static struct outcome outcome_at(const struct world *w, const struct objective *o, int unit, int64_t at_ms)
{
	struct outcome out = {.expires_ms = TIME_FOREVER};
	bool lacks = o->joined && !o->may_lack && coverage(w, true, unit, at_ms) == TIME_FOREVER;
	for (int u = 0; u < UNITS; u++)
		for (int s = 0; s < SUBJECTS && (u == unit || o->program); s++) {
			int meets, again;
			bool counts = member(w, o, u, s, false, at_ms, &meets);
			bool alone = member(w, o, u, s, true, at_ms, &again);
			if (!counts && !alone)
				continue;
			if (!counts || !alone || again != meets)
				meets = -1;
			out.yes += meets == 1 && !lacks;
			out.no += meets == 0 && !lacks;
			out.unknown += meets < 0 || lacks;
		}
	bool any = out.yes + out.no + out.unknown > 0;
	out.recorded = coverage(w, false, unit, at_ms) != TIME_FOREVER && (is_leaf[unit] || o->program || any) &&
		       (any || is_whole(w, unit, at_ms));
	if (!out.recorded)
		return (struct outcome){0};
	out.no += !any && o->empty == NOT_MET;
	out.unknown += !any && o->empty == UNKNOWN;
	for (int u = 0; u < UNITS; u++)
		if (u == unit || o->program) {
			for (int identities = 0; identities <= o->joined; identities++) {
				keep_earlier(&out.expires_ms, coverage(w, identities, u, at_ms));
				keep_earlier(&out.expires_ms, oldest_row(w, identities, u, at_ms));
			}
		}
	out.expires_ms += MAX_AGE * TIME_DAY_MS;
	return out;
}

/* ---- against the program ---- */

static void evaluate(const struct room *room, int64_t now_ms, int64_t at_ms, struct view_evaluation *out)
{
	struct house h;
	ask(&h, room, now_ms);
	RUN(app_evaluate(&h.app, at_time(at_ms), out, err));
	answered(&h);
}

static void look(const struct room *room, const struct world *w, int o, int unit, int64_t at_ms)
{
	struct db_stmt *st = prepared(room->db, SQL("SELECT yes, no, unknown, expires_at FROM measure WHERE source = "
						    "'check' AND unit = $1 AND objective = $2"));
	struct outcome wanted = {0}, seen = {0};
	if (!objectives[o].program || unit == ACME)
		wanted = outcome_at(w, &objectives[o], unit, at_ms);
	db_bind_text(st, 1, str_from(unit_names[unit]));
	db_bind_text(st, 2, str_from(objectives[o].id));
	RUN(db_step(st, &seen.recorded, err));
	if (seen.recorded)
		seen = (struct outcome){true, db_i64(st, 0), db_i64(st, 1), db_i64(st, 2), db_i64(st, 3)};
	db_reset(st);
	if (!seen.recorded && !wanted.recorded)
		return;
	if (seen.recorded == wanted.recorded && seen.yes == wanted.yes && seen.no == wanted.no &&
	    seen.unknown == wanted.unknown && seen.expires_ms == wanted.expires_ms)
		return;
	fail_msg(
	    "seed %d, day %.9f, %s of %s: %d (%lld,%lld,%lld) until %lld instead of %d (%lld,%lld,%lld) until %lld",
	    w->seed, (double)(at_ms - DAY(0)) / (double)TIME_DAY_MS, objectives[o].id, unit_names[unit], seen.recorded,
	    (long long)seen.yes, (long long)seen.no, (long long)seen.unknown, (long long)seen.expires_ms,
	    wanted.recorded, (long long)wanted.yes, (long long)wanted.no, (long long)wanted.unknown,
	    (long long)wanted.expires_ms);
}

static void fill_store(const struct room *room, const struct world *w)
{
	wipe(room->db);
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	for (int i = 0; i < w->n; i++)
		import_shot(room, &w->shots[i]);
}

static void what_checks_record_is_what_the_rows_say(void **state)
{
	const struct room *room = *state;
	struct view_evaluation out;
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(plain_model), S("one"));
	for (int seed = 0; seed < worlds(room, 16, 3); seed++) {
		struct world w = make_world(seed);
		struct dice d = dice(seed + 5000);
		fill_store(room, &w);
		for (int k = 0; k < 6; k++) {
			int64_t at = DAY(roll(&d, INSTANTS + MAX_AGE + 2)) + roll(&d, 3) - 1;
			RUN(db_exec(room->db, SQL("DELETE FROM measure"), err));
			RUN(db_exec(room->db, SQL("DELETE FROM run"), err));
			evaluate(room, now, at, &out);
			assert_int_equal(out.n_failures, 0);
			for (int o = 0; o < OBJECTIVES; o++)
				for (int u = 0; u < UNITS; u++)
					look(room, &w, o, u, at);
			int64_t measures = out.measures;
			evaluate(room, now + 1, at, &out);
			assert_int_equal(out.measures + out.reruns, 0);
			assert_int_equal(out.unchanged, measures);
		}
	}
}

/* ---- in any order ---- */

static void take_score(const struct room *room, str name, int64_t at_ms, struct hash *h)
{
	struct house house;
	struct view_score v;
	struct view_model active;
	ask(&house, room, now);
	RUN(app_model_activate(&house.app, name, &active, err));
	for (int u = 0; u < UNITS; u++) {
		struct err why = {0};
		if (app_score(&house.app, str_from(unit_names[u]), at_time(at_ms), &v, &why) == E_NOT_FOUND)
			continue; /* not in the tree of that time */
		assert_int_equal(why.status, OK);
		for (size_t o = 0; o < v.model->n_objectives; o++) {
			const struct score_objective *one = &v.score.objectives[o];
			hash_add_field(h, (str){(const char *)&one->tally, sizeof one->tally});
		}
	}
	answered(&house);
}

static bool same_score(const struct room *room, int64_t at_ms)
{
	struct hash a, b;
	char first[HASH_TEXT], second[HASH_TEXT];
	hash_init(&a);
	hash_init(&b);
	take_score(room, S("one"), at_ms, &a);
	take_score(room, S("two"), at_ms, &b);
	return str_eq(hash_hex(&a, first), hash_hex(&b, second));
}

static void activate(const struct room *room, str name)
{
	struct house h;
	struct view_model view;
	ask(&h, room, now);
	RUN(app_model_activate(&h.app, name, &view, err));
	answered(&h);
}

/* The same instants under two models of equal content, whose measures are apart: in order, and in a random order. */
static void evaluations_in_any_order_give_the_same_scores(void **state)
{
	const struct room *room = *state;
	struct view_evaluation out;
	enum { RUNS = 6 };
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(model_a), S("one"));
	use_model(room, now, str_from(model_b), S("two"));
	for (int seed = 0; seed < worlds(room, 16, 3); seed++) {
		struct world w = make_world(seed);
		struct dice d = dice(seed + 7000);
		int64_t at[RUNS];
		int order[RUNS];
		fill_store(room, &w);
		int step = 1 + roll(&d, 6), gone = roll(&d, 12);
		if (seed % 2) { /* the laboratory is closed for a while */
			import_units(room, now, at_time(DAY(gone)), S("unit,parent\nacme,\nwest,acme\nshop,west\n"));
			import_units(room, now, at_time(DAY(gone + 1 + roll(&d, 12))), str_from(units_csv));
		}
		for (int i = 0; i < RUNS; i++)
			at[i] = DAY(roll(&d, 4) + i * step);
		activate(room, S("one"));
		for (int i = 0; i < RUNS; i++) {
			for (int k = i; k > 0 && at[k - 1] > at[k]; k--) {
				int64_t was = at[k];
				at[k] = at[k - 1];
				at[k - 1] = was;
			}
		}
		for (int i = 0; i < RUNS; i++)
			evaluate(room, now, at[i], &out);
		activate(room, S("two"));
		shuffle(&d, order, RUNS);
		for (int i = 0; i < RUNS; i++)
			evaluate(room, now, at[order[i]], &out);
		for (int i = 0; i < RUNS; i++)
			for (int later = 0; later < 3; later++) {
				int64_t t = at[i] + later * (TIME_DAY_MS + 1);
				if (same_score(room, t))
					continue;
				print_message("evaluated at days");
				for (int k = 0; k < RUNS; k++)
					print_message(" %lld", (long long)((at[order[k]] - DAY(0)) / TIME_DAY_MS));
				fail_msg("\nseed %d: other scores at day %.9f", seed,
					 (double)(t - DAY(0)) / (double)TIME_DAY_MS);
			}
	}
}

static void import_text(const struct room *room, int day, str csv)
{
	char path[PATH_BYTES];
	str file = put_file(room, "text.csv", csv, path);
	struct app_import options = {
	    .format = S("person"), .feed = S("people"), .observed = at_time(DAY(day)), .replace = true};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
}

/* A failed check knows how many there were from the run before. That run may be made last, and between the two may lie
   one that says nothing about the unit: nobody looked then, or the unit was not there. */
static void a_failed_check_remembers_across_a_run_that_says_nothing(void **state)
{
	const struct room *room = *state;
	struct view_evaluation out;
	use_model(room, now, str_from(model_a), S("one"));
	for (int closed = 0; closed < 2; closed++) {
		wipe(room->db);
		import_units(room, now, (struct app_time){0}, str_from(units_csv));
		import_text(room, 2, S("id,unit,name\na,lab,A\nb,lab,B\nc,lab,C\n"));
		if (closed) {
			import_units(room, now, at_time(DAY(14)), S("unit,parent\nacme,\neast,acme\n"));
			import_units(room, now, at_time(DAY(16)), str_from(units_csv));
			import_text(room, 14, S("id,unit,name\nd,east,D\n"));
		}
		import_text(room, 19, S("id,unit,name\na,lab,A\nb,lab,A\n"));
		static const int days[] = {20, 15, 3};
		for (int i = 0; i < 3; i++)
			evaluate(room, now, DAY(days[i]), &out);
		struct house h;
		struct view_score v;
		ask(&h, room, now);
		RUN(app_score(&h.app, S("lab"), at_time(DAY(20)), &v, err));
		assert_int_equal(v.score.objectives[v.model->n_objectives - 1].tally.unknown, 3);
		answered(&h);
	}
}

static void nothing_is_recorded_while_nothing_changes(void **state)
{
	const struct room *room = *state;
	struct view_evaluation out;
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(model_a), S("one"));
	for (int seed = 0; seed < worlds(room, 30, 5); seed++) {
		struct world w = make_world(seed);
		fill_store(room, &w);
		int64_t at = DAY(w.shots[w.n - 1].day) + 1;
		evaluate(room, now, at, &out);
		int64_t rows = number(room->db, SQL("SELECT count(*) FROM measure"));
		assert_int_equal(rows, out.measures);
		/* Until the day's end no snapshot comes and no feed grows too old. */
		const int64_t later[] = {at, at + 1, at + TIME_DAY_MS - 2, at};
		for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
			evaluate(room, now, later[i], &out);
			assert_int_equal(out.measures, 0);
			assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure")), rows);
		}
	}
}

#define SEEN                                                                                                           \
	HEAD("seen")                                                                                                   \
	ITEM("GOV-02.1", "", "SELECT unit_id, id AS subject, observed_at >= $1 - 86400000 AS meets FROM person")       \
	ITEM("GOV-03.1", "", OWN) ITEM("GOV-04.1", "", OWN) ITEM("GOV-05.1", "", OWN)

/* A row that stays the same is as fresh as the last snapshot that showed it, and no fresher. */
static void a_check_sees_when_each_subject_was_last_observed(void **state)
{
	const struct room *room = *state;
	struct view_evaluation out;
	static const int days[] = {3, 4, 5, 6, 7};
	static const int64_t yes[] = {2, 2, 1, 1, 0}; /* a is shown on days 3 and 5, b on day 3 alone */
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, S(SEEN), S("seen"));
	import_text(room, 3, S("id,unit,name\na,lab,A\nb,lab,B\n"));
	import_text(room, 5, S("id,unit,name\na,lab,A\n"));
	for (int i = 0; i < 5; i++) {
		struct house h;
		struct view_score v;
		evaluate(room, now, DAY(days[i]), &out);
		ask(&h, room, now);
		RUN(app_score(&h.app, S("lab"), at_time(DAY(days[i])), &v, err));
		assert_int_equal(v.score.objectives[0].tally.yes, yes[i]);
		answered(&h);
	}
}

#define CASES(ON)                                                                                                      \
	ON(what_checks_record_is_what_the_rows_say), ON(evaluations_in_any_order_give_the_same_scores),                \
	    ON(a_failed_check_remembers_across_a_run_that_says_nothing),                                               \
	    ON(nothing_is_recorded_while_nothing_changes), ON(a_check_sees_when_each_subject_was_last_observed)
STORE_MAIN("app/evaluate")
