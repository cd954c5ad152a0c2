/**
 * Imports: in any order the same store, twice the same as once, and none at all when one thing is wrong.
 */
#include "app/house.h"

#include "store/feed.h"

enum { SHOTS_MAX = 8, SUBJECTS = 5, INSTANTS = 7 };
static const int64_t now = DAY(100);
static const char units_csv[] = "unit,parent\nacme,\nnorth,acme\nsouth,acme\n";

/* ---- a feed of bills of materials and lists of models, which speak for models now and then ---- */

/* A bill always speaks for components, and for models once the feed had some; a list always speaks for models. */
struct shot {
	bool is_bill;
	int day;
	bool part[SUBJECTS], model[SUBJECTS];
};

struct world {
	int seed, n;
	struct shot shots[SHOTS_MAX];
};

static struct world make_world(int seed)
{
	struct dice d = dice(seed);
	struct world w = {.seed = seed, .n = 2 + roll(&d, SHOTS_MAX - 1)};
	int days[SHOTS_MAX];
	for (int i = 0; i < w.n; i++) {
		int at = i, day = roll(&d, INSTANTS);
		for (; at > 0 && days[at - 1] > day; at--)
			days[at] = days[at - 1];
		days[at] = day;
	}
	for (int i = 0; i < w.n; i++) {
		struct shot *shot = &w.shots[i];
		bool models = roll(&d, 2);
		shot->is_bill = roll(&d, 4) > 0;
		shot->day = days[i];
		for (int s = 0; s < SUBJECTS; s++) {
			shot->part[s] = shot->is_bill && roll(&d, 2);
			shot->model[s] = (models || !shot->is_bill) && roll(&d, 2);
		}
	}
	return w;
}

static bool shows_models(const struct shot *shot)
{
	for (int s = 0; s < SUBJECTS; s++)
		if (shot->model[s])
			return true;
	return false;
}

static bool speaks(const struct world *w, int i, enum evidence_kind_id kind)
{
	if (kind == EVIDENCE_COMPONENT || !w->shots[i].is_bill)
		return w->shots[i].is_bill == (kind == EVIDENCE_COMPONENT);
	for (int k = 0; k <= i; k++)
		if (shows_models(&w->shots[k]))
			return true;
	return false;
}

/* The last snapshot not later than an instant that speaks for a kind; -1 = none. */
static int last_word(const struct world *w, enum evidence_kind_id kind, int64_t at_ms)
{
	int last = -1;
	for (int i = 0; i < w->n; i++)
		if (DAY(w->shots[i].day) <= at_ms && speaks(w, i, kind))
			last = i;
	return last;
}

static str write_shot(const struct room *room, const struct shot *shot, char path[PATH_BYTES])
{
	struct buf text = BUF(TEXT_BYTES);
	char time[TIME_TEXT];
	if (shot->is_bill)
		buf_printf(
		    &text,
		    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"timestamp\":"
		    "\"%.*s\"},\"components\":[",
		    STR_ARG(time_format(DAY(shot->day), time)));
	else
		buf_printf(&text, "id,name,observed\n");
	for (int s = 0, n = 0; s < SUBJECTS; s++) {
		if (shot->part[s])
			buf_printf(&text, "%s{\"type\":\"library\",\"name\":\"part%d\",\"version\":\"1\"}",
				   n++ ? "," : "", s);
		if (shot->model[s] && shot->is_bill)
			buf_printf(&text, "%s{\"type\":\"machine-learning-model\",\"name\":\"m%d\",\"version\":\"1\"}",
				   n++ ? "," : "", s);
		if (shot->model[s] && !shot->is_bill)
			buf_printf(&text, "m%d@1,m%d,%.*s\n", s, s, STR_ARG(time_format(DAY(shot->day), time)));
	}
	if (shot->is_bill)
		buf_printf(&text, "]}");
	assert_int_equal(text.status, OK);
	str name = put_file(room, shot->is_bill ? "bill.json" : "models.csv", buf_str(&text), path);
	buf_release(&text);
	return name;
}

