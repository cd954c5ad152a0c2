/* What a bill declares, whichever way it is written: the parts that the readers of JSON and of XML share. */
#include "base/limits.h"
#include "base/time.h"
#include "import/cyclonedx_declaration.h"

enum status import_cyclonedx_open_declared(struct import_cyclonedx *b, struct err *err)
{
	b->declared = arena_new(b->in->arena, struct import_cyclonedx_declared, 1);
	if (!b->declared)
		return err_full(err);
	b->declared->refs.arena = b->in->arena;
	b->declared->rows.seen.arena = b->in->arena;
	return OK;
}

/* ---- what has a bom-ref ---- */

static enum status count(struct import_cyclonedx *b, int64_t line, struct err *err)
{
	if (b->declared->n_kept++ < LIMIT_CYCLONEDX_DECLARED)
		return OK;
	err_set(err, E_TOO_LARGE, "the bill declares more than %d things", LIMIT_CYCLONEDX_DECLARED);
	err_at(err, b->in->from->name, line, 0);
	return E_TOO_LARGE;
}

static enum status fit(struct import_cyclonedx *b, str *text, struct err *err)
{
	*text = import_seen_fit(b->in->arena, *text);
	return text->n && !text->p ? err_full(err) : OK;
}

/* Without a ref nothing can refer to it. */
static enum status keep(struct import_cyclonedx *b, str sort, str ref, const struct import_cyclonedx_item *item,
			int64_t line, struct err *err)
{
	struct import_cyclonedx_declared *d = b->declared;
	struct import_seen_entry *e;
	if (!ref.n)
		return OK;
	TRY(count(b, line, err));
	TRY(import_seen_add(&d->refs, sort, ref, &e, err));
	if (e->count > 1) {
		d->items[e->line].several = true;
		return OK;
	}
	if (d->n_items == d->items_cap && !(d->items = arena_grow(b->in->arena, d->items, d->n_items, d->n_items + 1,
								  sizeof *d->items, &d->items_cap)))
		return err_full(err);
	e->line = (int64_t)d->n_items;
	d->items[d->n_items] = *item;
	return fit(b, &d->items[d->n_items++].text, err);
}

struct import_cyclonedx_item *import_cyclonedx_item(const struct import_cyclonedx *b, str sort, str ref)
{
	const struct import_seen_entry *e = ref.n ? import_seen_find(&b->declared->refs, sort, ref) : NULL;
	return e && !b->declared->items[e->line].several ? &b->declared->items[e->line] : NULL;
}

enum status import_cyclonedx_link(struct import_cyclonedx *b, struct import_cyclonedx_links *links, str ref,
				  int64_t line, struct err *err)
{
	TRY(count(b, line, err));
	struct import_cyclonedx_link *l = arena_new(b->in->arena, struct import_cyclonedx_link, 1);
	if (!l)
		return err_full(err);
	*l = (struct import_cyclonedx_link){NULL, ref, line};
	if (links->last)
		links->last->next = l;
	else
		links->first = l;
	links->last = l;
	return OK;
}

/* ---- standards, parties, evidence and claims ---- */

enum status import_cyclonedx_new_standard(struct import_cyclonedx *b, int64_t line,
					  struct import_cyclonedx_standard **out, struct err *err)
{
	TRY(count(b, line, err));
	*out = arena_new(b->in->arena, struct import_cyclonedx_standard, 1);
	if (!*out)
		return err_full(err);
	(*out)->bom = b;
	return OK;
}

enum status import_cyclonedx_end_standard(struct import_cyclonedx_standard *s, struct err *err)
{
	s->framework = import_walk_join_some(s->bom->in->arena, (str[]){S("cyclonedx"), s->name}, 2, ':');
	if (!s->framework.p)
		return err_full(err);
	TRY(fit(s->bom, &s->framework, err));
	return fit(s->bom, &s->version, err);
}

enum status import_cyclonedx_end_requirement(const struct import_cyclonedx_requirement *r, int64_t line,
					     struct err *err)
{
	struct import_cyclonedx_item item = {.text = r->identifier, .standard = r->standard};
	return keep(r->standard->bom, IMPORT_CYCLONEDX_REQUIREMENT, r->ref, &item, line, err);
}

/* The same for every version of a target, as a feed is. */
enum status import_cyclonedx_end_party(struct import_cyclonedx *b, str sort, const struct import_cyclonedx_party *p,
				       int64_t line, struct err *err)
{
	str version;
	struct import_cyclonedx_item item = {.text = import_bom_stem(p->purl, &version)};
	if (!item.text.n && p->name.n)
		item.text = import_walk_join_some(b->in->arena, (str[]){p->group, p->name}, 2, '/');
	if (p->name.n && !item.text.p)
		return err_full(err);
	return keep(b, sort, p->ref, &item, line, err);
}

