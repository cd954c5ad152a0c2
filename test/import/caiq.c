#include "collect.h"
#include "pack.h"

#define HEAD "Question ID,Service Provider AI-CAIQ Answer,SSRM Control Ownership,Version,Respondent\n"

static enum status read_text(struct collect *c, const char *text)
{
	return collect_text(c, "caiq", str_from(text));
}

static const struct evidence_record *only(struct collect *c, const char *text)
{
	if (read_text(c, text) != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->n, 1);
	return &c->rows[0];
}

static void refused(struct collect *c, const char *text, const char *message, const char *where)
{
	assert_int_equal(read_text(c, text), E_INVALID);
	if (!strstr(c->err.message, message))
		fail_msg("\"%s\" is not in \"%s\"", message, c->err.message);
	assert_string_equal(c->err.where, where);
}

static const struct evidence_record *answer(const struct collect *c, const char *id)
{
	return collect_by_id(c, EVIDENCE_CONTROL_ANSWER, id);
}

/* 13 rows with the id of a question; 7 of them with a word that counts. */
static void a_workbook_is_read_with_its_version(void **state)
{
	struct collect *c = *state;
	if (collect_file(c, "caiq", "caiq/ai_caiq.xlsx") != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->facts.records, 13);
	assert_int_equal(c->n, 13);
	collect_no_same_ids(c);
	const struct evidence_record *r = answer(c, "ai-caiq|1.1.0|A&A-01.1");
	assert_true(r->main);
	assert_int_equal(r->line, 3);
	assert_column(r, "framework", "ai-caiq");
	assert_column(r, "version", "1.1.0");
	assert_column(r, "control", "A&A-01.1");
	assert_column(r, "answer", "yes");
	assert_column(r, "ownership", "ours");
	assert_column(r, "evidence", "https://docs.acme.example/audit");
	assert_column(r, "evidenced", "1");
	assert_column(r, "answered_at", "2026-10-05T00:00:00Z");
	assert_column(r, "reviewer_id", "-");
	assert_true(c->facts.has_time);
	assert_int_equal(c->facts.observed_ms, INT64_C(1791331200000));
	assert_int_equal(c->facts.identity.n, 0);
}

/* Runs of one word, phonetic hints beside it; inline texts; formulas whose value is there. */
static void words_are_found_however_a_cell_holds_them(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "caiq", "caiq/ai_caiq.xlsx"), OK);
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-01.2"), "answer", "yes");
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-01.2"), "ownership", "shared");
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-01.2"), "evidenced", "-");
	assert_column(answer(c, "ai-caiq|1.1.0|BCR-01.1"), "answer", "no");
	assert_column(answer(c, "ai-caiq|1.1.0|BCR-01.1"), "answered_at", "2026-10-07T00:00:00Z");
	assert_column(answer(c, "ai-caiq|1.1.0|CCC-01.1"), "answer", "yes");
	assert_column(answer(c, "ai-caiq|1.1.0|CCC-01.1"), "ownership", "provider");
	assert_column(answer(c, "ai-caiq|1.1.0|DCS-01.1"), "ownership", "shared");
	assert_column(answer(c, "ai-caiq|1.1.0|DSP-01.1"), "ownership", "customer");
}

static void what_is_no_answer_stays_unknown_with_a_warning(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "caiq", "caiq/ai_caiq.xlsx"), OK);
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-02.1"), "answer", "-");
	assert_true(collect_warned(c, "a yes names no owner of the control"));
	assert_column(answer(c, "ai-caiq|1.1.0|AIS-01.1"), "answer", "not_applicable");
	assert_column(answer(c, "ai-caiq|1.1.0|AIS-02.1"), "answer", "-");
	assert_true(collect_warned(c, "a \"not applicable\" gives no reason"));
	assert_column(answer(c, "ai-caiq|1.1.0|BCR-02.1"), "answer", "-");
	assert_true(collect_warned(c, "a question is not answered"));
	assert_column(answer(c, "ai-caiq|1.1.0|CCC-02.1"), "answer", "-");
	assert_column(answer(c, "ai-caiq|1.1.0|CEK-01.1"), "answer", "-");
	assert_true(collect_warned(c, "an answer is a formula or an error and no word: it stays unknown (2 times"));
	assert_column(answer(c, "ai-caiq|1.1.0|GRC-01.1"), "answer", "-");
	assert_true(collect_warned(c, "an answer is none of yes, no, NA and partly"));
}

