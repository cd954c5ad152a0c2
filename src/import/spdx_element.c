#include "import/spdx.h"

#include <stddef.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/time.h"

#define AT(member) offsetof(struct import_spdx_element, member)
#define TEXT(name, member)                                                                                             \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_TEXT, .at = AT(member)                                             \
	}
#define ARRAY(name, fn)                                                                                                \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_ARRAY, .call = (fn)                                                \
	}
#define CALL(name, fn)                                                                                                 \
	{                                                                                                              \
		.key = S(name), .type = IMPORT_WALK_CALL, .call = (fn)                                                 \
	}
#define END                                                                                                            \
	{                                                                                                              \
		.key = { NULL, 0 }                                                                                     \
	}

static const struct {
	str type;
	enum import_spdx_class class;
} classes[] = {
    {S("software_Package"), IMPORT_SPDX_PACKAGE},
    {S("ai_AIPackage"), IMPORT_SPDX_MODEL},
    {S("dataset_DatasetPackage"), IMPORT_SPDX_DATASET},
    {S("Agent"), IMPORT_SPDX_AGENT},
    {S("Organization"), IMPORT_SPDX_AGENT},
    {S("Person"), IMPORT_SPDX_AGENT},
    {S("SoftwareAgent"), IMPORT_SPDX_AGENT},
    {S("simplelicensing_LicenseExpression"), IMPORT_SPDX_LICENCE},
    {S("simplelicensing_SimpleLicensingText"), IMPORT_SPDX_LICENCE},
    {S("expandedlicensing_ListedLicense"), IMPORT_SPDX_LICENCE},
    {S("expandedlicensing_CustomLicense"), IMPORT_SPDX_LICENCE},
    {S("SpdxDocument"), IMPORT_SPDX_BILL},
    {S("Bom"), IMPORT_SPDX_BILL},
    {S("software_Sbom"), IMPORT_SPDX_BILL},
    {S("Relationship"), IMPORT_SPDX_RELATION},
    {S("LifecycleScopedRelationship"), IMPORT_SPDX_RELATION},
};

static bool is_wanted_relation(str type)
{
	return str_eq(type, S("trainedOn")) || str_eq(type, S("testedOn")) || str_eq(type, S("hasDeclaredLicense")) ||
	       str_eq(type, S("hasConcludedLicense"));
}

static enum import_spdx_class class_of(const struct import_spdx_element *e)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (str_eq(e->type, classes[i].type))
			return classes[i].class == IMPORT_SPDX_RELATION && !is_wanted_relation(e->relation)
				   ? IMPORT_SPDX_OTHER
				   : classes[i].class;
	return IMPORT_SPDX_OTHER;
}

struct import_spdx_element *import_spdx_find(const struct import_spdx *d, str id, bool *known)
{
	const struct import_seen_entry *e = import_seen_find(&d->ids, S("element"), id);
	*known = e != NULL;
	return e && e->line ? d->kept[e->line - 1] : NULL;
}

/* ---- references ---- */

static enum status too_many(const struct import_spdx *d, int64_t line, struct err *err)
{
	err_set(err, E_TOO_LARGE, "more than %d packages, agents, licences, relationships and references",
		LIMIT_SPDX_KEPT);
	err_at(err, d->in->from->name, line, 0);
	err_hint(err, "split the document, one for each product");
	return E_TOO_LARGE;
}

static enum status read_element(struct import_walk *w, struct import_spdx *d, str *id, struct err *err);

/* The id of an element, or the element itself. */
static enum status add_reference(struct import_walk *w, struct import_spdx_element *e,
				 struct import_spdx_references *to, struct err *err)
{
	str id = {NULL, 0};
	int64_t line = w->json.line;
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event == JSON_OBJECT)
		TRY(read_element(w, e->document, &id, err));
	else if (w->json.event == JSON_STRING)
		TRY(import_walk_text(w, &id, err));
	else
		return json_expected(&w->json, "an spdxId (a text) or an element (an object)", err);
	struct import_spdx_reference *r = arena_new(w->texts, struct import_spdx_reference, 1);
	if (!r)
		return err_full(err);
	if (++e->document->n_references > LIMIT_SPDX_KEPT)
		return too_many(e->document, line, err);
	*r = (struct import_spdx_reference){NULL, id};
	if (to->last)
		to->last->next = r;
	else
		to->first = r;
	to->last = r;
	return OK;
}

