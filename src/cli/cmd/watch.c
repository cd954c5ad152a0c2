#include "cli/cmd/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/limits.h"
#include "cli/cmd/cmd.h"
#include "cli/progress.h"

/* Store or system failed: the pause before all is tried again, doubled each time it fails again. */
enum { RETRY_FIRST_MS = 1000, RETRY_MOST_MS = 60000 };

/* A feed's directory that is watched. */
struct place {
	bool used;
	int id;
	char folder[256];
};

struct job {
	struct cmd_watch look;
	const char *path, *inside; /* DIR, DIR/. */
	int root;                  /* its descriptor */
	bool once, evaluates;
	struct watch *watch;
	int root_place;
	struct place *places; /* LIMIT_WATCH_FEEDS of them */
	int64_t next_ms;      /* by the monotonic clock: when all is looked at again; 0: only when something happens */
	int64_t pause_ms;     /* the last one after trouble; 0: there was none */
	bool held;            /* the evaluation that is due failed: not again before all was looked at */
};

static int64_t clock_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Should the work end: a signal came, or nobody reads what is printed? */
static bool is_over(struct job *job)
{
	return !out_flush(job->look.cli->out) || watch_stopped(job->watch);
}

/* ---- the places ---- */

static struct place *find_place(struct job *job, int id)
{
	for (size_t i = 0; i < LIMIT_WATCH_FEEDS; i++)
		if (job->places[i].used && job->places[i].id == id)
			return &job->places[i];
	return NULL;
}

static struct place *free_place(struct job *job)
{
	for (size_t i = 0; i < LIMIT_WATCH_FEEDS; i++)
		if (!job->places[i].used)
			return &job->places[i];
	return NULL;
}

static enum status add_place(struct job *job, struct arena *a, const char *folder, struct err *err)
{
	int id;
	str path = out_print(a, "%s/%s", job->path, folder);
	if (!path.p)
		return err_full(err);
	TRY(watch_add(job->watch, path.p, &id, err));
	struct place *place = find_place(job, id);
	if (!place)
		place = free_place(job);
	if (!place) {
		(void)err_set(err, E_TOO_LARGE, "there are more than %d feeds", LIMIT_WATCH_FEEDS);
		err_at(err, str_from(job->path), 0, 0);
		return E_TOO_LARGE;
	}
	*place = (struct place){.used = true, .id = id};
	(void)snprintf(place->folder, sizeof place->folder, "%s", folder);
	return OK;
}

/* ---- looking at everything ---- */

/* Says what the system refused; it is tried again later. What is gone is no trouble. */
static void trouble(struct job *job, enum status status, const char *folder, struct err *err)
{
	if (status == E_NOT_FOUND)
		return;
	if (!err->where[0])
		err_where(err, "%s%s%s", job->path, folder ? "/" : "", folder ? folder : "");
	job->look.trouble = true;
	cli_error(job->look.cli, err);
}

static enum status look_into(struct job *job, struct arena *a, struct drop_feed *feed, struct err *err)
{
	const char *const *names;
	size_t n;
	TRY(folder_open(a, job->root, feed->folder, &feed->fd, err));
	TRY(folder_list(a, feed->fd, &names, &n, err));
	for (size_t i = 0; i < n && !job->look.down && !is_over(job); i++)
		cmd_watch_file(&job->look, feed, names[i], false);
	return OK;
}

static void refuse_folder(struct job *job, const char *folder)
{
	if (!job->look.tell)
		return;
	job->look.refused = true;
	cli_note(job->look.cli,
		 "%s/%s: not the name of a feed: FEED or FEED@UNIT, with %%40 for an @ and %%25 for a %%", job->path,
		 folder);
}

static void leave_stray(const struct job *job, const char *name)
{
	if (job->look.tell && name[0] != '.')
		cli_note(job->look.cli, "%s/%s: left alone; a file belongs into the directory of its feed", job->path,
			 name);
}

