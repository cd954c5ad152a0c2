/**
 * Models as they were imported: their files, kept whole, and which one is active.
 */
#ifndef STORE_MODEL_H
#define STORE_MODEL_H

#include "core/model.h"

struct db;

struct store_model {
	str name, id, version, line, sha256;
	int64_t imported_ms;
	bool active;
};

/* E_CONFLICT: other files are stored under this name; whether they say something else, app/ finds out. *added = false:
 * the same ones are. */
MUST_USE enum status store_model_add(struct db *db, const struct model *m, const struct model_file *files, size_t n,
				     int64_t now_ms, bool *added, struct err *err);
/* In byte order of their names. */
MUST_USE enum status store_model_list(struct db *db, struct arena *a, struct store_model **out, size_t *n,
				      struct err *err);
/* By name, or by id: then the one imported last. E_NOT_FOUND. */
MUST_USE enum status store_model_find(struct db *db, str id, struct arena *a, struct store_model *out, struct err *err);
/* The active one. E_NOT_FOUND when there is none. */
MUST_USE enum status store_model_active(struct db *db, struct arena *a, struct store_model *out, struct err *err);
MUST_USE enum status store_model_activate(struct db *db, str name, int64_t now_ms, str actor, struct err *err);
/* The name of the model that an overlay means by `base`: that name, or the one of that line (id@major) imported last.
 */
MUST_USE enum status store_model_find_base(struct db *db, str base, struct arena *a, str *name, bool *found,
					   struct err *err);
/* The files as they were imported; of an overlay with those of its base before it. */
MUST_USE enum status store_model_files(struct db *db, str name, struct arena *a, struct model_file **out, size_t *n,
				       struct err *err);
/* Reads the files of a stored model again. */
MUST_USE enum status store_model_load(struct db *db, str name, struct arena *a, const struct model **out,
				      struct err *err);
/* SHA-256 over the files' names and texts. */
str store_model_hash(const struct model_file *files, size_t n, char out[65]);

#endif