#define REFERENCE(member)                                                                                              \
	static enum status add_##member(struct import_walk *w, void *element, struct err *err)                         \
	{                                                                                                              \
		struct import_spdx_element *e = element;                                                               \
		return add_reference(w, e, &e->member, err);                                                           \
	}                                                                                                              \
	/* One alone may stand without a list. */                                                                      \
	static enum status read_##member(struct import_walk *w, void *element, struct err *err)                        \
	{                                                                                                              \
		return w->json.event == JSON_ARRAY ? import_walk_each(w, add_##member, element, err)                   \
						   : add_##member(w, element, err);                                    \
	}

REFERENCE(makers)
REFERENCE(suppliers)
REFERENCE(from)
REFERENCE(to)
REFERENCE(roots)

/* ---- members of packages ---- */

struct pair {
	str type, algorithm, value;
};

/* SPDX's names of algorithms as CycloneDX writes them. */
static str algorithm_of(str name)
{
	static const str names[][2] = {{S("md5"), S("MD5")},
				       {S("sha1"), S("SHA-1")},
				       {S("sha256"), S("SHA-256")},
				       {S("sha384"), S("SHA-384")},
				       {S("sha512"), S("SHA-512")},
				       {S("sha3_256"), S("SHA3-256")},
				       {S("sha3_384"), S("SHA3-384")},
				       {S("sha3_512"), S("SHA3-512")},
				       {S("blake2b256"), S("BLAKE2b-256")},
				       {S("blake2b384"), S("BLAKE2b-384")},
				       {S("blake2b512"), S("BLAKE2b-512")},
				       {S("blake3"), S("BLAKE3")}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(name, names[i][0]))
			return names[i][1];
	return name;
}

/* The first hash. A verification code is a digest of digests, not of the package. */
static enum status read_hash(struct import_walk *w, void *element, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("type"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, type)},
	    {.key = S("algorithm"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, algorithm)},
	    {.key = S("hashValue"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, value)},
	    END};
	struct import_spdx_element *e = element;
	struct pair p = {0};
	int64_t line = w->json.line;
	str digest;
	if (w->json.event == JSON_STRING)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "a hash (an object)", err);
	TRY(import_walk_members(w, fields, &p, err));
	if (!str_eq(p.type, S("Hash")))
		return OK;
	TRY(import_bom_digest(w->texts, algorithm_of(p.algorithm), p.value, &digest, err));
	if (!digest.n)
		import_flaw_note(&e->document->hash, line);
	else if (!e->hash.n)
		e->hash = digest;
	return OK;
}

/* A package URL may stand among other names of the package. */
static enum status read_identifier(struct import_walk *w, void *element, struct err *err)
{
	static const struct import_walk_field fields[] = {
	    {.key = S("externalIdentifierType"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, type)},
	    {.key = S("identifier"), .type = IMPORT_WALK_TEXT, .at = offsetof(struct pair, value)},
	    END};
	struct import_spdx_element *e = element;
	struct pair p = {0};
	if (w->json.event == JSON_STRING)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an external identifier (an object)", err);
	TRY(import_walk_members(w, fields, &p, err));
	if (str_eq(p.type, S("packageUrl")) && !e->purl.n)
		e->purl = p.value;
	return OK;
}

/* One of the members with which the AI profile describes a model. */
static enum status read_section(struct import_walk *w, void *element, struct err *err)
{
	struct import_spdx_element *e = element;
	bool filled, silent = w->json.event == JSON_STRING && str_eq(w->json.text, S("noAssertion"));
	TRY(import_bom_filled(w, &filled, err));
	e->card_sections += filled && !silent;
	return OK;
}

static enum status read_collection(struct import_walk *w, void *element, struct err *err)
{
	return import_bom_filled(w, &((struct import_spdx_element *)element)->collected, err);
}

