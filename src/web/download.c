#include "web/download.h"

#include <unistd.h>

#include "app/evidence.h"
#include "app/file.h"
#include "base/hash.h"
#include "base/html.h"
#include "base/limits.h"
#include "base/source.h"

static enum status put_piece(void *ctx, str piece, struct err *err)
{
	const int *fd = ctx;
	while (piece.n) {
		ssize_t n = write(*fd, piece.p, piece.n);
		if (n <= 0)
			return err_set(err, E_IO, "the file cannot be handed out: no room for a copy");
		piece = str_slice(piece, (size_t)n, piece.n);
	}
	return OK;
}

/* What a browser may call it: letters, digits, - . _ and nothing that a folder or a header could read otherwise. */
static enum status name_file(struct request *q, struct reply *r, str sha256, struct err *err)
{
	struct view_files v;
	struct buf b = BUF(LIMIT_ID_BYTES * 2);
	TRY(app_file_list(q->app, sha256, (struct app_time){0}, 0, 1, &v, err));
	str name = v.n ? v.list[0].file : (str){0};
	while (str_find(name, S("/")) >= 0)
		name = str_slice(name, (size_t)str_find(name, S("/")) + 1, name.n);
	html_raw(&b, "attachment; filename=\"");
	buf_add(&b, str_slice(sha256, 0, 8));
	html_raw(&b, "-");
	for (size_t i = 0; i < name.n && i < 100; i++) {
		char c = name.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
			     c == '.' || c == '_';
		buf_char(&b, plain ? c : '_');
	}
	buf_add(&b, name.n ? S("\"") : S("evidence\""));
	r->disposition = str_copy(q->arena, buf_str(&b));
	buf_release(&b);
	return r->disposition.p ? OK : err_full(err);
}

enum status download_file(struct request *q, struct reply *r, str sha256, struct err *err)
{
	int fd;
	if (sha256.n != HASH_TEXT - 1)
		return err_set(err, E_NOT_FOUND, "\"%.*s\" is no SHA-256", STR_ARG(sha256));
	TRY(source_temporary(&fd, err));
	enum status status = app_evidence_open(q->app, sha256, put_piece, &fd, err);
	if (status == OK)
		status = name_file(q, r, sha256, err);
	off_t bytes = lseek(fd, 0, SEEK_END);
	if (status != OK || bytes < 0) {
		(void)close(fd);
		return status != OK ? status : err_set(err, E_IO, "the file cannot be handed out");
	}
	r->type = S("application/octet-stream");
	r->file = (struct reply_file){.is = true, .fd = fd, .bytes = bytes};
	return OK;
}
