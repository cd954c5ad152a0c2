/**
 * Sigma rules (YAML, one or several documents in a file): each becomes a detection.
 *
 * A rule file proves that a rule was written, not that it runs; whether it was tested is not in it either. Only a tag
 * of ATLAS is a technique of ATLAS: those of ATT&CK are of another catalogue. The file is kept whole while it is read.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "base/yaml.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

enum { TECHNIQUE = sizeof "AML.T0051.000" };

struct sigma {
	struct import_input *in;
	struct import_seen parts; /* ids and names of rules that a correlation is made of */
	struct import_seen_rows rows;
	struct import_flaw no_id, no_technique, several, level, status, date, filter, part;
};

static enum status refuse(const struct sigma *s, const struct yaml_node *node, const char *message, const char *hint,
			  struct err *err)
{
	err_set(err, E_INVALID, "%s", message);
	err_at(err, s->in->from->name, node->line, node->column);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

/* ---- members ---- */

/* The text of a member; empty when there is none. */
static enum status text_of(const struct sigma *s, const struct yaml_node *map, str key, str *out, struct err *err)
{
	const struct yaml_node *node = yaml_get(map, key);
	char what[80];
	*out = (str){NULL, 0};
	if (yaml_is_null(node))
		return OK;
	(void)snprintf(what, sizeof what, "a text was expected as the value of \"%.*s\"", STR_ARG(key));
	if (node->kind != YAML_SCALAR)
		return refuse(s, node, what, "see the specification of Sigma's rules", err);
	*out = str_trim(node->text);
	return OK;
}

static bool is_word(str text, const str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_fold(text, words[i]))
			return true;
	return false;
}

/* ---- tags ---- */

static bool digits(str text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (i >= text.n || text.p[i] < '0' || text.p[i] > '9')
			return false;
	return true;
}

/* What stands behind a beginning in any case; false when the text does not begin with it. */
static bool behind(str *text, str beginning)
{
	if (!str_eq_fold(str_slice(*text, 0, beginning.n), beginning))
		return false;
	*text = str_slice(*text, beginning.n, text->n);
	return true;
}

/* "atlas.aml.t0051.001" and the other ways to write it give "AML.T0051.001"; false for any other tag. */
static bool technique_of(str tag, char out[TECHNIQUE])
{
	bool named = behind(&tag, S("atlas."));
	named = behind(&tag, S("aml.")) || behind(&tag, S("aml-")) || named;
	if (!named || !behind(&tag, S("t")) || !digits(tag, 4))
		return false;
	str rest = str_slice(tag, 4, tag.n);
	if (rest.n && (rest.n != 4 || (rest.p[0] != '.' && rest.p[0] != '-') || !digits(str_slice(rest, 1, 4), 3)))
		return false;
	(void)snprintf(out, TECHNIQUE, "AML.T%.4s%s%.3s", tag.p, rest.n ? "." : "", rest.n ? rest.p + 1 : "");
	return true;
}

/* The first technique of ATLAS. */
static enum status set_technique(struct sigma *s, const struct yaml_node *rule, struct evidence_record *r,
				 char technique[TECHNIQUE], struct err *err)
{
	const struct yaml_node *tags = yaml_get(rule, S("tags"));
	char other[TECHNIQUE];
	int n = 0;
	if (!yaml_is_null(tags) && tags->kind != YAML_LIST)
		return refuse(s, tags, "a list of tags was expected", "see the specification of Sigma's rules", err);
	for (size_t i = 0; !yaml_is_null(tags) && i < tags->n; i++) {
		if (tags->items[i]->kind != YAML_SCALAR)
			return refuse(s, tags->items[i], "a tag (a text) was expected", "such as atlas.aml.t0051", err);
		n += technique_of(str_trim(tags->items[i]->text), n ? other : technique);
	}
	if (n)
		evidence_set_text(r, S("technique"), str_from(technique));
	else
		import_flaw_note(&s->no_technique, rule->line);
	if (n > 1)
		import_flaw_note(&s->several, rule->line);
	return OK;
}

/* ---- the row ---- */

static enum status set_severity(struct sigma *s, const struct yaml_node *rule, struct evidence_record *r,
				struct err *err)
{
	static const str levels[] = {S("critical"), S("high"), S("medium"), S("low")};
	str level;
	TRY(text_of(s, rule, S("level"), &level, err));
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (str_eq_fold(level, levels[i]))
			evidence_set_text(r, S("severity"), levels[i]);
	if (level.n && !str_eq_fold(level, S("informational")) &&
	    !is_word(level, levels, sizeof levels / sizeof *levels))
		import_flaw_note(&s->level, rule->line);
	return OK;
}

/* Maturity of the rule; only what nobody should run says something about whether it does. */
static enum status set_enabled(struct sigma *s, const struct yaml_node *rule, struct evidence_record *r,
			       struct err *err)
{
	static const str out[] = {S("deprecated"), S("unsupported")};
	static const str in[] = {S("stable"), S("test"), S("testing"), S("experimental")};
	str status;
	TRY(text_of(s, rule, S("status"), &status, err));
	if (is_word(status, out, sizeof out / sizeof *out))
		evidence_set_bool(r, S("enabled"), false);
	else if (status.n && !is_word(status, in, sizeof in / sizeof *in))
		import_flaw_note(&s->status, rule->line);
	return OK;
}

