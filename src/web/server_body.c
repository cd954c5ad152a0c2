#include "web/server_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/source.h"

/* What is kept of each form that is coming in. */
enum { FORM_BUFFER = 4096 };

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

/* ---- how much may come ---- */

/* What the header says; negative: nothing, it comes in pieces. */
static int64_t length_of(const struct server_exchange *x)
{
	const char *text = MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Content-Length");
	int64_t n = -1;
	if (text && !str_to_i64(str_from(text), &n))
		return INT64_MAX;
	if (!text && !MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, "Transfer-Encoding"))
		return 0;
	return n;
}

bool server_body_asks(const struct server_exchange *x)
{
	int64_t n = length_of(x);
	return x->route->document || n < 0 || n > LIMIT_BODY_UNASKED_BYTES;
}

/* A page asks for nothing; JSON and fields are short; only files may be large. Of one whose session is over they are
   read and not kept, so that what was written beside them can be. */
static int64_t most_bytes(const struct server_exchange *x)
{
	if (x->request.method == REQUEST_GET || !server_body_asks(x))
		return LIMIT_BODY_UNASKED_BYTES;
	bool files = x->route->kind & ROUTE_UPLOAD;
	if (x->route->document)
		return x->route->kind & ROUTE_SHORT ? LIMIT_DOCUMENT_BYTES
		       : files                      ? LIMIT_UPLOAD_BYTES
						    : LIMIT_API_BODY_BYTES;
	if (!files)
		return LIMIT_FIELDS_BYTES;
	return x->request.files ? LIMIT_UPLOAD_BYTES : LIMIT_DOCUMENT_BYTES;
}

static enum status too_much(const struct server_exchange *x, struct err *err)
{
	bool large = x->most >> 20;
	return err_set(err, E_TOO_LARGE, "more than %lld %s were sent", (long long)(x->most >> (large ? 20 : 10)),
		       large ? "MB" : "KB");
}

/* ---- files ---- */

/* The disk may be that of the store, which must be able to go on. */
static enum status check_room(const struct server_exchange *x, int fd, struct err *err)
{
	struct statvfs disk;
	int64_t length = length_of(x), wants = LIMIT_UPLOAD_LEFT_BYTES + (length > x->sent ? length - x->sent : 0);
	if (fstatvfs(fd, &disk) != 0 || (int64_t)(disk.f_bavail * disk.f_frsize) >= wants)
		return OK;
	err_set(err, E_IO, "the disk for temporary files has no room for what is sent");
	err_hint(err, "the environment variable TMPDIR of the server says where it keeps them");
	return E_IO;
}

/* A part of what all are sending at this moment. */
static enum status take_share(struct server_exchange *x, int64_t n, struct err *err)
{
	x->kept += n;
	if (atomic_fetch_add(&x->server->coming, n) + n <= LIMIT_UPLOAD_COMING_BYTES)
		return OK;
	err_set(err, E_CONFLICT, "too many files are being sent at this moment");
	err_hint(err, "try again when they are here");
	return E_CONFLICT;
}

static enum status file_more(struct server_exchange *x, struct request_file *f, const char *p, size_t n,
			     struct err *err)
{
	enum { ROOM_EVERY = 24 /* 16 MB */ };
	bool first = f->fd < 0;
	if (!x->request.files)
		return OK;
	if (first)
		TRY(source_temporary(&f->fd, err));
	if (first || x->kept >> ROOM_EVERY != (x->kept + (int64_t)n) >> ROOM_EVERY)
		TRY(check_room(x, f->fd, err));
	TRY(take_share(x, (int64_t)n, err));
	f->bytes += (int64_t)n;
	return write_all(f->fd, p, n, err);
}

/* ---- forms ---- */

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
	x->fields += (int64_t)value.n;
	if (x->fields > LIMIT_FIELDS_BYTES)
		return err_set(err, E_TOO_LARGE, "the fields of the form are longer than %d bytes together",
			       LIMIT_FIELDS_BYTES);
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
	x->request.files |= x->request.method != REQUEST_GET && (x->route->document || !server_body_asks(x));
	x->most = most_bytes(x);
	if (length_of(x) > x->most)
		return too_much(x, err);
	if (x->route->document || x->request.method == REQUEST_GET)
		return OK; /* as it is, whatever it is called */
	if (!str_starts(type, S("application/x-www-form-urlencoded")) && !str_starts(type, S("multipart/form-data")))
		return OK;
	x->form = MHD_create_post_processor(x->connection, FORM_BUFFER, on_part, x);
	return x->form ? OK : err_set(err, E_INVALID, "the form cannot be read");
}

enum status server_body_more(struct server_exchange *x, const char *p, size_t n, struct err *err)
{
	x->sent += (int64_t)n;
	if (x->sent > x->most)
		return too_much(x, err);
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
	(void)atomic_fetch_sub(&x->server->coming, x->kept);
	x->kept = 0;
}
