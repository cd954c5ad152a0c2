#include "web/request.h"

#include <time.h>

int64_t request_clock_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum status request_decode(str text, bool plus, struct arena *a, str *out, struct err *err)
{
	char *p = arena_new(a, char, text.n + 1);
	size_t n = 0;
	if (!p)
		return err_full(err);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '+' && plus)
			c = ' ';
		else if (c == '%') {
			int high = i + 2 < text.n ? hex_of(text.p[i + 1]) : -1;
			int low = high >= 0 ? hex_of(text.p[i + 2]) : -1;
			if (low < 0)
				return err_set(err, E_INVALID,
					       "the address holds a %% that is not followed by two digits");
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (!c)
			return err_set(err, E_INVALID, "the address holds a NUL");
		p[n++] = c;
	}
	*out = (str){p, n};
	return str_is_utf8(*out) ? OK : err_set(err, E_INVALID, "the address is not UTF-8 text");
}

enum status request_fields_add(struct request_fields *f, str name, str value, struct arena *a, struct err *err)
{
	if (f->n == REQUEST_FIELDS)
		return err_set(err, E_TOO_LARGE, "more than %d fields", REQUEST_FIELDS);
	if (f->n == f->cap && !(f->list = arena_grow(a, f->list, f->n, f->n + 1, sizeof *f->list, &f->cap)))
		return err_full(err);
	f->list[f->n++] = (struct request_field){name, value};
	return OK;
}

enum status request_fields_read(str text, struct arena *a, struct request_fields *out, struct err *err)
{
	while (text.n) {
		str one, name, value;
		(void)str_cut(text, '&', &one, &text);
		if (!one.n)
			continue;
		(void)str_cut(one, '=', &name, &value);
		if (out->n == REQUEST_FIELDS)
			return err_set(err, E_INVALID, "the address has more than %d fields", REQUEST_FIELDS);
		TRY(request_decode(name, true, a, &name, err));
		TRY(request_decode(value, true, a, &value, err));
		TRY(request_fields_add(out, name, value, a, err));
	}
	return OK;
}

str request_field(const struct request_fields *f, str name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->list[i].name, name))
			return f->list[i].value;
	return (str){NULL, 0};
}

str request_cookie(const struct request *q, str name)
{
	str rest = q->cookie;
	while (rest.n) {
		str one, key, value;
		(void)str_cut(rest, ';', &one, &rest);
		if (str_cut(str_trim(one), '=', &key, &value) && str_eq(key, name))
			return value;
	}
	return (str){NULL, 0};
}

void request_redirect(struct reply *r, str location)
{
	r->status = 303;
	r->location = location;
}
