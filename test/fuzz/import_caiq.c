#include "import_sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	run_format(import_format_find(S("caiq")), (str){(const char *)data, size});
	return 0;
}
