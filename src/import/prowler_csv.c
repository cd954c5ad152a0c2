/* Prowler's CSV: of version 4 and later, and the one of version 2, which has other columns, no time and no resource. */
#include "import/formats.h"

#include <string.h>

#include "base/csv.h"
#include "base/time.h"
#include "import/ocsf.h"
#include "import/posture.h"

/* Below this a number of milliseconds would lie before 1973: it is seconds. */
#define LEAST_MILLISECONDS INT64_C(100000000000)

enum column {
	CHECK,
	STATUS,
	ACCOUNT,
	REGION,
	RESOURCE, /* of version 2: the sentence that says what was found */
	PROVIDER,
	TIMESTAMP,
	MUTED,
	CATEGORIES,
	NEEDED, /* the columns before it must be there, as far as the version has them */
	NAME = NEEDED,
	TITLE,
	SERVICE,
	SEVERITY,
	TYPE,
	COLUMNS
};

static const str current[COLUMNS] = {
    [CHECK] = S("CHECK_ID"),      [STATUS] = S("STATUS"),         [ACCOUNT] = S("ACCOUNT_UID"),
    [REGION] = S("REGION"),       [RESOURCE] = S("RESOURCE_UID"), [PROVIDER] = S("PROVIDER"),
    [TIMESTAMP] = S("TIMESTAMP"), [NAME] = S("RESOURCE_NAME"),    [TITLE] = S("CHECK_TITLE"),
    [MUTED] = S("MUTED"),         [SERVICE] = S("SERVICE_NAME"),  [SEVERITY] = S("SEVERITY"),
    [TYPE] = S("RESOURCE_TYPE"),  [CATEGORIES] = S("CATEGORIES"),
};

static const str legacy[COLUMNS] = {
    [CHECK] = S("TITLE_ID"),
    [STATUS] = S("CHECK_RESULT"),
    [ACCOUNT] = S("ACCOUNT_NUM"),
    [REGION] = S("REGION"),
    [RESOURCE] = S("CHECK_RESULT_EXTENDED"),
    [TITLE] = S("TITLE_TEXT"),
    [SERVICE] = S("CHECK_SERVICENAME"),
    [SEVERITY] = S("CHECK_SEVERITY"),
    [TYPE] = S("CHECK_ASFF_RESOURCE_TYPE"),
};

static const struct import_posture_word results[] = {
    {S("pass"), S("pass")},      {S("fail"), S("fail")},  {S("manual"), S("manual")}, {S("info"), S("manual")},
    {S("warning"), S("manual")}, {S("muted"), {NULL, 0}}, {{NULL, 0}, {NULL, 0}},
};

struct reading {
	struct import_posture posture;
	struct csv_reader csv;
	bool legacy;
	struct import_flaw bare_quotes;
	int at[COLUMNS]; /* -1: the file has no such column */
};

static str cell(const struct reading *p, enum column c)
{
	return p->at[c] < 0 ? (str){NULL, 0} : str_trim(p->csv.cells[p->at[c]]);
}

static enum status refuse(const struct reading *p, enum column c, const char *what, const char *hint, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s: \"%s\"", what, import_walk_show(cell(p, c), shown));
	err_hint(err, "%s", hint);
	return csv_at(&p->csv, (size_t)p->at[c], err);
}

/* ---- the header ---- */

static enum status find_columns(struct reading *p, struct err *err)
{
	p->legacy = csv_column(&p->csv, S("CHECK_ID")) < 0 && csv_column(&p->csv, S("TITLE_ID")) >= 0;
	const str *names = p->legacy ? legacy : current;
	for (int c = 0; c < COLUMNS; c++) {
		p->at[c] = names[c].n ? csv_column(&p->csv, names[c]) : -1;
		if (p->at[c] >= 0 || c >= NEEDED || !names[c].n)
			continue;
		err_set(err, E_INVALID, "a column %.*s expected", STR_ARG(names[c]));
		err_at(err, p->posture.in->from->name, 1, 0);
		err_hint(err, "a CSV of Prowler has CHECK_ID and STATUS, one of its version 2 TITLE_ID and "
			      "CHECK_RESULT; version 3 can write json-ocsf");
		return E_INVALID;
	}
	return OK;
}

/* ---- one row ---- */

static enum status read_result(struct reading *p, struct evidence_record *r, struct err *err)
{
	str word = cell(p, STATUS), muted = cell(p, MUTED), status = {NULL, 0};
	if (word.n && !import_posture_status(results, word, &status))
		return refuse(p, STATUS, "a status that is not known", "PASS, FAIL or MANUAL expected", err);
	if (!word.n)
		import_flaw_note(&p->posture.no_status, r->line);
	evidence_set_text(r, S("status"), status);
	if (str_eq_fold(muted, S("true")) || str_eq_fold(word, S("muted")))
		evidence_set_bool(r, S("muted"), true);
	else if (str_eq_fold(muted, S("false")))
		evidence_set_bool(r, S("muted"), false);
	else if (muted.n)
		return refuse(p, MUTED, "no truth", "True or False expected", err);
	return OK;
}

