#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

struct source source_text(str name, str text)
{
	return (struct source){.name = name, .text = text, .fd = -1};
}

enum status source_open_file(struct source *s, const char *path, str name, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		int why = errno;
		enum status status = why == ENOENT || why == ENOTDIR ? E_NOT_FOUND : E_IO;
		err_set(err, status, "the file cannot be opened: %s", strerror(why));
		err_at(err, name, 0, 0);
		return status;
	}
	struct stat st;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		(void)close(fd);
		err_set(err, E_INVALID, "a directory, where a file was expected");
		err_at(err, name, 0, 0);
		return E_INVALID;
	}
	*s = (struct source){.name = name, .fd = fd};
	return OK;
}

/* Copies one descriptor to another, at most LIMIT_IMPORT_BYTES. */
static enum status spool(int from, int to, struct err *err)
{
	char piece[65536];
	int64_t all = 0;
	for (;;) {
		ssize_t n = read(from, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, E_IO, "standard input cannot be read: %s", strerror(errno));
		if (n == 0)
			return OK;
		all += n;
		if (all > LIMIT_IMPORT_BYTES)
			return err_set(err, E_TOO_LARGE, "standard input is larger than %lld bytes",
				       (long long)LIMIT_IMPORT_BYTES);
		for (ssize_t done = 0; done < n;) {
			ssize_t put = write(to, piece + done, (size_t)(n - done));
			if (put < 0 && errno != EINTR)
				return err_set(err, E_IO, "the temporary file cannot be written: %s", strerror(errno));
			done += put > 0 ? put : 0;
		}
	}
}

enum status source_open_stdin(struct source *s, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	int fd = open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, E_IO, "no temporary file can be made: %s", strerror(errno));
	enum status status = spool(0, fd, err);
	if (status == OK && lseek(fd, 0, SEEK_SET) != 0)
		status = err_set(err, E_IO, "the temporary file cannot be read: %s", strerror(errno));
	if (status != OK) {
		(void)close(fd);
		return status;
	}
	*s = (struct source){.name = S("standard input"), .fd = fd};
	return OK;
}

enum status source_read(struct source *s, char *p, size_t cap, size_t *n, struct err *err)
{
	ssize_t got;
	if (s->fd < 0) {
		got = (ssize_t)(s->text.n < cap ? s->text.n : cap);
		if (got)
			memcpy(p, s->text.p, (size_t)got);
		s->text = str_slice(s->text, (size_t)got, s->text.n);
	} else {
		do
			got = read(s->fd, p, cap);
		while (got < 0 && errno == EINTR);
		if (got < 0) {
			int why = errno;
			err_set(err, E_IO, "reading failed: %s", strerror(why));
			err_at(err, s->name, 0, 0);
			return E_IO;
		}
	}
	s->consumed += got;
	if (s->consumed > LIMIT_IMPORT_BYTES) {
		err_set(err, E_TOO_LARGE, "the file is larger than %lld bytes", (long long)LIMIT_IMPORT_BYTES);
		err_at(err, s->name, 0, 0);
		return E_TOO_LARGE;
	}
	*n = (size_t)got;
	return OK;
}

enum status source_rewind(struct source *s, str whole_text, struct err *err)
{
	if (s->fd < 0)
		s->text = whole_text;
	else if (lseek(s->fd, 0, SEEK_SET) != 0) {
		int why = errno;
		err_set(err, E_IO, "the file cannot be read twice: %s", strerror(why));
		err_at(err, s->name, 0, 0);
		return E_IO;
	}
	s->consumed = 0;
	return OK;
}

void source_close(struct source *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
}
