/**
 * The pages about evidence: a request in, bytes out. Names of any kind are shown as text, files that were sent belong
 * to who sent them, nothing is stored before somebody says so.
 */
#include "app/house.h"

#include <unistd.h>

#include "app/answer.h"
#include "base/source.h"
#include "web/page.h"
#include "web/upload.h"

static const int64_t now = DAY(100);

#define HOSTILE "<script>alert(1)</script>"

static const char model_yaml[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: Governance\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.6, window: P20D, mode: automated, subject: person, "
    "check: \"SELECT unit_id, id AS subject, active AS meets FROM person\"}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P20D}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P20D}\n";

static void prepare(const struct room *room)
{
	static const char csv[] = "id,name,active\n" HOSTILE ",Bob,false\nc,Cy,\n";
	struct house h;
	struct view_evaluation v;
	struct view_receipt r;
	struct source from = source_text(S(HOSTILE ".csv"), str_from(csv));
	struct app_import o = {.format = S("person"), .feed = S(HOSTILE), .observed = at_time(DAY(90))};
	import_units(room, DAY(0), (struct app_time){0}, S("unit,parent,name\nacme,,A" HOSTILE "\n"));
	use_model(room, DAY(0), str_from(model_yaml), S("m"));
	ask(&h, room, now);
	RUN(app_import_from(&h.app, &o, &from, &r, err));
	RUN(app_evaluate(&h.app, (struct app_time){0}, &v, err));
	answered(&h);
}

/* One request with its answer. */
struct visit {
	struct house house;
	struct request q;
	struct reply r;
};

static void visit(struct visit *v, const struct room *room, struct upload_table *uploads, const char *part)
{
	*v = (struct visit){.r = {.body = BUF(LIMIT_PAGE_BYTES)}};
	ask(&v->house, room, now);
	v->q.arena = &v->house.arena;
	v->q.app = &v->house.app;
	v->q.file.fd = -1;
	v->q.uploads = uploads;
	v->q.part[0] = str_from(part);
	v->q.path = S("/");
}

static void left(struct visit *v)
{
	buf_release(&v->r.body);
	answered(&v->house);
}

static bool says(const struct visit *v, const char *text)
{
	return str_find(buf_str(&v->r.body), str_from(text)) >= 0;
}

static void names_of_any_kind_are_shown_as_text(void **state)
{
	const struct room *room = *state;
	static const struct {
		enum status (*serve)(struct request *q, struct reply *r, struct err *err);
		const char *part, *says;
	} pages[] = {
	    {page_evidence, "", "1 feed"},
	    {page_evidence_feed, HOSTILE, "Objectives that read it"},
	    {page_evidence_files, "", "1–1 of 1"},
	    {page_evidence_unresolved, "", "means an AI system of the register"},
	    {page_evidence_links, "", "No link was made yet."},
	    {page_objective, "GOV-02.1", "hx-get=\"/objective/GOV-02.1/offenders\""},
	    {page_offenders, "GOV-02.1", "1 not met, 1 unknown"},
	};
	prepare(room);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct visit v;
		visit(&v, room, NULL, pages[i].part);
		RUN(pages[i].serve(&v.q, &v.r, err));
		assert_true(says(&v, pages[i].says));
		assert_true(says(&v, "&lt;script&gt;alert(1)"));
		assert_false(says(&v, "<script>alert"));
		left(&v);
	}
}

/* Of the offenders of one unit on day 100. */
static void offenders_say(const struct room *room, const char *unit, const char *head, const char *text, bool all_meet)
{
	struct visit v;
	struct request_field query[] = {{S("unit"), str_from(unit)}};
	visit(&v, room, NULL, "GOV-02.1");
	v.q.query = (struct request_fields){.n = 1, .cap = 1, .list = query};
	RUN(page_offenders(&v.q, &v.r, err));
	if (!says(&v, head) || !says(&v, text) || says(&v, "Everybody in the population meets it.") != all_meet)
		fail_msg("%s: %.*s", unit, STR_ARG(buf_str(&v.r.body)));
	left(&v);
}

/* Ada meets it in east. Nobody looks at west, and at south somebody counted 3 yes and 4 unknown. */
static void everybody_meets_it_only_where_somebody_counted_so(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_evaluation e;
	struct view_receipt r;
	struct view_answer answer;
	struct source from = source_text(S("hr.csv"), S("id,name,active\na,Ada,true\n"));
	struct app_import o = {.format = S("person"), .feed = S("hr"), .unit = S("east"), .observed = at_time(DAY(90))};
	struct app_answer counted = {.objective = S("GOV-02.1"),
				     .unit = S("south"),
				     .tally = {.yes = 3, .unknown = 4},
				     .because = S("asked seven")};
	import_units(room, DAY(0), (struct app_time){0}, S("unit,parent\nacme,\neast,acme\nsouth,acme\nwest,acme\n"));
	use_model(room, DAY(0), str_from(model_yaml), S("m"));
	ask(&h, room, now);
	RUN(app_import_from(&h.app, &o, &from, &r, err));
	RUN(app_evaluate(&h.app, (struct app_time){0}, &e, err));
	RUN(app_answer(&h.app, &counted, &answer, err));
	answered(&h);
	offenders_say(room, "east", "<p>0 not met, 0 unknown</p>", "Everybody in the population meets it.", true);
	offenders_say(room, "west", "<p>0 not met, 1 unknown</p>", "1 unit says nothing", false);
	offenders_say(room, "south", "<p>0 not met, 4 unknown</p>", "counts and names nobody", false);
	offenders_say(room, "acme", "<p>0 not met, 5 unknown</p>", "None of them is known by name. 1 unit says nothing",
		      false);
}

