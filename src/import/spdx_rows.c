#include "import/spdx.h"

#include <string.h>

#include "base/time.h"

enum { LICENCES_SHOWN = 8, BILLS_DEEP = 4 };

static str first_of(str a, str b)
{
	return a.n ? a : b;
}

/* ---- references ---- */

/* What SPDX writes for "nothing is said" and "there is none", as a word or as the end of an id. */
static bool is_nothing(str text)
{
	static const str ends[] = {S("NOASSERTION"),        S("NoAssertion"), S("NoAssertionElement"),
				   S("NoAssertionLicense"), S("NoneElement"), S("NoneLicense")};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(text, ends[i]))
			return true;
	return str_eq(text, S("NONE"));
}

static str said(str text)
{
	return is_nothing(text) ? (str){NULL, 0} : text;
}

/* The element that is named; NULL when it is another document's or none that is kept. */
static struct import_spdx_element *follow(struct import_spdx *d, const struct import_spdx_element *from, str id)
{
	bool known;
	struct import_spdx_element *e = import_spdx_find(d, id, &known);
	if (!known && !is_nothing(id))
		import_flaw_note(&d->dangling, from->line);
	return e;
}

/* The name of the first of the agents; empty when it has none. */
static str agent_name(struct import_spdx *d, const struct import_spdx_element *e,
		      const struct import_spdx_references *list)
{
	const struct import_spdx_element *agent = list->first ? follow(d, e, list->first->id) : NULL;
	return agent && agent->class == IMPORT_SPDX_AGENT ? agent->name : (str){NULL, 0};
}

static str publisher_of(struct import_spdx *d, const struct import_spdx_element *e)
{
	str maker = agent_name(d, e, &e->makers), supplier = agent_name(d, e, &e->suppliers);
	return first_of(maker, supplier);
}

static str last_part(str id)
{
	for (size_t i = id.n; i > 0; i--)
		if (id.p[i - 1] == '/' || id.p[i - 1] == '#')
			return str_slice(id, i, id.n);
	return id;
}

/* ---- licences and data ---- */

static str licence_text(struct import_spdx *d, const struct import_spdx_element *from, str id)
{
	bool known;
	const struct import_spdx_element *e = import_spdx_find(d, id, &known);
	/* SPDX's own list need not be in the document. */
	if (!known &&
	    (str_starts(id, S("https://spdx.org/licenses/")) || str_starts(id, S("http://spdx.org/licenses/"))))
		return last_part(id);
	if (!e || e->class != IMPORT_SPDX_LICENCE)
		return follow(d, from, id), (str){NULL, 0};
	if (e->expression.n)
		return said(e->expression);
	bool listed = str_eq(e->type, S("expandedlicensing_ListedLicense"));
	return said(first_of(listed ? (str){NULL, 0} : e->name, last_part(e->id)));
}

static enum status add_licences(struct import_spdx *d, const struct import_spdx_element *relation,
				struct import_spdx_element *package, struct err *err)
{
	str *to = str_eq(relation->relation, S("hasConcludedLicense")) ? &package->concluded : &package->declared;
	for (const struct import_spdx_reference *r = relation->to.first; r; r = r->next) {
		str text = licence_text(d, relation, r->id);
		if (!text.n || package->n_licences++ >= LICENCES_SHOWN)
			continue;
		if (to->n)
			TRY(import_bom_append(d->in->arena, to, text, err));
		else
			*to = text;
	}
	return OK;
}

static enum status add_datasets(struct import_spdx *d, const struct import_spdx_element *relation,
				struct import_spdx_element *model, struct err *err)
{
	bool trained = str_eq(relation->relation, S("trainedOn"));
	for (const struct import_spdx_reference *r = relation->to.first; r; r = r->next) {
		struct import_seen_entry *entry;
		struct import_spdx_element *dataset = follow(d, relation, r->id);
		if (is_nothing(r->id))
			continue;
		TRY(import_seen_add(&d->trained, model->id, r->id, &entry, err));
		model->n_datasets += entry->count == 1;
		model->trained = model->trained || trained;
		if (!dataset)
			continue;
		dataset->used = true;
		if (model == d->subject)
			*(trained ? &dataset->trains_subject : &dataset->tests_subject) = true;
	}
	return OK;
}

static enum status take_relations(struct import_spdx *d, struct err *err)
{
	for (const struct import_spdx_element *e = d->first; e; e = e->next) {
		if (e->class != IMPORT_SPDX_RELATION || !e->from.first)
			continue;
		struct import_spdx_element *from = follow(d, e, e->from.first->id);
		if (!from)
			continue;
		bool licence =
		    str_eq(e->relation, S("hasDeclaredLicense")) || str_eq(e->relation, S("hasConcludedLicense"));
		if (licence)
			TRY(add_licences(d, e, from, err));
		else if (from->class == IMPORT_SPDX_MODEL)
			TRY(add_datasets(d, e, from, err));
	}
	return OK;
}

