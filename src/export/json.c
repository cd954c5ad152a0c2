#include "export/json.h"

void export_json_next(struct json_writer *w, int64_t next)
{
	json_key(w, S("next"));
	if (next)
		json_int(w, next);
	else
		json_null(w);
}
