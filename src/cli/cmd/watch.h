/**
 * Inside `aismm watch`: the loop (cmd/watch.c) and one file of it (cmd/watch_file.c).
 */
#ifndef CLI_CMD_WATCH_H
#define CLI_CMD_WATCH_H

#include "cli/cli.h"
#include "cli/drop.h"

/* What a look at files has found out. */
struct cmd_watch {
	struct cli *cli;
	bool tell;     /* say also what is left alone */
	bool waiting;  /* a file is not complete yet, or was changed meanwhile: it has to be looked at again */
	bool trouble;  /* the store or the system failed; that is not the file's fault, which stays */
	bool down;     /* the store could not even be opened: other files need not try */
	bool imported; /* files were, since the last evaluation */
	bool refused;  /* a file or a name was */
};

/* Deals with one file of a feed; closed: it is known that its writer has finished. */
void cmd_watch_file(struct cmd_watch *w, const struct drop_feed *feed, const char *name, bool closed);

#endif
