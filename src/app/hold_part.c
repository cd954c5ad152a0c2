#include "app/hold_part.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/limits.h"

/* Never changes once it is kept. */
struct part {
	struct arena arena; /* holds this struct, too */
	atomic_int users;   /* questions that use it, and the place where it is kept */
	struct store_measures measures;
	size_t bytes;
};

struct place {
	struct part *part; /* NULL: free */
	int64_t tree, last_use_ms;
	int category;
};

struct app_hold_parts {
	pthread_mutex_t mutex;
	struct store_measure_state facts; /* up to where changes are known */
	struct arena memory;              /* of what follows */
	int64_t *changed;                 /* by category: the facts with its last change; NULL: nothing is known */
	struct place places[LIMIT_HELD_PARTS];
	size_t bytes;
};

/* ---- memory ---- */

static void leave(void *payload)
{
	struct part *part = payload;
	if (atomic_fetch_sub(&part->users, 1) != 1)
		return;
	struct arena arena = part->arena;
	arena_release(&arena);
}

static void drop(struct app_hold_parts *p, struct place *at)
{
	p->bytes -= at->part->bytes;
	leave(at->part);
	at->part = NULL;
}

static void drop_all(struct app_hold_parts *p)
{
	for (int i = 0; i < LIMIT_HELD_PARTS; i++)
		if (p->places[i].part)
			drop(p, &p->places[i]);
}

static void close_parts(void *payload)
{
	struct app_hold_parts *p = payload;
	drop_all(p);
	arena_release(&p->memory);
	(void)pthread_mutex_destroy(&p->mutex);
}

enum status app_hold_parts_new(struct arena *a, struct app_hold_parts **out, struct err *err)
{
	struct app_hold_parts *p = arena_new(a, struct app_hold_parts, 1);
	if (!p)
		return err_full(err);
	if (pthread_mutex_init(&p->mutex, NULL) != 0)
		return err_set(err, E_NO_MEMORY, "no memory for the lock of the held measures");
	p->memory = ARENA(LIMIT_HELD_PARTS_BYTES);
	if (!arena_defer(a, close_parts, p))
		return err_full(err);
	*out = p;
	return OK;
}

/* ---- what is true ---- */

void app_hold_parts_clear(struct app_hold_parts *p, const struct store_measure_state *facts, size_t n_categories)
{
	(void)pthread_mutex_lock(&p->mutex);
	drop_all(p);
	arena_release(&p->memory);
	p->facts = *facts;
	p->changed = arena_new(&p->memory, int64_t, n_categories);
	for (size_t i = 0; p->changed && i < n_categories; i++)
		p->changed[i] = facts->measure;
	(void)pthread_mutex_unlock(&p->mutex);
}

void app_hold_parts_change(struct app_hold_parts *p, int category, const struct store_measure_state *facts)
{
	(void)pthread_mutex_lock(&p->mutex);
	if (p->changed)
		p->changed[category] = facts->measure;
	for (int i = 0; i < LIMIT_HELD_PARTS; i++)
		if (p->places[i].part && p->places[i].category == category)
			drop(p, &p->places[i]);
	(void)pthread_mutex_unlock(&p->mutex);
}

void app_hold_parts_follow(struct app_hold_parts *p, const struct store_measure_state *facts)
{
	(void)pthread_mutex_lock(&p->mutex);
	p->facts = *facts;
	(void)pthread_mutex_unlock(&p->mutex);
}

/* Do all changes of the category that these facts contain, and no others, stand in `changed`? */
static bool knows(const struct app_hold_parts *p, const struct store_measure_state *facts, int category)
{
	return p->changed && p->facts.tree == facts->tree && p->facts.activation == facts->activation &&
	       p->facts.retirement == facts->retirement && p->facts.measure >= facts->measure &&
	       p->changed[category] <= facts->measure;
}

/* ---- finding and keeping ---- */

static struct place *find(struct app_hold_parts *p, int64_t tree, int category)
{
	for (int i = 0; i < LIMIT_HELD_PARTS; i++) {
		struct place *at = &p->places[i];
		if (at->part && at->tree == tree && at->category == category)
			return at;
	}
	return NULL;
}

