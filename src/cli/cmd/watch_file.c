#include "cli/cmd/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "export/json.h"
#include "cli/progress.h"

struct job {
	struct cmd_watch *w;
	struct arena *arena;
	const struct drop_feed *feed;
	const char *name;
	str shown; /* "folder/name" */
	struct stat seen;
	int fd;
};

/* What is to be done with a file. */
enum next { LEAVE, WAIT, REFUSE, GIVE_UP, IMPORT };

/* ---- looking ---- */

static int64_t clock_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum next system_failed(const struct job *job, int why, struct err *err)
{
	bool denied = why == EACCES || why == EPERM;
	(void)err_set(err, denied ? E_DENIED : E_IO, "the file cannot be opened: %s", strerror(why));
	err_at(err, job->shown, 0, 0);
	if (denied)
		err_hint(err, "let who runs this read it, and move it back");
	if (why == ENOENT)
		return LEAVE;
	/* It has just become a link: the next look says so. */
	if (why == ELOOP)
		return WAIT;
	/* Many tools give rights to others when a file is whole. */
	if (denied && !drop_is_complete(&job->seen, WATCH_WRITER_UNKNOWN, false, clock_ms()))
		return WAIT;
	return denied ? REFUSE : GIVE_UP;
}

static enum next refuse_kind(const struct job *job, mode_t mode, struct err *err)
{
	const char *what =
	    S_ISLNK(mode) ? "a link is not followed; the file itself is wanted" : "neither a file nor a directory";
	(void)err_set(err, E_INVALID, "%s", what);
	err_at(err, job->shown, 0, 0);
	return REFUSE;
}

static enum next leave_folder(const struct job *job)
{
	if (job->w->tell)
		cli_note(job->w->cli, "%.*s: a directory in a feed's directory is left alone", STR_ARG(job->shown));
	return LEAVE;
}