static void import_shot(const struct room *room, const struct shot *shot, str feed)
{
	char path[PATH_BYTES];
	str file = write_shot(room, shot, path);
	struct app_import options = {.format = shot->is_bill ? S("cyclonedx") : S("model"),
				     .feed = feed,
				     .observed = at_time(DAY(shot->day)),
				     .replace = true};
	RUN(try_import(room, now, &options, &file, 1, NULL, err));
}

static void tell(const struct world *w, const int *order)
{
	for (int i = 0; i < w->n; i++) {
		const struct shot *shot = &w->shots[order[i]];
		print_message("%s day %d:", shot->is_bill ? "bill" : "list", shot->day);
		for (int s = 0; s < SUBJECTS; s++)
			print_message("%s%s", shot->part[s] ? " part" : "", shot->model[s] ? " model" : "");
		print_message("\n");
	}
}

static void expect(const struct world *w, enum evidence_kind_id kind, int64_t at_ms, char *out, size_t bytes)
{
	int last = last_word(w, kind, at_ms);
	out[0] = 0;
	for (int s = 0; s < SUBJECTS && last >= 0; s++) {
		/* A model in a bill is a component too. */
		if (kind == EVIDENCE_COMPONENT && w->shots[last].model[s])
			(void)snprintf(out + strlen(out), bytes - strlen(out), " m%d", s);
	}
	for (int s = 0; s < SUBJECTS && last >= 0; s++)
		if (kind == EVIDENCE_COMPONENT ? w->shots[last].part[s] : w->shots[last].model[s])
			(void)snprintf(out + strlen(out), bytes - strlen(out), " %s%d",
				       kind == EVIDENCE_COMPONENT ? "part" : "m", s);
}

static void look(const struct room *room, const struct world *w, const int *order, int64_t feed,
		 enum evidence_kind_id kind, int64_t at_ms)
{
	struct db_sql sql = kind == EVIDENCE_MODEL
				? SQL("SELECT name FROM ev_model WHERE feed_id = $1 AND seen_from <= "
				      "$2 AND seen_to > $2 ORDER BY name")
				: SQL("SELECT name FROM ev_component WHERE feed_id = $1 AND seen_from "
				      "<= $2 AND seen_to > $2 ORDER BY name");
	struct db_stmt *st = prepared(room->db, sql);
	char seen[256] = "", wanted[256];
	db_bind_i64(st, 1, feed);
	db_bind_i64(st, 2, at_ms);
	for (bool row = true;;) {
		RUN(db_step(st, &row, err));
		if (!row)
			break;
		(void)snprintf(seen + strlen(seen), sizeof seen - strlen(seen), " %.*s", STR_ARG(db_text(st, 0)));
	}
	expect(w, kind, at_ms, wanted, sizeof wanted);
	if (strcmp(seen, wanted) == 0)
		return;
	tell(w, order);
	fail_msg("seed %d, %.*s at day %.9f:%s instead of%s", w->seed, STR_ARG(evidence_kinds[kind].name),
		 (double)(at_ms - DAY(0)) / (double)TIME_DAY_MS, seen, wanted);
}

/* Whether and since when somebody has looked decides between "none" and "unknown". */
static void look_at_supply(const struct room *room, const struct world *w, const int *order, int64_t feed,
			   int64_t at_ms)
{
	struct arena a = ARENA(1 << 20);
	struct store_supply *supply = NULL;
	size_t n = 0;
	RUN(store_feed_supply(room->db, at_ms, &a, &supply, &n, err));
	for (int k = 0; k < 2; k++) {
		enum evidence_kind_id kind = k ? EVIDENCE_COMPONENT : EVIDENCE_MODEL;
		int last = last_word(w, kind, at_ms);
		int64_t wanted = last < 0 ? 0 : DAY(w->shots[last].day), seen = 0;
		for (size_t i = 0; i < n; i++)
			if (supply[i].feed_id == feed && supply[i].kind == kind)
				seen = supply[i].newest_ms;
		if (seen == wanted)
			continue;
		tell(w, order);
		fail_msg("seed %d, at %lld the feed spoke last for %.*s at %lld instead of %lld", w->seed,
			 (long long)at_ms, STR_ARG(evidence_kinds[kind].name), (long long)seen, (long long)wanted);
	}
	arena_release(&a);
}