static void the_arithmetic_of_a_verdict_is_written_out(void **state)
{
	const struct room *room = *state;
	struct visit v;
	prepare(room);
	visit(&v, room, NULL, "GOV-02.1");
	RUN(page_objective(&v.q, &v.r, err));
	/* No yes, one no, one unknown, of 2; 600 thousandths. */
	assert_true(says(&v, "1000 × 0 = <b>0</b>"));
	assert_true(says(&v, "&lt; 600 × 2 = 1&#8239;200"));
	assert_true(says(&v, "1000 × 1 = <b>1&#8239;000</b>"));
	assert_true(says(&v, "Not met"));
	left(&v);
}

/* Sends a file with the form and gives the place that the browser is sent to. */
static void send_as(struct visit *v, const struct room *room, struct upload_table *uploads, const char *csv,
		    struct request_fields form, char path[PATH_BYTES])
{
	visit(v, room, uploads, "");
	RUN(source_temporary(&v->q.file.fd, err));
	assert_int_equal(write(v->q.file.fd, csv, strlen(csv)), strlen(csv));
	v->q.file.name = S("new" HOSTILE ".csv");
	v->q.file.bytes = (int64_t)strlen(csv);
	v->q.form = form;
	RUN(page_import_look(&v->q, &v->r, err));
	assert_int_equal(v->r.status, 303);
	assert_int_equal(v->q.file.fd, -1);
	(void)snprintf(path, PATH_BYTES, "%.*s", STR_ARG(v->r.location));
	left(v);
}

static void send_file(struct visit *v, const struct room *room, struct upload_table *uploads, const char *csv,
		      char path[PATH_BYTES])
{
	struct request_field fields[] = {
	    {S("format"), S("person")}, {S("feed"), S("sent")}, {S("observed"), S("2023-12-01")}};
	send_as(v, room, uploads, csv, (struct request_fields){.n = 3, .cap = 3, .list = fields}, path);
}

static const char *id_of(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* Of twenty days fourteen are over on day 104, and fifteen, three quarters, on day 105. */
static void a_feed_that_ends_soon_is_in_trouble_as_the_overview_says(void **state)
{
	const struct room *room = *state;
	struct visit v;
	prepare(room);
	for (int day = 104; day <= 105; day++) {
		visit(&v, room, NULL, "");
		v.house.app.now_ms = DAY(day);
		RUN(page_evidence(&v.q, &v.r, err));
		assert_true(says(&v, day == 105 ? "</b> of 1 feed is in trouble." : "1 feed, and it is well."));
		assert_true(says(&v, "Ends soon") == (day == 105));
		left(&v);
		visit(&v, room, NULL, "");
		v.house.app.now_ms = DAY(day);
		RUN(page_overview(&v.q, &v.r, err));
		assert_true(says(&v, "ends soon") == (day == 105));
		left(&v);
	}
}

static void nothing_is_stored_before_somebody_says_so(void **state)
{
	const struct room *room = *state;
	static struct upload_table uploads;
	char path[PATH_BYTES], before[HASH_TEXT], after[HASH_TEXT];
	struct visit v;
	struct err why = {0};
	prepare(room);
	upload_init(&uploads);
	content_of(room->db, false, before);
	send_file(&v, room, &uploads, "id,name,active\nx,X,true\n", path);
	content_of(room->db, false, after);
	assert_string_equal(before, after);

	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	assert_true(says(&v, "What these files would do"));
	assert_true(says(&v, "<b>1</b> new"));
	assert_false(says(&v, "<script>alert"));
	left(&v);

	/* Somebody else has no part in it. */
	visit(&v, room, &uploads, id_of(path));
	v.house.app.actor = S("mallory");
	assert_int_equal(page_import_one(&v.q, &v.r, &why), E_NOT_FOUND);
	assert_int_equal(page_import_store(&v.q, &v.r, &why), E_NOT_FOUND);
	left(&v);

	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_store(&v.q, &v.r, err));
	left(&v);
	content_of(room->db, false, after);
	assert_string_not_equal(before, after);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	assert_true(says(&v, "<h1>Imported</h1>"));
	assert_int_equal(page_import_store(&v.q, &v.r, &why), E_CONFLICT); /* once is enough */
	left(&v);
	upload_end(&uploads);
}

