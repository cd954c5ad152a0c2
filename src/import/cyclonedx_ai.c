#include "import/cyclonedx.h"

#include <stddef.h>

static const str types[] = {S("application"),
			    S("framework"),
			    S("library"),
			    S("container"),
			    S("platform"),
			    S("operating-system"),
			    S("device"),
			    S("firmware"),
			    S("file"),
			    S("machine-learning-model"),
			    S("data"),
			    S("device-driver"),
			    S("cryptographic-asset")};

bool import_cyclonedx_ai_type(str type)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq(type, types[i]))
			return true;
	return false;
}

bool import_cyclonedx_ai(const struct import_cyclonedx_component *c)
{
	if (str_eq(c->type, S("machine-learning-model")) || str_eq(c->type, S("data")))
		return true;
	if (str_eq_fold(c->group, S("@langchain")) || str_eq_fold(c->group, S("@modelcontextprotocol")))
		return true;
	return import_bom_ai(c->name);
}