/* One directory of DIR. E_TOO_LARGE: there are too many to watch. */
static enum status look_at(struct job *job, const char *folder, struct err *err)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	struct drop_feed feed;
	struct stat st;
	enum status status = OK;
	if (folder[0] == '.' || fstatat(job->root, folder, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return OK;
	if (!S_ISDIR(st.st_mode)) {
		leave_stray(job, folder);
		return OK;
	}
	/* Watched before it is looked into: what comes in between is seen twice, not never. */
	if (!job->once)
		status = add_place(job, &arena, folder, err);
	if (status == OK && !drop_read_feed(&arena, folder, &feed))
		refuse_folder(job, folder);
	else if (status == OK)
		status = look_into(job, &arena, &feed, err);
	arena_release(&arena);
	if (status == OK || status == E_TOO_LARGE)
		return status;
	trouble(job, status, folder, err);
	return OK;
}

static void evaluate(struct job *job)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	struct cli cli = *job->look.cli; /* with memory that is given back */
	struct view_evaluation v;
	struct err err = {0};
	cli.arena = cli.app.arena = &arena;
	enum status status = cli_clock(&cli, &cli.app.now_ms, &err);
	if (status == OK)
		status = cli_open_in(&cli, &cli.app, APP_WRITES, &err);
	if (status == OK)
		status = app_evaluate(&cli.app, (struct app_time){0}, &v, &err);
	progress_clear(job->look.cli);
	job->held = status != OK;
	if (status == OK) {
		job->look.imported = false;
		cmd_evaluate_show(&cli, &v);
	} else {
		job->look.trouble = true;
		cli_error(&cli, &err);
	}
	arena_release(&arena);
}

static void plan_within(struct job *job, int64_t ms)
{
	int64_t then = clock_ms() + ms;
	if (!job->next_ms || then < job->next_ms)
		job->next_ms = then;
}

/* When to look again, after everything was looked at. */
static void plan(struct job *job)
{
	job->next_ms = 0;
	if (job->look.trouble && !job->once) {
		job->pause_ms = job->pause_ms ? job->pause_ms * 2 : RETRY_FIRST_MS;
		if (job->pause_ms > RETRY_MOST_MS)
			job->pause_ms = RETRY_MOST_MS;
		cli_note(job->look.cli, "tried again in %d s", (int)(job->pause_ms / 1000));
		plan_within(job, job->pause_ms);
	} else {
		job->pause_ms = 0;
	}
	if (job->look.waiting)
		plan_within(job, DROP_REST_MS);
}

static enum status look_at_all(struct job *job, struct err *err)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	const char *const *names = NULL;
	size_t n = 0;
	job->look.trouble = job->look.waiting = job->look.down = job->held = false;
	enum status status = folder_list(&arena, job->root, &names, &n, err);
	if (status != OK) {
		trouble(job, status, NULL, err);
		status = OK;
	}
	for (size_t i = 0; i < n && status == OK && !job->look.down && !is_over(job); i++)
		status = look_at(job, names[i], err);
	arena_release(&arena);
	if (status == OK && job->evaluates && job->look.imported && !job->look.down && !is_over(job))
		evaluate(job);
	plan(job);
	job->look.tell = false;
	return status;
}

/* ---- looking at what happens ---- */

static enum status look_at_file(struct job *job, const struct watch_event *e, struct err *err)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	const struct place *place = find_place(job, e->place);
	const char *name = str_z(&arena, e->name);
	struct drop_feed feed;
	enum status status = OK;
	if (!name)
		status = err_full(err);
	else if (e->place == job->root_place && e->kind == WATCH_FILE)
		leave_stray(job, name);
	else if (!place || job->look.down)
		status = OK; /* a place that is gone; or all is looked at again anyway, when the store may be back */
	else if (!drop_read_feed(&arena, place->folder, &feed))
		refuse_folder(job, place->folder);
	else if ((status = folder_open(&arena, job->root, place->folder, &feed.fd, err)) == OK)
		cmd_watch_file(&job->look, &feed, name, e->kind == WATCH_FILE);
	arena_release(&arena);
	if (status != OK)
		trouble(job, status, NULL, err);
	return OK;
}

static enum status look_at_folder(struct job *job, const struct watch_event *e, struct err *err)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	const struct place *place = find_place(job, e->place);
	const char *name = str_z(&arena, e->name);
	enum status status = OK;
	if (!name)
		status = err_full(err);
	else if (e->place == job->root_place)
		status = look_at(job, name, err);
	else if (place && !drop_is_kept(e->name) && name[0] != '.')
		cli_note(job->look.cli, "%s/%s/%s: a directory in a feed's directory is left alone", job->path,
			 place->folder, name);
	arena_release(&arena);
	return status;
}

static enum status forget_place(struct job *job, int id, struct err *err)
{
	struct place *place = find_place(job, id);
	if (id == job->root_place) {
		(void)err_set(err, E_IO, "the directory is gone");
		err_at(err, str_from(job->path), 0, 0);
		return E_IO;
	}
	if (place)
		place->used = false;
	return OK;
}