/* Saved from a spreadsheet: a title above the header, columns without a name, letters of either case. */
static void a_sheet_saved_as_csv_is_the_same_form(void **state)
{
	struct collect *c = *state;
	if (collect_file(c, "caiq", "caiq/ai_caiq.csv") != OK)
		fail_msg("%s (%s)", c->err.message, c->err.where);
	assert_int_equal(c->n, 5);
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-01.1"), "answer", "yes");
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-01.2"), "answer", "-");
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-02.1"), "ownership", "customer");
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-03.1"), "answer", "not_applicable");
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-04.1"), "answer", "-");
	assert_false(c->facts.has_time);
	/* AP-Owned is ours only when we are the AP. */
	assert_column(answer(c, "ai-caiq|1.1.0|A&A-01.1"), "ownership", "-");
	assert_true(collect_warned(c, "add a column respondent with CSP, MP, OSP, AP or AIC"));
}

static void owners_are_seen_from_who_answered(void **state)
{
	static const char *const cases[][3] = {
	    {"AP", "AP-Owned", "ours"},
	    {"AP", "ap-owned", "ours"},
	    {"AP", "Shared AP-AIC", "shared"},
	    {"AP", "Shared CSP-MP", "provider"},
	    {"AP", "AIC-Owned", "customer"},
	    {"AIC", "AIC-Owned", "ours"},
	    {"MP; OSP", "OSP-Owned", "ours"},
	    {"MP/OSP", "AP-Owned", "provider"},
	    {"", "Shared Across the Supply Chain", "shared"},
	    {"", "AIC-Owned", "customer"},
	    {"", "MP-Owned", "-"},
	    {"somebody", "MP-Owned", "-"},
	    {"AP", "ours", "ours"},
	    {"AP", "shared", "shared"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[400];
		snprintf(text, sizeof text, HEAD "A&A-01.1,YES,%s,1.1.0,%s\n", cases[i][1], cases[i][0]);
		assert_column(only(*state, text), "ownership", cases[i][2]);
	}
	const struct evidence_record *r =
	    only(*state, "Question ID,CSP CAIQ Answer,SSRM Control Ownership,Version\nA&A-01.1,YES,CSP-Owned,4.1.0\n");
	assert_column(r, "framework", "caiq");
	assert_column(r, "ownership", "ours");
	assert_column(only(*state, HEAD "A&A-01.1,YES,nobody knows,1.1.0,AP\n"), "answer", "-");
	assert_true(collect_warned(*state, "an ownership is none of the form's"));
	assert_column(only(*state, HEAD "A&A-01.1,NO,ND,1.1.0,AP\n"), "answer", "no");
	assert_string_equal(((struct collect *)*state)->warnings, "");
}

/* A yes of theirs is none of ours, and must not fill up a questionnaire of ours. */
static void answers_of_a_provider_are_kept_apart(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "caiq", "caiq/vendor_caiq.csv"), OK);
	assert_int_equal(c->facts.records, 3);
	assert_int_equal(c->n, 4);
	const struct evidence_record *r = answer(c, "ai-caiq-provider|1.1.0|A&A-02.1|orrery");
	assert_column(r, "framework", "ai-caiq-provider");
	assert_column(r, "ownership", "provider");
	assert_column(r, "answer", "yes");
	assert_column(r, "answered_by", "orrery");
	r = collect_by_id(c, EVIDENCE_PROVIDER, "orrery");
	assert_false(r->main);
	assert_column(r, "questionnaire_at", "2026-09-14T00:00:00Z");
	assert_column(r, "questionnaire_complete", "0");
	assert_column(r, "assessed_at", "-");
	assert_column(r, "approved", "-");
	assert_true(str_eq(c->facts.identity, S("caiq:ai-caiq:orrery")));
}