/* "2026-03-04", in older rules "2026/03/04". */
static bool day_of(const struct sigma *s, str date, int64_t *ms)
{
	char text[10];
	if (date.n != sizeof text)
		return false;
	memcpy(text, date.p, sizeof text);
	if (text[4] == '/' && text[7] == '/')
		text[4] = text[7] = '-';
	return time_parse((str){text, sizeof text}, ms) && (!s->in->given_ms || *ms <= *s->in->given_ms + TIME_DAY_MS);
}

static enum status set_created(struct sigma *s, const struct yaml_node *rule, struct evidence_record *r,
			       struct err *err)
{
	int64_t ms;
	str date;
	TRY(text_of(s, rule, S("date"), &date, err));
	if (!date.n)
		return OK;
	if (day_of(s, date, &ms))
		evidence_set_time(r, S("created_at"), ms);
	else
		import_flaw_note(&s->date, rule->line);
	return OK;
}

static enum status set_log_source(struct sigma *s, const struct yaml_node *rule, struct evidence_record *r,
				  struct err *err)
{
	const struct yaml_node *source = yaml_get(rule, S("logsource"));
	str parts[3];
	if (!source)
		return OK;
	TRY(text_of(s, source, S("product"), &parts[0], err));
	TRY(text_of(s, source, S("category"), &parts[1], err));
	TRY(text_of(s, source, S("service"), &parts[2], err));
	str id = import_walk_join_some(s->in->arena, parts, 3, '/');
	if (!id.p)
		return err_full(err);
	evidence_set_text(r, S("log_source_id"), id);
	return OK;
}

/* Whether a correlation in this file is made of the rule: then it raises no alert of its own. */
static bool is_part(const struct sigma *s, str id, str name)
{
	return (id.n && import_seen_find(&s->parts, S(""), id)) || (name.n && import_seen_find(&s->parts, S(""), name));
}

static enum status push_rule(struct sigma *s, const struct yaml_node *rule, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_DETECTION, .main = true, .record = s->in->facts->records, .line = rule->line};
	char technique[TECHNIQUE];
	str title, id, name;
	TRY(text_of(s, rule, S("title"), &title, err));
	TRY(text_of(s, rule, S("id"), &id, err));
	TRY(text_of(s, rule, S("name"), &name, err));
	if (is_part(s, id, name)) {
		import_flaw_note(&s->part, rule->line);
		return OK;
	}
	if (!id.n)
		import_flaw_note(&s->no_id, rule->line);
	r.id = id.n ? id : title;
	evidence_set_text(&r, S("name"), title);
	evidence_set_bool(&r, S("from_code"), true);
	TRY(set_technique(s, rule, &r, technique, err));
	TRY(set_severity(s, rule, &r, err));
	TRY(set_enabled(s, rule, &r, err));
	TRY(set_created(s, rule, &r, err));
	TRY(set_log_source(s, rule, &r, err));
	return import_seen_push(&s->rows, s->in, &r, s->in->arena, err);
}

/* ---- documents ---- */

static bool has_map(const struct yaml_node *rule, str key)
{
	const struct yaml_node *node = yaml_get(rule, key);
	return node && node->kind == YAML_MAP;
}

static enum status check_rule(const struct sigma *s, const struct yaml_node *rule, struct err *err)
{
	str title;
	if (rule->kind != YAML_MAP)
		return refuse(s, rule, "a rule of Sigma (a map) was expected", "is this another YAML file?", err);
	if (yaml_get(rule, S("action")))
		return refuse(s, rule, "a collection of rules in the old form (action: global, repeat or reset)",
			      "write each rule out whole, as Sigma has it since 2.0", err);
	TRY(text_of(s, rule, S("title"), &title, err));
	if (!title.n)
		return refuse(s, rule, "a rule without a title", "Sigma requires it", err);
	if (has_map(rule, S("correlation")) ||
	    (has_map(rule, S("logsource")) && (has_map(rule, S("detection")) || has_map(rule, S("filter")))))
		return OK;
	return refuse(s, rule, "no rule of Sigma: logsource with detection or filter, or correlation, was expected",
		      "is this another YAML file?", err);
}

/* Notes the rules that a correlation is made of, unless it says that they are rules of their own, too. */
static enum status note_parts(struct sigma *s, const struct yaml_node *rule, struct err *err)
{
	const struct yaml_node *correlation = yaml_get(rule, S("correlation"));
	const struct yaml_node *rules = yaml_get(correlation, S("rules"));
	struct import_seen_entry *entry;
	str generate, inside;
	if (!correlation)
		return OK;
	TRY(text_of(s, rule, S("generate"), &generate, err));
	TRY(text_of(s, correlation, S("generate"), &inside, err));
	if (str_eq_fold(generate, S("true")) || str_eq_fold(inside, S("true")))
		return OK;
	if (rules && rules->kind == YAML_SCALAR)
		return import_seen_add(&s->parts, S(""), str_trim(rules->text), &entry, err);
	for (size_t i = 0; rules && i < rules->n; i++) {
		if (rules->kind != YAML_LIST || rules->items[i]->kind != YAML_SCALAR)
			return refuse(s, rules, "a list of rules by their id or name was expected",
				      "see the specification of Sigma's correlations", err);
		TRY(import_seen_add(&s->parts, S(""), str_trim(rules->items[i]->text), &entry, err));
	}
	return OK;
}

