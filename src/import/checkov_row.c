#include "import/checkov.h"

#include <inttypes.h>
#include <string.h>

/* How the ids of checks name the platform. */
static const struct {
	str head, provider;
} providers[] = {
    {S("CKV_AWS_"), S("aws")},        {S("CKV2_AWS_"), S("aws")},        {S("CKV_AZURE_"), S("azure")},
    {S("CKV2_AZURE_"), S("azure")},   {S("CKV_GCP_"), S("gcp")},         {S("CKV2_GCP_"), S("gcp")},
    {S("CKV_K8S_"), S("kubernetes")}, {S("CKV2_K8S_"), S("kubernetes")}, {S("CKV_GITHUB_"), S("github")},
};

bool import_checkov_typed(str check_type)
{
	static const str types[] = {S("terraform"), S("terraform_plan"), S("cloudformation"), S("arm"),
				    S("bicep"),     S("kubernetes"),     S("helm"),           S("kustomize")};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(check_type, types[i]))
			return true;
	return false;
}

/* What stands before the next dot that is outside brackets: module.a["x.y"].b */
static str cut_part(str *rest)
{
	size_t i = 0;
	for (bool inside = false; i < rest->n && (inside || rest->p[i] != '.'); i++)
		inside = rest->p[i] == '[' || (inside && rest->p[i] != ']');
	str part = str_slice(*rest, 0, i);
	*rest = str_slice(*rest, i + 1, rest->n);
	return part;
}

/* The type in TYPE.NAME, behind modules and `data`; empty when there is no name. */
static str type_of(str resource)
{
	str rest = resource, part = cut_part(&rest);
	while (str_eq(part, S("module"))) {
		(void)cut_part(&rest);
		part = cut_part(&rest);
	}
	if (str_eq(part, S("data")))
		part = cut_part(&rest);
	/* A provider of Azure has a dot of its own: Microsoft.Search/searchServices.name */
	if (str_eq_fold(part, S("Microsoft"))) {
		(void)cut_part(&rest);
		part = str_slice(resource, 0, resource.n - rest.n - (rest.n > 0));
	}
	return rest.n ? part : (str){NULL, 0};
}

static str provider_of(str check)
{
	for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
		if (str_starts(check, providers[i].head))
			return providers[i].provider;
	return (str){NULL, 0};
}

static enum status refuse(const struct import_checkov *c, const struct import_checkov_record *r, const char *what,
			  const char *hint, struct err *err)
{
	err_set(err, E_INVALID, "check %" PRId64 ": %s", c->posture.in->facts->records, what);
	err_at(err, c->posture.in->from->name, r->line, 0);
	err_hint(err, "%s", hint);
	return E_INVALID;
}

enum status import_checkov_row(struct import_checkov *c, const struct import_checkov_record *r, struct err *err)
{
	static const str words[] = {S("passed"), S("failed"), S("skipped")};
	static const str statuses[] = {S("pass"), S("fail"), {NULL, 0}};
	struct evidence_record row = {.kind = EVIDENCE_POSTURE, .main = true, .line = r->line};
	str type = c->typed ? type_of(r->resource) : (str){NULL, 0};
	row.record = ++c->posture.in->facts->records;
	if (!r->check.n)
		return refuse(c, r, "it has no check_id", "a check as checkov writes it expected", err);
	if (r->result.n && !str_eq_fold(r->result, words[c->list]))
		return refuse(c, r, "its check_result is not that of the list it stands in",
			      "PASSED in passed_checks, FAILED in failed_checks, SKIPPED in skipped_checks expected",
			      err);
	evidence_set_text(&row, S("check_id"), r->check);
	evidence_set_text(&row, S("title"), r->title);
	evidence_set_text(&row, S("status"), statuses[c->list]);
	evidence_set_bool(&row, S("muted"), c->list == IMPORT_CHECKOV_SKIPPED);
	evidence_set_text(&row, S("severity"), import_posture_severity(r->severity));
	evidence_set_bool(&row, S("ai"), import_cloud_ai(type));
	evidence_set_text(&row, S("resource"), r->resource);
	evidence_set_text(&row, S("resource_type"), type);
	evidence_set_text(&row, S("provider"), provider_of(r->check));
	evidence_set_text(&row, S("tool"), S("checkov"));
	return import_posture_push(&c->posture, &row, (str[]){r->check, r->resource, r->file}, err);
}
