#include "base/err.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define PRINT_INTO(field, format)                                                                                      \
	do {                                                                                                           \
		va_list args_;                                                                                         \
		va_start(args_, format);                                                                               \
		(void)vsnprintf(field, sizeof(field), format, args_);                                                  \
		va_end(args_);                                                                                         \
	} while (0)

enum status err_set(struct err *err, enum status status, const char *format, ...)
{
	if (!err)
		return status;
	*err = (struct err){.status = status};
	PRINT_INTO(err->message, format);
	return status;
}

void err_at(struct err *err, str file, int64_t line, int64_t column)
{
	if (!err)
		return;
	int n = snprintf(err->where, sizeof err->where, "%.*s", STR_ARG(file));
	if (n >= 0 && (size_t)n < sizeof err->where && line > 0)
		n += snprintf(err->where + n, sizeof err->where - (size_t)n, "%s%" PRId64, n ? ":" : "line ", line);
	if (n >= 0 && (size_t)n < sizeof err->where && line > 0 && column > 0)
		(void)snprintf(err->where + n, sizeof err->where - (size_t)n, ":%" PRId64, column);
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
