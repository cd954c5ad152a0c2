#include "import/import.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "import/caiq.h"
#include "import/element.h"
#include "import/formats.h"
#include "import/walk.h"

enum { SURE_ENOUGH = 40, CLEARLY_BETTER = 10 };

/* One a line, so that branches merge. */
/* clang-format off */
const struct import_format *const import_formats[] = {
    &import_ocsf,
    &import_cyclonedx,
    &import_garak,
    &import_sarif,
    &import_asff,
    &import_aws_credential_report,
    &import_entra,
    &import_okta,
    &import_openai_users,
    &import_anthropic_users,
    &import_github_members,
    &import_google_users,
    &import_slack_users,
    &import_prowler_csv,
    &import_checkov,
    &import_kubescape,
    &import_secure_score,
    &import_powerpipe,
    &import_promptfoo,
    &import_modelscan,
    &import_avid,
    &import_attempts,
    &import_mcp_config,
    &import_mcp_registry,
    &import_agent_scan,
    &import_mcp_scanner,
    &import_entra_agent,
    &import_mapping_csv,
    &import_mapping_jsonl,
    &import_veris,
    &import_sigma,
    &import_navigator,
    &import_spdx,
    &import_terraform_plan,
    &import_kubernetes,
    &import_xccdf,
    &import_junit,
    &import_oscal,
    &import_caiq,
    IMPORT_TABLE_FORMATS(IMPORT_FORMATS_REF) NULL,
};
/* clang-format on */

/* Other words for a format, besides those for a kind. */
static const struct {
	str alias, name;
} aliases[] = {
    {S("prowler"), S("ocsf")},
    {S("prowler_ocsf"), S("ocsf")},
    {S("json_ocsf"), S("ocsf")},
    {S("cdx"), S("cyclonedx")},
    {S("bom"), S("cyclonedx")},
    {S("sbom"), S("cyclonedx")},
    {S("aibom"), S("cyclonedx")},
    {S("garak_report"), S("garak")},
    {S("hitlog"), S("garak")},
    {S("security_hub"), S("asff")},
    {S("securityhub"), S("asff")},
    {S("json_asff"), S("asff")},
    {S("steampipe"), S("powerpipe")},
    {S("pyrit"), S("attempts")},
    {S("aig"), S("attempts")},
    {S("json"), S("jsonl")},
    {S("json_lines"), S("jsonl")},
    {S("ndjson"), S("jsonl")},
    {S("k8s"), S("kubernetes")},
    {S("tfplan"), S("terraform_plan")},
    {S("opentofu_plan"), S("terraform_plan")},
    {S("spdx3"), S("spdx")},
    {S("arf"), S("xccdf")},
    {S("openscap"), S("xccdf")},
    {S("ai_caiq"), S("caiq")},
    {S("questionnaire"), S("caiq")},
};