static enum next look(struct job *job, bool closed, struct err *err)
{
	if (fstatat(job->feed->fd, job->name, &job->seen, AT_SYMLINK_NOFOLLOW) != 0)
		return system_failed(job, errno, err);
	if (S_ISDIR(job->seen.st_mode))
		return leave_folder(job);
	if (!S_ISREG(job->seen.st_mode))
		return refuse_kind(job, job->seen.st_mode, err);
	if (!str_is_utf8(str_from(job->name))) {
		(void)err_set(err, E_INVALID, "the name of the file is not UTF-8");
		err_at(err, job->shown, 0, 0);
		return REFUSE;
	}
	job->fd = openat(job->feed->fd, job->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (job->fd < 0)
		return system_failed(job, errno, err);
	/* What is open counts, not what the name meant a moment ago. */
	if (fstat(job->fd, &job->seen) != 0)
		return system_failed(job, errno, err);
	bool good =
	    S_ISREG(job->seen.st_mode) && drop_is_complete(&job->seen, watch_writer(job->fd), closed, clock_ms());
	return good ? IMPORT : WAIT;
}

/* ---- what became of it ---- */

/* Trouble with the place, not with the file. */
static void give_up(const struct job *job, const struct err *err)
{
	job->w->trouble = true;
	cli_error(job->w->cli, err);
}

/* Moves the file. false: it could not be, and why has been said. */
static bool settle(const struct job *job, enum drop_end end, str note, str *placed)
{
	struct err err = {0};
	enum status status = drop_settle(job->arena, job->feed, job->name, &job->seen, end, note, placed, &err);
	if (status == E_CONFLICT || status == E_NOT_FOUND)
		job->w->waiting = true; /* a newer file has the name, or none has: the next look finds out */
	else if (status != OK) {
		if (!err.where[0])
			err_at(&err, job->shown, 0, 0);
		give_up(job, &err);
	}
	return status == OK;
}

static void show_done(const struct job *job, const struct view_receipt *v, str placed)
{
	struct out *o = job->w->cli->out;
	struct arena *a = job->arena;
	str name = {0}, folder = {0};
	if (job->w->cli->json) {
		export_json_import_receipt(out_export(o), v);
		return;
	}
	out_styled(o, OUT_MET, S("done    "));
	out_text(o, job->shown);
	out_text(o, out_print(a,
			      ": %.*s, %" PRId64 " read: %" PRId64 " new, %" PRId64 " changed, %" PRId64
			      " unchanged, %" PRId64 " gone",
			      STR_ARG(v->format), v->read, v->added, v->changed, v->unchanged, v->gone));
	if (v->n_warnings)
		out_text(o,
			 out_print(a, "; %.*s", STR_ARG(out_plural(a, (int64_t)v->n_warnings, "warning", "warnings"))));
	if (str_cut(placed, '/', &folder, &name) && !str_eq(name, str_from(job->name)))
		out_text(o, out_print(a, "; now %.*s", STR_ARG(placed)));
	out_line(o);
}

static void show_failed(const struct job *job, const struct err *err, str placed)
{
	struct out *o = job->w->cli->out;
	if (job->w->cli->json) {
		str moved = out_print(job->arena, "%s/%.*s", job->feed->folder, STR_ARG(placed));
		export_json_import_refusal(out_export(o), job->shown, moved, err);
		return;
	}
	out_styled(o, OUT_NOT_MET, S("failed  "));
	out_text(o, err->where[0] ? str_from(err->where) : job->shown);
	out_raw(o, ": ");
	out_text(o, str_from(err->message));
	out_line(o);
}

static void refuse(const struct job *job, const struct err *err)
{
	struct out reason = {.text = BUF(65536), .width = OUT_WIDTH_PIPE};
	str placed;
	cli_error_in(&reason, job->w->cli, err);
	if (settle(job, DROP_FAILED, buf_str(&reason.text), &placed)) {
		job->w->refused = true;
		show_failed(job, err, placed);
	}
	out_release(&reason);
}

static void accept(const struct job *job, const struct view_receipt *v)
{
	struct out receipt = {.text = BUF(LIMIT_RECORD_BYTES), .width = OUT_WIDTH_PIPE};
	str placed;
	job->w->imported = true;
	export_json_import_receipt(out_export(&receipt), v);
	if (settle(job, DROP_DONE, buf_str(&receipt.text), &placed))
		show_done(job, v, placed);
	out_release(&receipt);
}

/* ---- importing ---- */

/* How the time is said in this name: "in its name, as in people@2026-11-01.csv". */
static str how_to_say_time(const struct job *job)
{
	str stem, rest, name = str_from(job->name);
	(void)str_cut(name, '@', &stem, &rest);
	(void)str_cut(stem, '.', &stem, &rest);
	(void)str_cut(name, '.', &rest, &name);
	return out_print(job->arena, "in its name, as in %.*s@2026-11-01%s%.*s", STR_ARG(stem), name.n ? "." : "",
			 STR_ARG(name));
}

static bool is_trouble(const struct cmd_watch *w, enum status status)
{
	return w->down || status == E_IO || status == E_NO_MEMORY;
}

/* A feed that is known is failing from now on; that this cannot be noted is no news beside the error. */
static void note_refusal(const struct job *job, struct app *app, const struct err *why)
{
	struct err ignored;
	bool known;
	(void)!app_feed_fail(app, job->feed->name, job->shown, why, &known, &ignored);
}

static enum status import(struct job *job, struct view_receipt *v, struct err *err)
{
	struct cli *cli = job->w->cli;
	struct app app = cli->app;
	struct source from = {.name = job->shown, .fd = job->fd};
	struct app_import options = {
	    .feed = job->feed->name,
	    .unit = job->feed->unit,
	    .observed = drop_read_time(job->arena, str_from(job->name)),
	    .say_time = how_to_say_time(job),
	};
	app.arena = job->arena;
	TRY(cli_clock(cli, &app.now_ms, err));
	enum status status = cli_open_in(cli, &app, APP_WRITES, err);
	job->w->down = status != OK;
	TRY(status);
	status = app_import_from(&app, &options, &from, v, err);
	if (status != OK && !is_trouble(job->w, status))
		note_refusal(job, &app, err);
	return status;
}

static void work(struct job *job, struct err *err)
{
	struct view_receipt v;
	struct stat after;
	enum status status = import(job, &v, err);
	if (is_trouble(job->w, status))
		give_up(job, err);
	else if (fstat(job->fd, &after) != 0 || drop_is_changed(&job->seen, &after) ||
		 watch_writer(job->fd) == WATCH_WRITER_SOME)
		job->w->waiting = true; /* it was not complete after all; an import more or less does no harm */
	else if (status == OK)
		accept(job, &v);
	else
		refuse(job, err);
}

void cmd_watch_file(struct cmd_watch *w, const struct drop_feed *feed, const char *name, bool closed)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	struct err err = {0};
	struct job job = {.w = w, .arena = &arena, .feed = feed, .name = name, .fd = -1};
	if (drop_is_unfinished(str_from(name)) || drop_is_kept(str_from(name)))
		return;
	job.shown = out_print(&arena, "%s/%s", feed->folder, name);
	switch (look(&job, closed, &err)) {
	case LEAVE:
		break;
	case WAIT:
		if (w->tell && !closed)
			cli_note(w->cli, "%.*s: it is still being written", STR_ARG(job.shown));
		w->waiting = true;
		break;
	case REFUSE:
		refuse(&job, &err);
		break;
	case GIVE_UP:
		give_up(&job, &err);
		break;
	case IMPORT:
		work(&job, &err);
		break;
	}
	if (job.fd >= 0)
		(void)close(job.fd);
	arena_release(&arena);
	progress_clear(w->cli);
}
