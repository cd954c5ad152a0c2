/**
 * XCCDF 1.1 and 1.2 results (OpenSCAP and other scanners of hosts and images): TestResult elements, alone, behind the
 * rules of their benchmark, or inside an ARF collection. Each result of a rule becomes a posture row.
 *
 * The file is read twice: what rules are called may stand behind the results, and a file may keep older results of the
 * same benchmark and target, which no longer hold. Between the passes the arena has some 300 bytes for a rule or a
 * TestResult; results are pushed as they are read.
 */
#include <stddef.h>

#include "base/limits.h"
#include "import/element.h"
#include "import/posture.h"

#define TEXT(label, record, member)                                                                                    \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_TEXT, .at = offsetof(struct record, member)                   \
	}
#define ATTRIBUTE(label, record, member)                                                                               \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_ATTRIBUTE, .at = offsetof(struct record, member)              \
	}
#define EACH(label, fn)                                                                                                \
	{                                                                                                              \
		.name = S(label), .type = IMPORT_ELEMENT_EACH, .call = (fn)                                            \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.name = { NULL, 0 }                                                                                    \
	}

static const str namespace = S("http://checklists.nist.gov/xccdf/1.");
static const str arf_namespace = S("http://scap.nist.gov/schema/asset-reporting-format/");

/* A Rule of a benchmark; where there are several titles, as in several languages, the first. */
struct rule {
	str id, severity, title;
};

/* The head of a TestResult. */
struct test {
	str start, end, system, benchmark, target, profile;
	int64_t line, time_ms;
	bool has_time;
	bool superseded; /* a newer one of the same benchmark, profile and target is there */
};

/* One rule-result. */
struct result {
	str rule, time, severity, word, instance;
	str before; /* what it was before somebody overrode it */
	bool overridden;
	int64_t line;
};

struct reading {
	struct import_posture posture;
	struct import_element element;
	struct import_seen known; /* scopes: "rule", "test"; line: the index of it */
	struct rule *rules;
	size_t n_rules, cap_rules;
	struct test *tests;
	size_t n_tests, cap_tests;
	size_t at;     /* in the second pass: the current test */
	str benchmark; /* the id of the Benchmark around, empty when there is none */
	struct import_flaw superseded;
};

static bool is_xccdf(const struct xml_reader *xml, str name)
{
	return xml->event == XML_START && str_eq(xml->name, name) && str_starts(xml->namespace, namespace);
}

