#include "import_sink.h"

/* Detection never breaks, whether the file is whole or only its head; what it chooses is read. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size};
	const struct import_format *format = NULL;
	struct err err = {0};
	check(import_detect(str_slice(text, 0, size / 2), false, S("fuzz"), &format, &err) == OK ||
	      ((err.status == E_INVALID || err.status == E_TOO_LARGE) && err.message[0] && err.hint[0]));
	format = NULL;
	if (import_detect(text, true, S("fuzz"), &format, &err) == OK)
		run_format(format, text);
	return 0;
}