static void import_world(const struct room *room, const struct world *w, const int *order, int try)
{
	struct arena a = ARENA(1 << 20);
	struct store_feed feed;
	char name[32];
	(void)snprintf(name, sizeof name, "%d-%d", w->seed, try);
	for (int i = 0; i < w->n; i++)
		import_shot(room, &w->shots[order[i]], str_from(name));
	RUN(store_feed_find(room->db, str_from(name), &a, &feed, err));
	for (int day = -1; day <= INSTANTS; day++)
		for (int ms = -1; ms <= 1; ms++) {
			look(room, w, order, feed.id, EVIDENCE_MODEL, DAY(day) + ms);
			look(room, w, order, feed.id, EVIDENCE_COMPONENT, DAY(day) + ms);
			look_at_supply(room, w, order, feed.id, DAY(day) + ms);
		}
	arena_release(&a);
}

/* A random order in which equal instants keep theirs. */
static void random_order(struct dice *d, const struct world *w, int *order)
{
	shuffle(d, order, w->n);
	for (int i = 0; i < w->n; i++)
		for (int k = i + 1; k < w->n; k++) {
			if (w->shots[order[i]].day != w->shots[order[k]].day || order[i] < order[k])
				continue;
			int was = order[i];
			order[i] = order[k];
			order[k] = was;
		}
}

static void a_kind_that_comes_and_goes_is_the_same_in_any_order_of_imports(void **state)
{
	const struct room *room = *state;
	int order[SHOTS_MAX];
	import_units(room, now, at_time(DAY(-1000)), S("unit,parent\nacme,\n"));
	for (int seed = 0; seed < worlds(room, 60, 8); seed++) {
		struct world w = make_world(seed);
		struct dice d = dice(seed + 100000);
		for (int i = 0; i < w.n; i++)
			order[i] = i;
		import_world(room, &w, order, 0);
		random_order(&d, &w, order);
		import_world(room, &w, order, 1);
	}
}

/* ---- twice ---- */

static void the_same_files_twice_add_nothing(void **state)
{
	const struct room *room = *state;
	int64_t before[TABLES], after[TABLES];
	struct view_receipt receipts[3];
	char paths[3][PATH_BYTES], sum[HASH_TEXT], again[HASH_TEXT];
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	const str files[] = {
	    put_file(room, "p.csv", S("id,unit,active,observed\np1,north,true,2024-01-01\np2,south,false,2024-01-02\n"),
		     paths[0]),
	    put_file(room, "e.csv",
		     S("id,unit,detected_at,participants,passed,observed\ne1,north,2024-01-01,3,true,2024-01-03\n"),
		     paths[1]),
	    put_file(room, "b.json",
		     S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"timestamp\":"
		       "\"2024-01-04T00:00:00Z\"},\"components\":[{\"type\":\"machine-learning-model\",\"name\":\"m\"},"
		       "{\"type\":\"library\",\"name\":\"l\",\"version\":\"2\"}]}"),
		     paths[2])};
	const str formats[] = {S("person"), S("exercise"), S("cyclonedx")};
	for (int i = 0; i < 3; i++) {
		struct app_import options = {.format = formats[i]};
		RUN(try_import(room, now, &options, &files[i], 1, &receipts[i], err));
		assert_int_equal(receipts[i].added, i == 1 ? 1 : 2);
	}
	count_rows(room->db, before);
	content_of(room->db, true, sum);
	for (int i = 0; i < 3; i++) {
		struct app_import options = {.format = formats[i]};
		RUN(try_import(room, now + 1000, &options, &files[i], 1, &receipts[i], err));
		assert_int_equal(receipts[i].added + receipts[i].changed + receipts[i].gone, 0);
		assert_int_equal(receipts[i].unchanged, i == 1 ? 1 : 2);
		RUN(try_import(room, now + 1000, &(struct app_import){0}, &files[i], 1, &receipts[i], err));
	}
	RUN(try_import(room, now + 2000, &(struct app_import){0}, files, 3, receipts, err));
	count_rows(room->db, after);
	assert_same_counts(before, after);
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
}

