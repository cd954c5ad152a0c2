/**
 * Overlays: a file that adds, tightens or retires objectives of a base model. It is applied to the drafts of the base,
 * so what comes out is ordered and checked as any model is.
 *
 * What an existing measure counts never changes: an overlay cannot touch window, check, population and the like, and an
 * added objective cannot take an id of the base. So the new model keeps the line of its base, and with it the measures.
 */
#include <string.h>

#include "core/model_overlay_read.h"

enum { OWN_FROM = 101 };

static const str overlay_keys[] = {S("schema"), S("id"),  S("version"), S("title"),  S("notice"),
				   S("base"),   S("add"), S("change"),  S("retire"), {0}};
static const str retire_keys[] = {S("id"), S("because"), S("approver"), {0}};

struct model_draft *model_overlay_draft(struct model_reader *r, str id)
{
	for (size_t i = 0; id.n && i < r->n_objectives; i++)
		if (str_eq(r->objectives[i].o.id, id))
			return &r->objectives[i];
	return NULL;
}

/* Of the base, and not yet named by this overlay; otherwise it is a problem, which is then noted. */
struct model_draft *model_overlay_target(struct model_reader *r, const struct yaml_node *entry)
{
	str id = model_read_needed_text(r, entry, S("id"));
	struct model_draft *d = model_overlay_draft(r, id);
	const struct yaml_node *at = yaml_get(entry, S("id"));
	r->about = (str){NULL, 0};
	if (!id.n)
		return NULL;
	if (!d && !r->incomplete)
		model_read_error(r, at, "the base has no objective \"%.*s\"", STR_ARG(model_read_clip(id)));
	if (d && d->o.overlaid) {
		bool added = d->o.overlaid->act == MODEL_ADDED;
		model_read_error(r, at,
				 added ? "%.*s is added by this overlay; write it there as it should be"
				       : "%.*s is in this overlay twice",
				 STR_ARG(id));
		return NULL;
	}
	if (d)
		r->about = d->o.id;
	return d;
}

/* The character at the start of a text that is UTF-8, and how long it is. */
static uint32_t character_at(str text, size_t *n)
{
	unsigned char first = (unsigned char)text.p[0];
	*n = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	uint32_t c = *n == 1 ? first : first & (0xFFU >> (*n + 1));
	for (size_t i = 1; i < *n && i < text.n; i++)
		c = c << 6 | ((unsigned char)text.p[i] & 0x3FU);
	return c;
}

/* What a person can read and pronounce: outside of ASCII, all that is not known to be a sign, a space or invisible. */
static bool is_letter_or_digit(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} others[] = {
	    {0x80, 0xA9},       {0xAB, 0xB4},       {0xB6, 0xB9},        {0xBB, 0xBF},     {0xD7, 0xD7},
	    {0xF7, 0xF7},       {0x2B0, 0x36F},     {0x37E, 0x37E},      {0x384, 0x385},   {0x387, 0x387},
	    {0x55A, 0x55F},     {0x589, 0x5CF},     {0x5F3, 0x61F},      {0x64B, 0x65F},   {0x66A, 0x66D},
	    {0x6D4, 0x6D4},     {0x964, 0x965},     {0x115F, 0x1160},    {0x1680, 0x1680}, {0x17B4, 0x17B5},
	    {0x1800, 0x180F},   {0x2000, 0x2BFF},   {0x2E00, 0x2E7F},    {0x3000, 0x3004}, {0x3008, 0x3020},
	    {0x302A, 0x3030},   {0x303D, 0x303F},   {0x3099, 0x309C},    {0x30A0, 0x30A0}, {0x30FB, 0x30FC},
	    {0x3164, 0x3164},   {0xA66F, 0xA67F},   {0xD800, 0xF8FF},    {0xFE00, 0xFE6F}, {0xFEFF, 0xFF0F},
	    {0xFF1A, 0xFF20},   {0xFF3B, 0xFF40},   {0xFF5B, 0xFF65},    {0xFFA0, 0xFFA0}, {0xFFE0, 0xFFFF},
	    {0x1D000, 0x1D3FF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF},
	};
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (c >= others[i].from && c <= others[i].to)
			return false;
	return true;
}

/* A name or a reason that is only signs is none. */
static str said(str text)
{
	size_t found = 0, n;
	for (str rest = text; rest.n && found < 2; rest = str_slice(rest, n, rest.n))
		found += is_letter_or_digit(character_at(rest, &n));
	return found < 2 ? (str){NULL, 0} : text;
}

