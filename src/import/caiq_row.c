#include <string.h>

#include "base/limits.h"
#include "base/time.h"
#include "import/caiq.h"

static const struct xlsx_cell *cell(const struct import_caiq *c, enum import_caiq_column column)
{
	static const struct xlsx_cell nothing = {XLSX_EMPTY, {NULL, 0}};
	int i = c->head.at[column];
	return i >= 0 && (size_t)i < c->line.n ? &c->line.cells[i] : &nothing;
}

static str text_of(const struct import_caiq *c, enum import_caiq_column column)
{
	const struct xlsx_cell *x = cell(c, column);
	return x->kind == XLSX_ERROR || x->kind == XLSX_UNKNOWN ? (str){NULL, 0} : str_trim(x->text);
}

static bool has(const struct import_caiq *c, enum import_caiq_column column)
{
	return c->head.at[column] >= 0;
}

/* ---- what holds for the rows below, too ---- */

static enum status take(struct import_caiq *c, enum import_caiq_column column, str *kept, struct err *err)
{
	str text = text_of(c, column);
	if (!text.n || str_eq(text, *kept))
		return OK;
	if (column == IMPORT_CAIQ_PROVIDER && kept->n)
		return import_caiq_refuse(c, column, "the same provider as above expected",
					  "a file has the answers of one provider", err);
	if (text.n > LIMIT_ID_BYTES)
		return import_caiq_refuse(c, column, "a text of at most 512 bytes expected", "", err);
	*kept = str_copy(c->in->arena, text);
	return kept->p ? OK : err_full(err);
}

/* AI-CAIQ by any of its spellings; other questionnaires are called what they are called. */
static str framework_of(const struct import_caiq *c)
{
	str said = c->framework.n ? c->framework : c->head.framework;
	return import_same_word(said, S("ai-caiq")) ? S("ai-caiq")
	       : import_same_word(said, S("caiq"))  ? S("caiq")
						    : said;
}

static bool is_csa(const struct import_caiq *c)
{
	str framework = framework_of(c);
	return str_eq(framework, S("ai-caiq")) || str_eq(framework, S("caiq"));
}

static str version_of(const struct import_caiq *c)
{
	str said = c->version.n ? c->version : c->head.version;
	return said.n && (said.p[0] == 'v' || said.p[0] == 'V') ? str_slice(said, 1, said.n) : said;
}

static enum status take_framework(struct import_caiq *c, struct err *err)
{
	TRY(take(c, IMPORT_CAIQ_FRAMEWORK, &c->framework, err));
	if (framework_of(c).n)
		return OK;
	return import_caiq_refuse(c, IMPORT_CAIQ_QUESTION, "the file does not say which questionnaire this is",
				  "add a column framework, with ai-caiq or its name", err);
}

static enum status take_all(struct import_caiq *c, struct err *err)
{
	TRY(take(c, IMPORT_CAIQ_VERSION, &c->version, err));
	TRY(take(c, IMPORT_CAIQ_RESPONDENT, &c->respondent, err));
	TRY(take(c, IMPORT_CAIQ_PROVIDER, &c->provider, err));
	if (c->head.version.n && c->version.n && !str_eq(version_of(c), c->head.version))
		return import_caiq_refuse(c, IMPORT_CAIQ_VERSION, "the version that the file names expected",
					  "its title or its sheet names another one", err);
	if (is_csa(c) && !version_of(c).n)
		return import_caiq_refuse(
		    c, IMPORT_CAIQ_QUESTION, "the file does not say which version of the questionnaire this is",
		    "add a column version, such as 1.1.0: ids of questions mean something else in "
		    "other versions",
		    err);
	return OK;
}

/* ---- the question ---- */

/* A&A-01.1, in the letters of either case. */
static bool is_question(str id)
{
	size_t i = 0, digits = 0;
	while (i < id.n && ((id.p[i] | 0x20) >= 'a' || id.p[i] == '&') && (id.p[i] | 0x20) <= 'z')
		i++;
	if (i < 2 || i > 4 || i == id.n || id.p[i] != '-')
		return false;
	bool point = false;
	for (i++; i < id.n; i++) {
		if (id.p[i] == '.' && digits && !point) {
			point = true;
			digits = 0;
		} else if (id.p[i] >= '0' && id.p[i] <= '9') {
			digits++;
		} else {
			return false;
		}
	}
	return digits > 0;
}

