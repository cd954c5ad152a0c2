#include "web/upload.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/limits.h"

void upload_init(struct upload_table *t)
{
	(void)pthread_mutex_init(&t->mutex, NULL);
}

static void clear(struct upload_slot *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->files[i].fd >= 0)
			(void)close(s->files[i].fd);
	buf_release(&s->kept);
	*s = (struct upload_slot){0};
}

void upload_end(struct upload_table *t)
{
	for (int i = 0; i < UPLOAD_SLOTS; i++)
		clear(&t->slots[i]);
	(void)pthread_mutex_destroy(&t->mutex);
}

enum status upload_id(char out[UPLOAD_ID + 1], struct err *err)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[UPLOAD_ID / 2];
	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return err_set(err, E_IO, "the system gives no random bytes");
	for (int i = 0; i < UPLOAD_ID; i++)
		out[i] = digits[i % 2 ? bytes[i / 2] & 15 : bytes[i / 2] >> 4];
	out[UPLOAD_ID] = 0;
	return OK;
}

/* ---- with the table locked ---- */

static struct upload_slot *find(struct upload_table *t, str id)
{
	for (int i = 0; i < UPLOAD_SLOTS; i++)
		if (t->slots[i].state != UPLOAD_FREE && str_eq(str_from(t->slots[i].id), id))
			return &t->slots[i];
	return NULL;
}

static bool is_id(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!(text.p[i] >= '0' && text.p[i] <= '9') && !(text.p[i] >= 'a' && text.p[i] <= 'f'))
			return false;
	return text.n == UPLOAD_ID;
}

static int64_t weight(const struct upload_slot *s)
{
	int64_t bytes = 0;
	for (size_t i = 0; i < s->n; i++)
		bytes += s->files[i].fd >= 0 ? s->files[i].bytes : 0;
	return bytes;
}

/* Gives back what is too old; then, where the user has a fair part of the slots, the oldest of that user that is over;
   then the oldest of anybody, until there is a slot and room for so many bytes. */
static struct upload_slot *choose(struct upload_table *t, str user, int64_t bytes, int64_t now_ms)
{
	for (;;) {
		struct upload_slot *empty = NULL, *oldest = NULL, *own = NULL;
		int64_t kept = bytes;
		int n_own = 0;
		for (int i = 0; i < UPLOAD_SLOTS; i++) {
			struct upload_slot *s = &t->slots[i];
			bool over = s->state != UPLOAD_FREE && s->state != UPLOAD_RUNNING;
			if (over && s->begun_ms + LIMIT_UPLOAD_KEEP_MINUTES * INT64_C(60000) < now_ms) {
				clear(s);
				over = false;
			}
			kept += weight(s);
			if (s->state == UPLOAD_FREE)
				empty = empty ? empty : s;
			else if (over && (!oldest || s->begun_ms < oldest->begun_ms))
				oldest = s;
			bool mine = s->state != UPLOAD_FREE && str_eq(str_from(s->user), user);
			n_own += mine;
			if (mine && over && (!own || s->begun_ms < own->begun_ms))
				own = s;
		}
		if (own && n_own >= UPLOAD_EACH) {
			clear(own);
			continue;
		}
		if ((empty && kept <= LIMIT_UPLOAD_KEPT_BYTES) || !oldest)
			return kept <= LIMIT_UPLOAD_KEPT_BYTES ? empty : NULL;
		clear(oldest);
	}
}

static void keep(char out[UPLOAD_TEXT], str text)
{
	(void)snprintf(out, UPLOAD_TEXT, "%.*s", STR_ARG(text));
}

static void take_files(struct upload_slot *s, struct request *q)
{
	struct request_file *all[REQUEST_FILES] = {&q->file};
	for (size_t i = 0; i < q->n_more; i++)
		all[i + 1] = &q->more[i];
	for (size_t i = 0; i < q->n_more + 1; i++) {
		struct upload_file *f = &s->files[s->n++];
		keep(f->name, all[i]->name);
		f->fd = all[i]->fd;
		f->bytes = all[i]->bytes;
		all[i]->fd = -1;
	}
	q->n_more = 0;
}

static void take_options(struct upload_slot *s, const struct request *q)
{
	static const str names[UPLOAD_OPTIONS] = {S("format"), S("feed"), S("unit"), S("observed"), S("replace")};
	for (int i = 0; i < UPLOAD_OPTIONS; i++)
		keep(s->options[i], str_trim(request_field(&q->form, names[i])));
}

static void fill(struct upload_slot *s, struct request *q)
{
	s->state = UPLOAD_RUNNING;
	s->begun_ms = q->app->now_ms;
	keep(s->user, q->app->actor);
	take_options(s, q);
	take_files(s, q);
}

