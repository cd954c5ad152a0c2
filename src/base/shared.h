/**
 * Bytes that several threads read and nobody changes: they live until the last who holds them lets go.
 */
#ifndef BASE_SHARED_H
#define BASE_SHARED_H

#include "base/str.h"

struct shared;

/* A copy, held once; NULL when the machine has no more memory. */
struct shared *shared_new(str bytes);
str shared_bytes(const struct shared *s);
/* Gives the same, held once more. */
struct shared *shared_hold(struct shared *s);
/* Lets go; NULL is accepted. */
void shared_drop(struct shared *s);

#endif
