/* What a bill says, whichever way it is written: the parts that the readers of JSON and of XML share. */
#include "import/cyclonedx.h"

#include <string.h>

#include "base/time.h"

enum { LICENCES_SHOWN = 8 };

/* ---- bom-refs ---- */

enum status import_cyclonedx_define(struct import_cyclonedx *b, str ref, int64_t line, struct err *err)
{
	struct import_seen_entry *e;
	TRY(import_seen_add(&b->refs, S("ref"), ref, &e, err));
	if (e->count > 1)
		import_flaw_note(&b->double_ref, line);
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
	if (!ref.n || is_bom_link(ref))
		return OK;
	TRY(import_seen_add(&b->refs, S("reference"), ref, &e, err));
	if (e->count > 1)
		return OK;
	struct import_cyclonedx_reference *r = arena_new(b->in->arena, struct import_cyclonedx_reference, 1);
	if (!r)
		return err_full(err);
	*r = (struct import_cyclonedx_reference){b->references, str_copy(b->in->arena, ref), line};
	b->references = r;
	return r->ref.p ? OK : err_full(err);
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
	struct import_cyclonedx_component *c = arena_new(b->in->arena, struct import_cyclonedx_component, 1);
	if (!c)
		return err_full(err);
	c->bom = b;
	c->line = line;
	*out = c;
	if (is_subject) {
		b->subject = c;
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

enum status import_cyclonedx_end_component(struct import_cyclonedx_component *c, struct err *err)
{
	if (!c->name.n) {
		err_set(err, E_INVALID, "a component without a name");
		err_at(err, c->bom->in->from->name, c->line, 0);
		return E_INVALID;
	}
	if (!import_cyclonedx_ai_type(c->type))
		import_flaw_note(&c->bom->type, c->line);
	return c->ref.n ? import_cyclonedx_define(c->bom, c->ref, c->line, err) : OK;
}

/* "a, b" */
static enum status append(struct arena *texts, str *to, str text, struct err *err)
{
	size_t n = to->n + 2 + text.n;
	char *p = arena_alloc(texts, n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, to->p, to->n);
	memcpy(p + to->n, ", ", 2);
	memcpy(p + to->n + 2, text.p, text.n);
	*to = (str){p, n};
	return OK;
}

enum status import_cyclonedx_take_licence(struct import_cyclonedx_component *c, str text, struct err *err)
{
	if (!text.n || c->licences++ >= LICENCES_SHOWN)
		return OK;
	if (c->licence.n)
		return append(c->bom->in->arena, &c->licence, text, err);
	c->licence = text;
	return OK;
}

static bool is_hex(str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return text.n >= 32 && text.n % 2 == 0;
}

enum status import_cyclonedx_take_hash(struct import_cyclonedx_component *c, str algorithm, str digest, int64_t line,
				       struct err *err)
{
	if (!algorithm.n || !is_hex(digest)) {
		import_flaw_note(&c->bom->hash, line);
		return OK;
	}
	if (c->hash.n)
		return OK;
	char *text = arena_alloc(c->bom->in->arena, algorithm.n + 1 + digest.n, 1);
	if (!text)
		return err_full(err);
	memcpy(text, algorithm.p, algorithm.n);
	text[algorithm.n] = ':';
	for (size_t i = 0; i < digest.n; i++)
		text[algorithm.n + 1 + i] =
		    digest.p[i] >= 'A' && digest.p[i] <= 'F' ? (char)(digest.p[i] + 32) : digest.p[i];
	c->hash = (str){text, algorithm.n + 1 + digest.n};
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
		TRY(import_seen_add(&b->refs, S("affects"), ref, &e, err));
		if (e->line == b->vulnerability)
			e->count--;
		e->line = b->vulnerability;
	}
	return OK;
}