/* A table of answers is no evidence: each row is a measure by itself, and the numbers follow at once. */
static void a_table_of_measures_is_looked_at_and_stored_as_files_are(void **state)
{
	static const char csv[] =
	    "unit,objective,source,yes,no,unknown,observed,basis\nacme,GOV-03.1,survey,3,1,0,2024-02-01,attested\n";
	const struct room *room = *state;
	static struct upload_table uploads;
	struct request_field fields[] = {{S("format"), S("measures")}, {S("feed"), S("sent")}};
	char path[PATH_BYTES];
	struct visit v;
	prepare(room);
	upload_init(&uploads);
	int64_t before = number(room->db, SQL("SELECT count(*) FROM measure WHERE source = 'survey'"));
	send_as(&v, room, &uploads, csv, (struct request_fields){.n = 2, .cap = 2, .list = fields}, path);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	assert_true(says(&v, "Each row of a table of measures names its unit and its time"));
	left(&v);
	send_as(&v, room, &uploads, csv, (struct request_fields){.n = 1, .cap = 2, .list = fields}, path);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	assert_true(says(&v, "What these files would do"));
	assert_true(says(&v, "was read as <span class=\"mono\">measures</span>. "));
	assert_true(says(&v, "<b>1</b> new"));
	left(&v);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure WHERE source = 'survey'")), before);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_store(&v.q, &v.r, err));
	left(&v);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM measure WHERE source = 'survey'")), before + 1);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	assert_true(says(&v, "The numbers have followed."));
	left(&v);
	upload_end(&uploads);
}

static void a_refused_file_says_where_and_changes_nothing(void **state)
{
	const struct room *room = *state;
	static struct upload_table uploads;
	char path[PATH_BYTES], before[HASH_TEXT], after[HASH_TEXT];
	struct visit v;
	prepare(room);
	upload_init(&uploads);
	content_of(room->db, false, before);
	send_file(&v, room, &uploads, "id,name,active\nx,X,perhaps\n", path);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	assert_true(says(&v, "Not imported"));
	assert_true(says(&v, ".csv:2:5"));
	assert_true(says(&v, "Nothing was changed."));
	left(&v);
	content_of(room->db, false, after);
	assert_string_equal(before, after);
	upload_end(&uploads);
}

static void what_a_refused_file_lacks_is_said_without_sending_it_again(void **state)
{
	const struct room *room = *state;
	static struct upload_table uploads;
	char path[PATH_BYTES], before[HASH_TEXT], after[HASH_TEXT];
	struct visit v;
	prepare(room);
	upload_init(&uploads);
	content_of(room->db, false, before);
	send_file(&v, room, &uploads, "id,name,active\nx,X,true\n", path);
	for (int unit = 0; unit < 2; unit++) {
		struct request_field said[] = {{S("look"), S("yes")},
					       {S("format"), S("person")},
					       {S("observed"), S("2023-12-01")},
					       {S("unit"), unit ? S("") : S("nowhere")}};
		visit(&v, room, &uploads, id_of(path));
		v.q.form = (struct request_fields){.n = 4, .cap = 4, .list = said};
		RUN(page_import_store(&v.q, &v.r, err));
		left(&v);
		visit(&v, room, &uploads, id_of(path));
		RUN(page_import_one(&v.q, &v.r, err));
		assert_true(says(&v, unit ? "What these files would do" : "Not imported"));
		assert_true(unit || says(&v, "value=\"nowhere\""));
		left(&v);
	}
	content_of(room->db, false, after);
	assert_string_equal(before, after);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_store(&v.q, &v.r, err));
	left(&v);
	content_of(room->db, false, after);
	assert_string_not_equal(before, after);
	upload_end(&uploads);
}

static void the_table_of_uploads_is_bounded(void **state)
{
	const struct room *room = *state;
	static struct upload_table uploads;
	char first[PATH_BYTES], path[PATH_BYTES];
	struct visit v;
	struct err why = {0};
	prepare(room);
	upload_init(&uploads);
	send_file(&v, room, &uploads, "id,name,active\nx,X,true\n", first);
	for (int i = 0; i < UPLOAD_SLOTS; i++)
		send_file(&v, room, &uploads, "id,name,active\nx,X,true\n", path);
	visit(&v, room, &uploads, id_of(path));
	RUN(page_import_one(&v.q, &v.r, err));
	left(&v);
	visit(&v, room, &uploads, id_of(first));
	assert_int_equal(page_import_one(&v.q, &v.r, &why), E_NOT_FOUND);
	left(&v);
	upload_end(&uploads);
}

#define CASES(X)                                                                                                       \
	X(names_of_any_kind_are_shown_as_text), X(the_arithmetic_of_a_verdict_is_written_out),                         \
	    X(nothing_is_stored_before_somebody_says_so), X(a_table_of_measures_is_looked_at_and_stored_as_files_are), \
	    X(a_refused_file_says_where_and_changes_nothing),                                                          \
	    X(a_feed_that_ends_soon_is_in_trouble_as_the_overview_says),                                               \
	    X(everybody_meets_it_only_where_somebody_counted_so),                                                      \
	    X(what_a_refused_file_lacks_is_said_without_sending_it_again), X(the_table_of_uploads_is_bounded)

STORE_MAIN("web evidence")