static char word_byte(char c)
{
	if (c == '-' || c == ' ' || c == '.' || c == '/')
		return '_';
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool import_same_word(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (word_byte(a.p[i]) != word_byte(b.p[i]))
			return false;
	return true;
}

const struct import_format *import_format_find(str name)
{
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (import_same_word(name, aliases[i].alias))
			name = aliases[i].name;
	int kind = evidence_kind_named(name);
	if (kind >= 0)
		name = evidence_kinds[kind].name;
	for (const struct import_format *const *f = import_formats; *f; f++)
		if (import_same_word(name, (*f)->name))
			return *f;
	return NULL;
}

enum status import_skip(const struct import_input *in, enum status status, int64_t record, struct err *err)
{
	if (status != E_INVALID || !err || !in->skip)
		return status;
	return in->skip(in->sink->ctx, record, err);
}

void import_flaw_note(struct import_flaw *flaw, int64_t line)
{
	if (flaw->count++ == 0)
		flaw->first_line = line;
}

enum status import_flaw_warn(const struct import_input *in, const struct import_flaw *flaw, str message,
			     struct err *err)
{
	char text[1024];
	if (flaw->count == 0)
		return OK;
	int n = snprintf(text, sizeof text - 80, "%.*s", STR_ARG(message));
	size_t at = n < 0 ? 0 : (size_t)n < sizeof text - 80 ? (size_t)n : sizeof text - 81;
	if (flaw->count > 1 && flaw->first_line > 0)
		n = snprintf(text + at, 80, " (%" PRId64 " times, first on line %" PRId64 ")", flaw->count,
			     flaw->first_line);
	else if (flaw->count > 1)
		n = snprintf(text + at, 80, " (%" PRId64 " times)", flaw->count);
	else if (flaw->first_line > 0)
		n = snprintf(text + at, 80, " (on line %" PRId64 ")", flaw->first_line);
	else
		n = 0;
	return in->sink->warn(in->sink->ctx, (str){text, at + (size_t)(n < 0 ? 0 : n)}, err);
}

/* ---- detection ---- */

static enum status refuse(str file, struct err *err, const char *message, const char *detail, const char *hint)
{
	err_set(err, E_INVALID, "%s", message);
	err_at(err, file, 0, 0);
	err_detail(err, "%s", detail);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* Files that are no text at all, or a text of another kind. */
static enum status refuse_shape(str head, str file, struct err *err)
{
	static const char text[] =
	    "evidence files are JSON, JSON Lines, CSV, YAML or XML, in UTF-8, or questionnaires as .xlsx";
	if (head.n == 0)
		return refuse(file, err, "the file is empty", text, "was the export finished?");
	if (import_caiq_is_workbook(head))
		return OK;
	if (str_starts(head, S("PK\x03\x04")))
		return refuse(file, err, "an archive, where text was expected", text,
			      "unpack it; of workbooks .xlsx is read, other sheets save as CSV UTF-8");
	if (str_starts(head, S("\x1F\x8B")))
		return refuse(file, err, "a compressed file, where text was expected", text, "unpack it with gunzip");
	if (str_starts(head, S("\xFF\xFE")) || str_starts(head, S("\xFE\xFF")))
		return refuse(file, err, "the file is in UTF-16", text, "save it as UTF-8");
	if (str_starts(str_trim(head), S("SPDXVersion:")))
		return refuse(file, err, "an SPDX 2 document in tag-value form",
			      "SPDX 2 cannot tell models and data sets from code", "export SPDX 3.0 or CycloneDX");
	if (memchr(head.p, '\0', head.n))
		return refuse(file, err, "a binary file, where text was expected", text, "see docs/formats.md");
	return OK;
}

/* The app's own CSV files, which are no evidence. */
static enum status refuse_other_csv(str head, str file, struct err *err)
{
	if (import_table_has(head, S("objective")) && import_table_has(head, S("source")) &&
	    import_table_has(head, S("yes")) && import_table_has(head, S("no")))
		return refuse(file, err, "this is a table of measures, not of evidence",
			      "it has the columns objective, source, yes and no", "import it with --format measures");
	if (import_table_has(head, S("unit")) && import_table_has(head, S("parent")))
		return refuse(file, err, "this is a table of units, not of evidence",
			      "it has the columns unit and parent", "load it with: aismm unit import FILE");
	return OK;
}

/* The formats that are no plain table of one kind and have the word in their title: "ocsf, cyclonedx, garak". */
static void special_names(char *out, size_t room, str word)
{
	size_t at = 0;
	out[0] = '\0';
	for (size_t i = 0; import_formats[i]; i++) {
		str name = import_formats[i]->name;
		if (evidence_kind_find(name) >= 0 || import_formats[i]->mapped ||
		    str_find(import_formats[i]->title, word) < 0)
			continue;
		int n = snprintf(out + at, room - at, "%s%.*s", at ? ", " : "", STR_ARG(name));
		at += n > 0 && (size_t)n < room - at ? (size_t)n : 0;
	}
}

/* A page for people; such pages are seldom XML. */
static bool is_html(str head, const struct xml_reader *root)
{
	ptrdiff_t at = str_find(head, S("<"));
	return str_eq_fold(root->name, S("html")) ||
	       (at >= 0 && (str_eq_fold(str_slice(head, (size_t)at, (size_t)at + 14), S("<!doctype html")) ||
			    str_eq_fold(str_slice(head, (size_t)at, (size_t)at + 5), S("<html"))));
}

static enum status refuse_markup(str head, str file, struct err *err)
{
	char names[160], detail[sizeof err->detail];
	struct arena a = ARENA((size_t)4 << 20);
	struct xml_reader root = {0};
	enum status status = import_element_root(head, file, &a, &root, err);
	special_names(names, sizeof names, S("XML"));
	(void)snprintf(detail, sizeof detail, "the outermost element is %.*s%s%.*s; known in XML: %s",
		       STR_ARG(str_slice(root.name, 0, 60)), root.namespace.n ? " of the namespace " : "",
		       STR_ARG(str_slice(root.namespace, 0, 120)), names);
	if (is_html(head, &root))
		status = refuse(file, err, "an HTML page, where evidence was expected", "it is made for people",
				"export the data itself, as JSON, CSV or XML");
	else if (status != OK && err && !err->hint[0])
		err_hint(err, "known in XML: %s", names);
	else if (status == OK)
		status =
		    refuse(file, err, "no known XML format", detail, "export it as one of these, or as JSON or CSV");
	arena_release(&a);
	return status;
}

static enum status refuse_unknown(str head, str file, struct err *err)
{
	char json_known[sizeof err->detail], names[sizeof err->detail - 40];
	if (import_element_is_markup(head))
		return refuse_markup(head, file, err);
	special_names(names, sizeof names, S(""));
	(void)snprintf(json_known, sizeof json_known, "formats that are no table: %s", names);
	switch (import_walk_shape(head)) {
	case IMPORT_WALK_IS_EMPTY_LIST:
		return refuse(file, err, "an empty list does not tell its format", json_known,
			      "say which with --format, such as ocsf");
	case IMPORT_WALK_IS_LIST:
	case IMPORT_WALK_IS_OBJECT:
		return refuse(file, err, "no known JSON format", json_known,
			      "say in a map what its fields are: --format jsonl --map FILE (docs/maps.md)");
	case IMPORT_WALK_OTHER:
		break;
	}
	return refuse(file, err, "no known format fits this file",
		      "a CSV of evidence has a column id and columns of one evidence kind, such as person or ai_system",
		      "say which with --format KIND, or in a map what its columns are: --format csv --map FILE "
		      "(docs/maps.md)");
}

static enum status refuse_ambiguous(const int *score, int best, str file, struct err *err)
{
	char names[200];
	int at = 0;
	str first = {NULL, 0};
	for (size_t i = 0; import_formats[i] && at >= 0 && at < (int)sizeof names; i++) {
		if (score[i] <= best - CLEARLY_BETTER)
			continue;
		if (!first.n)
			first = import_formats[i]->name;
		at += snprintf(names + at, sizeof names - (size_t)at, "%s%.*s", at ? ", " : "",
			       STR_ARG(import_formats[i]->name));
	}
	err_set(err, E_INVALID, "the file fits several formats: %s", names);
	err_at(err, file, 0, 0);
	err_hint(err, "say which with --format, such as %.*s", STR_ARG(first));
	return E_INVALID;
}

enum status import_detect(str head, bool complete, str file, const struct import_format **out, struct err *err)
{
	enum { FORMATS = sizeof import_formats / sizeof *import_formats };
	int score[FORMATS] = {0}, best = 0, near_best = 0;
	size_t winner = 0;
	TRY(refuse_shape(head, file, err));
	if (import_walk_shape(head) == IMPORT_WALK_OTHER && !import_element_is_markup(head))
		TRY(refuse_other_csv(head, file, err));
	for (size_t i = 0; import_formats[i]; i++) {
		score[i] = import_formats[i]->sniff(head, complete);
		if (score[i] > best) {
			best = score[i];
			winner = i;
		}
	}
	if (best < SURE_ENOUGH)
		return refuse_unknown(head, file, err);
	for (size_t i = 0; import_formats[i]; i++)
		near_best += score[i] > best - CLEARLY_BETTER;
	if (near_best > 1)
		return refuse_ambiguous(score, best, file, err);
	*out = import_formats[winner];
	return OK;
}
