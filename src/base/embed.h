/**
 * Files that travel inside the program: the contents of content/ and the store's SQL scripts, put in at build time
 * (tools/embed). Read only, there for as long as the program runs.
 *
 * A name is the path without the leading content/ or src/: "frameworks/aicm.tsv", "store/sql/0001_start.sql".
 * Names are sorted in byte order, so the files of one folder stand together.
 */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/str.h"

struct embed_file {
	str name;
	str bytes; /* p is never NULL, also when the file is empty; a NUL follows the last byte (not counted) */
};

/* The bytes of the file of that name; p is NULL when there is none. */
str embed_find(str name);
size_t embed_count(void);
/* The i-th file in the order of names; i < embed_count(). */
struct embed_file embed_at(size_t i);
/* How many names come before `name`: the first file of a folder is at embed_before(S("folder/")). */
size_t embed_before(str name);

/* 16 hex digits that change when the bytes of any file do. */
str embed_mark(void);
/* The table itself, in the generated file. For embed.c alone. */
extern const struct embed_file embed_table[];
extern const size_t embed_table_count;
extern const char embed_table_mark[17];

#endif