static enum status refuse(const struct reading *x, int64_t line, const char *message, str word, const char *hint,
			  struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s", message);
	err_at(err, x->posture.in->from->name, line, 0);
	if (word.n)
		err_detail(err, "found \"%s\"", import_walk_show(word, shown));
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* ---- first: what rules are called, and which TestResults hold ---- */

static enum status take_first(struct import_element *e, str *out, struct err *err)
{
	return out->n ? xml_skip(&e->xml, err) : import_element_text(e, out, err);
}

static enum status read_title(struct import_element *e, void *rule, struct err *err)
{
	return take_first(e, &((struct rule *)rule)->title, err);
}

static enum status read_rule(struct reading *x, struct err *err)
{
	static const struct import_element_field fields[] = {
	    ATTRIBUTE("id", rule, id), ATTRIBUTE("severity", rule, severity), EACH("title", read_title), END};
	struct rule r = {.id = {NULL, 0}};
	struct import_seen_entry *seen;
	TRY(import_element_members(&x->element, fields, &r, err));
	TRY(import_seen_add(&x->known, S("rule"), r.id, &seen, err));
	if (seen->count > 1)
		return OK;
	if (x->n_rules == LIMIT_XCCDF_RULES) {
		err_set(err, E_TOO_LARGE, "more than %d rules", LIMIT_XCCDF_RULES);
		err_at(err, x->posture.in->from->name, x->element.xml.line, x->element.xml.column);
		return E_TOO_LARGE;
	}
	if (x->n_rules == x->cap_rules) {
		struct rule *grown =
		    arena_grow(x->posture.in->arena, x->rules, x->n_rules, x->n_rules + 1, sizeof r, &x->cap_rules);
		if (!grown)
			return err_full(err);
		x->rules = grown;
	}
	seen->line = (int64_t)x->n_rules;
	x->rules[x->n_rules++] = r;
	return OK;
}

static enum status read_target(struct import_element *e, void *test, struct err *err)
{
	return take_first(e, &((struct test *)test)->target, err);
}

static enum status read_benchmark(struct import_element *e, void *test, struct err *err)
{
	struct test *t = test;
	if (!t->benchmark.n)
		TRY(import_element_attribute(e, S("id"), &t->benchmark, err));
	return t->benchmark.n ? OK : import_element_attribute(e, S("href"), &t->benchmark, err);
}

static enum status read_profile(struct import_element *e, void *test, struct err *err)
{
	return import_element_attribute(e, S("idref"), &((struct test *)test)->profile, err);
}

static enum status read_time(struct reading *x, str text, int64_t line, int64_t *ms, struct err *err)
{
	if (import_posture_time(&x->posture, text, line, ms))
		return OK;
	return refuse(x, line, "a time in ISO 8601, such as 2026-04-03T10:00:00Z, expected", text, "", err);
}

/* Of those with one benchmark, profile and target the newest holds; the later in the file when they tell no times. What
   names no benchmark or target is compared with nothing. */
static enum status note_newest(struct reading *x, const struct test *t, struct err *err)
{
	struct import_seen_entry *seen;
	if (!t->benchmark.n || !t->target.n) {
		x->tests[x->n_tests++] = *t;
		return OK;
	}
	str parts[] = {t->benchmark, t->profile, t->target}, key = import_walk_join(x->element.texts, parts, 3, '\n');
	if (!key.p)
		return err_full(err);
	TRY(import_seen_add(&x->known, S("test"), key, &seen, err));
	x->tests[x->n_tests] = *t;
	struct test *mine = &x->tests[x->n_tests], *other = seen->count > 1 ? &x->tests[seen->line] : NULL;
	if (other && other->has_time && (!t->has_time || other->time_ms > t->time_ms)) {
		mine->superseded = true;
	} else {
		seen->line = (int64_t)x->n_tests;
		if (other)
			other->superseded = true;
	}
	x->n_tests++;
	return OK;
}

static enum status read_head(struct reading *x, struct err *err)
{
	static const struct import_element_field fields[] = {ATTRIBUTE("start-time", test, start),
							     ATTRIBUTE("end-time", test, end),
							     ATTRIBUTE("test-system", test, system),
							     EACH("benchmark", read_benchmark),
							     EACH("target", read_target),
							     EACH("profile", read_profile),
							     END};
	struct test t = {.line = x->element.xml.line};
	TRY(import_element_members(&x->element, fields, &t, err));
	if (!t.benchmark.n)
		t.benchmark = x->benchmark;
	str time = t.end.n ? t.end : t.start;
	t.has_time = time.n > 0;
	if (t.has_time)
		TRY(read_time(x, time, t.line, &t.time_ms, err));
	if (x->n_tests == x->cap_tests) {
		struct test *grown =
		    arena_grow(x->posture.in->arena, x->tests, x->n_tests, x->n_tests + 1, sizeof t, &x->cap_tests);
		if (!grown)
			return err_full(err);
		x->tests = grown;
	}
	return note_newest(x, &t, err);
}

static enum status read_first_pass(struct reading *x, struct err *err)
{
	struct xml_reader *xml = &x->element.xml;
	while (xml->event != XML_EOF) {
		if (is_xccdf(xml, S("Benchmark")))
			TRY(import_element_attribute(&x->element, S("id"), &x->benchmark, err));
		if (is_xccdf(xml, S("Rule")))
			TRY(read_rule(x, err));
		else if (is_xccdf(xml, S("TestResult")))
			TRY(read_head(x, err));
		TRY(xml_tag(xml, err));
	}
	return OK;
}

/* ---- then: the rows ---- */

static enum status read_override(struct import_element *e, void *result, struct err *err)
{
	static const struct import_element_field fields[] = {TEXT("old-result", result, before), END};
	struct result *r = result, this = {.line = 0};
	TRY(import_element_members(e, fields, &this, err));
	if (!r->overridden)
		r->before = this.before;
	r->overridden = true;
	return OK;
}

static enum status read_instance(struct import_element *e, void *result, struct err *err)
{
	return take_first(e, &((struct result *)result)->instance, err);
}

/* fixed: it had failed, was put right in the same run, and passes now. */
static enum status status_of(struct reading *x, const struct result *r, str word, str *status, struct err *err)
{
	static const struct import_posture_word words[] = {{S("pass"), S("pass")},
							   {S("fixed"), S("pass")},
							   {S("fail"), S("fail")},
							   {S("notchecked"), S("manual")},
							   {S("notapplicable"), S("not_applicable")},
							   {S("informational"), {NULL, 0}},
							   {S("notselected"), {NULL, 0}},
							   {S("error"), {NULL, 0}},
							   {S("unknown"), {NULL, 0}},
							   {{NULL, 0}, {NULL, 0}}};
	if (import_posture_status(words, word, status))
		return OK;
	return refuse(x, r->line, "a result of XCCDF expected", word,
		      "pass, fail, fixed, error, unknown, notchecked, notselected, notapplicable or informational",
		      err);
}

/* A failure that somebody turned into something else is an accepted exception: it is muted and stays what it was. What
   was turned into a failure is one. */
static enum status set_status(struct reading *x, const struct result *r, struct evidence_record *row, struct err *err)
{
	str status = {NULL, 0}, before = {NULL, 0};
	TRY(status_of(x, r, r->word, &status, err));
	if (r->before.n)
		TRY(status_of(x, r, r->before, &before, err));
	bool muted = r->overridden && !str_eq(status, S("fail"));
	evidence_set_text(row, S("status"), muted ? before : status);
	evidence_set_bool(row, S("muted"), muted);
	if (!muted && (str_eq(r->word, S("error")) || str_eq(r->word, S("unknown"))))
		import_flaw_note(&x->posture.no_status, r->line);
	return OK;
}

/* The product of a CPE name: cpe:/a:redhat:openscap:1.3.3 or cpe:2.3:a:redhat:openscap:1.3.3:… */
static str tool_of(str system)
{
	str part = {NULL, 0}, rest = system;
	if (!str_starts(system, S("cpe:")))
		return system.n ? system : S("xccdf");
	for (int i = str_starts(system, S("cpe:2.3:")) ? 5 : 4; i > 0; i--)
		(void)str_cut(rest, ':', &part, &rest);
	return part.n ? part : S("xccdf");
}

static enum status push(struct reading *x, const struct result *r, struct err *err)
{
	const struct test *t = &x->tests[x->at];
	const struct import_seen_entry *seen = import_seen_find(&x->known, S("rule"), r->rule);
	const struct rule *rule = seen ? &x->rules[seen->line] : NULL;
	struct evidence_record row = {.kind = EVIDENCE_POSTURE, .main = true, .line = r->line};
	int64_t ms = t->time_ms;
	row.record = ++x->posture.in->facts->records;
	if (!r->rule.n || !r->word.n)
		return refuse(x, r->line, "a rule-result without a rule or a result", r->rule,
			      "the attribute idref and the element result expected", err);
	TRY(set_status(x, r, &row, err));
	if (str_eq(r->word, S("notselected")) && !r->overridden)
		return OK;
	if (r->time.n)
		TRY(read_time(x, r->time, r->line, &ms, err));
	if (r->time.n || t->has_time)
		import_posture_checked(&x->posture, &row, ms);
	else
		import_flaw_note(&x->posture.no_time, r->line);
	evidence_set_text(&row, S("check_id"), r->rule);
	evidence_set_text(&row, S("title"), rule ? rule->title : (str){NULL, 0});
	evidence_set_text(&row, S("severity"),
			  import_posture_severity(r->severity.n || !rule ? r->severity : rule->severity));
	evidence_set_text(&row, S("resource"), t->target);
	evidence_set_text(&row, S("tool"), tool_of(t->system));
	return import_posture_push(&x->posture, &row, (str[]){r->rule, t->target, r->instance}, err);
}

static enum status read_result(struct import_element *e, void *reading, struct err *err)
{
	static const struct import_element_field fields[] = {ATTRIBUTE("idref", result, rule),
							     ATTRIBUTE("time", result, time),
							     ATTRIBUTE("severity", result, severity),
							     TEXT("result", result, word),
							     EACH("override", read_override),
							     EACH("instance", read_instance),
							     END};
	struct reading *x = reading;
	struct result r = {.line = e->xml.line};
	enum status status = import_element_members(e, fields, &r, err);
	if (status == OK)
		status = push(x, &r, err);
	arena_release(&x->posture.scratch);
	return status;
}

/* A TestResult without results is a scan that saw nothing; its time counts all the same. */
static enum status read_test(struct reading *x, struct err *err)
{
	static const struct import_element_field fields[] = {EACH("rule-result", read_result), END};
	const struct test *t = &x->tests[x->at];
	struct import_facts *facts = x->posture.in->facts;
	if (t->superseded) {
		import_flaw_note(&x->superseded, t->line);
		return xml_skip(&x->element.xml, err);
	}
	enum status status =
	    import_posture_source(&x->posture, (str[]){S("xccdf"), t->benchmark, t->target}, t->line, err);
	arena_release(&x->posture.scratch);
	if (status != OK)
		return status;
	if (t->has_time && (!facts->has_time || t->time_ms > facts->observed_ms))
		facts->observed_ms = t->time_ms;
	facts->has_time = facts->has_time || t->has_time;
	return import_element_members(&x->element, fields, x, err);
}

static enum status read_second_pass(struct reading *x, struct err *err)
{
	struct xml_reader *xml = &x->element.xml;
	while (xml->event != XML_EOF) {
		if (is_xccdf(xml, S("TestResult"))) {
			if (x->at == x->n_tests)
				return xml_expected(xml, "the same file as before", err);
			TRY(read_test(x, err));
			x->at++;
		}
		TRY(xml_tag(xml, err));
	}
	return OK;
}

/* ---- the file ---- */

static enum status open_pass(struct reading *x, struct arena *texts, struct err *err)
{
	struct import_input *in = x->posture.in;
	x->element.texts = texts;
	TRY(xml_open(&x->element.xml, in->from, in->arena, err));
	return xml_next(&x->element.xml, err);
}

static enum status check_root(const struct xml_reader *xml, struct err *err)
{
	bool arf = xml_is(xml, S("asset-report-collection")) && str_starts(xml->namespace, arf_namespace);
	if (arf || is_xccdf(xml, S("Benchmark")) || is_xccdf(xml, S("TestResult")))
		return OK;
	return xml_expected(xml, "results of XCCDF 1.1 or 1.2 (TestResult, Benchmark or an ARF collection)", err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	str whole = in->from->text;
	struct reading *x = arena_new(in->arena, struct reading, 1);
	if (!x)
		return err_full(err);
	*x = (struct reading){.posture = import_posture_open(in), .known.arena = in->arena};
	TRY(open_pass(x, in->arena, err));
	TRY(check_root(&x->element.xml, err));
	TRY(read_first_pass(x, err));
	if (x->n_tests == 0)
		return refuse(x, 0, "rules without results", (str){NULL, 0},
			      "a file of results expected, such as that of oscap xccdf eval --results-arf", err);
	TRY(source_rewind(in->from, whole, err));
	TRY(open_pass(x, &x->posture.scratch, err));
	TRY(read_second_pass(x, err));
	TRY(import_flaw_warn(in, &x->superseded,
			     S("a TestResult has a newer one of the same benchmark, profile and target: left out"),
			     err));
	return import_posture_warn(&x->posture, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_element_root_is(head, S("TestResult"), namespace) ||
	    import_element_root_is(head, S("Benchmark"), namespace))
		return 100;
	return import_element_root_is(head, S("asset-report-collection"), arf_namespace) ? 90 : 0;
}

const struct import_format import_xccdf = {.name = S("xccdf"),
					   .title = S("XCCDF results, XML, also in ARF"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
					   .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
					   .sniff = sniff,
					   .read = read_file};
