#include "import_sink.h"

#include "import/mapping.h"

/* The first byte chooses the format; a map follows, a NUL, and the file that is read by it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str map_text, text;
	const struct import_mapping *map = NULL;
	struct arena a = ARENA((size_t)64 << 20);
	struct err err = {0};
	if (size == 0)
		return 0;
	(void)str_cut((str){(const char *)data + 1, size - 1}, '\0', &map_text, &text);
	enum status status = import_mapping_read(S("map"), map_text, &a, &map, &err);
	check(status == OK || (status == err.status && err.message[0] && str_is_utf8(str_from(err.message))));
	if (status == OK) {
		const struct import_format *format = import_format_find(data[0] & 1 ? S("jsonl") : S("csv"));
		run_once(format, text, map, false);
		run_once(format, text, map, true);
	}
	arena_release(&a);
	return 0;
}