static void any_questionnaire_with_ids_and_answers_is_read(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "caiq", "caiq/vendor.csv"), OK);
	assert_int_equal(c->facts.records, 4);
	const struct evidence_record *r = answer(c, "acme-ai-questions-provider|3|1.1|orrery");
	assert_column(r, "evidence", "trust.orrery.example/1");
	assert_column(answer(c, "acme-ai-questions-provider|3|1.3|orrery"), "answer", "partly");
	assert_column(answer(c, "acme-ai-questions-provider|3|1.4|orrery"), "answer", "not_applicable");
	assert_column(collect_by_id(c, EVIDENCE_PROVIDER, "orrery"), "questionnaire_complete", "1");
	assert_string_equal(c->warnings, "");
	r = only(c, "question_id,answer,framework\nq1,yes,mine\n");
	assert_true(str_eq(r->id, S("mine|q1")));
	assert_column(r, "version", "-");
	assert_column(r, "ownership", "-");
}

static void a_version_is_in_the_file_or_asked_for(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "caiq", "caiq/no_version.csv"), E_INVALID);
	assert_string_equal(c->err.message, "the file does not say which version of the questionnaire this is");
	assert_non_null(strstr(c->err.hint, "add a column version"));
	assert_column(
	    only(c, "\"{\"\"specification_name\"\":\"\"AI-CAIQ\"\",\"\"specification_version\"\":\"\"1.0.2\"\"}\"\n"
		    "Question ID,Answer\nA&A-01.1,no\n"),
	    "version", "1.0.2");
	assert_column(only(c, "Question ID,Answer,Framework,Version\nA&A-01.1,no,AI CAIQ,v1.0.2\n"), "version",
		      "1.0.2");
	refused(c, "Question ID,Answer\nA&A-01.1,no\n", "which questionnaire this is", "file:2:1");
	refused(c, "CAIQ v4.1.0\nQuestion ID,Answer,Version\nA&A-01.1,no,4.0.3\n", "the version that the file names",
		"file:3:13");
}

static void columns_that_moved_are_refused(void **state)
{
	struct collect *c = *state;
	refused(c, HEAD "Audit,YES,AP-Owned,1.1.0,AP\n", "the id of a question expected", "file:2:1");
	refused(c, HEAD ",YES,AP-Owned,1.1.0,AP\n", "the id of a question expected", "file:2:1");
	refused(c, "Question ID,Answer,AICM Control ID,Version\nA&A-01.1,no,A&A-02,1.1.0\n",
		"the control that the question belongs to expected", "file:2:13");
	refused(c, HEAD "A&A-01.1,NO,ND,1.1.0,AP\na&a-01.1,YES,AP-Owned,,\n", "a question that stands above already",
		"file:3:1");
	refused(c, "Question ID,Answer,Answer\nx,yes,no\n", "the columns 2 and 3 mean the same", "file:1:1");
	refused(c, "question id,answer,framework,provider\n1,yes,f,a\n2,yes,f,b\n", "the same provider as above",
		"file:3:9");
	refused(c, "Question ID,Question\nA&A-01.1,Really?\n", "has no column of answers", "file:1");
	refused(c, "a,b\n1,2\n", "columns Question ID and answer expected", "file:1");
	refused(c, "question id,answer,framework,answered at\n1,yes,f,soon\n", "a time in ISO 8601", "file:2:9");
	refused(c, "", "columns Question ID and answer expected", "file:1");
}

static void titles_and_blank_lines_between_are_no_questions(void **state)
{
	struct collect *c = *state;
	assert_column(only(c, HEAD "Audit & Assurance,,,,\n\n,,,,\nA&A-01.1,NO,ND,1.1.0,\nEnd of Standard\n"), "answer",
		      "no");
	assert_int_equal(c->facts.records, 1);
}

static void workbooks_that_are_none_are_refused_with_what_was_found(void **state)
{
	struct collect *c = *state;
	assert_int_equal(collect_file(c, "caiq", "caiq/catalogue.xlsx"), E_INVALID);
	assert_string_equal(c->err.message, "a workbook with questions, but without a column of answers");
	assert_string_equal(c->err.detail, "its sheets are Introduction, AICM, AI-CAIQ");
	str whole = pack_zip(&(struct pack_entry){.name = "xl/a", .text = S("x")}, 1);
	assert_int_equal(collect_text(c, "caiq", whole), E_INVALID);
	assert_string_equal(c->err.message, "an archive that is no Excel workbook");
	pack_free(whole);
}

