#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/archive.h"
#include "base/limits.h"
#include "pack.h"

static enum status open_text(struct arena *a, str text, struct archive **out, struct err *err)
{
	struct source from = source_text(S("a.zip"), text);
	return archive_open(out, &from, a, err);
}

/* Reads an entry to its end; what it holds in out, of which only the beginning is kept. */
static enum status read_entry(struct archive *z, const char *name, char *out, size_t cap, int64_t *bytes,
			      struct err *err)
{
	struct source s;
	char piece[65536];
	size_t kept = 0;
	*bytes = 0;
	TRY(archive_read(z, str_from(name), &s, err));
	for (size_t n = 1; n;) {
		TRY(source_read(&s, piece, sizeof piece, &n, err));
		size_t take = n < cap - 1 - kept ? n : cap - 1 - kept;
		memcpy(out + kept, piece, take);
		kept += take;
		*bytes += (int64_t)n;
	}
	out[kept] = '\0';
	return OK;
}

static void refuse(str text, enum status status, const char *message)
{
	struct arena a = ARENA((size_t)512 << 20);
	struct err err = {0};
	struct archive *z;
	assert_int_equal(open_text(&a, text, &z, &err), status);
	assert_string_equal(err.message, message);
	assert_string_equal(err.where, "a.zip");
	arena_release(&a);
}

static void entries_are_read_by_name(void **state)
{
	(void)state;
	struct arena a = ARENA((size_t)64 << 20);
	struct err err = {0};
	struct archive *z;
	char text[100];
	int64_t n;
	struct pack_entry entries[] = {{.name = "one", .text = S("first")},
				       {.name = "deep/two", .text = S("second"), .stored = true},
				       {.name = "empty", .text = S("")}};
	str whole = pack_zip(entries, 3);
	assert_int_equal(open_text(&a, whole, &z, &err), OK);
	assert_true(archive_has(z, S("one")) && archive_has(z, S("deep/two")));
	assert_false(archive_has(z, S("two")) || archive_has(z, S("ONE")) || archive_has(z, S("")));
	assert_int_equal(read_entry(z, "deep/two", text, sizeof text, &n, &err), OK);
	assert_string_equal(text, "second");
	assert_int_equal(read_entry(z, "one", text, sizeof text, &n, &err), OK);
	assert_string_equal(text, "first");
	assert_int_equal(read_entry(z, "one", text, sizeof text, &n, &err), OK);
	assert_int_equal(read_entry(z, "empty", text, sizeof text, &n, &err), OK);
	assert_int_equal(n, 0);
	assert_int_equal(read_entry(z, "none", text, sizeof text, &n, &err), E_NOT_FOUND);
	assert_string_equal(err.message, "the archive has no entry \"none\"");
	arena_release(&a);
	pack_free(whole);
}

static void an_entry_is_named_and_read_once(void **state)
{
	(void)state;
	struct arena a = ARENA((size_t)64 << 20);
	struct err err = {0};
	struct archive *z;
	struct source s;
	str whole = pack_zip(&(struct pack_entry){.name = "in/side", .text = S("x")}, 1);
	assert_int_equal(open_text(&a, whole, &z, &err), OK);
	assert_int_equal(archive_read(z, S("in/side"), &s, &err), OK);
	assert_true(str_eq(s.name, S("a.zip/in/side")));
	assert_int_equal(source_rewind(&s, S(""), &err), E_IO);
	arena_release(&a);
	pack_free(whole);
}

static void what_is_no_archive_or_cut_is_refused(void **state)
{
	(void)state;
	str whole = pack_zip(&(struct pack_entry){.name = "one", .text = S("first")}, 1);
	refuse(S(""), E_INVALID, "the archive is cut, or is no ZIP archive");
	refuse(S("PK\x03\x04"), E_INVALID, "the archive is cut, or is no ZIP archive");
	for (size_t n = 0; n < whole.n; n++) {
		struct arena a = ARENA((size_t)64 << 20);
		struct err err = {0};
		struct archive *z;
		assert_int_equal(open_text(&a, str_slice(whole, 0, n), &z, &err), E_INVALID);
		arena_release(&a);
	}
	pack_free(whole);
}

static void a_damaged_entry_is_found_at_its_end(void **state)
{
	(void)state;
	struct arena a = ARENA((size_t)64 << 20);
	struct err err = {0};
	struct archive *z;
	char text[100];
	int64_t n;
	str whole = pack_zip(&(struct pack_entry){.name = "one", .text = S("first"), .stored = true}, 1);
	pack_replace(whole, S("first"), S("worst"));
	assert_int_equal(open_text(&a, whole, &z, &err), OK);
	assert_int_equal(read_entry(z, "one", text, sizeof text, &n, &err), E_INVALID);
	assert_string_equal(err.message, "the entry of the archive is damaged");
	assert_string_equal(err.where, "a.zip/one");
	arena_release(&a);
	pack_free(whole);
}

