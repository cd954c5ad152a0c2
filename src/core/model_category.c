#include "base/limits.h"
#include "core/model_read.h"

static const str category_keys[] = {S("id"),     S("domain"), S("title"),      S("summary"), S("weight"),
				    S("owners"), S("levels"), S("objectives"), {0}};
static const str level_words[] = {S("1"), S("2"), S("3"), S("4"), S("5"), {0}};
static const str functions[] = {S("ciso"), S("grc"),    S("iam"),     S("infra"),       S("appsec"), S("ml_platform"),
				S("data"), S("secops"), S("privacy"), S("procurement"), S("legal"),  {0}};

void model_category_function(struct model_reader *r, const struct yaml_node *at, str function)
{
	for (const str *f = functions; f->n; f++)
		if (str_eq(*f, function))
			return;
	str nearest = model_read_nearest(function, functions);
	model_read_warning(r, at, "\"%.*s\" is not one of the functions that evidence and reports know%s%.*s%s",
			   STR_ARG(model_read_clip(function)), nearest.n ? "; did you mean \"" : "", STR_ARG(nearest),
			   nearest.n ? "\"?" : "");
}

/* [A-Z][A-Z0-9]{1,7} */
static bool is_category_id(str id)
{
	for (size_t i = 0; i < id.n; i++) {
		bool digit = i > 0 && id.p[i] >= '0' && id.p[i] <= '9';
		if (!digit && (id.p[i] < 'A' || id.p[i] > 'Z'))
			return false;
	}
	return id.n >= 2 && id.n <= 8;
}

static void id_read(struct model_reader *r, const struct yaml_node *node, struct model_draft_category *d)
{
	d->c.id = model_read_needed_text(r, node, S("id"));
	d->bad_ids = !is_category_id(d->c.id);
	if (d->c.id.n && d->bad_ids)
		model_read_error(r, yaml_get(node, S("id")),
				 "a category's id is 2 to 8 of A-Z and 0-9, a letter first, such as GOV");
	for (size_t i = 0; d->c.id.n && i < r->n_categories; i++) {
		const struct model_place *first = &r->categories[i].c.place;
		if (!str_eq(r->categories[i].c.id, d->c.id))
			continue;
		model_read_error(r, node, "the category is also in %.*s:%lld", STR_ARG(first->file),
				 (long long)first->line);
		break;
	}
}

static void domain_read(struct model_reader *r, const struct yaml_node *node, struct model_draft_category *d)
{
	str domain = model_read_needed_text(r, node, S("domain"));
	d->c.domain = (int)r->m->n_domains;
	for (size_t i = 0; i < r->m->n_domains; i++)
		if (domain.n && str_eq(r->domains[i].id, domain)) {
			d->c.domain = (int)i;
			return;
		}
	if (domain.n && r->m->n_domains > 0)
		model_read_error(r, yaml_get(node, S("domain")), "the model has no domain \"%.*s\"",
				 STR_ARG(model_read_clip(domain)));
}

static void levels_read(struct model_reader *r, const struct yaml_node *node, struct model_category *c)
{
	const struct yaml_node *levels = yaml_get(node, S("levels"));
	if (!yaml_is_null(levels) && !model_read_map(r, levels, "levels (1 to 5)", level_words))
		return;
	for (int l = 0; l < MODEL_LEVELS && levels; l++)
		c->levels[l] = model_read_text(r, levels, level_words[l]);
	model_lint_levels(r, levels ? levels : node, c->levels, "description");
}

static void objectives_read(struct model_reader *r, const struct yaml_node *node, struct model_draft_category *d)
{
	const struct yaml_node *list = model_read_list(r, node, S("objectives"));
	for (size_t i = 0; list && i < list->n && r->status == OK; i++) {
		r->about = d->c.id;
		model_read_objective(r, list->items[i], d, (int)r->n_categories);
	}
	r->about = (str){NULL, 0};
	d->bad_ids = d->bad_ids || (!list && !yaml_is_null(yaml_get(node, S("objectives"))));
}

static bool make_room(struct model_reader *r)
{
	if (r->n_categories >= LIMIT_OBJECTIVES) {
		if (r->status == OK)
			r->status = err_set(r->err, E_TOO_LARGE, "more than %d categories", LIMIT_OBJECTIVES);
		return false;
	}
	if (r->n_categories < r->cap_categories)
		return true;
	void *grown = arena_grow(r->a, r->categories, r->n_categories, r->n_categories + 1, sizeof *r->categories,
				 &r->cap_categories);
	if (grown)
		r->categories = grown;
	else
		model_read_full(r);
	return grown != NULL;
}

void model_read_category(struct model_reader *r, const struct yaml_node *node)
{
	const struct yaml_node *id = yaml_get(node, S("id"));
	r->about = id && id->kind == YAML_SCALAR ? id->text : (str){NULL, 0};
	if (!model_read_map(r, node, "a category", category_keys) || !make_room(r))
		return;
	struct model_draft_category d = {.found = (int)r->n_categories, .c.place = model_read_place(r, node)};
	id_read(r, node, &d);
	domain_read(r, node, &d);
	d.c.title = model_read_line(r, node, S("title"), true);
	d.c.summary = model_read_text(r, node, S("summary"));
	if (!d.c.summary.n)
		model_read_warning(r, node, "summary is missing");
	d.c.weight = model_read_int(r, node, S("weight"), (struct model_range){1, 1000, 1});
	d.c.owners = model_read_texts(r, node, S("owners"), &d.c.n_owners);
	for (size_t i = 0; i < d.c.n_owners; i++)
		model_category_function(r, yaml_get(node, S("owners")), d.c.owners[i]);
	levels_read(r, node, &d.c);
	objectives_read(r, node, &d);
	r->categories[r->n_categories++] = d;
}

const str *model_category_keys(void)
{
	return category_keys;
}