struct model_overlaid *model_overlay_mark(struct model_reader *r, struct model_draft *d, const struct yaml_node *entry)
{
	struct model_overlaid *mark = arena_new(r->a, struct model_overlaid, 1);
	struct model_objective *base = arena_new(r->a, struct model_objective, 1);
	if (!mark || !base) {
		model_read_full(r);
		return NULL;
	}
	*base = d->o;
	*mark = (struct model_overlaid){.base = base, .place = model_read_place(r, entry)};
	mark->because = said(model_read_text(r, entry, S("because")));
	mark->approver = said(model_read_line(r, entry, S("approver"), false));
	d->o.overlaid = mark;
	return mark;
}

/* ---- the head ---- */

static void schema_check(struct model_reader *r, const struct yaml_node *overlay)
{
	const struct yaml_node *schema = yaml_get(overlay, S("schema"));
	if (!str_eq(schema->text, S("aismm.overlay/1")))
		model_read_error(r, schema, "schema is \"%.*s\"; this program reads aismm.overlay/1",
				 STR_ARG(model_read_clip(schema->text)));
}

/* The base's id, version and line are in r->m; they become the overlay's own, but for the line. */
static void head_read(struct model_reader *r, const struct yaml_node *overlay, bool has_base)
{
	struct model *m = r->m;
	str line = m->line, name = m->name, id = m->id, notice = m->notice;
	str base = model_read_line(r, overlay, S("base"), true);
	const struct yaml_node *at = yaml_get(overlay, S("base"));
	schema_check(r, overlay);
	if (base.n && !has_base)
		model_read_error(r, at, "the base %.*s is not at hand: import it first, or lint with --base",
				 STR_ARG(model_read_clip(base)));
	else if (base.n && name.n && !str_eq(base, name) && !str_eq(base, line))
		model_read_error(r, at, "the overlay is written for %.*s; the base at hand is %.*s",
				 STR_ARG(model_read_clip(base)), STR_ARG(name));
	model_read_names(r, overlay);
	if (m->id.n && str_eq(m->id, id))
		model_read_error(r, yaml_get(overlay, S("id")),
				 "id %.*s is that of the base; an overlay has a name of its own", STR_ARG(id));
	if (!m->notice.n)
		m->notice = notice;
	if (has_base) {
		m->line = line;
		m->base = name;
	}
}

/* ---- add ---- */

/* The category whose id the objective's id begins with; -1 when there is none, which is then noted. */
static int category_of(struct model_reader *r, const struct yaml_node *entry)
{
	str id = model_read_needed_text(r, entry, S("id")), category, rest;
	if (!id.n)
		return -1;
	(void)str_cut(id, '-', &category, &rest);
	for (size_t i = 0; i < r->n_categories; i++)
		if (str_eq(r->categories[i].c.id, category))
			return (int)i;
	if (!r->incomplete)
		model_read_error(r, yaml_get(entry, S("id")), "the base has no category \"%.*s\"",
				 STR_ARG(model_read_clip(category)));
	return -1;
}

static int64_t number_of(str id)
{
	int64_t number = 0;
	str head, digits;
	(void)str_cut(id, '.', &head, &digits);
	return str_to_i64(digits, &number) ? number : 0;
}

static void add_read(struct model_reader *r, const struct yaml_node *entry, size_t n_base)
{
	size_t before = r->n_objectives;
	r->about = (str){NULL, 0};
	if (entry->kind != YAML_MAP) {
		model_read_error(r, entry, "an objective is expected: a map of keys and values");
		return;
	}
	int category = category_of(r, entry);
	if (category < 0)
		return;
	r->about = r->categories[category].c.id;
	model_read_objective(r, entry, &r->categories[category], category);
	if (r->n_objectives == before)
		return;
	struct model_objective *o = &r->objectives[before].o;
	struct model_overlaid *mark = arena_new(r->a, struct model_overlaid, 1);
	if (!mark) {
		model_read_full(r);
		return;
	}
	*mark = (struct model_overlaid){.act = MODEL_ADDED, .place = o->place};
	o->overlaid = mark;
	r->about = o->id;
	for (size_t i = 0; i < n_base; i++)
		if (str_eq(r->objectives[i].o.id, o->id)) {
			model_read_error(r, yaml_get(entry, S("id")),
					 "the base has this id, and measures under it; give it a number from %d on",
					 OWN_FROM);
			r->n_objectives--;
			return;
		}
	if (number_of(o->id) < OWN_FROM)
		model_read_warning(r, yaml_get(entry, S("id")),
				   "numbers below %d are the base's: a later version of it may use this one", OWN_FROM);
}

