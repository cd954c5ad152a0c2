#include "web/asset.h"

#include <stdio.h>

#include "base/embed.h"

enum { NAME_MAX_BYTES = 64 };

void asset_address(struct buf *b, str name)
{
	buf_add(b, S("/asset/"));
	buf_add(b, embed_mark());
	buf_char(b, '/');
	buf_add(b, name);
}

str asset_type(str name)
{
	static const struct {
		str end, type;
	} types[] = {
	    {S(".css"), S("text/css; charset=utf-8")},
	    {S(".js"), S("text/javascript; charset=utf-8")},
	    {S(".woff2"), S("font/woff2")},
	    {S(".svg"), S("image/svg+xml")},
	};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_ends(name, types[i].end))
			return types[i].type;
	return (str){0};
}

enum status asset_serve(struct request *q, struct reply *r, struct err *err)
{
	char path[NAME_MAX_BYTES + 8];
	str name = q->part[1], type = asset_type(name);
	if (!type.n || name.n > NAME_MAX_BYTES || !str_eq(q->part[0], embed_mark()))
		return err_set(err, E_NOT_FOUND, "there is no such file");
	int n = snprintf(path, sizeof path, "web/%.*s", STR_ARG(name));
	str bytes = embed_find((str){path, (size_t)n});
	if (!bytes.p)
		return err_set(err, E_NOT_FOUND, "there is no such file");
	r->fixed = bytes.p;
	r->n_fixed = bytes.n;
	r->type = type;
	r->asset = true;
	return OK;
}
