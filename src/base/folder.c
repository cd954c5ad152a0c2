#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status failed(struct err *err, int why, const char *what)
{
	enum status status = why == ENOENT                                   ? E_NOT_FOUND
			     : why == EEXIST                                 ? E_CONFLICT
			     : why == EACCES || why == EPERM || why == EROFS ? E_DENIED
			     : why == ENOTDIR || why == ELOOP                ? E_INVALID
									     : E_IO;
	return err_set(err, status, "%s: %s", what, strerror(why));
}

static void close_fd(void *payload)
{
	(void)close(*(int *)payload);
}

enum status folder_open(struct arena *a, int at, const char *name, int *fd, struct err *err)
{
	int *kept = arena_new(a, int, 1);
	if (!kept)
		return err_full(err);
	*kept = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*kept < 0)
		return failed(err, errno, "the directory cannot be opened");
	if (!arena_defer(a, close_fd, kept))
		return err_full(err);
	*fd = *kept;
	return OK;
}

enum status folder_make(struct arena *a, int at, const char *name, int *fd, struct err *err)
{
	if (mkdirat(at, name, 0777) != 0 && errno != EEXIST)
		return failed(err, errno, "the directory cannot be made");
	return folder_open(a, at, name, fd, err);
}

static int order_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum status read_names(struct arena *a, DIR *d, const char ***names, size_t *n, struct err *err)
{
	const char **list = NULL;
	size_t cap = 0;
	*n = 0;
	for (;;) {
		errno = 0;
		const struct dirent *e = readdir(d);
		if (!e && errno)
			return failed(err, errno, "the directory cannot be read");
		if (!e)
			break;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (*n == cap && !(list = arena_grow(a, list, *n, *n + 1, sizeof *list, &cap)))
			return err_full(err);
		if (!(list[*n] = str_z(a, str_from(e->d_name))))
			return err_full(err);
		++*n;
	}
	*names = list;
	return OK;
}

enum status folder_list(struct arena *a, int fd, const char *const **names, size_t *n, struct err *err)
{
	const char **list = NULL;
	/* A descriptor of its own: the position in a directory belongs to the descriptor, and closedir closes it. */
	int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = own < 0 ? NULL : fdopendir(own);
	if (!d) {
		int why = errno;
		if (own >= 0)
			(void)close(own);
		return failed(err, why, "the directory cannot be read");
	}
	enum status status = read_names(a, d, &list, n, err);
	(void)closedir(d);
	TRY(status);
	if (*n)
		qsort(list, *n, sizeof *list, order_names);
	*names = list;
	return OK;
}

enum status folder_write(int fd, const char *name, str text, struct err *err)
{
	int to = openat(fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (to < 0)
		return failed(err, errno, "the file cannot be made");
	int why = 0;
	while (text.n && !why) {
		ssize_t n = write(to, text.p, text.n);
		if (n < 0 && errno != EINTR)
			why = errno;
		text = str_slice(text, n > 0 ? (size_t)n : 0, text.n);
	}
	if (close(to) != 0 && !why)
		why = errno;
	if (!why)
		return OK;
	(void)unlinkat(fd, name, 0);
	return failed(err, why == EEXIST ? EIO : why, "the file cannot be written");
}

/* For a file system that cannot refuse to overwrite: a second name is made, which is never one that is there. */
static int move_by_link(int from, const char *name, int to, const char *new_name)
{
	if (linkat(from, name, to, new_name, 0) != 0)
		return -1;
	return unlinkat(from, name, 0);
}

enum status folder_move(int from, const char *name, int to, const char *new_name, struct err *err)
{
	int done = renameat2(from, name, to, new_name, RENAME_NOREPLACE);
	if (done != 0 && (errno == EINVAL || errno == ENOSYS))
		done = move_by_link(from, name, to, new_name);
	return done == 0 ? OK : failed(err, errno, "the file cannot be moved");
}
