#include "cli/document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100 };

static enum status refused(str path, struct err *err)
{
	int why = errno;
	(void)err_set(err, E_IO, "the file cannot be written: %s", strerror(why));
	err_at(err, path, 0, 0);
	return E_IO;
}

static bool put_all(int fd, str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text = str_slice(text, (size_t)n, text.n);
	}
	return true;
}

/* A new file beside the one that it will become. Its name begins with a dot and is of this process alone. */
static int open_beside(struct arena *a, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0, room = strlen(path) + 64;
	char *made = arena_new(a, char, room);
	errno = ENOMEM;
	for (int i = 0; made && i < TRIES; i++) {
		(void)snprintf(made, room, "%.*s.%s.%ld.%d", (int)folder, path, path + folder, (long)getpid(), i);
		int fd = open(made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd >= 0 || errno != EEXIST) {
			*name = made;
			return fd;
		}
	}
	return -1;
}

static bool replace(struct arena *a, const char *path, const struct stat *before, str text)
{
	const char *name = NULL;
	int fd = open_beside(a, path, &name);
	if (fd < 0)
		return false;
	bool good = (!before || fchmod(fd, before->st_mode & 07777) == 0) && put_all(fd, text) && fsync(fd) == 0;
	int why = errno;
	if (close(fd) != 0 && good) {
		why = errno;
		good = false;
	}
	if (good && rename(name, path) != 0) {
		why = errno;
		good = false;
	}
	if (!good)
		(void)unlink(name);
	errno = why;
	return good;
}

static bool write_into(const char *path, str text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool good = put_all(fd, text);
	int why = errno;
	good = close(fd) == 0 && good;
	errno = good ? 0 : why;
	return good;
}

enum status document_write(struct arena *a, str path, str text, struct err *err)
{
	struct stat st;
	const char *z = str_z(a, path);
	if (!z)
		return err_full(err);
	if (stat(z, &st) != 0)
		return replace(a, z, NULL, text) ? OK : refused(path, err);
	if (!S_ISREG(st.st_mode))
		return write_into(z, text) ? OK : refused(path, err);
	/* A link stays one: the file that it leads to is replaced. */
	char *real = realpath(z, NULL);
	const char *target = real ? str_z(a, str_from(real)) : NULL;
	free(real);
	return target && replace(a, target, &st, text) ? OK : refused(path, err);
}

enum status document_folder(struct arena *a, str path, struct err *err)
{
	const char *z = str_z(a, path);
	if (!z)
		return err_full(err);
	if (mkdir(z, 0777) == 0 || (errno == EEXIST && document_is_folder(a, path)))
		return OK;
	int why = errno;
	(void)err_set(err, E_IO, "the folder cannot be made: %s", strerror(why));
	err_at(err, path, 0, 0);
	return E_IO;
}

str document_path(struct arena *a, str folder, str name)
{
	while (folder.n > 1 && folder.p[folder.n - 1] == '/')
		folder.n--;
	bool root = folder.n == 1 && folder.p[0] == '/';
	size_t room = folder.n + name.n + 2;
	char *p = arena_new(a, char, room);
	if (!p)
		return (str){NULL, 0};
	int n = snprintf(p, room, "%.*s%s%.*s", STR_ARG(folder), root ? "" : "/", STR_ARG(name));
	return (str){p, (size_t)n};
}

bool document_is_folder(struct arena *a, str path)
{
	struct stat st;
	const char *z = str_z(a, path);
	return z && stat(z, &st) == 0 && S_ISDIR(st.st_mode);
}