/* ---- what the document is about ---- */

static bool is_package(const struct import_spdx_element *e)
{
	return e->class == IMPORT_SPDX_PACKAGE || e->class == IMPORT_SPDX_MODEL || e->class == IMPORT_SPDX_DATASET;
}

/* Each bill is entered once: a hostile document could send us round in circles. */
static void find_roots(struct import_spdx *d, struct import_spdx_element *bill, int deep)
{
	if (bill->entered)
		return;
	bill->entered = true;
	for (const struct import_spdx_reference *r = bill->roots.first; r; r = r->next) {
		struct import_spdx_element *root = follow(d, bill, r->id);
		if (!root)
			continue;
		if (root->class == IMPORT_SPDX_BILL && deep < BILLS_DEEP)
			find_roots(d, root, deep + 1);
		if (!is_package(root) || root == d->subject)
			continue;
		if (d->subject)
			import_flaw_note(&d->several, bill->line);
		else
			d->subject = root;
	}
}

/* The document's root; where there is no document, that of the bills. */
static void find_subject(struct import_spdx *d)
{
	for (struct import_spdx_element *e = d->first; e; e = e->next)
		if (str_eq(e->type, S("SpdxDocument"))) {
			d->bill = first_of(d->bill, e->id);
			find_roots(d, e, 0);
		}
	for (struct import_spdx_element *e = d->first; e && !d->bill.n; e = e->next)
		if (e->class == IMPORT_SPDX_BILL)
			find_roots(d, e, 0);
	if (d->several.count)
		d->subject = NULL;
}

/* The same for every version of it. */
static str subject_name(const struct import_spdx *d)
{
	str version;
	if (!d->subject)
		return (str){NULL, 0};
	return first_of(import_bom_stem(d->subject->purl, &version), d->subject->name);
}

/* ---- rows ---- */

static enum status glue(struct import_spdx *d, str a, char mark, str b, str *out, struct err *err)
{
	*out = import_walk_join(d->in->arena, (str[]){a, b}, 2, mark);
	return out->p ? OK : err_full(err);
}

/* purl, else name@version; when an earlier one has it, with the spdxId behind it. */
static enum status make_id(struct import_spdx *d, struct import_spdx_element *e, struct err *err)
{
	struct import_seen_entry *entry;
	e->row_id = first_of(e->purl, e->name);
	if (!e->purl.n && e->version.n)
		TRY(glue(d, e->name, '@', e->version, &e->row_id, err));
	TRY(import_seen_add(&d->ids, S("row"), e->row_id, &entry, err));
	return entry->count > 1 ? glue(d, e->row_id, '#', e->id, &e->row_id, err) : OK;
}

static struct evidence_record row_of(const struct import_spdx_element *e, enum evidence_kind_id kind)
{
	return (struct evidence_record){.kind = kind, .id = e->row_id, .record = e->record, .line = e->line};
}

static enum status push(struct import_spdx *d, struct evidence_record *r, struct err *err)
{
	return import_seen_push(&d->rows, d->in, r, d->in->arena, err);
}

/* SPDX's purposes as CycloneDX calls them; others tell what a package is for, not what it is. */
static str component_type(const struct import_spdx_element *e)
{
	static const str words[][2] = {{S("application"), S("application")},
				       {S("framework"), S("framework")},
				       {S("library"), S("library")},
				       {S("container"), S("container")},
				       {S("platform"), S("platform")},
				       {S("operatingSystem"), S("operating-system")},
				       {S("device"), S("device")},
				       {S("firmware"), S("firmware")},
				       {S("file"), S("file")},
				       {S("deviceDriver"), S("device-driver")},
				       {S("data"), S("data")},
				       {S("model"), S("machine-learning-model")}};
	if (e->class == IMPORT_SPDX_MODEL)
		return S("machine-learning-model");
	if (e->class == IMPORT_SPDX_DATASET)
		return S("data");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(e->purpose, words[i][0]))
			return words[i][1];
	return (str){NULL, 0};
}

static enum status push_component(struct import_spdx *d, const struct import_spdx_element *e, str system,
				  struct err *err)
{
	struct evidence_record r = row_of(e, EVIDENCE_COMPONENT);
	str type = component_type(e);
	r.main = true;
	evidence_set_text(&r, S("name"), e->name);
	evidence_set_text(&r, S("version"), e->version);
	evidence_set_text(&r, S("type"), type);
	evidence_set_text(&r, S("purl"), e->purl);
	evidence_set_text(&r, S("publisher"), publisher_of(d, e));
	evidence_set_text(&r, S("licence"), first_of(e->concluded, e->declared));
	evidence_set_text(&r, S("hash"), e->hash);
	evidence_set_text(&r, S("system_id"), system);
	evidence_set_text(&r, S("bom"), first_of(d->bill, system));
	evidence_set_bool(&r, S("ai"),
			  str_eq(type, S("machine-learning-model")) || str_eq(type, S("data")) ||
			      import_bom_ai(e->name));
	return push(d, &r, err);
}

