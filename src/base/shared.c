#include "base/shared.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct shared {
	atomic_size_t holders;
	size_t n;
	char bytes[];
};

struct shared *shared_new(str bytes)
{
	if (bytes.n > SIZE_MAX - sizeof(struct shared))
		return NULL;
	struct shared *s = malloc(sizeof *s + bytes.n);
	if (!s)
		return NULL;
	atomic_init(&s->holders, 1);
	s->n = bytes.n;
	if (bytes.n)
		memcpy(s->bytes, bytes.p, bytes.n);
	return s;
}

str shared_bytes(const struct shared *s)
{
	return (str){s->bytes, s->n};
}

struct shared *shared_hold(struct shared *s)
{
	atomic_fetch_add_explicit(&s->holders, 1, memory_order_relaxed);
	return s;
}

void shared_drop(struct shared *s)
{
	if (s && atomic_fetch_sub_explicit(&s->holders, 1, memory_order_acq_rel) == 1)
		free(s);
}
