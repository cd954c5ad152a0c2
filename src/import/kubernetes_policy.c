#include "import/kubernetes.h"

#include "base/limits.h"

#define AT(node, ...) import_kubernetes_at(node, (const str[]){__VA_ARGS__, {NULL, 0}})

/* ---- labels and selectors ---- */

static enum status add_label(struct import_kubernetes *k, struct import_kubernetes_label **list, str key, str value,
			     struct err *err)
{
	struct import_kubernetes_label *l = arena_new(k->in->arena, struct import_kubernetes_label, 1);
	if (!l)
		return err_full(err);
	if (++k->n_labels > LIMIT_KUBERNETES_LABELS)
		return import_kubernetes_many(k, LIMIT_KUBERNETES_LABELS, "labels of pods and selectors", err);
	*l = (struct import_kubernetes_label){*list, str_copy(k->in->arena, key), str_copy(k->in->arena, value)};
	*list = l;
	return l->key.p && l->value.p ? OK : err_full(err);
}

enum status import_kubernetes_labels(struct import_kubernetes *k, const struct yaml_node *map,
				     struct import_kubernetes_label **out, struct err *err)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->n; i++)
		TRY(add_label(k, out, map->keys[i]->text, import_kubernetes_text(map->items[i]), err));
	return OK;
}

static enum status add_requirement(struct import_kubernetes *k, struct import_kubernetes_policy *p, str key,
				   struct import_kubernetes_requirement **out, struct err *err)
{
	struct import_kubernetes_requirement *r = arena_new(k->in->arena, struct import_kubernetes_requirement, 1);
	if (!r)
		return err_full(err);
	if (++k->n_labels > LIMIT_KUBERNETES_LABELS)
		return import_kubernetes_many(k, LIMIT_KUBERNETES_LABELS, "labels of pods and selectors", err);
	*r = (struct import_kubernetes_requirement){.next = p->asks, .key = str_copy(k->in->arena, key)};
	p->asks = r;
	*out = r;
	return r->key.p ? OK : err_full(err);
}

static enum status read_expression(struct import_kubernetes *k, struct import_kubernetes_policy *p,
				   const struct yaml_node *node, struct err *err)
{
	static const str words[] = {S("In"), S("NotIn"), S("Exists"), S("DoesNotExist")};
	struct import_kubernetes_requirement *r = NULL;
	const struct yaml_node *values = yaml_get(node, S("values"));
	str op = import_kubernetes_text(yaml_get(node, S("operator")));
	size_t i = 0;
	TRY(add_requirement(k, p, import_kubernetes_text(yaml_get(node, S("key"))), &r, err));
	while (i < 4 && !str_eq(op, words[i]))
		i++;
	p->unclear = p->unclear || i == 4 || !r->key.n;
	r->op = i < 4 ? (int)i : IMPORT_KUBERNETES_IN;
	for (i = 0; values && values->kind == YAML_LIST && i < values->n; i++)
		TRY(add_label(k, &r->values, S("-"), import_kubernetes_text(values->items[i]), err));
	return OK;
}

static enum status read_selector(struct import_kubernetes *k, struct import_kubernetes_policy *p,
				 const struct yaml_node *selector, struct err *err)
{
	const struct yaml_node *labels = yaml_get(selector, S("matchLabels"));
	const struct yaml_node *expressions = yaml_get(selector, S("matchExpressions"));
	for (size_t i = 0; labels && labels->kind == YAML_MAP && i < labels->n; i++) {
		struct import_kubernetes_requirement *r = NULL;
		TRY(add_requirement(k, p, labels->keys[i]->text, &r, err));
		TRY(add_label(k, &r->values, S("-"), import_kubernetes_text(labels->items[i]), err));
	}
	for (size_t i = 0; expressions && expressions->kind == YAML_LIST && i < expressions->n; i++)
		TRY(read_expression(k, p, expressions->items[i], err));
	return OK;
}

/* ---- rules ---- */

static bool is_empty(const struct yaml_node *node)
{
	return yaml_is_null(node) || (node->kind != YAML_SCALAR && node->n == 0);
}

/* An address block of everybody, or all pods of all namespaces. */
static bool is_anyone(const struct yaml_node *peer)
{
	str block = import_kubernetes_text(AT(peer, S("ipBlock"), S("cidr")));
	if (str_ends(block, S("/0")))
		return true;
	const struct yaml_node *spaces = yaml_get(peer, S("namespaceSelector"));
	return spaces && spaces->kind == YAML_MAP && spaces->n == 0 && is_empty(yaml_get(peer, S("podSelector")));
}

