#include "base/archive.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"
#include "base/limits.h"

struct archive {
	struct arena *a;
	str name;
	zip_t *zip;
	struct buf bytes;
	int64_t inflated; /* of all entries that were read */
};

/* An entry that is being read. */
struct entry {
	struct archive *archive;
	zip_file_t *file;
	str name; /* ARCHIVE/NAME */
	int64_t packed, size, given;
};

static enum status fail(const struct archive *z, enum status status, const char *message, const char *hint,
			struct err *err)
{
	err_set(err, status, "%s", message);
	err_at(err, z->name, 0, 0);
	if (hint[0])
		err_hint(err, "%s", hint);
	return status;
}

/* ---- opening ---- */

static enum status read_all(struct archive *z, struct source *from, struct err *err)
{
	char piece[16384];
	for (size_t n = 1; n;) {
		TRY(source_read(from, piece, sizeof piece, &n, err));
		if (buf_str(&z->bytes).n + n > LIMIT_ARCHIVE_BYTES) {
			char what[80];
			(void)snprintf(what, sizeof what, "the archive is larger than %zu bytes", LIMIT_ARCHIVE_BYTES);
			return fail(z, E_TOO_LARGE, what, "", err);
		}
		buf_add(&z->bytes, (str){piece, n});
		if (z->bytes.status != OK)
			return err_set(err, z->bytes.status, "the archive does not fit into memory");
	}
	return OK;
}

static enum status refuse_archive(const struct archive *z, const zip_error_t *why, struct err *err)
{
	switch (zip_error_code_zip(why)) {
	case ZIP_ER_MEMORY:
		return err_full(err);
	case ZIP_ER_MULTIDISK:
		return fail(z, E_INVALID, "one of several files of an archive", "archives in one file are read", err);
	case ZIP_ER_EXISTS:
		return fail(z, E_INVALID, "two entries of the archive have the same name", "pack it again", err);
	case ZIP_ER_NOZIP:
		return fail(z, E_INVALID, "the archive is cut, or is no ZIP archive", "was it copied to its end?", err);
	default:
		return fail(z, E_INVALID, "the archive contradicts itself or is damaged", "pack it again", err);
	}
}

static enum status open_zip(struct archive *z, struct err *err)
{
	str bytes = buf_str(&z->bytes);
	zip_error_t why;
	zip_error_init(&why);
	/* To libzip an empty file is an empty archive. */
	zip_error_set(&why, ZIP_ER_NOZIP, 0);
	if (!bytes.n)
		return refuse_archive(z, &why, err);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
	if (source && !(z->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why)))
		zip_source_free(source);
	enum status status = z->zip ? OK : refuse_archive(z, &why, err);
	zip_error_fini(&why);
	return status;
}

static void close_archive(void *payload)
{
	struct archive *z = payload;
	if (z->zip)
		zip_discard(z->zip);
	buf_release(&z->bytes);
}

/* A name as other programs would unpack it: nothing is, here, but a file with such names was made to deceive. */
static bool is_safe(str name)
{
	if (!name.n || name.n > LIMIT_ID_BYTES || name.p[0] == '/' || !str_is_utf8(name))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == '\\' || name.p[i] == ':')
			return false;
	for (str part, rest = name; rest.n;) {
		(void)str_cut(rest, '/', &part, &rest);
		if (str_eq(part, S("..")) || str_eq(part, S(".")))
			return false;
	}
	return true;
}

static enum status check_entry(const struct archive *z, zip_uint64_t i, struct err *err)
{
	enum { NEEDED = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD };
	zip_stat_t st;
	zip_stat_init(&st);
	if (zip_stat_index(z->zip, i, ZIP_FL_ENC_RAW, &st) != 0 || (st.valid & NEEDED) != NEEDED)
		return fail(z, E_INVALID, "the archive contradicts itself or is damaged", "pack it again", err);
	if (!is_safe(str_from(st.name)))
		return fail(z, E_INVALID, "an entry of the archive has a name that leads out of it or is none",
			    "pack it again", err);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return fail(z, E_INVALID, "the archive is encrypted", "save it without a password", err);
	if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
		return fail(z, E_INVALID, "an entry of the archive is packed with another method than deflate",
			    "pack it again with zip", err);
	return OK;
}

static enum status check_entries(const struct archive *z, struct err *err)
{
	zip_int64_t n = zip_get_num_entries(z->zip, 0);
	if (n > LIMIT_ARCHIVE_ENTRIES) {
		char what[80];
		(void)snprintf(what, sizeof what, "the archive has more than %d entries", LIMIT_ARCHIVE_ENTRIES);
		return fail(z, E_TOO_LARGE, what, "", err);
	}
	for (zip_int64_t i = 0; i < n; i++)
		TRY(check_entry(z, (zip_uint64_t)i, err));
	return OK;
}