static enum status push_model(struct import_spdx *d, const struct import_spdx_element *e, str system, struct err *err)
{
	struct evidence_record r = row_of(e, EVIDENCE_MODEL);
	str version, source = said(e->source);
	int64_t released_ms;
	(void)import_bom_stem(e->purl, &version);
	evidence_set_text(&r, S("name"), e->name);
	evidence_set_text(&r, S("version"), e->version);
	evidence_set_text(&r, S("publisher"), publisher_of(d, e));
	evidence_set_text(&r, S("source"), first_of(source, said(e->home)));
	evidence_set_text(&r, S("purl"), e->purl);
	evidence_set_text(&r, S("licence"), first_of(e->concluded, e->declared));
	evidence_set_text(&r, S("hash"), e->hash);
	evidence_set_text(&r, S("format"), first_of(import_bom_format(e->name), import_bom_format(source)));
	evidence_set_bool(&r, S("pinned"), import_bom_pinned(first_of(e->version, version)));
	evidence_set_text(&r, S("model_card"), e->card_sections ? S("structured") : S("none"));
	evidence_set_int(&r, S("card_sections"), e->card_sections);
	evidence_set_int(&r, S("datasets"), e->n_datasets);
	evidence_set_bool(&r, S("known_data"), e->trained);
	if (e != d->subject)
		evidence_set_text(&r, S("system_id"), system);
	if (d->subject && d->subject->class == IMPORT_SPDX_PACKAGE)
		evidence_set_bool(&r, S("in_use"), true);
	if (e->released.n && time_parse(e->released, &released_ms))
		evidence_set_time(&r, S("released_at"), released_ms);
	else if (e->released.n)
		import_flaw_note(&d->bad_time, e->line);
	if (d->in->facts->has_time)
		evidence_set_time(&r, S("last_seen_at"), d->in->facts->observed_ms);
	return push(d, &r, err);
}

/* The traffic light protocol, as the Dataset profile explains it. */
static str classification(str level)
{
	static const str words[][2] = {{S("clear"), S("public")},
				       {S("green"), S("internal")},
				       {S("amber"), S("confidential")},
				       {S("red"), S("restricted")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(level, words[i][0]))
			return words[i][1];
	return (str){NULL, 0};
}

/* Only what the model of the document was made with was its maker's own choice. */
static str dataset_purpose(const struct import_spdx_element *e)
{
	if (e->trains_subject)
		return S("training");
	if (e->tests_subject)
		return S("evaluation");
	return e->used ? S("upstream") : (str){NULL, 0};
}

static enum status push_dataset(struct import_spdx *d, const struct import_spdx_element *e, str system, struct err *err)
{
	struct evidence_record r = row_of(e, EVIDENCE_DATASET);
	evidence_set_text(&r, S("name"), e->name);
	evidence_set_text(&r, S("version"), e->version);
	evidence_set_text(&r, S("source"), first_of(said(e->source), said(e->home)));
	evidence_set_text(&r, S("licence"), first_of(e->concluded, e->declared));
	evidence_set_text(&r, S("purpose"), dataset_purpose(e));
	evidence_set_text(&r, S("classification"), classification(e->confidentiality));
	if (e != d->subject)
		evidence_set_text(&r, S("system_id"), system);
	/* That nothing sensitive is in it does not say that nothing personal is. */
	if (str_eq(e->sensitive, S("yes")))
		evidence_set_bool(&r, S("contains_personal"), true);
	if (e->collected && e->processed)
		evidence_set_bool(&r, S("provenance_recorded"), true);
	evidence_set_text(&r, S("hash"), e->hash);
	return push(d, &r, err);
}

/* The subject is no component of itself. */
static enum status push_package(struct import_spdx *d, struct import_spdx_element *e, str system, struct err *err)
{
	if (e == d->subject && e->class == IMPORT_SPDX_PACKAGE)
		return OK;
	TRY(make_id(d, e, err));
	if (e != d->subject)
		TRY(push_component(d, e, system, err));
	if (e->class == IMPORT_SPDX_MODEL)
		return push_model(d, e, system, err);
	return e->class == IMPORT_SPDX_DATASET ? push_dataset(d, e, system, err) : OK;
}

enum status import_spdx_rows(struct import_spdx *d, struct err *err)
{
	str identity;
	find_subject(d);
	TRY(take_relations(d, err));
	str system = subject_name(d);
	for (struct import_spdx_element *e = d->first; e; e = e->next)
		if (is_package(e))
			TRY(push_package(d, e, system, err));
	if (!system.n)
		return OK;
	TRY(glue(d, S("spdx"), ':', system, &identity, err));
	d->in->facts->identity = import_seen_fit(d->in->arena, identity);
	return d->in->facts->identity.p ? OK : err_full(err);
}
