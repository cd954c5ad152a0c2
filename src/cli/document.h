/**
 * Documents into files: whole or not at all. A file that is there is replaced in one step, keeping its permissions;
 * what is no plain file (a device, a pipe) is written into.
 */
#ifndef CLI_DOCUMENT_H
#define CLI_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* E_IO with the reason of the system. */
MUST_USE enum status document_write(struct arena *a, str path, str text, struct err *err);
/* Makes the folder when it is not there; the one above it must be. */
MUST_USE enum status document_folder(struct arena *a, str path, struct err *err);
/* "folder/name" */
str document_path(struct arena *a, str folder, str name);
bool document_is_folder(struct arena *a, str path);

#endif
