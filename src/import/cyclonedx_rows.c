#include "import/cyclonedx.h"

#include <stdio.h>
#include <string.h>

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

/* "group/name"; the name when there is no group. */
static enum status full_name(struct import_cyclonedx *b, str group, str name, str *out, struct err *err)
{
	*out = name;
	if (!group.n)
		return OK;
	char *p = arena_alloc(b->texts, group.n + 1 + name.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, group.p, group.n);
	p[group.n] = '/';
	memcpy(p + group.n + 1, name.p, name.n);
	*out = (str){p, group.n + 1 + name.n};
	return OK;
}

static enum status glue(struct import_cyclonedx *b, str head, char mark, str tail, str *out, struct err *err)
{
	char *p = arena_alloc(b->texts, head.n + 1 + tail.n, 1);
	if (!p)
		return err_full(err);
	if (head.n)
		memcpy(p, head.p, head.n);
	p[head.n] = mark;
	if (tail.n)
		memcpy(p + head.n + 1, tail.p, tail.n);
	*out = (str){p, head.n + 1 + tail.n};
	return OK;
}

/* What the bill is about, the same for every version of it; empty when it does not say. */
static enum status subject_name(struct import_cyclonedx *b, str *out, struct err *err)
{
	*out = (str){NULL, 0};
	if (!b->subject)
		return OK;
	str version;
	*out = import_bom_stem(b->subject->purl, &version);
	return out->n ? OK : full_name(b, b->subject->group, b->subject->name, out, err);
}

/* purl, else group/name@version; when an earlier one has it, with the bom-ref behind it. */
static enum status make_id(struct import_cyclonedx *b, struct import_cyclonedx_component *c, str name, struct err *err)
{
	struct import_seen_entry *e;
	c->id = first_of(c->purl, name);
	if (!c->purl.n && c->version.n)
		TRY(glue(b, name, '@', c->version, &c->id, err));
	TRY(import_seen_add(&b->ids, S("id"), c->id, &e, err));
	return e->count > 1 && c->ref.n ? glue(b, c->id, '#', c->ref, &c->id, err) : OK;
}

static struct evidence_record row_of(const struct import_cyclonedx_component *c, enum evidence_kind_id kind, str id)
{
	return (struct evidence_record){.kind = kind, .id = id, .record = c->record, .line = c->line};
}

static enum status push_component(struct import_cyclonedx *b, const struct import_cyclonedx_component *c, str name,
				  struct err *err)
{
	struct evidence_record r = row_of(c, EVIDENCE_COMPONENT, c->id);
	r.main = c->record > 0;
	evidence_set_text(&r, S("name"), name);
	evidence_set_text(&r, S("version"), c->version);
	evidence_set_text(&r, S("type"), c->type);
	evidence_set_text(&r, S("purl"), c->purl);
	evidence_set_text(&r, S("publisher"),
			  first_of(first_of(c->manufacturer, c->publisher), first_of(c->supplier, c->author)));
	evidence_set_text(&r, S("licence"), c->licence);
	evidence_set_text(&r, S("hash"), c->hash);
	evidence_set_text(&r, S("system_id"), b->system);
	evidence_set_text(&r, S("bom"), first_of(b->serial, b->system));
	evidence_set_bool(&r, S("ai"), import_cyclonedx_ai(c));
	if (b->has_vulnerabilities) {
		const struct import_seen_entry *e =
		    c->ref.n ? import_seen_find(&b->affects, S("affects"), c->ref) : NULL;
		evidence_set_int(&r, S("vulnerabilities"), e ? e->count : 0);
		b->claimed += e != NULL;
		if (b->in->facts->has_time)
			evidence_set_time(&r, S("scanned_at"), b->in->facts->observed_ms);
	}
	return import_seen_push(&b->rows, b->in, &r, b->texts, err);
}

static void set_card(struct evidence_record *r, const struct import_cyclonedx_component *c)
{
	str card = c->card_sections ? S("structured") : c->card_linked ? S("linked") : S("none");
	evidence_set_text(r, S("model_card"), card);
	evidence_set_int(r, S("card_sections"), c->card_sections);
	evidence_set_int(r, S("datasets"), c->n_datasets);
	evidence_set_bool(r, S("known_data"), c->n_datasets > 0);
}

static enum status push_model(struct import_cyclonedx *b, const struct import_cyclonedx_component *c, str name,
			      struct err *err)
{
	struct evidence_record r = row_of(c, EVIDENCE_MODEL, c->id);
	evidence_set_text(&r, S("name"), name);
	evidence_set_text(&r, S("version"), c->version);
	evidence_set_text(&r, S("publisher"),
			  first_of(first_of(c->manufacturer, c->publisher), first_of(c->author, c->supplier)));
	evidence_set_text(&r, S("source"), first_of(c->source, c->other_source));
	evidence_set_text(&r, S("purl"), c->purl);
	evidence_set_text(&r, S("licence"), c->licence);
	evidence_set_text(&r, S("hash"), c->hash);
	evidence_set_text(&r, S("format"), first_of(import_bom_format(c->name), import_bom_format(c->source)));
	evidence_set_text(&r, S("deployment"),
			  first_of(c->deployment, b->subject ? b->subject->deployment : (str){NULL, 0}));
	if (b->subject != c)
		evidence_set_text(&r, S("system_id"), b->system);
	str version;
	(void)import_bom_stem(c->purl, &version);
	evidence_set_bool(&r, S("pinned"), import_bom_pinned(first_of(c->version, version)));
	if (b->system.n && !str_eq(b->subject->type, c->type))
		evidence_set_bool(&r, S("in_use"), true);
	set_card(&r, c);
	if (b->in->facts->has_time)
		evidence_set_time(&r, S("last_seen_at"), b->in->facts->observed_ms);
	return import_seen_push(&b->rows, b->in, &r, b->texts, err);
}