static str upper(struct arena *a, str text)
{
	char *p = arena_alloc(a, text.n + 1, 1);
	for (size_t i = 0; p && i < text.n; i++)
		p[i] = text.p[i] >= 'a' && text.p[i] <= 'z' ? (char)(text.p[i] - ('a' - 'A')) : text.p[i];
	return (str){p, p ? text.n : 0};
}

/* The control stands on the first of its questions only; where it stands it must be the question's. */
static enum status check_control(struct import_caiq *c, str question, struct err *err)
{
	str control = text_of(c, IMPORT_CAIQ_CONTROL);
	if (!control.n || !is_csa(c))
		return OK;
	if (question.n > control.n && str_eq_fold(str_slice(question, 0, control.n), control) &&
	    question.p[control.n] == '.')
		return OK;
	return str_eq_fold(question, control)
		   ? OK
		   : import_caiq_refuse(c, IMPORT_CAIQ_CONTROL, "the control that the question belongs to expected",
					"A&A-01.1 asks about A&A-01: was a column moved?", err);
}

/* *out is empty for a row that is none: a title, a domain, the end. */
static enum status read_question(struct import_caiq *c, str *out, struct err *err)
{
	str id = text_of(c, IMPORT_CAIQ_QUESTION);
	bool answered = text_of(c, IMPORT_CAIQ_ANSWER).n > 0;
	*out = (str){NULL, 0};
	if (!id.n && !answered)
		return OK;
	TRY(take_framework(c, err));
	if (is_csa(c) ? !is_question(id) : !id.n)
		return answered ? import_caiq_refuse(c, IMPORT_CAIQ_QUESTION, "the id of a question expected",
						     "such as A&A-01.1: was a column moved?", err)
				: OK;
	TRY(take_all(c, err));
	TRY(check_control(c, id, err));
	*out = is_csa(c) ? upper(&c->scratch, id) : id;
	return out->p ? OK : err_full(err);
}

/* ---- the answer ---- */

