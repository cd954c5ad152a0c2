#include "web/server_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/source.h"

static enum status write_all(int fd, const char *p, size_t n, struct err *err)
{
	while (n) {
		ssize_t w = write(fd, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return err_set(err, E_IO, "what was sent cannot be kept: %s", strerror(errno));
		p += w;
		n -= (size_t)w;
	}
	return OK;
}

/* JSON for the API is short; only a file may be large. */
static int64_t most_bytes(const struct server_exchange *x)
{
	if (x->route && x->route->kind & ROUTE_SHORT)
		return LIMIT_DOCUMENT_BYTES;
	bool json = x->route && x->route->document && !(x->route->kind & ROUTE_UPLOAD);
	return json ? LIMIT_API_BODY_BYTES : LIMIT_UPLOAD_BYTES;
}

static enum status file_more(struct server_exchange *x, struct request_file *f, const char *p, size_t n,
			     struct err *err)
{
	if (f->fd < 0)
		TRY(source_temporary(&f->fd, err));
	f->bytes += (int64_t)n;
	x->sent += (int64_t)n;
	if (x->sent > most_bytes(x))
		return err_set(err, E_TOO_LARGE, "more than %lld MB were sent", (long long)(most_bytes(x) >> 20));
	return write_all(f->fd, p, n, err);
}

/* The field that was coming in is whole. */
static enum status field_end(struct server_exchange *x, struct err *err)
{
	struct request_fields *form = &x->request.form;
	if (!x->field.p)
		return OK;
	str value = str_copy(&x->arena, buf_str(&x->value));
	if (x->value.status != OK)
		return err_set(err, E_TOO_LARGE, "the field \"%.*s\" is longer than %d bytes", STR_ARG(x->field),
			       LIMIT_FORM_BYTES);
	if (!value.p)
		return err_full(err);
	if (!str_is_utf8(value) || memchr(value.p, 0, value.n))
		return err_set(err, E_INVALID, "the field \"%.*s\" is not UTF-8 text", STR_ARG(x->field));
	TRY(request_fields_add(form, x->field, value, &x->arena, err));
	x->field = (str){0};
	buf_clear(&x->value);
	return OK;
}

/* Another file of the form; one without a name is a control that was left empty. */
static enum status file_begin(struct server_exchange *x, str name, struct err *err)
{
	struct request *q = &x->request;
	x->file = NULL;
	if (!name.n)
		return OK;
	if (q->file.fd >= 0 && q->n_more == REQUEST_FILES - 1)
		return err_set(err, E_TOO_LARGE, "more than %d files were sent", REQUEST_FILES);
	x->file = q->file.fd < 0 ? &q->file : &q->more[q->n_more++];
	*x->file = (struct request_file){.fd = -1};
	x->file->name = str_copy(&x->arena, str_slice(name, 0, LIMIT_ID_BYTES));
	x->file->name.n = str_utf8_prefix(x->file->name);
	return x->file->name.p ? OK : err_full(err);
}

static enum status form_part(struct server_exchange *x, const char *key, const char *file, const char *data,
			     uint64_t offset, size_t n, struct err *err)
{
	str name = str_from(key);
	if (!str_is_utf8(name) || name.n > LIMIT_ID_BYTES)
		return err_set(err, E_INVALID, "the form has a field with a bad name");
	if (file) {
		TRY(field_end(x, err));
		if (!offset)
			TRY(file_begin(x, str_from(file), err));
		return x->file ? file_more(x, x->file, data, n, err) : OK;
	}
	if (!offset) {
		TRY(field_end(x, err));
		x->field = str_copy(&x->arena, name);
		if (!x->field.p)
			return err_full(err);
	}
	buf_add(&x->value, (str){data, n});
	return OK;
}

static enum MHD_Result on_part(void *ctx, enum MHD_ValueKind kind, const char *key, const char *file, const char *type,
			       const char *encoding, const char *data, uint64_t offset, size_t n)
{
	struct server_exchange *x = ctx;
	(void)kind, (void)type, (void)encoding;
	if (x->status == OK && key)
		x->status = form_part(x, key, file, data, offset, n, &x->err);
	return x->status == OK ? MHD_YES : MHD_NO;
}

enum status server_body_begin(struct server_exchange *x, struct err *err)
{
	str type = x->request.content_type;
	x->value = BUF(LIMIT_FORM_BYTES);
	if (x->route->document)
		return OK; /* as it is, whatever it is called */
	if (!str_starts(type, S("application/x-www-form-urlencoded")) && !str_starts(type, S("multipart/form-data")))
		return OK;
	x->form = MHD_create_post_processor(x->connection, 16384, on_part, x);
	return x->form ? OK : err_set(err, E_INVALID, "the form cannot be read");
}

enum status server_body_more(struct server_exchange *x, const char *p, size_t n, struct err *err)
{
	if (!x->form)
		return file_more(x, &x->request.file, p, n, err);
	if (MHD_post_process(x->form, p, n) == MHD_YES && x->status == OK)
		return OK;
	return x->status != OK ? x->status : err_set(err, E_INVALID, "the form cannot be read");
}

static enum status file_end(const struct request_file *f, struct err *err)
{
	if (f->fd < 0 || lseek(f->fd, 0, SEEK_SET) == 0)
		return OK;
	return err_set(err, E_IO, "what was sent cannot be read again: %s", strerror(errno));
}

enum status server_body_end(struct server_exchange *x, struct err *err)
{
	if (x->form) {
		(void)MHD_destroy_post_processor(x->form);
		x->form = NULL;
		TRY(field_end(x, err));
	}
	TRY(file_end(&x->request.file, err));
	for (size_t i = 0; i < x->request.n_more; i++)
		TRY(file_end(&x->request.more[i], err));
	return OK;
}

void server_body_release(struct server_exchange *x)
{
	if (x->form)
		(void)MHD_destroy_post_processor(x->form);
	x->form = NULL;
	if (x->request.file.fd >= 0)
		(void)close(x->request.file.fd);
	x->request.file.fd = -1;
	for (size_t i = 0; i < x->request.n_more; i++)
		if (x->request.more[i].fd >= 0)
			(void)close(x->request.more[i].fd);
	x->request.n_more = 0;
	if (x->reply.file.is) /* it was not sent */
		(void)close(x->reply.file.fd);
	x->reply.file.is = false;
	buf_release(&x->value);
}
