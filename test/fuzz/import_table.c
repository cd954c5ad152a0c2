#include "import_sink.h"

/* The first byte chooses the kind. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	const struct import_format *format = import_format_find(evidence_kinds[data[0] % EVIDENCE_KINDS].name);
	run_format(format, (str){(const char *)data + 1, size - 1});
	return 0;
}