static str answer_word(str text)
{
	static const str words[][2] = {{S("yes"), S("yes")},
				       {S("y"), S("yes")},
				       {S("no"), S("no")},
				       {S("n"), S("no")},
				       {S("na"), S("not_applicable")},
				       {S("n/a"), S("not_applicable")},
				       {S("not applicable"), S("not_applicable")},
				       {S("partly"), S("partly")},
				       {S("partial"), S("partly")},
				       {S("partially"), S("partly")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (import_same_word(text, words[i][0]))
			return words[i][1];
	return (str){NULL, 0};
}

static str read_answer(struct import_caiq *c)
{
	const struct xlsx_cell *x = cell(c, IMPORT_CAIQ_ANSWER);
	str text = str_trim(x->text), word = answer_word(text);
	bool computed = x->kind == XLSX_ERROR || x->kind == XLSX_UNKNOWN || str_starts(text, S("="));
	if (computed)
		import_flaw_note(&c->formula, c->line.line);
	else if (!text.n)
		import_flaw_note(&c->blank, c->line.line);
	else if (!word.n)
		import_flaw_note(&c->word, c->line.line);
	return computed ? (str){NULL, 0} : word;
}

/* ---- whose the control is ---- */

enum party { CSP = 1, MP = 2, OSP = 4, AP = 8, AIC = 16, ALL = 31 };

/* The parties that a text names: "AP-Owned", "Shared OSP-AP", "Shared Across the Supply Chain"; 0 none. */
static int parties(str text)
{
	static const struct {
		str name;
		int party;
	} all[] = {{S("csp"), CSP}, {S("mp"), MP}, {S("osp"), OSP}, {S("ap"), AP}, {S("aic"), AIC}, {S("csc"), AIC}};
	int found = 0;
	if (import_same_word(text, S("shared across the supply chain")))
		return ALL;
	for (size_t i = 0, from = 0; i <= text.n; i++) {
		bool letter = i < text.n && (text.p[i] | 0x20) >= 'a' && (text.p[i] | 0x20) <= 'z';
		if (letter)
			continue;
		for (size_t k = 0; k < sizeof all / sizeof *all; k++)
			if (str_eq_fold(str_slice(text, from, i), all[k].name))
				found |= all[k].party;
		from = i + 1;
	}
	return found;
}

static bool is_plain_owner(str text, str *out)
{
	static const str words[] = {S("ours"), S("provider"), S("shared"), S("customer")};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq_fold(text, words[i])) {
			*out = words[i];
			return true;
		}
	return false;
}

/* Seen from who answered. In CAIQ that is the cloud service provider; AI-CAIQ does not ask in which role. */
static str owner_of(struct import_caiq *c, int owners)
{
	bool alone = (owners & (owners - 1)) == 0;
	int mine = c->respondent.n ? parties(c->respondent) : str_eq(framework_of(c), S("caiq")) ? CSP : 0;
	if (owners & mine)
		return alone ? S("ours") : S("shared");
	if (owners == ALL)
		return S("shared");
	if (owners == AIC)
		return S("customer");
	if (mine)
		return S("provider");
	import_flaw_note(&c->no_respondent, c->line.line);
	return (str){NULL, 0};
}

/* *named: somebody is named, whoever that is. */
static str read_owner(struct import_caiq *c, bool *named)
{
	str text = text_of(c, IMPORT_CAIQ_OWNERSHIP), plain = {NULL, 0};
	int owners = parties(text);
	*named = owners || is_plain_owner(text, &plain);
	if (text.n && !*named && !str_eq_fold(text, S("ND")))
		import_flaw_note(&c->owner_word, c->line.line);
	/* A provider speaks for itself: nothing of it is ours. */
	if (c->provider.n)
		return S("provider");
	return plain.n ? plain : owners ? owner_of(c, owners) : plain;
}

/* The form asks a yes for an owner and an NA for a reason. */
static str check_answer(struct import_caiq *c, str answer, bool owned)
{
	if (str_eq(answer, S("yes")) && has(c, IMPORT_CAIQ_OWNERSHIP) && !owned) {
		import_flaw_note(&c->no_owner, c->line.line);
		return (str){NULL, 0};
	}
	if (str_eq(answer, S("not_applicable")) && has(c, IMPORT_CAIQ_DESCRIPTION) &&
	    !text_of(c, IMPORT_CAIQ_DESCRIPTION).n) {
		import_flaw_note(&c->no_reason, c->line.line);
		return (str){NULL, 0};
	}
	return answer;
}

/* ---- the row ---- */

static enum status set_time(struct import_caiq *c, struct evidence_record *r, enum import_caiq_column column, str name,
			    int64_t *ms, bool *known, struct err *err)
{
	const struct xlsx_cell *x = cell(c, column);
	str text = text_of(c, column);
	bool has_zone = true;
	*known = false;
	if (!text.n)
		return OK;
	if (x->kind == XLSX_NUMBER ? !xlsx_time(&c->workbook, text, ms) : !time_parse_zone(text, ms, &has_zone))
		return import_caiq_refuse(c, column, "a time in ISO 8601 expected", "such as 2026-04-03", err);
	if (!has_zone && text.n > S("2026-04-03").n)
		import_flaw_note(&c->no_zone, c->line.line);
	*known = true;
	evidence_set_time(r, name, *ms);
	return OK;
}

static enum status set_times(struct import_caiq *c, struct evidence_record *r, struct err *err)
{
	int64_t ms = 0;
	bool known;
	struct import_facts *facts = c->in->facts;
	TRY(set_time(c, r, IMPORT_CAIQ_REVIEWED_AT, S("reviewed_at"), &ms, &known, err));
	TRY(set_time(c, r, IMPORT_CAIQ_ANSWERED_AT, S("answered_at"), &ms, &known, err));
	if (!known)
		return OK;
	if (!c->has_answered || ms > c->answered_ms)
		c->answered_ms = ms;
	c->has_answered = true;
	facts->has_time = true;
	facts->observed_ms = c->answered_ms;
	return OK;
}

/* The first link of a description is what it names as proof. */
static str link_in(str text)
{
	ptrdiff_t at = str_find(text, S("https://"));
	if (at < 0)
		at = str_find(text, S("http://"));
	if (at < 0)
		return (str){NULL, 0};
	size_t end = (size_t)at;
	while (end < text.n && !strchr(" \t\r\n<>\"')];,", text.p[end]))
		end++;
	while (text.p[end - 1] == '.')
		end--;
	return str_slice(text, (size_t)at, end);
}

static void set_evidence(struct import_caiq *c, struct evidence_record *r)
{
	str evidence = text_of(c, IMPORT_CAIQ_EVIDENCE);
	if (!evidence.n)
		evidence = link_in(text_of(c, IMPORT_CAIQ_DESCRIPTION));
	evidence_set_text(r, S("evidence"), evidence);
	if (evidence.n)
		evidence_set_bool(r, S("evidenced"), true);
}

static enum status set_framework(struct import_caiq *c, struct evidence_record *r, str question, struct err *err)
{
	struct arena *a = &c->scratch;
	str framework = framework_of(c);
	if (c->provider.n)
		framework = import_walk_join(a, (str[]){framework, S("provider")}, 2, '-');
	str id = import_walk_join_some(a, (str[]){framework, version_of(c), question, c->provider}, 4, '|');
	r->id = id.p ? import_seen_fit(a, id) : id;
	if (!framework.p || !r->id.p)
		return err_full(err);
	evidence_set_text(r, S("framework"), framework);
	evidence_set_text(r, S("version"), version_of(c));
	evidence_set_text(r, S("control"), question);
	return OK;
}

static enum status push(struct import_caiq *c, str question, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_CONTROL_ANSWER, .main = true, .line = c->line.line};
	struct import_seen_entry *e;
	bool owned;
	str answer = read_answer(c), owner = read_owner(c, &owned);
	r.record = ++c->in->facts->records;
	c->unanswered += !answer.n;
	TRY(set_framework(c, &r, question, err));
	TRY(import_seen_add(&c->questions, S("question"), r.id, &e, err));
	if (e->count > 1)
		return import_caiq_refuse(c, IMPORT_CAIQ_QUESTION, "a question that stands above already",
					  "remove one of the two answers", err);
	evidence_set_text(&r, S("answer"), check_answer(c, answer, owned));
	evidence_set_text(&r, S("ownership"), owner);
	evidence_set_text(&r, S("answered_by"),
			  text_of(c, IMPORT_CAIQ_ANSWERED_BY).n ? text_of(c, IMPORT_CAIQ_ANSWERED_BY) : c->provider);
	evidence_set_text(&r, S("reviewer_id"), text_of(c, IMPORT_CAIQ_REVIEWER));
	set_evidence(c, &r);
	TRY(set_times(c, &r, err));
	return c->in->sink->record(c->in->sink->ctx, &r, err);
}

enum status import_caiq_row(struct import_caiq *c, struct err *err)
{
	str question;
	TRY(read_question(c, &question, err));
	return question.n ? push(c, question, err) : OK;
}

enum status import_caiq_provider(struct import_caiq *c, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_PROVIDER, .id = c->provider};
	if (!c->provider.n)
		return OK;
	str name = import_walk_join(c->in->arena, (str[]){S("caiq"), framework_of(c), c->provider}, 3, ':');
	c->in->facts->identity = name.p ? import_seen_fit(c->in->arena, name) : name;
	if (!c->in->facts->identity.p)
		return err_full(err);
	if (c->has_answered)
		evidence_set_time(&r, S("questionnaire_at"), c->answered_ms);
	evidence_set_bool(&r, S("questionnaire_complete"), c->unanswered == 0);
	return c->in->sink->record(c->in->sink->ctx, &r, err);
}