/* ---- retire ---- */

static bool retire_read(struct model_reader *r, const struct yaml_node *entry)
{
	r->about = (str){NULL, 0};
	if (!model_read_map(r, entry, "a retirement", retire_keys))
		return false;
	struct model_draft *d = model_overlay_target(r, entry);
	struct model_overlaid *mark = d ? model_overlay_mark(r, d, entry) : NULL;
	if (!mark)
		return false;
	mark->act = MODEL_RETIRED;
	if (!mark->because.n || !mark->approver.n)
		model_read_error(r, entry, "a retirement needs %s%s%s", mark->approver.n ? "" : "approver",
				 mark->approver.n || mark->because.n ? "" : " and ", mark->because.n ? "" : "because");
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct model_overlaid *x = a, *y = b;
	return str_cmp(x->base->id, y->base->id);
}

/* Takes what is marked as retired out of the drafts; their order stays. */
static void retired_take(struct model_reader *r, size_t n)
{
	struct model_overlaid *retired = arena_new(r->a, struct model_overlaid, n);
	size_t kept = 0, taken = 0;
	if (!retired) {
		model_read_full(r);
		return;
	}
	for (size_t i = 0; i < r->n_objectives; i++) {
		const struct model_overlaid *mark = r->objectives[i].o.overlaid;
		if (mark && mark->act == MODEL_RETIRED)
			retired[taken++] = *mark;
		else
			r->objectives[kept++] = r->objectives[i];
	}
	qsort(retired, taken, sizeof *retired, by_id);
	r->n_objectives = kept;
	r->m->retired = retired;
	r->m->n_retired = taken;
}

/* ---- the whole ---- */

void model_overlay_read(struct model_reader *r, const struct yaml_node *overlay, bool has_base)
{
	size_t n_base = r->n_objectives, n_retired = 0;
	r->file = r->overlay;
	r->about = (str){NULL, 0};
	r->incomplete = r->incomplete || !has_base;
	if (!model_read_map(r, overlay, "the overlay", overlay_keys))
		return;
	head_read(r, overlay, has_base);
	const struct yaml_node *add = model_read_list(r, overlay, S("add"));
	const struct yaml_node *change = model_read_list(r, overlay, S("change"));
	const struct yaml_node *retire = model_read_list(r, overlay, S("retire"));
	for (size_t i = 0; add && i < add->n && r->status == OK; i++)
		add_read(r, add->items[i], n_base);
	for (size_t i = 0; change && i < change->n && r->status == OK; i++)
		model_overlay_change(r, change->items[i]);
	for (size_t i = 0; retire && i < retire->n && r->status == OK; i++)
		n_retired += retire_read(r, retire->items[i]);
	r->about = (str){NULL, 0};
	if (!(add && add->n) && !(change && change->n) && !(retire && retire->n))
		model_read_warning(r, overlay, "the overlay adds, changes and retires nothing");
	if (n_retired)
		retired_take(r, n_retired);
}

const struct model_overlaid *model_overlay_retired(const struct model *m, str id)
{
	for (size_t i = 0; i < m->n_retired; i++)
		if (str_eq(m->retired[i].base->id, id))
			return &m->retired[i];
	return NULL;
}

/* The index of the category of an id such as GOV-02.1; every objective of the base has one. */
static int category_place(const struct model *m, str id)
{
	for (size_t i = 0; i < m->n_categories; i++) {
		str own = m->categories[i].id;
		if (str_starts(id, own) && id.n > own.n && id.p[own.n] == '-')
			return (int)i;
	}
	return 0;
}

void model_overlay_finish(struct model_reader *r)
{
	const struct model *m = r->m;
	for (size_t i = 0; i < m->n_objectives + m->n_retired; i++) {
		const struct model_overlaid *mark =
		    i < m->n_objectives ? m->objectives[i].overlaid : &m->retired[i - m->n_objectives];
		if (mark && mark->base)
			((struct model_objective *)mark->base)->category = category_place(m, mark->base->id);
	}
}

void model_overlay_count(const struct model *m, int counts[MODEL_OVERLAY_ACTS])
{
	memset(counts, 0, MODEL_OVERLAY_ACTS * sizeof *counts);
	for (size_t i = 0; i < m->n_objectives; i++)
		if (m->objectives[i].overlaid)
			counts[m->objectives[i].overlaid->act]++;
	counts[MODEL_RETIRED] = (int)m->n_retired;
}
