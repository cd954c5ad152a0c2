/**
 * embed OUT TOP FILE…: writes a C file with the bytes of the files, as the table that base/embed.h reads.
 *
 * FILE is a path below TOP; its name in the table is the path without the leading content/ or src/.
 * The table is sorted by name. Runs at build time only.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	const char *path;
	const char *name;
};

static int fail(const char *what, const char *path)
{
	fprintf(stderr, "embed: %s %s: %s\n", what, path, strerror(errno));
	return 1;
}

static const char *name_of(const char *path)
{
	static const char *const roots[] = {"content/", "src/"};
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
		if (strncmp(path, roots[i], strlen(roots[i])) == 0)
			return path + strlen(roots[i]);
	}
	return path;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* One byte inside a string literal. Octal with three digits never runs into the next byte; '?' could start a trigraph.
 */
static void put_byte(FILE *out, int c)
{
	if (c < 32 || c > 126 || c == '"' || c == '\\' || c == '?')
		fprintf(out, "\\%03o", (unsigned)c);
	else
		fputc(c, out);
}

/* FNV-1a, 64 bits: tells one build's files from another's. */
static void mark_byte(uint64_t *mark, int c)
{
	*mark = (*mark ^ (unsigned char)c) * UINT64_C(1099511628211);
}

static size_t put_bytes(FILE *out, FILE *in, uint64_t *mark)
{
	size_t n = 0;
	int c;
	fputs("\t\t\"", out);
	while ((c = fgetc(in)) != EOF) {
		put_byte(out, c);
		mark_byte(mark, c);
		if (++n % 100 == 0)
			fputs("\"\n\t\t\"", out);
	}
	fputs("\"", out);
	return n;
}

static int put_file(FILE *out, const char *top, const struct entry *e, uint64_t *mark)
{
	char path[4096];
	if ((size_t)snprintf(path, sizeof path, "%s/%s", top, e->path) >= sizeof path) {
		errno = ENAMETOOLONG;
		return fail("cannot read", e->path);
	}
	FILE *in = fopen(path, "rb");
	if (in == NULL)
		return fail("cannot read", path);
	fputs("\t{{\"", out);
	for (const char *p = e->name; *p != '\0'; p++)
		put_byte(out, (unsigned char)*p);
	fprintf(out, "\", %zu},\n\t {\n", strlen(e->name));
	size_t n = put_bytes(out, in, mark);
	fprintf(out, ", %zu}},\n", n);
	int failed = ferror(in);
	fclose(in);
	return failed ? fail("cannot read", path) : 0;
}

static int put_table(FILE *out, const char *top, struct entry *entries, size_t n)
{
	qsort(entries, n, sizeof *entries, by_name);
	uint64_t mark = UINT64_C(14695981039346656037);
	fputs("/* Made by tools/embed. */\n#include \"base/embed.h\"\n\nconst struct embed_file embed_table[] = {\n",
	      out);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && strcmp(entries[i - 1].name, entries[i].name) == 0) {
			errno = EEXIST;
			return fail("two files of one name", entries[i].name);
		}
		if (put_file(out, top, &entries[i], &mark) != 0)
			return 1;
	}
	fprintf(out, "\t{{NULL, 0}, {NULL, 0}},\n};\nconst size_t embed_table_count = %zu;\n", n);
	fprintf(out, "const char embed_table_mark[17] = \"%016" PRIx64 "\";\n", mark);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: embed OUT TOP FILE...\n", stderr);
		return 2;
	}
	size_t n = (size_t)argc - 3;
	struct entry *entries = calloc(n + 1, sizeof *entries);
	FILE *out = fopen(argv[1], "wb");
	if (entries == NULL || out == NULL)
		return fail("cannot write", argv[1]);
	for (size_t i = 0; i < n; i++)
		entries[i] = (struct entry){.path = argv[i + 3], .name = name_of(argv[i + 3])};
	int failed = put_table(out, argv[2], entries, n);
	free(entries);
	if (fclose(out) != 0 && !failed)
		failed = fail("cannot write", argv[1]);
	return failed;
}