static enum status read_processing(struct import_walk *w, void *element, struct err *err)
{
	return import_bom_filled(w, &((struct import_spdx_element *)element)->processed, err);
}

/* The name of a CreationInfo, or the object itself. */
static enum status read_creation(struct import_walk *w, void *element, struct err *err)
{
	struct import_spdx_element *e = element;
	str id;
	return w->json.event == JSON_OBJECT ? read_element(w, e->document, &id, err) : json_skip(&w->json, err);
}

static enum status read_members(struct import_walk *w, struct import_spdx_element *e, struct err *err)
{
#define SECTION(name) CALL(name, read_section)
	static const struct import_walk_field fields[] = {TEXT("type", type),
							  TEXT("@type", type),
							  TEXT("spdxId", id),
							  TEXT("@id", id),
							  TEXT("name", name),
							  CALL("creationInfo", read_creation),
							  TEXT("created", created),
							  TEXT("relationshipType", relation),
							  CALL("from", read_from),
							  CALL("to", read_to),
							  CALL("rootElement", read_roots),
							  CALL("originatedBy", read_makers),
							  CALL("suppliedBy", read_suppliers),
							  ARRAY("verifiedUsing", read_hash),
							  ARRAY("externalIdentifier", read_identifier),
							  TEXT("releaseTime", released),
							  TEXT("software_packageVersion", version),
							  TEXT("software_packageUrl", purl),
							  TEXT("software_downloadLocation", source),
							  TEXT("software_homePage", home),
							  TEXT("software_primaryPurpose", purpose),
							  TEXT("simplelicensing_licenseExpression", expression),
							  TEXT("dataset_confidentialityLevel", confidentiality),
							  TEXT("dataset_hasSensitivePersonalInformation", sensitive),
							  CALL("dataset_dataCollectionProcess", read_collection),
							  CALL("dataset_dataPreprocessing", read_processing),
							  SECTION("ai_autonomyType"),
							  SECTION("ai_domain"),
							  SECTION("ai_energyConsumption"),
							  SECTION("ai_hyperparameter"),
							  SECTION("ai_informationAboutApplication"),
							  SECTION("ai_informationAboutTraining"),
							  SECTION("ai_limitation"),
							  SECTION("ai_metric"),
							  SECTION("ai_metricDecisionThreshold"),
							  SECTION("ai_modelDataPreprocessing"),
							  SECTION("ai_modelExplainability"),
							  SECTION("ai_safetyRiskAssessment"),
							  SECTION("ai_standardCompliance"),
							  SECTION("ai_typeOfModel"),
							  SECTION("ai_useSensitivePersonalInformation"),
							  END};
#undef SECTION
	return import_walk_members(w, fields, e, err);
}

/* ---- elements ---- */

static str copy_text(struct arena *a, str text, bool *full)
{
	str copy = text.n ? str_copy(a, text) : (str){NULL, 0};
	*full = *full || (text.n && !copy.p);
	return copy;
}

static struct import_spdx_references copy_references(struct arena *a, const struct import_spdx_references *from,
						     bool *full)
{
	struct import_spdx_references out = {NULL, NULL};
	for (const struct import_spdx_reference *r = from->first; r; r = r->next) {
		struct import_spdx_reference *copy = arena_new(a, struct import_spdx_reference, 1);
		if (!copy) {
			*full = true;
			break;
		}
		copy->id = copy_text(a, r->id, full);
		if (out.last)
			out.last->next = copy;
		else
			out.first = copy;
		out.last = copy;
	}
	return out;
}

