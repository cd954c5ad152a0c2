#include "base/hash.h"
#include "base/limits.h"
#include "web/api.h"
#include "web/cache.h"

/* Writes that are sent again because their answer was lost, and writes that stand on what was read before. */

/* ---- sent again ---- */

bool api_retry_can(const struct route *route)
{
	return route->method != REQUEST_GET && !(route->kind & ROUTE_UPLOAD) && !route->document->secret;
}

static bool takes_key(const struct route *route, const struct request *q)
{
	return api_retry_can(route) && q->retries && q->idempotency_key.n;
}

static enum status check_key(str key, struct err *err)
{
	bool good = key.n <= LIMIT_RETRY_KEY_BYTES;
	for (size_t i = 0; i < key.n; i++)
		good &= key.p[i] > ' ' && key.p[i] < 0x7f;
	if (good)
		return OK;
	err_set(err, E_INVALID, "the header Idempotency-Key has 1 to %d letters of ASCII", LIMIT_RETRY_KEY_BYTES);
	err_hint(err, "a UUID will do");
	return E_INVALID;
}

/* Whose key it is, as the cache takes it: nobody meets the keys of another token or session. */
static void owner_of(const struct request *q, struct buf *b)
{
	buf_add(b, q->token ? S("token ") : S("session "));
	buf_i64(b, q->caller);
	buf_char(b, ' ');
	buf_add(b, q->idempotency_key);
}

/* What was asked for. */
static void sum_of(const struct request *q, char out[HASH_TEXT])
{
	struct hash h;
	char method[2] = {(char)('0' + q->method), 0};
	hash_init(&h);
	hash_add_field(&h, str_from(method));
	hash_add_field(&h, q->address_text);
	for (size_t i = 0; i < q->form.n; i++) {
		hash_add_field(&h, q->form.list[i].name);
		hash_add_field(&h, q->form.list[i].value);
	}
	(void)hash_hex(&h, out);
}

enum status api_retry_find(const struct route *route, const struct request *q, struct reply *r, bool *again,
			   struct err *err)
{
	char sum[HASH_TEXT];
	struct buf owner = BUF(LIMIT_RETRY_KEY_BYTES + 64);
	struct cache_page kept;
	*again = false;
	if (q->idempotency_key.n && route->document->secret) {
		err_set(err, E_INVALID, "this is not kept under an Idempotency-Key");
		err_hint(err, "the answer is a secret, and shown this once");
		return E_INVALID;
	}
	if (!takes_key(route, q))
		return OK;
	TRY(check_key(q->idempotency_key, err));
	owner_of(q, &owner);
	bool found = cache_find(q->retries, buf_str(&owner), S(""), 0, q->app->now_ms, &kept);
	buf_release(&owner);
	if (!found)
		return OK;
	sum_of(q, sum);
	str text = shared_bytes(kept.plain);
	bool same = str_starts(text, str_from(sum));
	if (same)
		buf_add(&r->body, str_slice(text, HASH_TEXT - 1, text.n));
	cache_drop(&kept);
	if (!same) {
		r->refused = 422;
		return err_set(err, E_INVALID, "this Idempotency-Key was used for another request");
	}
	r->type = S("application/json");
	r->replayed = true;
	*again = true;
	return api_done(r, err);
}

void api_retry_keep(const struct route *route, const struct request *q, const struct reply *r)
{
	char sum[HASH_TEXT];
	struct buf owner = BUF(LIMIT_RETRY_KEY_BYTES + 64), text = BUF(LIMIT_RETRY_BYTES);
	if (!takes_key(route, q))
		return;
	sum_of(q, sum);
	owner_of(q, &owner);
	buf_add(&text, str_from(sum));
	buf_add(&text, buf_str(&r->body));
	if (text.status == OK)
		cache_put(q->retries, buf_str(&owner), S(""), 0, q->app->now_ms + LIMIT_RETRY_MS, buf_str(&text));
	buf_release(&owner);
	buf_release(&text);
}

/* ---- on what was read ---- */

bool api_match_can(const struct route *route)
{
	return (route->method == REQUEST_PUT || route->method == REQUEST_DELETE) && route_reads(route);
}

/* The mark of what stands at the address now. */
static enum status mark_now(const struct route *route, const struct request *q, str *out, struct err *err)
{
	struct request look = *q;
	struct reply now = {.body = BUF(LIMIT_PAGE_BYTES)};
	look.method = REQUEST_GET;
	look.form.n = 0;
	look.if_none_match = (str){0};
	enum status status = route_reads(route)->serve(&look, &now, err);
	if (status == OK)
		status = api_tail(&look, &now, err);
	buf_release(&now.body);
	*out = now.etag;
	return status;
}

enum status api_match(const struct route *route, const struct request *q, struct reply *r, struct err *err)
{
	str mark;
	if (route->method == REQUEST_GET || !q->if_match.n)
		return OK;
	if (!api_match_can(route))
		return err_set(err, E_INVALID, "the header If-Match is not for this: there is nothing to read here");
	TRY(mark_now(route, q, &mark, err));
	if (api_has_mark(q->if_match, mark))
		return OK;
	r->refused = 412;
	err_set(err, E_CONFLICT, "it has changed since you read it");
	err_hint(err, "read it again, then decide");
	return E_CONFLICT;
}