static enum status people(const struct room *room, int64_t day, const char *ids, bool replace, struct err *err)
{
	struct buf text = BUF(TEXT_BYTES);
	char path[PATH_BYTES];
	buf_printf(&text, "id,name\n");
	for (; *ids; ids++)
		buf_printf(&text, "%c,N\n", *ids);
	str file = put_file(room, "people.csv", buf_str(&text), path);
	struct app_import options = {.format = S("person"), .observed = at_time(DAY(day)), .replace = replace};
	enum status status = try_import(room, now, &options, &file, 1, NULL, err);
	buf_release(&text);
	return status;
}

static void more_than_half_of_a_feed_ends_only_with_replace(void **state)
{
	const struct room *room = *state;
	char sum[HASH_TEXT], again[HASH_TEXT];
	struct err why = {0};
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	RUN(people(room, 10, "abcd", false, err));
	RUN(people(room, 20, "abxy", false, err));
	content_of(room->db, true, sum);
	assert_int_equal(people(room, 30, "a", false, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "3 of the 4"));
	assert_non_null(strstr(why.hint, "--replace"));
	/* A snapshot is compared with the feed as it was then: x and y do not count before day 20. */
	assert_int_equal(people(room, 15, "axy", false, &why), E_CONFLICT);
	assert_int_equal(people(room, 20, "c", false, &why), E_CONFLICT);
	content_of(room->db, true, again);
	assert_string_equal(sum, again);
	RUN(people(room, 15, "ac", false, err));
	RUN(people(room, 5, "z", false, err));
	RUN(people(room, 30, "a", true, err));
	RUN(people(room, 40, "", true, err));
	RUN(people(room, 50, "abcdefg", false, err));
}

static void files_of_one_command_with_equal_feed_and_time_are_one_snapshot(void **state)
{
	const struct room *room = *state;
	char paths[3][PATH_BYTES];
	struct view_receipt receipts[3];
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	const str files[] = {put_file(room, "1.csv", S("id,name\na,one\nb,one\n"), paths[0]),
			     put_file(room, "2.csv", S("id,name\nb,two\nc,two\n"), paths[1]),
			     put_file(room, "3.csv", S("id,name\nc,three\nd,three\n"), paths[2])};
	struct app_import options = {.format = S("person"), .observed = at_time(DAY(10))};
	RUN(try_import(room, now, &options, files, 3, receipts, err));
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM snapshot")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM snapshot_file")), 3);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM ev_person")), 4);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM ev_person WHERE id = 'b' AND name = 'two'")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM ev_person WHERE id = 'c' AND name = 'three'")), 1);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM ev_person e JOIN snapshot_file f ON f.id = "
					      "e.file_id WHERE e.id = 'a' AND f.name LIKE '%1.csv'")),
			 1);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(receipts[i].read, 2);
		assert_int_equal(receipts[i].kinds[0].rows, 4);
	}
	assert_int_equal(receipts[0].added + receipts[1].added + receipts[2].added, 4);
}

/* ---- too old to count ---- */