/* The first name that is short enough for a column, else its ref; what holds nothing has none. */
enum status import_cyclonedx_end_evidence(const struct import_cyclonedx_evidence *e, int64_t line, struct err *err)
{
	const str names[] = {e->url, e->description, e->data, e->property};
	struct import_cyclonedx_item item = {.created = e->created, .expires = e->expires};
	bool filled = e->attached;
	for (size_t i = 0; i < sizeof names / sizeof *names && !item.text.n; i++) {
		filled = filled || names[i].n;
		if (names[i].n <= LIMIT_ID_BYTES)
			item.text = names[i];
	}
	if (!item.text.n && filled)
		item.text = e->ref;
	return keep(e->bom, IMPORT_CYCLONEDX_EVIDENCE, e->ref, &item, line, err);
}

enum status import_cyclonedx_end_claim(const struct import_cyclonedx_claim *c, int64_t line, struct err *err)
{
	struct import_cyclonedx_item item = {.target = c->target, .evidence = c->evidence, .countered = c->countered};
	return keep(c->bom, IMPORT_CYCLONEDX_CLAIM, c->ref, &item, line, err);
}

/* ---- attestations ---- */

enum status import_cyclonedx_new_attestation(struct import_cyclonedx *b, int64_t line,
					     struct import_cyclonedx_attestation **out, struct err *err)
{
	TRY(count(b, line, err));
	struct import_cyclonedx_attestation *a = arena_new(b->in->arena, struct import_cyclonedx_attestation, 1);
	if (!a)
		return err_full(err);
	*a = (struct import_cyclonedx_attestation){.bom = b, .line = line};
	*out = a;
	return OK;
}

enum status import_cyclonedx_new_attested(struct import_cyclonedx_attestation *a, int64_t line,
					  struct import_cyclonedx_attested **out, struct err *err)
{
	struct import_cyclonedx_declared *d = a->bom->declared;
	TRY(count(a->bom, line, err));
	struct import_cyclonedx_attested *m = arena_new(a->bom->in->arena, struct import_cyclonedx_attested, 1);
	if (!m)
		return err_full(err);
	*m = (struct import_cyclonedx_attested){.attestation = a, .line = line};
	if (d->last)
		d->last->next = m;
	else
		d->first = m;
	d->last = m;
	*out = m;
	return OK;
}

/* ---- times and scores ---- */

bool import_cyclonedx_take_moment(struct import_cyclonedx *b, str text, int64_t line,
				  struct import_cyclonedx_moment *out)
{
	bool has_zone;
	if (!time_parse_zone(text, &out->ms, &has_zone))
		return false;
	out->known = true;
	if (!has_zone)
		import_flaw_note(&b->no_zone, line);
	return true;
}

/* e or E, a sign, digits; kept far below what an integer holds. */
static bool read_exponent(str text, int64_t *out)
{
	size_t i = 1;
	bool minus = text.n > 1 && text.p[1] == '-';
	if (text.n < 2 || (text.p[0] | 0x20) != 'e')
		return false;
	i += text.p[i] == '-' || text.p[i] == '+';
	if (i == text.n)
		return false;
	*out = 0;
	for (; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
		if (*out < LIMIT_COUNT)
			*out = *out * 10 + (text.p[i] - '0');
	}
	*out = minus ? -*out : *out;
	return true;
}

/* By its digits: a binary fraction would make 1 of what is just below it. */
bool import_cyclonedx_take_score(str text, enum import_cyclonedx_score *out)
{
	bool minus = text.n && text.p[0] == '-', point = false, more = false;
	size_t i = minus || (text.n && text.p[0] == '+'), digits = 0;
	int64_t tens = 0, exponent = 0, fraction = 0; /* first × 10^tens is the greatest digit's worth */
	char first = 0;
	for (; i < text.n && (text.p[i] == '.' ? !point : text.p[i] >= '0' && text.p[i] <= '9'); i++) {
		if (text.p[i] == '.') {
			point = true;
			continue;
		}
		digits++;
		fraction += point;
		if (first) {
			more = more || text.p[i] != '0';
			tens += !point;
		} else if (text.p[i] != '0') {
			first = text.p[i];
			tens = -fraction;
		}
	}
	if (!digits || (i < text.n && !read_exponent(str_slice(text, i, text.n), &exponent)))
		return false;
	tens += exponent;
	if (!first)
		*out = IMPORT_CYCLONEDX_NOTHING;
	else if (tens < 0)
		*out = IMPORT_CYCLONEDX_PART;
	else
		*out = IMPORT_CYCLONEDX_FULL;
	return !first || (!minus && (tens < 0 || (tens == 0 && first == '1' && !more)));
}
