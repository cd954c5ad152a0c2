/**
 * Test results in JUnit's XML, as test runners of every language write them. Each test case becomes an event of kind
 * "other": that a test ran says nothing about a control by itself, and so no row of a kind that a check of security
 * counts is made of it. Rows are pushed as they are read.
 */
#include <stddef.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/element.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

#define ATTRIBUTE(label, member)                                                                                       \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_ATTRIBUTE, .at = offsetof(struct test, member)                \
	}
#define EACH(label, fn)                                                                                                \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_EACH, .call = (fn)                                            \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.name = { NULL, 0 }                                                                                    \
	}

struct reading {
	struct import_input *in;
	struct import_element element;
	struct arena scratch; /* of the current test */
	struct import_seen_rows rows;
	struct import_flaw no_zone, no_time, flaky, suite_error, counts;
};

/* A testsuite, or the testsuites around all. */
struct suite {
	struct reading *reading;
	str path; /* the names of the suites, the outermost first */
	bool has_time;
	int64_t time_ms;
	int64_t tests; /* cases in it and in suites below */
};

struct test {
	str name, class, status, result, time;
	int64_t line;
	bool failed, skipped, flaky;
};

static enum status refuse(const struct reading *x, int64_t line, const char *message, str word, const char *hint,
			  struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s", message);
	err_at(err, x->in->from->name, line, 0);
	if (word.n)
		err_detail(err, "found \"%s\"", import_walk_show(word, shown));
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* A timestamp; without one *has_time and *ms stay as they are: those of the suite around. */
static enum status read_time(struct reading *x, str text, int64_t line, bool *has_time, int64_t *ms, struct err *err)
{
	bool has_zone;
	text = str_trim(text);
	if (!text.n)
		return OK;
	if (!time_parse_zone(text, ms, &has_zone))
		return refuse(x, line, "a timestamp that is no time", text,
			      "ISO 8601 expected, such as 2026-04-03T10:00:00", err);
	if (!has_zone)
		import_flaw_note(&x->no_zone, line);
	*has_time = true;
	return OK;
}

static void observed(struct import_facts *facts, int64_t ms)
{
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = true;
}

/* ---- one test ---- */

static enum status read_failure(struct import_element *e, void *test, struct err *err)
{
	(void)e, (void)err;
	((struct test *)test)->failed = true;
	return OK;
}

static enum status read_skipped(struct import_element *e, void *test, struct err *err)
{
	(void)e, (void)err;
	((struct test *)test)->skipped = true;
	return OK;
}

/* It failed at first and passed when it was run again. */
static enum status read_flaky(struct import_element *e, void *test, struct err *err)
{
	(void)e, (void)err;
	((struct test *)test)->flaky = true;
	return OK;
}

/* What some runners say in attributes: googletest's tests that are disabled or left out. */
static bool did_not_run(const struct test *t)
{
	static const str words[] = {S("notrun"), S("disabled"), S("skipped"), S("suppressed"), S("ignored")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(t->status, words[i]) || str_eq_fold(t->result, words[i]))
			return true;
	return false;
}

/* Unknown for a test that did not run, and for one that both failed and passed. */
static str outcome_of(const struct test *t)
{
	if (t->failed)
		return S("failed");
	return t->skipped || t->flaky || did_not_run(t) ? (str){NULL, 0} : S("done");
}

static enum status push(struct reading *x, const struct suite *s, const struct test *t, struct err *err)
{
	struct evidence_record row = {.kind = EVIDENCE_EVENT, .main = true, .line = t->line};
	char text[TIME_TEXT];
	bool has_time = s->has_time;
	int64_t ms = s->time_ms;
	row.record = ++x->in->facts->records;
	if (!t->name.n)
		return refuse(x, t->line, "a test without a name", (str){NULL, 0}, "the attribute name expected", err);
	TRY(read_time(x, t->time, t->line, &has_time, &ms, err));
	if (has_time)
		observed(x->in->facts, ms);
	else
		import_flaw_note(&x->no_time, t->line);
	if (t->flaky && !t->failed)
		import_flaw_note(&x->flaky, t->line);
	str parts[] = {s->path, t->class, t->name, has_time ? time_format(ms, text) : (str){NULL, 0}};
	row.id = import_walk_join(&x->scratch, parts, 4, '|');
	if (!row.id.p)
		return err_full(err);
	if (has_time || x->in->given_ms)
		evidence_set_time(&row, S("happened_at"), has_time ? ms : *x->in->given_ms);
	evidence_set_text(&row, S("kind"), S("other"));
	evidence_set_text(&row, S("title"), t->name);
	evidence_set_text(&row, S("subject_id"), t->class.n ? t->class : s->path);
	evidence_set_text(&row, S("outcome"), outcome_of(t));
	evidence_set_bool(&row, S("automated"), true);
	return import_seen_push(&x->rows, x->in, &row, &x->scratch, err);
}

static enum status read_test(struct import_element *e, void *suite, struct err *err)
{
	static const struct import_element_field fields[] = {
	    ATTRIBUTE("name", name),          ATTRIBUTE("classname", class),
	    ATTRIBUTE("status", status),      ATTRIBUTE("result", result),
	    ATTRIBUTE("timestamp", time),     EACH("failure", read_failure),
	    EACH("error", read_failure),      EACH("rerunFailure", read_failure),
	    EACH("rerunError", read_failure), EACH("flakyFailure", read_flaky),
	    EACH("flakyError", read_flaky),   EACH("skipped", read_skipped),
	    EACH("disabled", read_skipped),   END};
	struct suite *s = suite;
	struct reading *x = s->reading;
	struct test t = {.line = e->xml.line};
	s->tests++;
	e->texts = &x->scratch;
	enum status status = import_element_members(e, fields, &t, err);
	if (status == OK)
		status = push(x, s, &t, err);
	arena_release(&x->scratch);
	return status;
}

/* ---- suites ---- */

/* A suite that broke outside of its tests: nothing is known of those that it did not reach. */
static enum status read_suite_error(struct import_element *e, void *suite, struct err *err)
{
	(void)err;
	import_flaw_note(&((struct suite *)suite)->reading->suite_error, e->xml.line);
	return OK;
}

static enum status read_suite(struct import_element *e, void *around, struct err *err);

/* The suite's own attributes, then what is in it; texts is the suite's arena. */
static enum status read_suite_in(struct import_element *e, struct suite *s, struct arena *texts, struct err *err)
{
	static const struct import_element_field fields[] = {EACH("testsuite", read_suite), EACH("testcase", read_test),
							     EACH("error", read_suite_error), END};
	int64_t line = e->xml.line, said;
	str name, time, tests;
	(void)xml_attribute(&e->xml, S("name"), &name);
	(void)xml_attribute(&e->xml, S("timestamp"), &time);
	(void)xml_attribute(&e->xml, S("tests"), &tests);
	bool counted = str_to_i64(str_trim(tests), &said);
	if (xml_is(&e->xml, S("testsuite"))) {
		s->path = import_walk_join_some(texts, (str[]){s->path, name}, 2, '/');
		if (!s->path.p)
			return err_full(err);
	}
	TRY(read_time(s->reading, time, line, &s->has_time, &s->time_ms, err));
	if (s->has_time)
		observed(s->reading->in->facts, s->time_ms);
	TRY(import_element_members(e, fields, s, err));
	/* A suite may count those below it or not. */
	if (counted && said > s->tests)
		import_flaw_note(&s->reading->counts, line);
	return OK;
}

static enum status read_suite(struct import_element *e, void *around, struct err *err)
{
	struct suite *outer = around, s = *outer;
	struct arena texts = ARENA(LIMIT_RECORD_BYTES);
	s.tests = 0;
	enum status status = read_suite_in(e, &s, &texts, err);
	outer->tests += s.tests;
	arena_release(&texts);
	return status;
}

/* ---- the file ---- */

static enum status warn(const struct reading *x, struct err *err)
{
	const struct import_input *in = x->in;
	TRY(import_flaw_warn(in, &x->no_zone, S("a time names no zone: taken as UTC"), err));
	TRY(import_flaw_warn(in, &x->no_time, S("a test has no time of its own"), err));
	TRY(import_flaw_warn(in, &x->flaky, S("a test failed and passed in one run (flaky): its outcome stays unknown"),
			     err));
	TRY(import_flaw_warn(in, &x->suite_error, S("a suite broke outside of its tests"), err));
	TRY(import_flaw_warn(in, &x->counts, S("a suite counts more tests than it lists: those listed count"), err));
	return import_seen_warn(&x->rows, in, "test", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct reading *x = arena_new(in->arena, struct reading, 1);
	if (!x)
		return err_full(err);
	*x = (struct reading){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .rows.seen.arena = in->arena};
	struct suite all = {.reading = x};
	struct xml_reader *xml = &x->element.xml;
	TRY(xml_open(xml, in->from, in->arena, err));
	TRY(xml_next(xml, err));
	if (!xml_is(xml, S("testsuites")) && !xml_is(xml, S("testsuite")))
		return xml_expected(xml, "test results (the element testsuites or testsuite)", err);
	TRY(read_suite(&x->element, &all, err));
	TRY(xml_next(xml, err));
	return warn(x, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	return import_element_root_is(head, S("testsuites"), (str){NULL, 0}) ||
		       import_element_root_is(head, S("testsuite"), (str){NULL, 0})
		   ? 90
		   : 0;
}

const struct import_format import_junit = {.name = S("junit"),
					   .title = S("JUnit test results, XML"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_EVENT),
					   .sniff = sniff,
					   .read = read_file};