static void names_that_lead_out_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {"../x", "a/../../x", "/x", "a\\b", "C:x", "./x", "a/..", "a\nb"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		str whole = pack_zip(&(struct pack_entry){.name = names[i], .text = S("x")}, 1);
		refuse(whole, E_INVALID, "an entry of the archive has a name that leads out of it or is none");
		pack_free(whole);
	}
}

static void two_entries_of_a_name_are_refused(void **state)
{
	(void)state;
	struct pack_entry entries[] = {{.name = "one.a", .text = S("x")}, {.name = "one.b", .text = S("y")}};
	str whole = pack_zip(entries, 2);
	pack_replace(whole, S("one.b"), S("one.a"));
	refuse(whole, E_INVALID, "two entries of the archive have the same name");
	pack_free(whole);
}

static void encrypted_archives_are_refused(void **state)
{
	(void)state;
	struct pack_entry entry = {.name = "one", .text = S("x"), .password = "secret"};
	str whole = pack_zip(&entry, 1);
	refuse(whole, E_INVALID, "the archive is encrypted");
	pack_free(whole);
}

static void too_many_entries_are_refused(void **state)
{
	(void)state;
	static char names[LIMIT_ARCHIVE_ENTRIES + 1][8];
	static struct pack_entry entries[LIMIT_ARCHIVE_ENTRIES + 1];
	for (size_t i = 0; i <= LIMIT_ARCHIVE_ENTRIES; i++) {
		snprintf(names[i], sizeof names[i], "%zu", i);
		entries[i] = (struct pack_entry){.name = names[i], .text = S("")};
	}
	str whole = pack_zip(entries, LIMIT_ARCHIVE_ENTRIES + 1);
	refuse(whole, E_TOO_LARGE, "the archive has more than 4096 entries");
	pack_free(whole);
}

static void unpack(str text, enum status status, const char *message)
{
	struct arena a = ARENA((size_t)512 << 20);
	struct err err = {0};
	struct archive *z;
	char head[8];
	int64_t n;
	str whole = pack_zip(&(struct pack_entry){.name = "one", .text = text}, 1);
	assert_int_equal(open_text(&a, whole, &z, &err), OK);
	assert_int_equal(read_entry(z, "one", head, sizeof head, &n, &err), status);
	if (status == OK)
		assert_int_equal(n, text.n);
	else
		assert_string_equal(err.message, message);
	arena_release(&a);
	pack_free(whole);
}

static void bombs_are_refused_by_ratio_and_by_size(void **state)
{
	(void)state;
	size_t n = (size_t)LIMIT_ARCHIVE_ENTRY_BYTES + (1 << 20);
	char *p = calloc(n, 1);
	assert_non_null(p);
	unpack((str){p, (size_t)LIMIT_ARCHIVE_FREE}, OK, "");
	unpack((str){p, (size_t)64 << 20}, E_TOO_LARGE, "the archive unpacks to too many times its size");
	/* 40 bytes of noise in every 4096 pack to about one in 80. */
	uint32_t noise = 1;
	for (size_t i = 0; i < n; i += 4096)
		for (size_t k = 0; k < 40; k++)
			p[i + k] = (char)((noise = noise * 1664525 + 1013904223) >> 24);
	unpack((str){p, (size_t)16 << 20}, OK, "");
	unpack((str){p, n}, E_TOO_LARGE, "the archive unpacks to more than is read of one");
	free(p);
}

static void large_archives_are_refused(void **state)
{
	(void)state;
	char *p = calloc(LIMIT_ARCHIVE_BYTES + 1, 1);
	assert_non_null(p);
	refuse((str){p, LIMIT_ARCHIVE_BYTES + 1}, E_TOO_LARGE, "the archive is larger than 67108864 bytes");
	free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(entries_are_read_by_name),
	    cmocka_unit_test(an_entry_is_named_and_read_once),
	    cmocka_unit_test(what_is_no_archive_or_cut_is_refused),
	    cmocka_unit_test(a_damaged_entry_is_found_at_its_end),
	    cmocka_unit_test(names_that_lead_out_are_refused),
	    cmocka_unit_test(two_entries_of_a_name_are_refused),
	    cmocka_unit_test(encrypted_archives_are_refused),
	    cmocka_unit_test(too_many_entries_are_refused),
	    cmocka_unit_test(bombs_are_refused_by_ratio_and_by_size),
	    cmocka_unit_test(large_archives_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
