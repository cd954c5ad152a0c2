#include "import/lines.h"

#include "import/walk.h"

static bool is_lines(str head)
{
	str line, rest;
	if (import_walk_shape(head) != IMPORT_WALK_IS_OBJECT)
		return false;
	bool more = str_cut(head, '\n', &line, &rest);
	return !more || str_ends(str_trim(line), S("}"));
}

enum status import_lines_head(struct import_input *in, str *head, struct err *err)
{
	size_t n = 0, got;
	*head = in->from->text;
	if (in->from->fd < 0)
		return OK;
	char *p = arena_new(in->arena, char, IMPORT_HEAD);
	if (!p)
		return err_full(err);
	do {
		TRY(source_read(in->from, p + n, IMPORT_HEAD - n, &got, err));
		n += got;
	} while (got && n < IMPORT_HEAD);
	*head = (str){p, n};
	return source_rewind(in->from, (str){NULL, 0}, err);
}

enum status import_lines_open(struct json_reader *json, struct import_input *in, struct err *err)
{
	str head = {NULL, 0};
	TRY(import_lines_head(in, &head, err));
	return is_lines(head) ? json_open_lines(json, in->from, in->arena, err)
			      : json_open(json, in->from, in->arena, err);
}
