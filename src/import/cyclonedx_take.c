/* What a bill says, whichever way it is written: the parts that the readers of JSON and of XML share. */
#include "import/cyclonedx.h"

#include <string.h>

#include "base/time.h"

enum { LICENCES_SHOWN = 8 };

void import_cyclonedx_texts(struct import_cyclonedx *b, struct arena *texts)
{
	b->texts = b->walk.texts = b->element.texts = texts;
}

/* ---- bom-refs ---- */

/* What an entry of the scope "ref" has as its content; its line is where it is first pointed to. */
enum { DEFINED = 1, POINTED_TO = 2 };

enum status import_cyclonedx_define(struct import_cyclonedx *b, str ref, int64_t line, struct err *err)
{
	struct import_seen_entry *e;
	if (b->second)
		return OK;
	TRY(import_seen_add(&b->refs, S("ref"), ref, &e, err));
	if (e->content & DEFINED)
		import_flaw_note(&b->double_ref, line);
	e->content |= DEFINED;
	return OK;
}

/* A BOM-Link ("urn:cdx:serial/version#ref") may lead into another bill. */
static bool is_bom_link(str ref)
{
	return str_starts(ref, S("urn:cdx:"));
}

enum status import_cyclonedx_refer(struct import_cyclonedx *b, str ref, int64_t line, struct err *err)
{
	struct import_seen_entry *e;
	if (b->second || !ref.n || is_bom_link(ref))
		return OK;
	TRY(import_seen_add(&b->refs, S("ref"), ref, &e, err));
	if (!(e->content & POINTED_TO) || line < e->line)
		e->line = line;
	e->content |= POINTED_TO;
	return OK;
}

void import_cyclonedx_check_references(struct import_cyclonedx *b)
{
	int64_t first = INT64_MAX;
	for (size_t i = 0; i < b->refs.cap; i++) {
		const struct import_seen_entry *e = &b->refs.slots[i];
		if (e->content != POINTED_TO)
			continue;
		first = e->line < first ? e->line : first;
		import_flaw_note(&b->dangling, e->line);
		b->dangling.first_line = first;
	}
}

/* ---- the bill ---- */

bool import_cyclonedx_take_time(struct import_cyclonedx *b, str text, int64_t line)
{
	struct import_facts *facts = b->in->facts;
	bool has_zone;
	if (!time_parse_zone(text, &facts->observed_ms, &has_zone))
		return false;
	facts->has_time = true;
	if (!has_zone)
		import_flaw_note(&b->no_zone, line);
	return true;
}

bool import_cyclonedx_take_version(struct import_cyclonedx *b, str version, int64_t line)
{
	static const str old[] = {S("1.2"), S("1.3"), S("1.4")}, now[] = {S("1.5"), S("1.6"), S("1.7")};
	b->version = version;
	for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
		if (str_eq(version, now[i]))
			return true;
		if (!str_eq(version, old[i]))
			continue;
		import_flaw_note(&b->old, line);
		return true;
	}
	return false;
}

/* ---- components ---- */

enum status import_cyclonedx_new_component(struct import_cyclonedx *b, bool is_subject, int64_t line,
					   struct import_cyclonedx_component **out, struct err *err)
{
	if (!is_subject && b->open++ == 0)
		import_cyclonedx_texts(b, &b->scratch);
	struct import_cyclonedx_component *c = arena_new(b->texts, struct import_cyclonedx_component, 1);
	if (!c)
		return err_full(err);
	*c = (struct import_cyclonedx_component){.bom = b, .line = line, .is_subject = is_subject};
	*out = c;
	if (is_subject) {
		b->in_subject = true;
		b->subject = b->second ? b->subject : c;
		return OK;
	}
	if (!b->in_subject)
		c->record = ++b->in->facts->records;
	if (b->last)
		b->last->next = c;
	else
		b->first = c;
	b->last = c;
	return OK;
}

/* The end of a component that is in no other. */
static enum status forget_components(struct import_cyclonedx *b, struct err *err)
{
	if (b->second)
		TRY(import_cyclonedx_push(b, err));
	b->first = b->last = NULL;
	import_cyclonedx_texts(b, b->in->arena);
	arena_release(&b->scratch);
	return OK;
}

enum status import_cyclonedx_end_component(struct import_cyclonedx_component *c, struct err *err)
{
	struct import_cyclonedx *b = c->bom;
	if (!c->name.n) {
		err_set(err, E_INVALID, "a component without a name");
		err_at(err, b->in->from->name, c->line, 0);
		return E_INVALID;
	}
	if (!import_cyclonedx_ai_type(c->type))
		import_flaw_note(&b->type, c->line);
	if (c->ref.n)
		TRY(import_cyclonedx_define(b, c->ref, c->line, err));
	if (!c->is_subject)
		return --b->open ? OK : forget_components(b, err);
	b->in_subject = false;
	return OK;
}

