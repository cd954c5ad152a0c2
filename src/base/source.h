/**
 * Where a parser's bytes come from: a file, a text in memory, or another module that gives them. Read forward, once.
 *
 * A source knows its name (for messages) and how many bytes it has given. It never reads past
 * LIMIT_IMPORT_BYTES. source_open_file gives E_NOT_FOUND when the file does not exist, E_DENIED when it may not be
 * read, E_INVALID when it is a directory or device and E_IO when the system refuses it; what a pipe gives is kept in an
 * unnamed temporary file, so that it can be read twice. source_read gives E_IO when the system fails.
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;

/* Gives at most cap bytes; *n = 0 at the end. */
typedef enum status (*source_pull_fn)(void *ctx, char *p, size_t cap, size_t *n, struct err *err);

struct source {
	str name; /* as in messages: the path or "standard input"; borrowed */
	str text; /* rest of a text in memory; not used when fd >= 0 */
	int fd;   /* -1: from text, or from pull */
	source_pull_fn pull;
	void *pull_ctx;
	int64_t consumed; /* bytes given so far */
	bool hashing;     /* every byte given since the last rewind goes into the hash, too */
	struct hash hash;
};

struct source source_text(str name, str text);
/* Cannot be read twice. */
struct source source_pull(str name, source_pull_fn pull, void *ctx);
MUST_USE enum status source_open_file(struct source *s, const char *path, str name, struct err *err);
/* Standard input, kept in an unnamed temporary file when it cannot be read twice. */
MUST_USE enum status source_open_stdin(struct source *s, struct err *err);
/* A file without a name in the folder for temporary files, open for reading and writing; gone when it is closed. */
MUST_USE enum status source_temporary(int *fd, struct err *err);
/* The same with a name, for what opens files by their names; the caller removes it. path: in the arena. */
MUST_USE enum status source_temporary_named(struct arena *a, const char **path, int *fd, struct err *err);
/* At most cap bytes into p; *n = 0 at the end. */
MUST_USE enum status source_read(struct source *s, char *p, size_t cap, size_t *n, struct err *err);
/* Back to the first byte of a regular file or text. */
MUST_USE enum status source_rewind(struct source *s, str whole_text, struct err *err);
/**
 * From the next rewind on, hashes what is read. source_hashed then reads the rest and gives the sum: the proof that the
 * bytes that were parsed are those of a known hash, although the file was read more than once.
 */
void source_hash(struct source *s);
MUST_USE enum status source_hashed(struct source *s, char out[HASH_TEXT], struct err *err);
void source_close(struct source *s);

#endif
