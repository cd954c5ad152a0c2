#include "web/presence.h"

#include <string.h>

void presence_init(struct presence_table *t)
{
	(void)pthread_mutex_init(&t->mutex, NULL);
}

void presence_end(struct presence_table *t)
{
	(void)pthread_mutex_destroy(&t->mutex);
}

static void sum_of(str first, str second, char out[HASH_TEXT])
{
	struct hash h;
	hash_init(&h);
	hash_add_field(&h, first);
	hash_add_field(&h, second);
	(void)hash_hex(&h, out);
}

/* The slot of the user at the place, else a free one, else the one that was seen least lately. */
static struct presence_slot *slot_for(struct presence_table *t, const char *place, const char *user)
{
	struct presence_slot *oldest = &t->slots[0];
	for (int i = 0; i < PRESENCE_SLOTS; i++) {
		struct presence_slot *s = &t->slots[i];
		if (s->seen_ms && !strcmp(s->place, place) && !strcmp(s->user, user))
			return s;
		if (s->seen_ms < oldest->seen_ms)
			oldest = s;
	}
	memcpy(oldest->place, place, HASH_TEXT);
	memcpy(oldest->user, user, HASH_TEXT);
	return oldest;
}

static void note(struct presence_slot *s, str shown, int64_t now_ms)
{
	str cut = str_slice(shown, 0, PRESENCE_NAME - 1);
	cut.n = str_utf8_prefix(cut);
	if (cut.n)
		memcpy(s->shown, cut.p, cut.n);
	s->shown[cut.n] = 0;
	s->seen_ms = now_ms;
}

static bool list_others(const struct presence_table *t, const char *place, const char *user, int64_t now_ms,
			struct arena *a, str *list, size_t *n)
{
	for (int i = 0; i < PRESENCE_SLOTS && *n < PRESENCE_SHOWN; i++) {
		const struct presence_slot *s = &t->slots[i];
		if (!s->seen_ms || now_ms - s->seen_ms > PRESENCE_MS || strcmp(s->place, place) != 0 ||
		    !strcmp(s->user, user))
			continue;
		list[*n] = str_copy(a, str_from(s->shown));
		if (!list[(*n)++].p)
			return false;
	}
	return true;
}

enum status presence_meet(struct presence_table *t, const struct presence_place *place, str user, str shown,
			  int64_t now_ms, struct arena *a, const str **others, size_t *n, struct err *err)
{
	char at[HASH_TEXT], who[HASH_TEXT];
	str *list = arena_new(a, str, PRESENCE_SHOWN);
	size_t found = 0;
	if (!list)
		return err_full(err);
	sum_of(place->objective, place->unit, at);
	sum_of(user, (str){0}, who);
	(void)pthread_mutex_lock(&t->mutex);
	note(slot_for(t, at, who), shown, now_ms);
	bool whole = list_others(t, at, who, now_ms, a, list, &found);
	(void)pthread_mutex_unlock(&t->mutex);
	if (!whole)
		return err_full(err);
	*others = list;
	*n = found;
	return OK;
}