enum status archive_open(struct archive **out, struct source *from, struct arena *a, struct err *err)
{
	struct archive *z = arena_new(a, struct archive, 1);
	if (!z)
		return err_full(err);
	*z = (struct archive){.a = a, .name = from->name, .bytes = BUF(LIMIT_ARCHIVE_BYTES)};
	if (!arena_defer(a, close_archive, z))
		return err_full(err);
	TRY(read_all(z, from, err));
	TRY(open_zip(z, err));
	TRY(check_entries(z, err));
	*out = z;
	return OK;
}

/* ---- entries ---- */

static zip_int64_t locate(const struct archive *z, str name)
{
	char text[LIMIT_ID_BYTES + 1];
	if (name.n > LIMIT_ID_BYTES || (name.n && memchr(name.p, '\0', name.n)))
		return -1;
	(void)snprintf(text, sizeof text, "%.*s", STR_ARG(name));
	return zip_name_locate(z->zip, text, ZIP_FL_ENC_RAW);
}

bool archive_has(const struct archive *z, str name)
{
	return locate(z, name) >= 0;
}

static enum status refuse_entry(const struct entry *e, enum status status, const char *message, struct err *err)
{
	err_set(err, status, "%s", message);
	err_at(err, e->name, 0, 0);
	return status;
}

static enum status check_growth(struct entry *e, struct err *err)
{
	int64_t free = LIMIT_ARCHIVE_FREE, given = e->given;
	if (given > LIMIT_ARCHIVE_ENTRY_BYTES || e->archive->inflated > LIMIT_ARCHIVE_INFLATED_BYTES)
		return refuse_entry(e, E_TOO_LARGE, "the archive unpacks to more than is read of one", err);
	if (given > free && (given - free) / LIMIT_ARCHIVE_RATIO > e->packed)
		return refuse_entry(e, E_TOO_LARGE, "the archive unpacks to too many times its size", err);
	return OK;
}

static enum status pull(void *ctx, char *p, size_t cap, size_t *n, struct err *err)
{
	struct entry *e = ctx;
	zip_int64_t got = zip_fread(e->file, p, cap);
	if (got < 0)
		return refuse_entry(e, E_INVALID, "the entry of the archive is damaged", err);
	e->given += got;
	e->archive->inflated += got;
	TRY(check_growth(e, err));
	if (got == 0 && cap > 0 && e->given != e->size)
		return refuse_entry(e, E_INVALID, "the entry of the archive has another size than it says", err);
	*n = (size_t)got;
	return OK;
}

static void close_entry(void *payload)
{
	struct entry *e = payload;
	(void)zip_fclose(e->file);
}

static str entry_name(const struct archive *z, str name)
{
	size_t n = z->name.n + 1 + name.n;
	char *p = arena_alloc(z->a, n, 1);
	if (!p)
		return (str){NULL, 0};
	if (z->name.n)
		memcpy(p, z->name.p, z->name.n);
	p[z->name.n] = '/';
	memcpy(p + z->name.n + 1, name.p, name.n);
	return (str){p, n};
}

enum status archive_read(struct archive *z, str name, struct source *out, struct err *err)
{
	zip_stat_t st;
	zip_int64_t i = locate(z, name);
	struct entry *e = arena_new(z->a, struct entry, 1);
	zip_stat_init(&st);
	if (i < 0) {
		err_set(err, E_NOT_FOUND, "the archive has no entry \"%.*s\"", STR_ARG(name));
		err_at(err, z->name, 0, 0);
		return E_NOT_FOUND;
	}
	if (!e)
		return err_full(err);
	*e = (struct entry){.archive = z, .name = entry_name(z, name)};
	if (!e->name.p)
		return err_full(err);
	if (zip_stat_index(z->zip, (zip_uint64_t)i, 0, &st) != 0 ||
	    !(e->file = zip_fopen_index(z->zip, (zip_uint64_t)i, 0)))
		return refuse_entry(e, E_INVALID, "the entry of the archive is damaged", err);
	if (!arena_defer(z->a, close_entry, e))
		return err_full(err);
	e->packed = st.comp_size > INT64_MAX ? INT64_MAX : (int64_t)st.comp_size;
	e->size = st.size > INT64_MAX ? INT64_MAX : (int64_t)st.size;
	*out = source_pull(e->name, pull, e);
	return OK;
}
