/**
 * The files of a model, before they are read. For the files of app/ alone.
 */
#ifndef APP_MODEL_FILES_H
#define APP_MODEL_FILES_H

#include "app/app.h"

struct app_model_files {
	struct model_file *list;
	size_t n, cap, bytes;
	/* The base that stands beside an overlay in the files, when nobody else knows a model of that name; NULL: none.
	 */
	const struct model *carried;
	struct model_file *carried_list;
	size_t n_carried;
};

/* A file, or the .yaml files of a folder, by name. */
MUST_USE enum status app_model_files_read(const char *path, struct arena *a, struct app_model_files *out,
					  struct err *err);
/* The files of the built-in model, as `aismm model import` would read them. */
MUST_USE enum status app_model_files_built_in(struct arena *a, struct app_model_files *out, struct err *err);
MUST_USE enum status app_model_read_built_in(struct arena *a, struct app_model_files *files, const struct model **out,
					     struct err *err);
/**
 * When the files are one overlay: puts those of its base before it. From the path `base` when it is not NULL, else from
 * the store (when app->db is not NULL), else the built-in model when it is the one that is wanted. When there is none
 * the files stay as they are, and model_read says so.
 *
 * When they are an overlay and its base: E_CONFLICT unless the base is the stored or built-in model of its name, where
 * there is one; else `carried` is that base.
 */
MUST_USE enum status app_model_files_with_base(struct app *app, struct app_model_files *files, const char *base,
					       struct err *err);

#endif