/* Local time without a zone; with --unix-timestamp, seconds since 1970. */
static enum status read_time(struct reading *p, struct evidence_record *r, struct err *err)
{
	str text = cell(p, TIMESTAMP);
	int64_t ms;
	if (p->legacy)
		return OK;
	if (!text.n) {
		import_flaw_note(&p->posture.no_time, r->line);
		return OK;
	}
	bool number = str_to_i64(text, &ms);
	if (number && ms > 0 && ms < LEAST_MILLISECONDS)
		ms *= 1000;
	if (number ? ms < 0 || ms > TIME_MAX_MS : !import_posture_time(&p->posture, text, r->line, &ms))
		return refuse(p, TIMESTAMP, "no time",
			      "ISO 8601 expected, such as 2026-04-03 10:00:00, or seconds since 1970", err);
	import_posture_checked(&p->posture, r, ms);
	return OK;
}

/* All checks of version 2 on this service have their like on the list, under other ids. */
static bool is_about_ai(const struct reading *p)
{
	str rest = cell(p, CATEGORIES), one;
	if (import_ocsf_checks_ai(cell(p, CHECK)) || (p->legacy && str_eq_fold(cell(p, SERVICE), S("sagemaker"))))
		return true;
	while (rest.n) {
		(void)str_cut(rest, memchr(rest.p, '|', rest.n) ? '|' : ',', &one, &rest);
		if (str_eq(str_trim(one), S("gen-ai")))
			return true;
	}
	return false;
}

/* As the OCSF output of the same scan writes it, so that both give one id. */
static str region_of(const struct reading *p)
{
	static const str head = S("namespace: ");
	str region = cell(p, REGION);
	return str_starts(region, head) ? str_slice(region, head.n, region.n) : region;
}

static enum status read_row(struct reading *p, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_POSTURE, .main = true, .record = p->csv.record, .line = p->csv.line};
	str region = region_of(p), provider = p->legacy ? S("aws") : cell(p, PROVIDER), resource = cell(p, RESOURCE);
	if (!cell(p, CHECK).n)
		return refuse(p, CHECK, "a row without a check", "the id of a check expected", err);
	TRY(read_result(p, &r, err));
	TRY(read_time(p, &r, err));
	TRY(import_posture_source(&p->posture, (str[]){S("prowler"), provider, cell(p, ACCOUNT)}, r.line, err));
	if (!resource.n)
		resource = cell(p, NAME);
	evidence_set_text(&r, S("check_id"), cell(p, CHECK));
	evidence_set_text(&r, S("title"), cell(p, TITLE));
	evidence_set_text(&r, S("severity"), import_posture_severity(cell(p, SEVERITY)));
	evidence_set_text(&r, S("service"), cell(p, SERVICE));
	evidence_set_bool(&r, S("ai"), is_about_ai(p));
	evidence_set_text(&r, S("resource"), p->legacy ? (str){NULL, 0} : resource);
	evidence_set_text(&r, S("resource_type"), cell(p, TYPE));
	evidence_set_text(&r, S("account"), cell(p, ACCOUNT));
	evidence_set_text(&r, S("region"), region);
	evidence_set_text(&r, S("provider"), provider);
	evidence_set_text(&r, S("tool"), S("prowler"));
	p->posture.in->facts->records++;
	return import_posture_push(&p->posture, &r, (str[]){cell(p, CHECK), resource, region}, err);
}

/* ---- the file ---- */

static enum status warn(const struct reading *p, struct err *err)
{
	TRY(import_flaw_warn(p->posture.in, &p->bare_quotes,
			     S("a row has quotes inside a cell that is not quoted: taken as text"), err));
	return import_posture_warn(&p->posture, err);
}

static enum status read_rows(struct reading *p, struct err *err)
{
	TRY(csv_open(&p->csv, p->posture.in->from, p->posture.in->arena, err));
	TRY(find_columns(p, err));
	/* Version 2 never quotes. */
	if (p->legacy)
		csv_keep_bare_quotes(&p->csv);
	for (;;) {
		bool more;
		TRY(csv_next(&p->csv, &more, err));
		if (!more)
			return warn(p, err);
		if (p->csv.bare_quotes)
			import_flaw_note(&p->bare_quotes, p->csv.line);
		enum status status = read_row(p, err);
		arena_release(&p->posture.scratch);
		TRY(status);
	}
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct reading *p = arena_new(in->arena, struct reading, 1);
	if (!p)
		return err_full(err);
	p->posture = import_posture_open(in);
	return read_rows(p, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	if (import_table_has(head, S("CHECK_ID")) && import_table_has(head, S("FINDING_UID")) &&
	    import_table_has(head, S("STATUS_EXTENDED")))
		return 100;
	return import_table_has(head, S("TITLE_ID")) && import_table_has(head, S("CHECK_RESULT")) &&
		       import_table_has(head, S("ACCOUNT_NUM"))
		   ? 100
		   : 0;
}

const struct import_format import_prowler_csv = {.name = S("prowler_csv"),
						 .title = S("Prowler results, CSV"),
						 .kinds = EVIDENCE_BIT(EVIDENCE_POSTURE),
						 .always = EVIDENCE_BIT(EVIDENCE_POSTURE),
						 .sniff = sniff,
						 .read = read_file};