/* Files that had to be left, by one event: as with all, but sooner when that is planned already. */
static enum status look_at_event(struct job *job, const struct watch_event *e, struct err *err)
{
	job->look.trouble = job->look.waiting = false;
	job->look.tell = e->kind != WATCH_MADE;
	TRY(e->kind == WATCH_FOLDER ? look_at_folder(job, e, err) : look_at_file(job, e, err));
	if (job->look.trouble)
		plan_within(job, job->pause_ms ? job->pause_ms : RETRY_FIRST_MS);
	/* The end of a file that was only just made is an event of its own. */
	if (job->look.waiting && e->kind != WATCH_MADE)
		plan_within(job, DROP_REST_MS);
	job->look.tell = false;
	return OK;
}

/* How long to wait for the next event. */
static int patience(const struct job *job, bool is_due)
{
	if (is_due)
		return 0;
	if (!job->next_ms)
		return -1;
	int64_t left = job->next_ms - clock_ms();
	return left > 0 ? (int)left : 0;
}

/* Waits for one event and deals with it. *over: a signal asked to end. */
static enum status wait_and_look(struct job *job, bool *over, struct err *err)
{
	struct watch_event e;
	bool is_due = job->evaluates && job->look.imported && !job->held;
	TRY(watch_next(job->watch, patience(job, is_due), &e, err));
	switch (e.kind) {
	case WATCH_NOTHING:
		if (is_due) {
			evaluate(job);
			if (job->held)
				plan_within(job, job->pause_ms ? job->pause_ms : RETRY_FIRST_MS);
		} else if (job->next_ms && clock_ms() >= job->next_ms) {
			return look_at_all(job, err);
		}
		return OK;
	case WATCH_MADE:
	case WATCH_FILE:
	case WATCH_FOLDER:
		return look_at_event(job, &e, err);
	case WATCH_GONE:
		return forget_place(job, e.place, err);
	case WATCH_LOST:
		return look_at_all(job, err);
	case WATCH_STOP:
		*over = true;
		return OK;
	}
	return OK;
}

/* ---- the command ---- */

/* Opens DIR and keeps others from watching it, too: they would import each file twice. */
static enum status open_root(struct job *job, struct err *err)
{
	struct arena *a = job->look.cli->arena;
	/* DIR itself may be a link: who starts the program has chosen it. */
	job->inside = out_print(a, "%s/.", job->path).p;
	if (!job->inside)
		return err_full(err);
	enum status status = folder_open(a, AT_FDCWD, job->inside, &job->root, err);
	if (status == OK && flock(job->root, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		status = err_set(err, E_IO, "another aismm watches this directory");
		err_hint(err, "there can be one for each directory");
	}
	if (status != OK)
		err_at(err, str_from(job->path), 0, 0);
	return status;
}

/* A store that is not there, or is another program's, is found at once and not when the first file comes. */
static enum status try_store(struct cli *cli, struct err *err)
{
	struct arena arena = ARENA(LIMIT_COMMAND_BYTES);
	struct app app = cli->app;
	app.arena = &arena;
	enum status status = cli_open_in(cli, &app, APP_WRITES, err);
	cli->no_store = status != OK;
	arena_release(&arena);
	return status;
}

static enum status run_once(struct job *job, struct err *err)
{
	TRY(look_at_all(job, err));
	if (job->look.trouble)
		job->look.cli->exit = CLI_STORE;
	else if (job->look.refused)
		job->look.cli->exit = CLI_INPUT;
	return OK;
}

static enum status run_on(struct job *job, struct err *err)
{
	bool over = false;
	TRY(watch_add(job->watch, job->inside, &job->root_place, err));
	cli_note(job->look.cli, "watching %s", job->path);
	TRY(look_at_all(job, err));
	while (!over && !is_over(job))
		TRY(wait_and_look(job, &over, err));
	return OK;
}

enum status cmd_watch(struct cli *cli, struct err *err)
{
	struct job job = {
	    .look = {.cli = cli, .tell = true},
	    .path = str_z(cli->arena, options_argument(&cli->options, 0)),
	    .once = options_given(&cli->options, S("once")),
	    .evaluates = options_given(&cli->options, S("evaluate")),
	    .watch = arena_new(cli->arena, struct watch, 1),
	    .places = arena_new(cli->arena, struct place, LIMIT_WATCH_FEEDS),
	};
	if (!job.path || !job.places || !job.watch)
		return err_full(err);
	TRY(open_root(&job, err));
	TRY(try_store(cli, err));
	TRY(watch_open(job.watch, cli->arena, err));
	return job.once ? run_once(&job, err) : run_on(&job, err);
}