/* The documents of a file: a correlation names rules that may stand before it. */
struct rules {
	const struct yaml_node **v;
	size_t n, cap;
};

static enum status read_documents(struct sigma *s, const struct rules *all, struct err *err)
{
	for (size_t i = 0; i < all->n; i++) {
		if (yaml_is_null(all->v[i]))
			continue;
		TRY(check_rule(s, all->v[i], err));
		TRY(note_parts(s, all->v[i], err));
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct yaml_node *rule = all->v[i];
		if (yaml_is_null(rule))
			continue;
		s->in->facts->records++;
		if (!has_map(rule, S("detection")) && !has_map(rule, S("correlation")))
			import_flaw_note(&s->filter, rule->line);
		else
			TRY(push_rule(s, rule, err));
	}
	return OK;
}

static enum status warn(const struct sigma *s, struct err *err)
{
	const struct {
		const struct import_flaw *flaw;
		str message;
	} flaws[] = {
	    {&s->no_technique,
	     S("a rule has no tag of an ATLAS technique (atlas.aml.t0051); those of ATT&CK are none")},
	    {&s->several, S("a rule names several ATLAS techniques: the first counts")},
	    {&s->no_id, S("a rule has no id: its title stands for it")},
	    {&s->part, S("a rule is part of a correlation and raises no alert of its own: left out")},
	    {&s->filter, S("a filter of Sigma is no detection: left out")},
	    {&s->level, S("a level that Sigma does not have: the severity stays unknown")},
	    {&s->status, S("a status that Sigma does not have: it says nothing")},
	    {&s->date, S("the date of a rule is no day that has been: when it was written stays unknown")},
	};
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
		TRY(import_flaw_warn(s->in, flaws[i].flaw, flaws[i].message, err));
	return import_seen_warn(&s->rows, s->in, "rule", err);
}

/* ---- the file ---- */

static enum status read_text(struct import_input *in, struct buf *text, struct err *err)
{
	char piece[4096];
	size_t n;
	do {
		TRY(source_read(in->from, piece, sizeof piece, &n, err));
		buf_add(text, (str){piece, n});
	} while (n && text->status == OK);
	if (text->status != E_TOO_LARGE)
		return text->status == OK ? OK : err_full(err);
	err_set(err, E_TOO_LARGE, "a file of rules over %zu bytes", LIMIT_YAML_BYTES);
	err_at(err, in->from->name, 0, 0);
	err_hint(err, "hand in the rules in several files, in one command");
	return E_TOO_LARGE;
}

static enum status read_rules(struct import_input *in, str text, struct err *err)
{
	struct sigma s = {.in = in, .parts.arena = in->arena, .rows.seen.arena = in->arena};
	struct yaml_documents *documents = NULL;
	struct rules all = {0};
	const struct yaml_node *rule;
	TRY(yaml_open(in->from->name, text, in->arena, &documents, err));
	for (;;) {
		TRY(yaml_next(documents, in->arena, &rule, err));
		if (!rule)
			break;
		if (all.n == all.cap &&
		    !(all.v = arena_grow(in->arena, all.v, all.n, all.n + 1, sizeof *all.v, &all.cap)))
			return err_full(err);
		all.v[all.n++] = rule;
	}
	TRY(read_documents(&s, &all, err));
	return warn(&s, err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct buf text = BUF(LIMIT_YAML_BYTES);
	enum status status = read_text(in, &text, err);
	if (status == OK)
		status = read_rules(in, buf_str(&text), err);
	buf_release(&text);
	return status;
}

/* Keys of the outermost map, as a line begins with them. */
static bool has_key(str head, str key)
{
	str line;
	if (str_starts(head, S("\xEF\xBB\xBF")))
		head = str_slice(head, 3, head.n);
	while (head.n) {
		(void)str_cut(head, '\n', &line, &head);
		if (str_starts(line, key) && line.n > key.n && line.p[key.n] == ':')
			return true;
	}
	return false;
}

static int sniff(str head, bool complete)
{
	(void)complete;
	bool rule = has_key(head, S("logsource")) && (has_key(head, S("detection")) || has_key(head, S("filter")));
	return has_key(head, S("title")) && (rule || has_key(head, S("correlation"))) ? 90 : 0;
}

const struct import_format import_sigma = {.name = S("sigma"),
					   .title = S("Sigma rules, YAML"),
					   .kinds = EVIDENCE_BIT(EVIDENCE_DETECTION),
					   .always = EVIDENCE_BIT(EVIDENCE_DETECTION),
					   .sniff = sniff,
					   .read = read_file};