enum status import_cyclonedx_take_licence(struct import_cyclonedx_component *c, str text, struct err *err)
{
	if (!text.n || c->licences++ >= LICENCES_SHOWN)
		return OK;
	if (c->licence.n)
		return import_bom_append(c->bom->texts, &c->licence, text, err);
	c->licence = text;
	return OK;
}

enum status import_cyclonedx_take_hash(struct import_cyclonedx_component *c, str algorithm, str hex, int64_t line,
				       struct err *err)
{
	str digest;
	TRY(import_bom_digest(c->bom->texts, algorithm, hex, &digest, err));
	if (!digest.n)
		import_flaw_note(&c->bom->hash, line);
	else if (!c->hash.n)
		c->hash = digest;
	return OK;
}

/* The part of a property's name behind the last : or dot. */
static str last_part(str name)
{
	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == ':' || name.p[i - 1] == '.')
			return str_slice(name, i, name.n);
	return name;
}

void import_cyclonedx_take_property(struct import_cyclonedx_component *c, str name, str value)
{
	static const str deployments[] = {S("self_hosted"), S("paas"), S("saas")};
	str last = last_part(name);
	if (value.n && (import_same_word(last, S("model_card")) || import_same_word(last, S("modelcard"))))
		c->card_linked = true;
	for (size_t i = 0; str_eq(name, S("aismm:deployment")) && i < 3; i++)
		if (import_same_word(value, deployments[i]))
			c->deployment = deployments[i];
}

void import_cyclonedx_take_link(struct import_cyclonedx_component *c, str type, str url)
{
	if (url.n && str_eq(type, S("model-card")))
		c->card_linked = true;
	if (!c->source.n && str_eq(type, S("distribution")))
		c->source = url;
	if (!c->other_source.n && (str_eq(type, S("website")) || str_eq(type, S("vcs"))))
		c->other_source = url;
}

enum status import_cyclonedx_take_dataset(struct import_cyclonedx_component *c, struct import_cyclonedx_dataset *d,
					  int64_t line, struct err *err)
{
	c->n_datasets++;
	if (d->ref.n)
		return import_cyclonedx_refer(c->bom, d->ref, line, err);
	d->next = c->datasets;
	c->datasets = d;
	return OK;
}

/* ---- services ---- */

enum status import_cyclonedx_new_service(struct import_cyclonedx *b, int64_t line,
					 struct import_cyclonedx_service **out, struct err *err)
{
	struct import_cyclonedx_service *s = arena_new(b->in->arena, struct import_cyclonedx_service, 1);
	if (!s)
		return err_full(err);
	*s = (struct import_cyclonedx_service){.bom = b, .line = line};
	if (b->last_service)
		b->last_service->next = s;
	else
		b->first_service = s;
	b->last_service = s;
	*out = s;
	return OK;
}

enum status import_cyclonedx_end_service(struct import_cyclonedx_service *s, struct err *err)
{
	if (s->name.n)
		return s->ref.n ? import_cyclonedx_define(s->bom, s->ref, s->line, err) : OK;
	err_set(err, E_INVALID, "a service without a name");
	err_at(err, s->bom->in->from->name, s->line, 0);
	return E_INVALID;
}

/* ---- vulnerabilities ---- */

static bool is_ruled_out(str state)
{
	static const str states[] = {S("not_affected"), S("false_positive"), S("resolved"),
				     S("resolved_with_pedigree")};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_eq(state, states[i]))
			return true;
	return false;
}

void import_cyclonedx_take_affected_version(struct import_cyclonedx_affected *a, str status)
{
	a->versions++;
	a->maybe = a->maybe || !str_eq(status, S("unaffected"));
}

enum status import_cyclonedx_take_vulnerability(struct import_cyclonedx *b,
						const struct import_cyclonedx_vulnerability *v, int64_t line,
						struct err *err)
{
	b->vulnerability++;
	if (v->ref.n)
		TRY(import_cyclonedx_define(b, v->ref, line, err));
	for (const struct import_cyclonedx_affected *a = v->affects; a; a = a->next) {
		struct import_seen_entry *e;
		str ref = a->ref, link;
		TRY(import_cyclonedx_refer(b, ref, a->line, err));
		if (is_ruled_out(v->state) || (a->versions && !a->maybe))
			continue;
		if (is_bom_link(ref))
			str_cut(ref, '#', &link, &ref);
		TRY(import_seen_add(&b->affects, S("affects"), ref, &e, err));
		if (e->line == b->vulnerability)
			e->count--;
		e->line = b->vulnerability;
	}
	return OK;
}