/* Copies the element out of the scratch arena, with what rows need. */
static enum status keep(struct import_spdx *d, const struct import_spdx_element *e, struct err *err)
{
	struct arena *a = d->in->arena;
	struct import_spdx_element *k = arena_new(a, struct import_spdx_element, 1);
	bool full = false;
	if (d->n_kept == LIMIT_SPDX_KEPT)
		return too_many(d, e->line, err);
	if (d->n_kept == d->cap_kept) {
		struct import_spdx_element **grown =
		    arena_grow(a, d->kept, d->n_kept, d->n_kept + 1, sizeof *grown, &d->cap_kept);
		if (!grown)
			return err_full(err);
		d->kept = grown;
	}
	if (!k)
		return err_full(err);
	*k = *e;
	str *texts[] = {
	    &k->type,      &k->id,   &k->name,     &k->version, &k->purl,      &k->source,          &k->home,
	    &k->purpose,   &k->hash, &k->released, &k->created, &k->sensitive, &k->confidentiality, &k->relation,
	    &k->expression};
	struct import_spdx_references *lists[] = {&k->makers, &k->suppliers, &k->from, &k->to, &k->roots};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = copy_text(a, *texts[i], &full);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		*lists[i] = copy_references(a, lists[i], &full);
	d->kept[d->n_kept++] = k;
	if (d->last)
		d->last->next = k;
	else
		d->first = k;
	d->last = k;
	return full ? err_full(err) : OK;
}

static enum status note_time(struct import_spdx *d, const struct import_spdx_element *e, struct err *err)
{
	struct import_facts *facts = d->in->facts;
	char shown[IMPORT_WALK_SHOW];
	int64_t ms;
	bool has_zone;
	if (!e->created.n)
		return OK;
	if (!time_parse_zone(e->created, &ms, &has_zone)) {
		err_set(err, E_INVALID, "a time in ISO 8601, such as 2026-04-03T10:00:00Z, expected as created");
		err_at(err, d->in->from->name, e->line, 0);
		err_detail(err, "found \"%s\"", import_walk_show(e->created, shown));
		return E_INVALID;
	}
	if (!has_zone)
		import_flaw_note(&d->no_zone, e->line);
	if (!facts->has_time || ms > facts->observed_ms)
		facts->observed_ms = ms;
	facts->has_time = true;
	return OK;
}

static enum status refuse(const struct import_spdx *d, const struct import_spdx_element *e, const char *message,
			  struct err *err)
{
	err_set(err, E_INVALID, "%s", message);
	err_at(err, d->in->from->name, e->line, 0);
	return E_INVALID;
}

/* What was read is judged and, when rows need it, kept. */
static enum status take(struct import_spdx *d, struct import_spdx_element *e, struct err *err)
{
	struct import_seen_entry *entry;
	if (!e->type.n)
		return refuse(d, e, "an element without a type", err);
	/* Blank nodes are no elements of their own, and only a CreationInfo has a time. */
	if (str_eq(e->type, S("CreationInfo")))
		return note_time(d, e, err);
	e->class = class_of(e);
	bool is_package =
	    e->class == IMPORT_SPDX_PACKAGE || e->class == IMPORT_SPDX_MODEL || e->class == IMPORT_SPDX_DATASET;
	if (is_package && !e->name.n)
		return refuse(d, e, "a package without a name", err);
	if (!e->id.n)
		return e->class == IMPORT_SPDX_OTHER ? OK : refuse(d, e, "an element without an spdxId", err);
	e->record = ++d->in->facts->records;
	TRY(import_seen_add(&d->ids, S("element"), e->id, &entry, err));
	bool twice = entry->count > 1;
	if (twice)
		import_flaw_note(&d->twice, e->line);
	if (e->class == IMPORT_SPDX_OTHER)
		return OK;
	TRY(keep(d, e, err));
	if (!twice)
		entry->line = (int64_t)d->n_kept;
	return OK;
}

static enum status read_element(struct import_walk *w, struct import_spdx *d, str *id, struct err *err)
{
	struct arena scratch = ARENA(LIMIT_RECORD_BYTES), *outer = w->texts;
	struct import_spdx_element e = {.document = d, .line = w->json.line};
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an element (an object)", err);
	w->texts = &scratch;
	enum status status = read_members(w, &e, err);
	if (status == OK)
		status = take(d, &e, err);
	w->texts = outer;
	if (status == OK) {
		*id = str_copy(outer, e.id);
		status = id->p ? OK : err_full(err);
	}
	arena_release(&scratch);
	return status;
}

enum status import_spdx_element(struct import_walk *w, void *document, struct err *err)
{
	struct arena none = ARENA(LIMIT_RECORD_BYTES);
	str id;
	w->texts = &none;
	enum status status = read_element(w, document, &id, err);
	arena_release(&none);
	return status;
}
