/**
 * The documents of an answer on their way into the store. For the files of app/ alone.
 */
#ifndef APP_ATTACH_H
#define APP_ATTACH_H

#include "app/app.h"
#include "store/answer.h"

struct app_attach {
	struct app *app;
	struct source file; /* fd -1: none is open */
	str file_name, file_sha256;
	int64_t file_bytes;
	const struct app_document *named; /* stored already */
	size_t n_named;
	struct store_answer_document *list; /* all of them, the file first; from app_attach_store on */
	size_t n;
};

/* Opens and hashes the file (path empty: none) before the store is touched. */
MUST_USE enum status app_attach_open(struct app *app, str path, const struct app_document *named, size_t n,
				     struct app_attach *out, struct err *err);
/* Keeps the file, and looks whether the named ones are there and the person may attach them; inside the write
   transaction. */
MUST_USE enum status app_attach_store(struct app_attach *attach, struct err *err);
/* Puts the documents that `before` lists in front. */
MUST_USE enum status app_attach_before(struct app_attach *attach, const struct store_answer_document *before, size_t n,
				       struct err *err);
/* Fills what a measure says about its evidence. */
MUST_USE enum status app_attach_fill(const struct app_attach *attach, struct store_measure *m, struct err *err);
void app_attach_close(struct app_attach *attach);

#endif
