/* One entry of an overlay's `change`: what may be changed, which way is tighter, what a loosening needs. */
#include "base/time.h"
#include "core/model_overlay_read.h"

enum { EFFORT_MAX = 100000 };

static const str change_keys[] = {S("id"),       S("threshold"), S("max_age"), S("deployment"), S("owner"), S("effort"),
				  S("evidence"), S("guidance"),  S("because"), S("approver"),   {0}};

/* What has been found out about one entry. */
struct change {
	struct model_reader *r;
	const struct yaml_node *entry;
	struct model_objective *o;
	const struct model_objective *base;
	const struct yaml_node *looser; /* the first value that loosens */
	str what;                       /* its key */
	bool tighter, named;            /* named: it has a value that may be changed */
};

static bool is_in(str word, const str *words)
{
	for (; words->n; words++)
		if (str_eq(word, *words))
			return true;
	return false;
}

/* Keys of an objective that an overlay may not touch have a reason to hear; others are mistakes. */
static bool keys_check(struct model_reader *r, const struct yaml_node *entry)
{
	bool good = true;
	for (size_t i = 0; i < entry->n; i++) {
		const struct yaml_node *key = entry->keys[i];
		if (is_in(key->text, change_keys))
			continue;
		good = false;
		if (is_in(key->text, model_objective_keys()))
			model_read_error(r, key,
					 "%.*s cannot be changed by an overlay: it would be another objective; retire "
					 "this one and add one of your own",
					 STR_ARG(key->text));
		else
			model_read_unknown_key(r, key, "a change", change_keys);
	}
	return good;
}

static const struct yaml_node *given(struct change *c, str key)
{
	const struct yaml_node *node = yaml_get(c->entry, key);
	if (yaml_is_null(node))
		return NULL;
	c->named = true;
	return node;
}

static void moved(struct change *c, const struct yaml_node *at, str key, int64_t tighter)
{
	if (tighter > 0)
		c->tighter = true;
	if (tighter < 0 && !c->looser) {
		c->looser = at;
		c->what = key;
	}
	if (tighter == 0)
		model_read_warning(c->r, at, "%.*s is that of the base", STR_ARG(key));
}

static void threshold_read(struct change *c)
{
	const struct yaml_node *at = given(c, S("threshold"));
	int32_t t = at ? model_read_share(c->r, c->entry, S("threshold")) : 0;
	if (!t)
		return;
	c->o->threshold_milli = t;
	moved(c, at, S("threshold"), t - c->base->threshold_milli);
}

static void max_age_read(struct change *c)
{
	const struct yaml_node *at = given(c, S("max_age"));
	int64_t ms = at ? model_read_days(c->r, c->entry, S("max_age"), 0) : 0;
	if (!ms)
		return;
	c->o->max_age_ms = ms;
	moved(c, at, S("max_age"), c->base->max_age_ms - ms);
}

/* Less is not asked of some units any more; more lets units answer whose yes can outvote the others' no. Neither is
 * tighter, so either way somebody answers for it. */
static void deployment_read(struct change *c)
{
	const struct yaml_node *at = given(c, S("deployment"));
	if (!at)
		return;
	unsigned bits = model_objective_deployment(c->r, c->entry), was = c->base->deployment;
	c->o->deployment = bits;
	moved(c, at, S("deployment"), bits != was ? -1 : 0);
}

/* An overlay says what is done instead; it does not take away what the base says. */
static bool erases(struct change *c, str key, bool empty)
{
	const struct yaml_node *at = yaml_get(c->entry, key);
	if (yaml_is_null(at))
		return true;
	if (!empty)
		return false;
	model_read_warning(c->r, at, "an empty %.*s would erase the base's, which is kept", STR_ARG(key));
	return true;
}

static void advice_read(struct change *c)
{
	struct model_reader *r = c->r;
	struct model_objective *o = c->o;
	struct model_range range = {0, EFFORT_MAX, c->base->effort_days};
	size_t n_evidence, errors = r->problems->n_errors;
	str owner = model_read_line(r, c->entry, S("owner"), false);
	str guidance = model_read_text(r, c->entry, S("guidance"));
	const str *evidence = model_read_texts(r, c->entry, S("evidence"), &n_evidence);
	int64_t effort = model_read_int(r, c->entry, S("effort"), range);
	if (r->problems->n_errors > errors) {
		c->named = true; /* something is there, and it is wrong; that has been said */
		return;
	}
	if (!erases(c, S("owner"), !owner.n)) {
		o->owner = owner;
		model_category_function(r, given(c, S("owner")), owner);
	}
	if (!erases(c, S("effort"), !effort)) {
		(void)given(c, S("effort"));
		o->effort_days = effort;
	}
	if (!erases(c, S("evidence"), !n_evidence)) {
		(void)given(c, S("evidence"));
		o->evidence = evidence;
		o->n_evidence = n_evidence;
	}
	if (!erases(c, S("guidance"), !guidance.n)) {
		(void)given(c, S("guidance"));
		o->guidance = guidance;
	}
}

static void threshold_text(char out[8], int32_t milli)
{
	out[0] = (char)('0' + milli / 1000);
	out[1] = '.';
	out[2] = (char)('0' + milli / 100 % 10);
	out[3] = (char)('0' + milli / 10 % 10);
	out[4] = (char)('0' + milli % 10);
	size_t n = 5;
	while (n > 3 && out[n - 1] == '0')
		n--;
	out[n] = '\0';
}

/* "threshold 0.8 is looser than the base's 0.9": the reader sees both sides of what needs an approver. */
static void loosening_check(const struct change *c, const struct model_overlaid *mark)
{
	char now[8], then[8];
	const char *needs = mark->approver.n ? "because" : mark->because.n ? "approver" : "approver and because";
	if (mark->approver.n && mark->because.n)
		return;
	if (str_eq(c->what, S("threshold"))) {
		threshold_text(now, c->o->threshold_milli);
		threshold_text(then, c->base->threshold_milli);
		model_read_error(c->r, c->looser, "threshold %s is looser than the base's %s; that needs %s", now, then,
				 needs);
	} else if (str_eq(c->what, S("max_age"))) {
		model_read_error(c->r, c->looser, "max_age P%lldD is looser than the base's P%lldD; that needs %s",
				 (long long)(c->o->max_age_ms / TIME_DAY_MS),
				 (long long)(c->base->max_age_ms / TIME_DAY_MS), needs);
	} else {
		model_read_error(c->r, c->looser, "another deployment changes which units are counted; that needs %s",
				 needs);
	}
}

void model_overlay_change(struct model_reader *r, const struct yaml_node *entry)
{
	r->about = (str){NULL, 0};
	if (entry->kind != YAML_MAP) {
		model_read_error(r, entry, "a change is a map of keys and values, with the id of an objective");
		return;
	}
	struct model_draft *d = model_overlay_target(r, entry);
	bool good = keys_check(r, entry);
	struct model_overlaid *mark = d ? model_overlay_mark(r, d, entry) : NULL;
	if (!mark)
		return;
	struct change c = {.r = r, .entry = entry, .o = &d->o, .base = mark->base};
	threshold_read(&c);
	max_age_read(&c);
	deployment_read(&c);
	advice_read(&c);
	mark->act = c.looser ? MODEL_LOOSENED : c.tighter ? MODEL_TIGHTENED : MODEL_ADAPTED;
	if (c.looser)
		loosening_check(&c, mark);
	if (good && !c.named)
		model_read_error(
		    r, entry,
		    "this changes nothing: name threshold, max_age, deployment, owner, effort, evidence or "
		    "guidance");
}