static void what_no_check_takes_any_more_is_said(void **state)
{
	static const char model[] =
	    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\n"
	    "categories:\n  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
	    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 1, window: P10D, mode: automated, subject: person, "
	    "check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
	    "      - {id: GOV-02.2, title: T, kpi: K, threshold: 1, window: P30D, mode: automated, subject: person, "
	    "check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
	    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
	    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
	    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P90D}\n";
	static const struct {
		int day;
		size_t warnings;
	} cases[] = {{69, 1}, {70, 0}, {95, 0}, {60, 0}}; /* the last one is history: the feed has gone on */
	const struct room *room = *state;
	char path[PATH_BYTES];
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	use_model(room, now, str_from(model), S("m"));
	str file = put_file(room, "people.csv", S("id,active\na,true\n"), path);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (int dry = 1; dry >= 0; dry--) {
			struct house h;
			struct view_receipt r;
			struct app_import o = {.format = S("person"),
					       .observed = at_time(DAY(cases[i].day)),
					       .dry_run = dry,
					       .warn_age = true};
			ask(&h, room, now);
			RUN(app_import(&h.app, &o, &file, 1, &r, err));
			assert_int_equal(r.n_warnings, cases[i].warnings);
			if (r.n_warnings)
				assert_true(str_ends(r.warnings[0], S("no check takes the kind person when it is older "
								      "than 30 days")));
			answered(&h);
		}
	/* Months that come together are history, up to the last of them. */
	struct view_receipt receipts[2];
	char paths[2][PATH_BYTES];
	const str files[] = {put_file(room, "1.csv", S("id,active,observed\na,true,2023-12-02\n"), paths[0]),
			     put_file(room, "2.csv", S("id,active,observed\na,true,2024-01-02\n"), paths[1])};
	struct app_import months = {.format = S("person"), .feed = S("months"), .warn_age = true};
	RUN(try_import(room, now, &months, files, 2, receipts, err));
	assert_int_equal(receipts[0].n_warnings, 0);
	assert_int_equal(receipts[1].n_warnings, 1);
}

/* ---- nothing at all ---- */

static void a_record_that_is_refused_leaves_the_store_as_it_was(void **state)
{
	const struct room *room = *state;
	char sum[HASH_TEXT], again[HASH_TEXT], path[PATH_BYTES], other[PATH_BYTES];
	enum { ROWS = 6 };
	static const char *const wrong[] = {"x\x01y,north,N\n", ",north,N\n", "q,nowhere,N\n", "p0,north,N\n",
					    "q,north\n"};
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	RUN(people(room, 10, "abcd", false, err));
	content_of(room->db, true, sum);
	str good = put_file(room, "good.csv", S("id,unit,name\np1,south,N\n"), other);
	for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
		for (int at = 1; at <= ROWS; at++) {
			struct buf text = BUF(TEXT_BYTES);
			buf_printf(&text, "id,unit,name\np0,north,N\n");
			for (int i = 1; i <= ROWS; i++)
				if (i == at)
					buf_add(&text, str_from(wrong[w]));
				else
					buf_printf(&text, "p%d,north,N\n", i);
			const str files[] = {good, put_file(room, "bad.csv", buf_str(&text), path), good};
			buf_release(&text);
			struct app_import options = {
			    .format = S("person"), .feed = S("new"), .observed = at_time(DAY(20)), .replace = true};
			for (size_t first = 0; first < 2; first++)
				for (size_t n = 2 - first; n <= 3 - first; n++) {
					struct err why = {0};
					if (try_import(room, now, &options, files + first, n, NULL, &why) == OK)
						fail_msg("wrong record %zu at %d was taken", w, at);
					assert_non_null(strstr(why.where, "bad.csv"));
					content_of(room->db, true, again);
					assert_string_equal(sum, again);
				}
		}
	RUN(try_import(room, now,
		       &(struct app_import){.format = S("person"), .observed = at_time(DAY(20)), .feed = S("n")}, &good,
		       1, NULL, err));
}