/* A rule for the name service alone opens nothing else. */
static bool is_names_only(const struct yaml_node *ports)
{
	for (size_t i = 0; !is_empty(ports) && ports->kind == YAML_LIST && i < ports->n; i++)
		if (!str_eq(import_kubernetes_text(yaml_get(ports->items[i], S("port"))), S("53")) ||
		    yaml_get(ports->items[i], S("endPort")))
			return false;
	return !is_empty(ports) && ports->kind == YAML_LIST;
}

static bool is_open(const struct yaml_node *rules, str peers, bool names_too)
{
	for (size_t i = 0; rules && rules->kind == YAML_LIST && i < rules->n; i++) {
		const struct yaml_node *list = yaml_get(rules->items[i], peers);
		if (!names_too && is_names_only(yaml_get(rules->items[i], S("ports"))))
			continue;
		if (is_empty(list))
			return true;
		for (size_t p = 0; list->kind == YAML_LIST && p < list->n; p++)
			if (is_anyone(list->items[p]))
				return true;
	}
	return false;
}

/* Without policyTypes a policy is about what comes in, and about what goes out when it has rules for that. */
static void read_rules(struct import_kubernetes_policy *p, const struct yaml_node *spec)
{
	const struct yaml_node *types = yaml_get(spec, S("policyTypes"));
	p->guards_in = is_empty(types);
	p->guards_out = is_empty(types) && !yaml_is_null(yaml_get(spec, S("egress")));
	for (size_t i = 0; types && types->kind == YAML_LIST && i < types->n; i++) {
		str type = import_kubernetes_text(types->items[i]);
		p->guards_in = p->guards_in || str_eq(type, S("Ingress"));
		p->guards_out = p->guards_out || str_eq(type, S("Egress"));
	}
	p->open_in = is_open(yaml_get(spec, S("ingress")), S("from"), true);
	p->open_out = is_open(yaml_get(spec, S("egress")), S("to"), false);
}

enum status import_kubernetes_policy(struct import_kubernetes_object *o, struct err *err)
{
	struct import_kubernetes *k = o->file;
	const struct yaml_node *spec = yaml_get(o->root, S("spec"));
	struct import_kubernetes_policy *p = arena_new(k->in->arena, struct import_kubernetes_policy, 1);
	if (!p)
		return err_full(err);
	if (++k->n_policies > LIMIT_KUBERNETES_KEPT)
		return import_kubernetes_many(k, LIMIT_KUBERNETES_KEPT, "network policies", err);
	p->space = str_copy(k->in->arena, o->space);
	if (!p->space.p)
		return err_full(err);
	const struct yaml_node *selector = yaml_get(spec, S("podSelector"));
	p->unclear = !selector || selector->kind != YAML_MAP;
	TRY(read_selector(k, p, selector, err));
	read_rules(p, spec);
	if (p->unclear)
		import_flaw_note(&k->selector, k->line);
	p->next = k->policies;
	k->policies = p;
	return OK;
}

/* ---- matching ---- */

static bool has_value(const struct import_kubernetes_label *values, str value)
{
	for (; values; values = values->next)
		if (str_eq(values->value, value))
			return true;
	return false;
}

static bool meets(const struct import_kubernetes_label *labels, const struct import_kubernetes_requirement *r)
{
	while (labels && !str_eq(labels->key, r->key))
		labels = labels->next;
	switch (r->op) {
	case IMPORT_KUBERNETES_IN:
		return labels && has_value(r->values, labels->value);
	case IMPORT_KUBERNETES_NOT_IN:
		return !labels || !has_value(r->values, labels->value);
	case IMPORT_KUBERNETES_EXISTS:
		return labels != NULL;
	case IMPORT_KUBERNETES_MISSING:
		break;
	}
	return !labels;
}

static bool selects(const struct import_kubernetes_policy *p, const struct import_kubernetes_host *h)
{
	for (const struct import_kubernetes_requirement *r = p->asks; r; r = r->next)
		if (!meets(h->labels, r))
			return false;
	return true;
}

/* Policies add up: what one lets through is let through. */
enum import_kubernetes_truth import_kubernetes_limited(const struct import_kubernetes *k,
						       const struct import_kubernetes_host *h, bool in)
{
	bool guarded = false, unclear = false;
	if (h->apart)
		return IMPORT_KUBERNETES_UNKNOWN;
	for (const struct import_kubernetes_policy *p = k->policies; p; p = p->next) {
		if (!(in ? p->guards_in : p->guards_out) || !str_eq(p->space, h->space))
			continue;
		bool known = !p->unclear && (h->labelled || !p->asks);
		unclear = unclear || !known;
		if (!known || !selects(p, h))
			continue;
		if (in ? p->open_in : p->open_out)
			return IMPORT_KUBERNETES_NO;
		guarded = true;
	}
	return guarded && !unclear ? IMPORT_KUBERNETES_YES : IMPORT_KUBERNETES_UNKNOWN;
}
