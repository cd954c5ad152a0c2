#include <string.h>

#include "base/limits.h"
#include "core/model_read.h"

enum { SLUG_BYTES = 64, VERSION_BYTES = 64 };

static const str head_keys[] = {S("schema"), S("id"),      S("version"),    S("title"),     S("notice"), S("about"),
				S("levels"), S("domains"), S("categories"), S("untouched"), {0}};
static const str domain_keys[] = {S("id"), S("title"), S("summary"), {0}};
static const str level_keys[] = {S("level"), S("name"), S("summary"), {0}};

/* [a-z0-9-]{1,64}; domains may use '_' as well. */
static bool is_slug(str s, bool underscore)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (underscore && c == '_')))
			return false;
	}
	return s.n >= 1 && s.n <= SLUG_BYTES;
}

static str join(struct model_reader *r, str a, str b)
{
	char *p = arena_new(r->a, char, a.n + b.n + 2);
	if (!p) {
		model_read_full(r);
		return (str){NULL, 0};
	}
	memcpy(p, a.p, a.n);
	p[a.n] = '@';
	memcpy(p + a.n + 1, b.p, b.n);
	return (str){p, a.n + b.n + 1};
}

static void version_check(struct model_reader *r, const struct yaml_node *head, str version)
{
	bool bad = version.n > VERSION_BYTES;
	for (size_t i = 0; i < version.n; i++)
		bad = bad || version.p[i] == '@' || (unsigned char)version.p[i] < 0x20;
	if (bad)
		model_read_error(r, yaml_get(head, S("version")),
				 "version must be one line of at most %d bytes without '@'", VERSION_BYTES);
}

static void schema_check(struct model_reader *r, const struct yaml_node *head)
{
	str schema = model_read_needed_text(r, head, S("schema"));
	if (schema.n && !str_eq(schema, S("aismm.model/1")))
		model_read_error(r, yaml_get(head, S("schema")), "schema is \"%.*s\"; this program reads aismm.model/1",
				 STR_ARG(model_read_clip(schema)));
}

void model_read_names(struct model_reader *r, const struct yaml_node *head)
{
	struct model *m = r->m;
	m->id = model_read_needed_text(r, head, S("id"));
	if (m->id.n && !is_slug(m->id, false))
		model_read_error(r, yaml_get(head, S("id")), "id \"%.*s\" is not 1 to %d of a-z, 0-9 and '-'",
				 STR_ARG(model_read_clip(m->id)), SLUG_BYTES);
	m->version = model_read_needed_text(r, head, S("version"));
	version_check(r, head, m->version);
	m->title = model_read_line(r, head, S("title"), true);
	m->notice = model_read_text(r, head, S("notice"));
	if (!m->id.n || !m->version.n)
		return;
	str major, rest;
	(void)str_cut(m->version, '.', &major, &rest);
	m->line = join(r, m->id, major);
	m->name = join(r, m->id, m->version);
}

static void level_read(struct model_reader *r, const struct yaml_node *node, bool seen[MODEL_LEVELS])
{
	if (!model_read_map(r, node, "a level", level_keys))
		return;
	if (yaml_is_null(yaml_get(node, S("level")))) {
		model_read_error(r, node, "level is missing");
		return;
	}
	int64_t level = model_read_int(r, node, S("level"), (struct model_range){1, MODEL_LEVELS, 0});
	if (level == 0)
		return;
	if (seen[level - 1])
		model_read_error(r, node, "level %d is there twice", (int)level);
	seen[level - 1] = true;
	str name = model_read_line(r, node, S("name"), false);
	if (name.n)
		r->m->level_names[level - 1] = name;
	r->m->level_summaries[level - 1] = model_read_text(r, node, S("summary"));
}

static void levels_read(struct model_reader *r, const struct yaml_node *head)
{
	static const str standard[MODEL_LEVELS] = {S("Initial"), S("Repeatable"), S("Defined"), S("Capable"),
						   S("Efficient")};
	const struct yaml_node *list = model_read_list(r, head, S("levels"));
	bool seen[MODEL_LEVELS] = {false};
	memcpy(r->m->level_names, standard, sizeof standard);
	for (size_t i = 0; list && i < list->n; i++)
		level_read(r, list->items[i], seen);
	model_lint_levels(r, list ? list : head, r->m->level_summaries, "summary");
}

static void domain_read(struct model_reader *r, const struct yaml_node *node, struct model_domain *d)
{
	if (!model_read_map(r, node, "a domain", domain_keys))
		return;
	d->id = model_read_needed_text(r, node, S("id"));
	if (d->id.n && !is_slug(d->id, true))
		model_read_error(r, yaml_get(node, S("id")),
				 "domain id \"%.*s\" is not 1 to %d of a-z, 0-9, '-' and '_'",
				 STR_ARG(model_read_clip(d->id)), SLUG_BYTES);
	for (const struct model_domain *other = r->domains; other < d; other++)
		if (d->id.n && str_eq(other->id, d->id))
			model_read_error(r, node, "domain %.*s is there twice", STR_ARG(model_read_clip(d->id)));
	d->title = model_read_line(r, node, S("title"), true);
	d->summary = model_read_text(r, node, S("summary"));
	if (!d->summary.n)
		model_read_warning(r, node, "domain %.*s has no summary", STR_ARG(model_read_clip(d->id)));
}

static void domains_read(struct model_reader *r, const struct yaml_node *head)
{
	const struct yaml_node *list = model_read_list(r, head, S("domains"));
	if (!list && yaml_is_null(yaml_get(head, S("domains"))))
		model_read_error(r, head, "domains is missing");
	else if (list && list->n == 0)
		model_read_error(r, list, "there are no domains");
	if (!list || list->n == 0)
		return;
	if (list->n > LIMIT_OBJECTIVES) {
		model_read_error(r, list, "more than %d domains", LIMIT_OBJECTIVES);
		return;
	}
	r->domains = arena_new(r->a, struct model_domain, list->n);
	r->domain_places = arena_new(r->a, struct model_place, list->n);
	if (!r->domains || !r->domain_places) {
		model_read_full(r);
		return;
	}
	for (size_t i = 0; i < list->n; i++) {
		r->domain_places[i] = model_read_place(r, list->items[i]);
		domain_read(r, list->items[i], &r->domains[i]);
	}
	r->m->domains = r->domains;
	r->m->n_domains = list->n;
}

void model_read_head(struct model_reader *r, const struct yaml_node *head)
{
	if (!model_read_map(r, head, "the model", head_keys))
		return;
	schema_check(r, head);
	model_read_names(r, head);
	r->m->about = model_read_texts(r, head, S("about"), &r->m->n_about);
	levels_read(r, head);
	domains_read(r, head);
	model_untouched_read(r, head);
}

const str *model_head_keys(void)
{
	return head_keys;
}