/* ---- from outside ---- */

static enum status gone(struct err *err)
{
	err_set(err, E_NOT_FOUND, "this upload is no longer kept");
	err_hint(err, "send the files again");
	return E_NOT_FOUND;
}

/* The options and names are kept whole or not at all. */
static enum status check_texts(const struct request *q, struct err *err)
{
	for (size_t i = 0; i < q->form.n; i++)
		if (q->form.list[i].value.n >= UPLOAD_TEXT)
			return err_set(err, E_TOO_LARGE, "\"%.*s\" is longer than %d bytes",
				       STR_ARG(q->form.list[i].name), UPLOAD_TEXT - 1);
	return OK;
}

enum status upload_begin(struct upload_table *t, struct request *q, char out[UPLOAD_ID + 1], struct err *err)
{
	str wanted = request_field(&q->form, S("job"));
	int64_t bytes = q->file.bytes;
	for (size_t i = 0; i < q->n_more; i++)
		bytes += q->more[i].bytes;
	TRY(check_texts(q, err));
	TRY(upload_id(out, err));
	(void)pthread_mutex_lock(&t->mutex);
	if (is_id(wanted) && !find(t, wanted))
		memcpy(out, wanted.p, UPLOAD_ID);
	struct upload_slot *s = choose(t, q->app->actor, bytes, q->app->now_ms);
	if (s) {
		memcpy(s->id, out, UPLOAD_ID + 1);
		fill(s, q);
	}
	(void)pthread_mutex_unlock(&t->mutex);
	if (s)
		return OK;
	err_set(err, E_CONFLICT, "too many imports are running");
	err_hint(err, "try again when one of them is over");
	return E_CONFLICT;
}

enum status upload_again(struct upload_table *t, const struct request *q, str id, bool anew, struct err *err)
{
	TRY(check_texts(q, err));
	(void)pthread_mutex_lock(&t->mutex);
	struct upload_slot *s = find(t, id);
	bool mine = s && str_eq(str_from(s->user), q->app->actor);
	bool ready = mine && (s->state == UPLOAD_SEEN || s->state == UPLOAD_REFUSED);
	if (ready) {
		if (anew)
			take_options(s, q);
		s->state = UPLOAD_RUNNING;
		s->what[0] = 0;
		s->done = s->all = 0;
	}
	(void)pthread_mutex_unlock(&t->mutex);
	if (!mine)
		return gone(err);
	return ready ? OK : err_set(err, E_CONFLICT, "these files were imported already, or are being imported");
}

void upload_progress(struct upload_table *t, str id, str what, int64_t done, int64_t all)
{
	(void)pthread_mutex_lock(&t->mutex);
	struct upload_slot *s = find(t, id);
	if (s) {
		keep(s->what, what);
		s->done = done;
		s->all = all;
	}
	(void)pthread_mutex_unlock(&t->mutex);
}

void upload_finish(struct upload_table *t, str id, enum upload_state state, str receipt, const struct err *err)
{
	struct buf kept = BUF(LIMIT_UPLOAD_RECEIPT_BYTES);
	buf_add(&kept, receipt);
	if (kept.status != OK) {
		buf_clear(&kept);
		buf_add(&kept, S("<p class=\"sub\">The receipt is too long to be shown.</p>"));
	}
	(void)pthread_mutex_lock(&t->mutex);
	struct upload_slot *s = find(t, id);
	if (s) {
		struct buf before = s->kept;
		s->kept = kept;
		kept = before;
		s->state = state;
		s->err = err ? *err : (struct err){0};
		for (size_t i = 0; i < s->n && state == UPLOAD_STORED; i++) {
			(void)close(s->files[i].fd);
			s->files[i].fd = -1;
		}
	}
	(void)pthread_mutex_unlock(&t->mutex);
	buf_release(&kept);
}

enum status upload_find(struct upload_table *t, const struct request *q, str id, const struct upload_slot **out,
			struct err *err)
{
	struct upload_slot *copy = arena_new(q->arena, struct upload_slot, 1);
	if (!copy)
		return err_full(err);
	(void)pthread_mutex_lock(&t->mutex);
	const struct upload_slot *s = find(t, id);
	bool mine = s && str_eq(str_from(s->user), q->app->actor);
	if (mine) {
		*copy = *s;
		copy->receipt = str_copy(q->arena, buf_str(&s->kept));
		copy->kept = (struct buf){0};
	}
	(void)pthread_mutex_unlock(&t->mutex);
	if (!mine)
		return gone(err);
	*out = copy;
	return copy->receipt.p ? OK : err_full(err);
}
