#include "app/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/change.h"
#include "app/people.h"
#include "base/time.h"
#include "store/audit.h"
#include "store/file.h"
#include "store/health.h"
#include "store/migrate.h"
#include "store/session.h"
#include "store/store.h"

struct job {
	struct app *app;
	str detail;
	struct store_user user;
	struct view_backup *out;
	struct view_restore *restored;
	int64_t *last_ms;
	str *last_by;
	bool *postgres;
};

/* ---- a copy ---- */

static enum status note(void *ctx, struct err *err)
{
	struct job *job = ctx;
	TRY(app_people_admin(job->app, err));
	return app_audit(job->app, S("store.backup"), job->out->name, job->detail, err);
}

static enum status may(void *ctx, struct err *err)
{
	struct job *job = ctx;
	return app_people_admin(job->app, err);
}

static enum status name_it(struct job *job, struct err *err)
{
	struct app *app = job->app;
	char text[TIME_TEXT];
	str at = time_format(app->now_ms, text);
	*job->out = (struct view_backup){.at_ms = app->now_ms};
	job->out->name = app_people_text(app->arena, "aismm-%.*s-%.*s%.*s.db", STR_ARG(str_slice(at, 0, 10)),
					 STR_ARG(str_slice(at, 11, 13)), STR_ARG(str_slice(at, 14, 16)));
	return job->out->name.n ? OK : err_full(err);
}

static enum status hash_file(struct app *app, int fd, str *sha256, int64_t *bytes, struct err *err)
{
	struct source from = {.name = S("the copy"), .fd = fd};
	char sum[HASH_TEXT];
	TRY(store_file_hash(&from, sum, bytes, err));
	*sha256 = str_copy(app->arena, str_from(sum));
	if (lseek(fd, 0, SEEK_SET) != 0)
		return err_set(err, E_IO, "the copy cannot be read: %s", strerror(errno));
	return sha256->p ? OK : err_full(err);
}

/* Into an empty file that is open, too. What is begun is on record even if it then fails. */
static enum status copy(struct job *job, const char *path, int fd, struct err *err)
{
	struct app *app = job->app;
	job->detail = S("begun");
	TRY(store_copy_check(app->db, err));
	TRY(app_change(app, note, job, err));
	TRY(store_copy(app->db, path, err));
	TRY(hash_file(app, fd, &job->out->sha256, &job->out->bytes, err));
	job->detail = app_people_text(app->arena, "%lld bytes, sha256 %.*s", (long long)job->out->bytes,
				      STR_ARG(job->out->sha256));
	return job->detail.n ? app_change(app, note, job, err) : err_full(err);
}

static enum status make_file(const char *path, int *fd, struct err *err)
{
	*fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd >= 0)
		return OK;
	enum status status = errno == EEXIST ? E_CONFLICT : errno == ENOENT ? E_NOT_FOUND : E_IO;
	err_set(err, status, "%s",
		errno == EEXIST ? "there is a file of this name, and it is not overwritten" : strerror(errno));
	err_where(err, "%s", path);
	return status;
}

enum status app_backup(struct app *app, const char *path, struct view_backup *out, struct err *err)
{
	struct view_backup made;
	struct job job = {.app = app, .out = &made};
	int fd;
	TRY(store_read(app->db, may, &job, err));
	TRY(name_it(&job, err));
	TRY(make_file(path, &fd, err));
	enum status status = copy(&job, path, fd, err);
	(void)close(fd);
	if (status != OK) {
		(void)unlink(path);
		return status;
	}
	*out = made;
	return OK;
}

static enum status find_own(void *ctx, struct err *err)
{
	struct job *job = ctx;
	TRY(app_people_admin(job->app, err));
	TRY(app_people_person(job->app, err));
	if (!job->app->who) /* the command line has no password: it names a file */
		return err_set(err, E_DENIED, "only who is signed in takes a copy this way");
	return app_people_find(job->app, job->app->who->user, &job->user, err);
}

enum status app_backup_open(struct app *app, const struct app_proof *proof, int *fd, struct view_backup *out,
			    struct err *err)
{
	struct view_backup made;
	struct job job = {.app = app, .out = &made};
	const char *path;
	int file;
	TRY(store_read(app->db, find_own, &job, err));
	TRY(app_people_prove(app, &job.user, proof, err));
	TRY(name_it(&job, err));
	TRY(source_temporary_named(app->arena, &path, &file, err));
	enum status status = copy(&job, path, file, err);
	(void)unlink(path);
	if (status != OK) {
		(void)close(file);
		return status;
	}
	*fd = file;
	*out = made;
	return OK;
}

