/* What the tests of archives and workbooks share: packing entries into a ZIP archive, in memory. */
#ifndef TEST_PACK_H
#define TEST_PACK_H

#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/str.h"

struct pack_entry {
	const char *name;
	str text;
	const char *password; /* NULL: not encrypted */
	bool stored;
};

static inline void pack_check(bool ok)
{
	if (!ok)
		abort();
}

static inline str pack_take(zip_source_t *whole)
{
	zip_stat_t st;
	pack_check(zip_source_open(whole) == 0 && zip_source_stat(whole, &st) == 0);
	char *p = malloc(st.size + 1);
	pack_check(p && zip_source_read(whole, p, st.size) == (zip_int64_t)st.size);
	zip_source_close(whole);
	zip_source_free(whole);
	return (str){p, st.size};
}

/* To be freed. */
static inline str pack_zip(const struct pack_entry *entries, size_t n)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &why);
	zip_t *z = zip_open_from_source(whole, ZIP_CREATE | ZIP_TRUNCATE, &why);
	pack_check(z != NULL);
	for (size_t i = 0; i < n; i++) {
		const struct pack_entry *e = &entries[i];
		zip_source_t *s = zip_source_buffer(z, e->text.p, e->text.n, 0);
		zip_int64_t at = zip_file_add(z, e->name, s, ZIP_FL_ENC_UTF_8);
		pack_check(at >= 0);
		zip_set_file_compression(z, (zip_uint64_t)at, e->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
		if (e->password)
			pack_check(zip_file_set_encryption(z, (zip_uint64_t)at, ZIP_EM_AES_256, e->password) == 0);
	}
	zip_source_keep(whole);
	pack_check(zip_close(z) == 0);
	zip_error_fini(&why);
	return pack_take(whole);
}

static inline void pack_free(str whole)
{
	free((void *)(uintptr_t)whole.p);
}

/* Every place where `from` stands in the archive becomes `to`, which is as long. */
static inline void pack_replace(str whole, str from, str to)
{
	char *p = (char *)(uintptr_t)whole.p;
	pack_check(from.n == to.n);
	for (size_t i = 0; i + from.n <= whole.n; i++)
		if (memcmp(p + i, from.p, from.n) == 0)
			memcpy(p + i, to.p, to.n);
}

#endif
