#include "export/export.h"

void export_drain(struct export o)
{
	if (o.drain)
		o.drain(o.ctx);
}

void export_line(struct export o)
{
	buf_char(o.text, '\n');
	export_drain(o);
}
