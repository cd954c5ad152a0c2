#include "base/err.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Texts from hostile files end up in messages, and messages on terminals and in logs: a control character becomes '?',
   a tab or line end a space, and a cut never leaves half a character. */
static void make_safe(char *text, bool cut)
{
	size_t n = strlen(text);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '\t' || c == '\n' || c == '\r')
			text[i] = ' ';
		else if (c < 0x20 || c == 0x7F)
			text[i] = '?';
		else if (c == 0xC2 && (unsigned char)text[i + 1] >= 0x80 && (unsigned char)text[i + 1] < 0xA0)
			text[i] = text[i + 1] = '?'; /* U+0080 to U+009F: some terminals obey them */
	}
	for (size_t tail = n > 3 ? n - 3 : 0; cut && tail < n; tail++)
		if ((unsigned char)text[tail] >= 0xC0 && !str_is_utf8(str_from(text + tail)))
			text[tail] = '\0', n = tail;
}

/* By way of a copy, so that a field may be among its own arguments. */
PRINTF(3, 0)
static void print_into(char *field, size_t size, const char *format, va_list args)
{
	char text[sizeof((struct err *)0)->detail];
	int n = vsnprintf(text, size, format, args);
	if (n < 0)
		text[0] = '\0';
	make_safe(text, n >= 0 && (size_t)n >= size);
	memcpy(field, text, strlen(text) + 1);
}

#define PRINT_INTO(field, format)                                                                                      \
	do {                                                                                                           \
		va_list args_;                                                                                         \
		va_start(args_, format);                                                                               \
		print_into(field, sizeof(field), format, args_);                                                       \
		va_end(args_);                                                                                         \
	} while (0)

enum status err_set(struct err *err, enum status status, const char *format, ...)
{
	if (!err)
		return status;
	PRINT_INTO(err->message, format);
	err->status = status;
	err->where[0] = err->detail[0] = err->hint[0] = '\0';
	return status;
}

void err_at(struct err *err, str file, int64_t line, int64_t column)
{
	/* The line matters more than the start of a long path. */
	const size_t longest = sizeof err->where - sizeof "...:9223372036854775807:9223372036854775807";
	bool is_long = file.n > longest;
	if (is_long)
		file = str_slice(file, file.n - longest, file.n);
	while (is_long && file.n && ((unsigned char)file.p[0] & 0xC0) == 0x80)
		file = str_slice(file, 1, file.n);
	const char *dots = is_long ? "..." : "";
	if (line <= 0)
		err_where(err, "%s%.*s", dots, STR_ARG(file));
	else if (column <= 0)
		err_where(err, "%s%.*s%s%" PRId64, dots, STR_ARG(file), file.n ? ":" : "line ", line);
	else
		err_where(err, "%s%.*s%s%" PRId64 ":%" PRId64, dots, STR_ARG(file), file.n ? ":" : "line ", line,
			  column);
}

void err_where(struct err *err, const char *format, ...)
{
	if (err)
		PRINT_INTO(err->where, format);
}

void err_detail(struct err *err, const char *format, ...)
{
	if (err)
		PRINT_INTO(err->detail, format);
}

void err_hint(struct err *err, const char *format, ...)
{
	if (err)
		PRINT_INTO(err->hint, format);
}

enum status err_full(struct err *err)
{
	enum status status = err_set(err, E_TOO_LARGE, "this work needs more memory than it may use");
	err_hint(err, "split the input, or ask for a smaller part");
	return status;
}
