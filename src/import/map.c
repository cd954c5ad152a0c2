#include "import/map.h"

#include <string.h>

enum status import_map_each(struct import_walk *w, import_map_fn call, void *record, struct err *err)
{
	if (w->json.event == JSON_NULL)
		return OK;
	if (w->json.event != JSON_OBJECT)
		return json_expected(&w->json, "an object", err);
	for (;;) {
		TRY(json_next(&w->json, err));
		if (w->json.event == JSON_OBJECT_END)
			return OK;
		if (w->json.text.n && memchr(w->json.text.p, '\0', w->json.text.n))
			return json_expected(&w->json, "a name without the character U+0000", err);
		str key = str_copy(w->texts, w->json.text);
		if (!key.p)
			return err_full(err);
		TRY(json_next(&w->json, err));
		TRY(call(w, key, record, err));
	}
}
