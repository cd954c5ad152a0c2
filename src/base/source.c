#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"

struct source source_text(str name, str text)
{
	return (struct source){.name = name, .text = text, .fd = -1};
}

struct source source_pull(str name, source_pull_fn pull, void *ctx)
{
	return (struct source){.name = name, .fd = -1, .pull = pull, .pull_ctx = ctx};
}

/* Copies one descriptor to another, at most LIMIT_IMPORT_BYTES. */
static enum status copy(int from, int to, struct err *err)
{
	char piece[65536];
	int64_t all = 0;
	for (;;) {
		ssize_t n = read(from, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, E_IO, "the pipe cannot be read: %s", strerror(errno));
		if (n == 0)
			return OK;
		all += n;
		if (all > LIMIT_IMPORT_BYTES)
			return err_set(err, E_TOO_LARGE, "the pipe gives more than %lld bytes",
				       (long long)LIMIT_IMPORT_BYTES);
		for (ssize_t done = 0; done < n;) {
			ssize_t put = write(to, piece + done, (size_t)(n - done));
			if (put < 0 && errno != EINTR)
				return err_set(err, E_IO, "the temporary file cannot be written: %s", strerror(errno));
			done += put > 0 ? put : 0;
		}
	}
}

enum status source_temporary(int *fd, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	*fd = open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return *fd >= 0 ? OK : err_set(err, E_IO, "no temporary file can be made: %s", strerror(errno));
}

enum status source_temporary_named(struct arena *a, const char **path, int *fd, struct err *err)
{
	static const char name[] = "/aismm-XXXXXX";
	const char *given = getenv("TMPDIR"), *folder = given && *given ? given : "/tmp";
	size_t n = strlen(folder);
	char *out = arena_new(a, char, n + sizeof name);
	if (!out)
		return err_full(err);
	memcpy(out, folder, n);
	memcpy(out + n, name, sizeof name);
	*fd = mkostemp(out, O_CLOEXEC);
	if (*fd < 0)
		return err_set(err, E_IO, "no temporary file can be made: %s", strerror(errno));
	*path = out;
	return OK;
}

/* What cannot be read twice is kept in an unnamed temporary file. */
static enum status spool(int from, struct source *s, struct err *err)
{
	int fd;
	TRY(source_temporary(&fd, err));
	enum status status = copy(from, fd, err);
	if (status == OK && lseek(fd, 0, SEEK_SET) != 0)
		status = err_set(err, E_IO, "the temporary file cannot be read: %s", strerror(errno));
	if (status != OK) {
		(void)close(fd);
		return status;
	}
	s->fd = fd;
	return OK;
}

static enum status refuse(struct err *err, enum status status, str name, const char *what)
{
	err_set(err, status, "%s", what);
	err_at(err, name, 0, 0);
	return status;
}

static enum status cannot_open(struct err *err, str name, int why)
{
	enum status status = why == ENOENT || why == ENOTDIR ? E_NOT_FOUND : why == EACCES ? E_DENIED : E_IO;
	err_set(err, status, "the file cannot be opened: %s", strerror(why));
	err_at(err, name, 0, 0);
	return status;
}

enum status source_open_file(struct source *s, const char *path, str name, struct err *err)
{
	/* O_NONBLOCK: a pipe that nobody writes to is found empty instead of waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return cannot_open(err, name, errno);
	struct stat st;
	enum status status = OK;
	struct source opened = {.name = name, .fd = -1};
	if (fstat(fd, &st) != 0)
		status = refuse(err, E_IO, name, "the file cannot be looked at");
	else if (S_ISDIR(st.st_mode))
		status = refuse(err, E_INVALID, name, "a directory, where a file was expected");
	else if (S_ISFIFO(st.st_mode) && fcntl(fd, F_SETFL, O_RDONLY) == 0)
		status = spool(fd, &opened, err);
	else if (!S_ISREG(st.st_mode))
		status = refuse(err, E_INVALID, name, "neither a file nor a pipe");
	else
		opened.fd = fd;
	if (opened.fd != fd)
		(void)close(fd);
	if (status == OK)
		*s = opened;
	return status;
}

enum status source_open_stdin(struct source *s, struct err *err)
{
	struct source opened = {.name = S("standard input"), .fd = -1};
	TRY(spool(0, &opened, err));
	*s = opened;
	return OK;
}

static enum status read_file(struct source *s, char *p, size_t cap, size_t *n, struct err *err)
{
	ssize_t got;
	do
		got = read(s->fd, p, cap);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		int why = errno;
		err_set(err, E_IO, "reading failed: %s", strerror(why));
		err_at(err, s->name, 0, 0);
		return E_IO;
	}
	*n = (size_t)got;
	return OK;
}

static void read_memory(struct source *s, char *p, size_t cap, size_t *n)
{
	*n = s->text.n < cap ? s->text.n : cap;
	if (*n)
		memcpy(p, s->text.p, *n);
	s->text = str_slice(s->text, *n, s->text.n);
}

enum status source_read(struct source *s, char *p, size_t cap, size_t *n, struct err *err)
{
	size_t got;
	if (s->pull)
		TRY(s->pull(s->pull_ctx, p, cap, &got, err));
	else if (s->fd >= 0)
		TRY(read_file(s, p, cap, &got, err));
	else
		read_memory(s, p, cap, &got);
	s->consumed += (int64_t)got;
	if (s->hashing)
		hash_add(&s->hash, (str){p, got});
	if (s->consumed > LIMIT_IMPORT_BYTES) {
		err_set(err, E_TOO_LARGE, "the file is larger than %lld bytes", (long long)LIMIT_IMPORT_BYTES);
		err_at(err, s->name, 0, 0);
		return E_TOO_LARGE;
	}
	*n = got;
	return OK;
}

enum status source_rewind(struct source *s, str whole_text, struct err *err)
{
	if (s->pull) {
		err_set(err, E_IO, "what is given piece by piece cannot be read twice");
		err_at(err, s->name, 0, 0);
		return E_IO;
	}
	if (s->fd < 0)
		s->text = whole_text;
	else if (lseek(s->fd, 0, SEEK_SET) != 0) {
		int why = errno;
		err_set(err, E_IO, "the file cannot be read twice: %s", strerror(why));
		err_at(err, s->name, 0, 0);
		return E_IO;
	}
	s->consumed = 0;
	if (s->hashing)
		hash_init(&s->hash);
	return OK;
}

void source_hash(struct source *s)
{
	s->hashing = true;
	hash_init(&s->hash);
}

enum status source_hashed(struct source *s, char out[HASH_TEXT], struct err *err)
{
	char piece[4096];
	size_t n;
	do
		TRY(source_read(s, piece, sizeof piece, &n, err));
	while (n);
	(void)hash_hex(&s->hash, out);
	s->hashing = false;
	return OK;
}

void source_close(struct source *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
}