static void a_workbook_cut_or_damaged_anywhere_is_refused_or_says_the_same(void **state)
{
	struct collect *c = *state;
	str text = collect_load("caiq/ai_caiq.xlsx");
	for (size_t n = 0; n < text.n; n += 5)
		assert_int_equal(collect_text(c, "caiq", str_slice(text, 0, n)), E_INVALID);
	for (size_t i = 0; i < text.n; i += 11) {
		((char *)(uintptr_t)text.p)[i] ^= 0x10;
		enum status status = collect_text(c, "caiq", text);
		assert_true(status == E_INVALID || status == E_NOT_FOUND || status == E_TOO_LARGE || c->n == 13);
		((char *)(uintptr_t)text.p)[i] ^= 0x10;
	}
	free((void *)(uintptr_t)text.p);
}

static void a_failing_sink_ends_the_import(void **state)
{
	struct collect *c = *state;
	c->fail_after = 3;
	assert_int_equal(collect_file(c, "caiq", "caiq/ai_caiq.xlsx"), E_IO);
	assert_int_equal(c->n, 2);
}

static void questionnaires_are_told_from_all_other_formats(void **state)
{
	static const char *const samples[][2] = {
	    {"caiq/ai_caiq.xlsx", "caiq"},
	    {"caiq/catalogue.xlsx", "caiq"},
	    {"caiq/ai_caiq.csv", "caiq"},
	    {"caiq/vendor.csv", "caiq"},
	    {"caiq/vendor_caiq.csv", "caiq"},
	    {"caiq/no_version.csv", "caiq"},
	    {"checkov/several_types.json", "checkov"},
	};
	struct collect *c = *state;
	const struct import_format *found = NULL;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		str text = collect_load(samples[i][0]);
		assert_int_equal(import_detect(text, true, S("file"), &found, &c->err), OK);
		assert_true(str_eq(found->name, str_from(samples[i][1])));
		free((void *)(uintptr_t)text.p);
	}
	str whole = pack_zip(&(struct pack_entry){.name = "a.json", .text = S("{}")}, 1);
	assert_int_equal(import_detect(whole, true, S("file"), &found, &c->err), E_INVALID);
	assert_string_equal(c->err.message, "an archive, where text was expected");
	pack_free(whole);
	/* A table of evidence with the column answer stays one. */
	assert_int_equal(
	    import_detect(S("id,framework,control,answer\n1,ai-caiq,A&A-01.1,yes\n"), true, S("file"), &found, &c->err),
	    OK);
	assert_true(str_eq(found->name, S("control_answer")));
	assert_ptr_equal(import_format_find(S("questionnaire")), import_format_find(S("AI-CAIQ")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    COLLECT_TEST(a_workbook_is_read_with_its_version),
	    COLLECT_TEST(words_are_found_however_a_cell_holds_them),
	    COLLECT_TEST(what_is_no_answer_stays_unknown_with_a_warning),
	    COLLECT_TEST(a_sheet_saved_as_csv_is_the_same_form),
	    COLLECT_TEST(owners_are_seen_from_who_answered),
	    COLLECT_TEST(answers_of_a_provider_are_kept_apart),
	    COLLECT_TEST(any_questionnaire_with_ids_and_answers_is_read),
	    COLLECT_TEST(a_version_is_in_the_file_or_asked_for),
	    COLLECT_TEST(columns_that_moved_are_refused),
	    COLLECT_TEST(titles_and_blank_lines_between_are_no_questions),
	    COLLECT_TEST(workbooks_that_are_none_are_refused_with_what_was_found),
	    COLLECT_TEST(a_workbook_cut_or_damaged_anywhere_is_refused_or_says_the_same),
	    COLLECT_TEST(a_failing_sink_ends_the_import),
	    COLLECT_TEST(questionnaires_are_told_from_all_other_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
