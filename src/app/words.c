#include "app/words.h"

#include "base/limits.h"

enum status app_words_check(str text, bool required, const char *what, struct err *err)
{
	if (required && !str_trim(text).n)
		return err_set(err, E_INVALID, "%s is empty", what);
	if (text.n > LIMIT_WORDS_BYTES)
		return err_set(err, E_TOO_LARGE, "%s is longer than %d bytes", what, LIMIT_WORDS_BYTES);
	if (!str_is_utf8(text))
		return err_set(err, E_INVALID, "%s is not UTF-8 text", what);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F)
			return err_set(err, E_INVALID, "%s holds a control character", what);
	}
	return OK;
}

enum status app_words_check_name(str text, const char *what, struct err *err)
{
	return app_load_check_id(str_trim(text), what, err);
}

bool app_words_same(str a, str b)
{
	return str_eq(str_trim(a), str_trim(b));
}