static void an_import_that_runs_out_of_memory_leaves_the_store_as_it_was(void **state)
{
	const struct room *room = *state;
	char sum[HASH_TEXT], again[HASH_TEXT], paths[2][PATH_BYTES];
	size_t refused = 0;
	enum status status = E_TOO_LARGE;
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	RUN(people(room, 10, "abcd", false, err));
	content_of(room->db, true, sum);
	const str files[] = {
	    put_file(room, "p.csv", S("id,unit,email\np1,north,N\np2,south,M\n"), paths[0]),
	    put_file(room, "b.json",
		     S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{"
		       "\"timestamp\":\"2024-01-04T00:00:00Z\"},\"components\":[{\"type\":\"library\","
		       "\"name\":\"l\",\"version\":\"2\"}]}"),
		     paths[1])};
	for (size_t limit = 16; status != OK; limit += limit / (room->engine == DB_SQLITE ? 16 : 4) + 16) {
		struct house h;
		struct view_receipt receipts[2];
		struct err why = {0};
		ask(&h, room, now);
		h.arena.limit_bytes = limit;
		struct app_import options = {.observed = at_time(DAY(20)), .replace = true};
		status = app_import(&h.app, &options, files, 2, receipts, &why);
		answered(&h);
		if (status == OK)
			break;
		if (status != E_TOO_LARGE)
			fail_msg("with %zu bytes: status %d, %s", limit, status, why.message);
		refused++;
		content_of(room->db, true, again);
		assert_string_equal(sum, again);
	}
	assert_in_range(refused, 10, 1000);
	content_of(room->db, true, again);
	assert_string_not_equal(sum, again);
}

/* ---- while others write ---- */

enum { MANY = 5000 }; /* records: so many that their reader tells how far it is */

/* What somebody else does, once, while a file is read. */
struct meanwhile {
	const struct room *room;
	struct app_import options;
	int times;
};

static void import_meanwhile(void *ctx, str what, int64_t done, int64_t all)
{
	struct meanwhile *m = ctx;
	struct room other = *m->room;
	char path[PATH_BYTES];
	(void)what;
	(void)done;
	(void)all;
	if (m->times++)
		return;
	other.db = open_again(&other, DB_WRITE);
	str file = put_file(&other, "other.csv", S("id,name\no1,O\n"), path);
	RUN(try_import(&other, now, &m->options, &file, 1, NULL, err));
	db_close(other.db);
}

static enum status import_with(const struct room *room, struct meanwhile *m, struct view_receipt *receipt,
			       struct err *err)
{
	struct house h;
	char path[PATH_BYTES];
	struct app_import options = {.format = S("person"), .observed = at_time(DAY(20)), .feed = S("people")};
	struct buf text = BUF(TEXT_BYTES);
	buf_printf(&text, "id,name\n");
	for (int i = 0; i < MANY; i++)
		buf_printf(&text, "p%d,P\n", i);
	m->room = room;
	ask(&h, room, now);
	h.app.progress = import_meanwhile;
	h.app.progress_ctx = m;
	str file = put_file(room, "mine.csv", buf_str(&text), path);
	enum status status = app_import(&h.app, &options, &file, 1, receipt, err);
	buf_release(&text);
	answered(&h);
	assert_true(m->times >= 1);
	return status;
}

static void others_write_while_a_file_is_read(void **state)
{
	const struct room *room = *state;
	struct meanwhile m = {.options = {.format = S("person"), .feed = S("others"), .observed = at_time(DAY(20))}};
	struct view_receipt receipt;
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	RUN(import_with(room, &m, &receipt, err));
	assert_int_equal(receipt.added, MANY);
}

/* The same file had come by another way: what is compared is the feed as it is when the rows are applied. */
static void what_others_wrote_meanwhile_counts(void **state)
{
	const struct room *room = *state;
	struct meanwhile m = {.options = {.format = S("person"), .feed = S("people"), .observed = at_time(DAY(10))}};
	struct view_receipt receipt;
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	struct err why = {0};
	assert_int_equal(import_with(room, &m, &receipt, &why), E_CONFLICT); /* o1, all of the feed, would end */
	assert_non_null(strstr(why.hint, "--replace"));
}

