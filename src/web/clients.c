#include "web/clients.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "base/limits.h"

/* Addresses that share a bucket share its count; that only makes them give way earlier. */
enum { BUCKETS = 4096, NO_BUCKET = BUCKETS, SECOND_MS = 1000 };

struct clients_one {
	struct clients_one *next; /* in the list of free ones */
	int fd;
	int bucket;
	bool used, cut;
	_Atomic int64_t until_ms; /* the thread of the connection writes it, that of the sweep reads it */
};

struct clients {
	pthread_mutex_t mutex;
	int most, n;
	struct clients_one *list, *free;
	int counts[BUCKETS + 1];
};

enum status clients_open(struct arena *a, int most, struct clients **out, struct err *err)
{
	struct clients *c = arena_new(a, struct clients, 1);
	if (!c || !(c->list = arena_new(a, struct clients_one, (size_t)most)))
		return err_full(err);
	(void)pthread_mutex_init(&c->mutex, NULL);
	c->most = most;
	for (int i = most - 1; i >= 0; i--) {
		c->list[i].next = c->free;
		c->free = &c->list[i];
	}
	*out = c;
	return OK;
}

/* FNV-1a; nobody gains by choosing an address that shares a bucket. */
static int bucket_of(str address)
{
	uint32_t h = 2166136261U;
	if (!address.n)
		return NO_BUCKET;
	for (size_t i = 0; i < address.n; i++)
		h = (h ^ (unsigned char)address.p[i]) * 16777619U;
	return (int)(h % BUCKETS);
}

static void cut(struct clients_one *one)
{
	one->cut = true;
	(void)shutdown(one->fd, SHUT_RDWR);
}

/* The one with the least time left; of a bucket, or of all (negative). Nobody the server works for. */
static void make_room(struct clients *c, int bucket)
{
	struct clients_one *last = NULL;
	int64_t least = INT64_MAX;
	for (int i = 0; i < c->most; i++) {
		struct clients_one *one = &c->list[i];
		if (!one->used || one->cut || (bucket >= 0 && one->bucket != bucket))
			continue;
		int64_t until = atomic_load(&one->until_ms);
		if (until >= least)
			continue;
		least = until;
		last = one;
	}
	if (last)
		cut(last);
}

struct clients_one *clients_add(struct clients *c, int fd, str address, int64_t now_ms)
{
	int bucket = bucket_of(address);
	(void)pthread_mutex_lock(&c->mutex);
	if (bucket != NO_BUCKET && c->counts[bucket] >= LIMIT_CONNECTIONS_ADDRESS)
		make_room(c, bucket);
	else if (c->n >= c->most - c->most / 4)
		make_room(c, -1);
	struct clients_one *one = c->free;
	if (one) {
		c->free = one->next;
		one->fd = fd;
		one->bucket = bucket;
		one->used = true;
		one->cut = false;
		clients_wait(one, now_ms);
		c->counts[bucket]++;
		c->n++;
	}
	(void)pthread_mutex_unlock(&c->mutex);
	return one;
}

void clients_remove(struct clients *c, struct clients_one *one)
{
	if (!one)
		return;
	(void)pthread_mutex_lock(&c->mutex);
	c->counts[one->bucket]--;
	c->n--;
	one->used = false;
	one->next = c->free;
	c->free = one;
	(void)pthread_mutex_unlock(&c->mutex);
}

/* ---- what it is about ---- */

void clients_wait(struct clients_one *one, int64_t now_ms)
{
	if (one)
		atomic_store(&one->until_ms, now_ms + LIMIT_HEAD_SECONDS * SECOND_MS);
}

void clients_send(struct clients_one *one, int64_t now_ms)
{
	if (one)
		atomic_store(&one->until_ms, now_ms + LIMIT_SLOW_SECONDS * SECOND_MS);
}

void clients_sent(struct clients_one *one, int64_t n, int64_t now_ms)
{
	if (!one)
		return;
	int64_t most = now_ms + LIMIT_SLOW_SECONDS * SECOND_MS;
	int64_t until = atomic_load(&one->until_ms) + n * SECOND_MS / LIMIT_SLOW_BYTES;
	atomic_store(&one->until_ms, until < most ? until : most);
}

void clients_work(struct clients_one *one)
{
	if (one)
		atomic_store(&one->until_ms, INT64_MAX);
}

void clients_read(struct clients_one *one, int64_t n, int64_t now_ms)
{
	if (one)
		atomic_store(&one->until_ms,
			     now_ms + LIMIT_SLOW_SECONDS * SECOND_MS + n * SECOND_MS / LIMIT_SLOW_BYTES);
}

int clients_sweep(struct clients *c, int64_t now_ms)
{
	(void)pthread_mutex_lock(&c->mutex);
	for (int i = 0; i < c->most; i++)
		if (c->list[i].used && !c->list[i].cut && atomic_load(&c->list[i].until_ms) < now_ms)
			cut(&c->list[i]);
	int n = c->n;
	(void)pthread_mutex_unlock(&c->mutex);
	return n;
}