static enum status push_dataset(struct import_cyclonedx *b, const struct import_cyclonedx_component *c, str name,
				struct err *err)
{
	struct evidence_record r = row_of(c, EVIDENCE_DATASET, c->id);
	evidence_set_text(&r, S("name"), name);
	evidence_set_text(&r, S("version"), c->version);
	evidence_set_text(&r, S("source"), first_of(c->source, c->other_source));
	evidence_set_text(&r, S("licence"), c->licence);
	evidence_set_text(&r, S("classification"), c->classification);
	evidence_set_text(&r, S("system_id"), b->system);
	evidence_set_text(&r, S("hash"), c->hash);
	return import_seen_push(&b->rows, b->in, &r, b->texts, err);
}

/* The datasets that a model card describes itself; named by their address, else by the model and their name. Only those
   of the model that the bill is about are its maker's own: what went into a part was somebody else's choice. */
static enum status push_card_datasets(struct import_cyclonedx *b, const struct import_cyclonedx_component *c,
				      struct err *err)
{
	int64_t number = c->n_datasets;
	for (const struct import_cyclonedx_dataset *d = c->datasets; d; d = d->next, number--) {
		char text[32];
		str id = d->url;
		int n = snprintf(text, sizeof text, "dataset-%lld", (long long)number);
		if (!id.n)
			TRY(glue(b, c->id, '#', first_of(d->name, (str){text, n < 0 ? 0 : (size_t)n}), &id, err));
		struct evidence_record r = row_of(c, EVIDENCE_DATASET, id);
		evidence_set_text(&r, S("name"), d->name);
		evidence_set_text(&r, S("source"), d->url);
		evidence_set_text(&r, S("purpose"), c == b->subject ? S("training") : S("upstream"));
		evidence_set_text(&r, S("classification"), d->classification);
		evidence_set_text(&r, S("system_id"), b->system);
		TRY(import_seen_push(&b->rows, b->in, &r, b->texts, err));
	}
	return OK;
}

static enum status push_rows_of(struct import_cyclonedx *b, struct import_cyclonedx_component *c, struct err *err)
{
	str name;
	TRY(full_name(b, c->group, c->name, &name, err));
	if (c != b->subject) {
		TRY(make_id(b, c, name, err));
		TRY(push_component(b, c, name, err));
	}
	if (str_eq(c->type, S("machine-learning-model")))
		TRY(push_model(b, c, name, err));
	else if (str_eq(c->type, S("data")) && c != b->subject)
		TRY(push_dataset(b, c, name, err));
	return push_card_datasets(b, c, err);
}

/* The subject is no component of itself; but when it is a model that the components do not list, it is one model. */
static enum status push_subject(struct import_cyclonedx *b, struct err *err)
{
	struct import_cyclonedx_component *c = b->subject;
	struct import_seen_entry *e;
	str name;
	if (!c || !str_eq(c->type, S("machine-learning-model")))
		return OK;
	TRY(full_name(b, c->group, c->name, &name, err));
	c->id = first_of(c->purl, name);
	if (!c->purl.n && c->version.n)
		TRY(glue(b, name, '@', c->version, &c->id, err));
	TRY(import_seen_add(&b->ids, S("id"), c->id, &e, err));
	return e->count > 1 ? OK : push_rows_of(b, c, err);
}

/* A provider once, whatever number of its services is used. */
static enum status push_service(struct import_cyclonedx *b, const struct import_cyclonedx_service *s, struct err *err)
{
	struct import_seen_entry *e;
	str name;
	TRY(full_name(b, s->group, s->name, &name, err));
	str id = first_of(s->provider, name);
	TRY(import_seen_add(&b->ids, S("provider"), id, &e, err));
	if (e->count > 1)
		return OK;
	struct evidence_record r = {.kind = EVIDENCE_PROVIDER, .id = id, .line = s->line};
	evidence_set_text(&r, S("name"), id);
	evidence_set_text(&r, S("service"), name);
	evidence_set_text(&r, S("deployment"), S("saas"));
	evidence_set_bool(&r, S("in_use"), true);
	return import_seen_push(&b->rows, b->in, &r, b->texts, err);
}

enum status import_cyclonedx_identify(struct import_cyclonedx *b, struct err *err)
{
	str identity;
	TRY(subject_name(b, &b->system, err));
	if (!b->system.n)
		return OK;
	TRY(glue(b, S("cyclonedx"), ':', b->system, &identity, err));
	b->in->facts->identity = import_seen_fit(b->in->arena, identity);
	return b->in->facts->identity.p ? OK : err_full(err);
}

enum status import_cyclonedx_push(struct import_cyclonedx *b, struct err *err)
{
	for (struct import_cyclonedx_component *c = b->first; c; c = c->next)
		TRY(push_rows_of(b, c, err));
	return OK;
}

enum status import_cyclonedx_push_rest(struct import_cyclonedx *b, struct err *err)
{
	TRY(push_subject(b, err));
	for (const struct import_cyclonedx_service *s = b->first_service; s; s = s->next)
		TRY(push_service(b, s, err));
	return OK;
}