static void a_feed_that_got_another_unit_meanwhile_is_not_written_to(void **state)
{
	const struct room *room = *state;
	struct meanwhile m = {
	    .options = {.format = S("person"), .feed = S("people"), .unit = S("south"), .observed = at_time(DAY(10))}};
	struct view_receipt receipt;
	struct err why = {0};
	import_units(room, now, (struct app_time){0}, str_from(units_csv));
	assert_int_equal(import_with(room, &m, &receipt, &why), E_CONFLICT);
	assert_non_null(strstr(why.message, "another unit"));
}

/* ---- units of the past ---- */

static enum status name_as(const struct room *room, const struct access_grant *grant, const char *unit,
			   int64_t skip_bad, struct err *why)
{
	struct house h;
	char path[PATH_BYTES];
	struct access who = {.user = S("ada"), .n_grants = 1, .grants = grant};
	struct app_import options = {.format = S("person"),
				     .observed = at_time(DAY(20)),
				     .feed = S("people"),
				     .unit = grant->unit,
				     .skip_bad = skip_bad,
				     .dry_run = true};
	struct view_receipt receipt;
	struct buf text = BUF(TEXT_BYTES);
	*why = (struct err){0};
	buf_printf(&text, "id,unit\na,\nb,%s\n", unit);
	ask(&h, room, now);
	h.app.who = &who;
	h.app.actor = who.user;
	str file = put_file(room, "people.csv", buf_str(&text), path);
	enum status status = app_import(&h.app, &options, &file, 1, &receipt, why);
	answered(&h);
	buf_release(&text);
	return status;
}

/* "old" stood below south until day 30. Who reads north alone learns no more of it than of a unit that never was. */
static void a_unit_of_the_past_may_be_named_by_whom_it_stood_below(void **state)
{
	static const struct access_grant all = {ACCESS_ASSESSOR, S("")}, north = {ACCESS_ASSESSOR, S("north")},
					 south = {ACCESS_ASSESSOR, S("south")};
	const struct room *room = *state;
	struct err old, never;
	import_units(room, now, at_time(DAY(1)), S("unit,parent\nacme,\nnorth,acme\nsouth,acme\nold,south\n"));
	import_units(room, now, at_time(DAY(30)), str_from(units_csv));
	assert_int_equal(name_as(room, &all, "old", 0, &old), OK);
	assert_int_equal(name_as(room, &all, "never", 0, &never), E_NOT_FOUND);
	assert_int_equal(name_as(room, &south, "old", 0, &old), OK);
	assert_int_equal(name_as(room, &south, "never", 0, &never), E_NOT_FOUND);
	for (int64_t skip_bad = 0; skip_bad <= 1; skip_bad++) {
		enum status status = skip_bad ? OK : E_NOT_FOUND;
		assert_int_equal(name_as(room, &north, "old", skip_bad, &old), status);
		assert_int_equal(name_as(room, &north, "never", skip_bad, &never), status);
		assert_string_equal(old.hint, never.hint);
		assert_string_equal(old.where, never.where);
	}
}

#define CASES(ON)                                                                                                      \
	ON(a_kind_that_comes_and_goes_is_the_same_in_any_order_of_imports), ON(the_same_files_twice_add_nothing),      \
	    ON(more_than_half_of_a_feed_ends_only_with_replace),                                                       \
	    ON(files_of_one_command_with_equal_feed_and_time_are_one_snapshot),                                        \
	    ON(what_no_check_takes_any_more_is_said), ON(a_record_that_is_refused_leaves_the_store_as_it_was),         \
	    ON(an_import_that_runs_out_of_memory_leaves_the_store_as_it_was), ON(others_write_while_a_file_is_read),   \
	    ON(what_others_wrote_meanwhile_counts), ON(a_feed_that_got_another_unit_meanwhile_is_not_written_to),      \
	    ON(a_unit_of_the_past_may_be_named_by_whom_it_stood_below)
STORE_MAIN("app/import")
