/**
 * Who is connected, and who keeps the server waiting. Each connection has an instant until which it has to get on: with
 * a header, with what it sends, with what it reads. One that is overdue is cut off; and when there are too many, of one
 * address or of all, the one with the least time left makes room for the next. So slow clients cost places only as
 * long as nobody else needs them.
 */
#ifndef WEB_CLIENTS_H
#define WEB_CLIENTS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct clients;
struct clients_one;

/* For at most so many connections. */
MUST_USE enum status clients_open(struct arena *a, int most, struct clients **out, struct err *err);
/* A new one, that waits for a request. address: whom to count (base/address.h); empty: a proxy, behind which are many.
   NULL: there is no place, and it is left alone. Cutting one off is a shutdown of its socket: its thread closes it. */
struct clients_one *clients_add(struct clients *c, int fd, str address, int64_t now_ms);
/* Before its socket is closed. NULL does nothing, here and below. */
void clients_remove(struct clients *c, struct clients_one *one);

/* It is to send a request: LIMIT_HEAD_SECONDS until the last line of the header. */
void clients_wait(struct clients_one *one, int64_t now_ms);
/* It sends what comes with one: LIMIT_SLOW_SECONDS, which what comes (n bytes) prolongs by LIMIT_SLOW_BYTES. */
void clients_send(struct clients_one *one, int64_t now_ms);
void clients_sent(struct clients_one *one, int64_t n, int64_t now_ms);
/* The server is at work: it waits for nobody. */
void clients_work(struct clients_one *one);
/* It is to read so many bytes of an answer. */
void clients_read(struct clients_one *one, int64_t n, int64_t now_ms);

/* Cuts off who is overdue. -> how many are connected. */
int clients_sweep(struct clients *c, int64_t now_ms);

#endif