static enum status last(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct store_audit *rows = NULL;
	struct store_health health;
	size_t n;
	TRY(app_people_admin(app, err));
	TRY(store_audit_list(app->db, (str){0}, S("store.backup"), 0, 8, app->arena, &rows, &n, err));
	TRY(store_health(app->db, &health, err));
	*job->postgres = health.postgres;
	*job->last_ms = INT64_MIN;
	for (size_t i = n; i-- > 0;)
		if (!str_eq(rows[i].detail, S("begun"))) {
			*job->last_ms = rows[i].at_ms;
			*job->last_by = rows[i].actor;
		}
	return OK;
}

enum status app_backup_last(struct app *app, int64_t *at_ms, str *by, bool *postgres, struct err *err)
{
	struct job job = {.app = app, .last_ms = at_ms, .last_by = by, .postgres = postgres};
	return store_read(app->db, last, &job, err);
}

/* ---- a store from a copy ---- */

static bool is_remote(const char *url)
{
	return strncmp(url, "postgres://", 11) == 0 || strncmp(url, "postgresql://", 13) == 0;
}

static enum status check_places(const char *from, const char *to, struct err *err)
{
	if (is_remote(from) || is_remote(to)) {
		err_set(err, E_INVALID, "a store on PostgreSQL is copied and put back with its own tools");
		err_hint(err, "pg_dump --format=custom, and pg_restore into an empty database");
		return E_INVALID;
	}
	struct stat there;
	if (lstat(to, &there) != 0)
		return OK;
	err_set(err, E_CONFLICT, "a store is there already, and it is not overwritten");
	err_where(err, "%s", to);
	err_hint(err, "move it away first, with its -wal and -shm, or name another place with --db");
	return E_CONFLICT;
}

/* What came with the file. */
static enum status look(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct view_restore *out = job->restored;
	struct store_audit_check check;
	TRY(store_migrate_found(job->app->db, &out->schema_was, err));
	TRY(store_audit_verify(job->app->db, (str){0}, &check, err));
	out->audit_rows = check.rows;
	out->audit_broken = check.broken;
	out->audit_head = str_copy(job->app->arena, str_from(check.head));
	return out->audit_head.p ? OK : err_full(err);
}

/* The restored store is another one than the copy: nobody is signed in to it, and it says where it came from. */
static enum status begin_anew(void *ctx, struct err *err)
{
	struct job *job = ctx;
	struct app *app = job->app;
	struct view_restore *out = job->restored;
	struct store_health health;
	str detail = app_people_text(app->arena, "sha256 %.*s", STR_ARG(out->sha256));
	if (!detail.n)
		return err_full(err);
	TRY(store_session_end_every(app->db, app->now_ms, err));
	TRY(app_audit(app, S("store.restore"), out->file, detail, err));
	TRY(store_health(app->db, &health, err));
	out->schema = health.schema;
	out->users = health.users;
	out->snapshots = health.snapshots;
	return OK;
}

static enum status open_copy(struct app *app, const char *from, struct view_restore *out, struct err *err)
{
	struct source s;
	char sum[HASH_TEXT];
	TRY(source_open_file(&s, from, str_from(from), err));
	enum status status = store_file_hash(&s, sum, &out->bytes, err);
	source_close(&s);
	TRY(status);
	out->sha256 = str_copy(app->arena, str_from(sum));
	if (!out->sha256.p)
		return err_full(err);
	TRY(store_open(from, STORE_READ, app->arena, &app->db, err));
	TRY(store_check(app->db, err));
	struct job job = {.app = app, .restored = out};
	return store_read(app->db, look, &job, err);
}

static enum status fill(struct app *app, const char *to, struct view_restore *out, struct err *err)
{
	struct job job = {.app = app, .restored = out};
	bool made;
	TRY(store_copy(app->db, to, err));
	TRY(store_open(to, STORE_WRITE, app->arena, &app->db, err));
	TRY(store_migrate(app->db, app->now_ms, &made, err));
	return store_change(app->db, begin_anew, &job, err);
}

/* The store and what SQLite keeps beside it. */
static void take_away(const char *path)
{
	static const char *const beside[] = {"", "-wal", "-shm", "-journal"};
	char name[4096];
	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
		if (snprintf(name, sizeof name, "%s%s", path, beside[i]) < (int)sizeof name)
			(void)unlink(name);
}

enum status app_backup_restore(struct app *app, const char *from, const char *to, struct view_restore *out,
			       struct err *err)
{
	struct view_restore made = {.file = str_from(from), .store = str_from(to)};
	int fd;
	TRY(check_places(from, to, err));
	TRY(open_copy(app, from, &made, err));
	TRY(make_file(to, &fd, err));
	(void)close(fd);
	enum status status = fill(app, to, &made, err);
	if (status != OK) {
		take_away(to);
		return status;
	}
	*out = made;
	return OK;
}