enum status app_hold_parts_find(struct app_hold_parts *p, const struct store_measure_state *facts, int64_t tree,
				int category, int64_t now_ms, struct arena *a, struct store_measures *out, bool *found,
				struct err *err)
{
	struct part *part = NULL;
	(void)pthread_mutex_lock(&p->mutex);
	struct place *at = knows(p, facts, category) ? find(p, tree, category) : NULL;
	if (at) {
		part = at->part;
		atomic_fetch_add(&part->users, 1);
		at->last_use_ms = now_ms;
	}
	(void)pthread_mutex_unlock(&p->mutex);
	*found = part != NULL;
	if (!part)
		return OK;
	*out = part->measures;
	return arena_defer(a, leave, part) ? OK : err_full(err);
}

static bool copy_names(struct arena *a, const struct store_measures *m, struct store_measures *out)
{
	str *names = arena_new(a, str, m->n_sources);
	for (size_t i = 0; names && i < m->n_sources; i++)
		if (!(names[i] = str_copy(a, m->sources[i])).p)
			return false;
	out->sources = names;
	return names != NULL;
}

/* NULL: there is no memory for it. */
static struct part *copy_of(const struct store_measures *m)
{
	struct arena arena = ARENA(LIMIT_HELD_PARTS_BYTES);
	struct part *part = arena_new(&arena, struct part, 1);
	struct measure *list = arena_new(&arena, struct measure, m->n);
	struct measure_retired *retired = arena_new(&arena, struct measure_retired, m->n_retired);
	if (!part || !list || !retired || !copy_names(&arena, m, &part->measures)) {
		arena_release(&arena);
		return NULL;
	}
	memcpy(list, m->list, m->n * sizeof *list);
	if (m->n_retired)
		memcpy(retired, m->retired, m->n_retired * sizeof *retired);
	const str *names = part->measures.sources;
	part->measures = *m;
	part->measures.list = list;
	part->measures.retired = retired;
	part->measures.sources = names;
	part->bytes = arena.used_bytes;
	atomic_init(&part->users, 1);
	part->arena = arena;
	return part;
}

/* A free place and room for so many bytes. */
static struct place *make_room(struct app_hold_parts *p, size_t bytes)
{
	for (;;) {
		struct place *oldest = NULL, *empty = NULL;
		for (int i = 0; i < LIMIT_HELD_PARTS; i++) {
			struct place *at = &p->places[i];
			if (!at->part)
				empty = at;
			else if (!oldest || at->last_use_ms < oldest->last_use_ms)
				oldest = at;
		}
		if (empty && p->bytes + bytes <= LIMIT_HELD_PARTS_BYTES)
			return empty;
		if (!oldest)
			return NULL;
		drop(p, oldest);
	}
}

enum status app_hold_parts_keep(struct app_hold_parts *p, const struct store_measure_state *facts, int64_t tree,
				int category, int64_t now_ms, const struct store_measures *m, struct arena *a,
				struct store_measures *out, struct err *err)
{
	struct part *part = copy_of(m);
	if (!part)
		return err_full(err);
	(void)pthread_mutex_lock(&p->mutex);
	bool wanted = knows(p, facts, category) && !find(p, tree, category);
	struct place *at = wanted ? make_room(p, part->bytes) : NULL;
	if (at) {
		*at = (struct place){.part = part, .tree = tree, .last_use_ms = now_ms, .category = category};
		p->bytes += part->bytes;
		atomic_fetch_add(&part->users, 1);
	}
	(void)pthread_mutex_unlock(&p->mutex);
	*out = part->measures;
	return arena_defer(a, leave, part) ? OK : err_full(err);
}

bool app_hold_parts_tidy(struct app_hold_parts *p, int64_t now_ms)
{
	bool some = false;
	(void)pthread_mutex_lock(&p->mutex);
	for (int i = 0; i < LIMIT_HELD_PARTS; i++) {
		struct place *at = &p->places[i];
		if (!at->part || now_ms - at->last_use_ms <= LIMIT_HELD_PART_MS)
			continue;
		drop(p, at);
		some = true;
	}
	(void)pthread_mutex_unlock(&p->mutex);
	return some;
}
