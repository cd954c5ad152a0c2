#include <inttypes.h>

#include "base/limits.h"
#include "base/xlsx_inside.h"

static int nibble(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* _x000D_ stands for a character that XML cannot hold or would fold. */
static bool escape(str text, size_t at, int *code)
{
	if (text.n - at < 7 || text.p[at] != '_' || text.p[at + 1] != 'x' || text.p[at + 6] != '_')
		return false;
	*code = 0;
	for (size_t i = at + 2; i < at + 6; i++) {
		int digit = nibble(text.p[i]);
		if (digit < 0)
			return false;
		*code = *code << 4 | digit;
	}
	return *code && (*code < 0xD800 || *code > 0xDFFF);
}

static void add_character(struct buf *out, int code)
{
	if (code >= 0x800)
		buf_char(out, (char)(0xE0 | code >> 12));
	if (code >= 0x80)
		buf_char(out, (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6));
	buf_char(out, (char)(code >= 0x80 ? 0x80 | (code & 0x3F) : code));
}

static void add_text(struct buf *out, str text)
{
	int code = 0;
	size_t from = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (!escape(text, i, &code))
			continue;
		buf_add(out, str_slice(text, from, i));
		add_character(out, code);
		i += 6;
		from = i + 1;
	}
	buf_add(out, str_slice(text, from, text.n));
}

/* <t>, or a run <r> with a <t> in it; <rPh> tells how to pronounce it. */
enum status xlsx_text_read(struct xml_reader *xml, struct buf *out, struct err *err)
{
	int depth = xml->depth;
	while (xml->event != XML_END || xml->depth >= depth) {
		TRY(xml_next(xml, err));
		if (xml->event != XML_START || xml_is(xml, S("r")))
			continue;
		if (!xml_is(xml, S("t"))) {
			TRY(xml_skip(xml, err));
			continue;
		}
		str text;
		TRY(xml_content(xml, &text, err));
		if (buf_str(out).n + text.n > LIMIT_VALUE_BYTES) {
			(void)xml_expected(xml, "a text of at most 1 MB", err);
			return E_TOO_LARGE;
		}
		add_text(out, text);
	}
	return out->status == OK ? OK : err_set(err, out->status, "the text does not fit into memory");
}

static enum status too_many(const struct xlsx *x, struct err *err)
{
	err_set(err, E_TOO_LARGE, "the workbook has more than %d shared texts, or they take more than %zu bytes",
		LIMIT_XLSX_STRINGS, LIMIT_XLSX_STRING_BYTES);
	err_at(err, x->name, 0, 0);
	return E_TOO_LARGE;
}

static enum status add_string(struct xlsx *x, str text, struct err *err)
{
	if (x->n_strings == LIMIT_XLSX_STRINGS || text.n > LIMIT_XLSX_STRING_BYTES - x->string_bytes)
		return too_many(x, err);
	if (x->n_strings == x->strings_cap &&
	    !(x->strings =
		  arena_grow(x->a, x->strings, x->n_strings, x->n_strings + 1, sizeof *x->strings, &x->strings_cap)))
		return err_full(err);
	x->string_bytes += text.n;
	x->strings[x->n_strings] = str_copy(x->a, text);
	return x->strings[x->n_strings++].p ? OK : err_full(err);
}

static enum status read_strings(struct xlsx *x, struct xml_reader *xml, struct buf *text, struct err *err)
{
	TRY(xml_next(xml, err));
	if (!xml_is(xml, S("sst")))
		return xml_expected(xml, "the shared texts of a workbook", err);
	for (bool more;;) {
		TRY(xml_child(xml, 1, &more, err));
		if (!more)
			return OK;
		if (!xml_is(xml, S("si"))) {
			TRY(xml_skip(xml, err));
			continue;
		}
		buf_clear(text);
		TRY(xlsx_text_read(xml, text, err));
		TRY(add_string(x, buf_str(text), err));
	}
}

enum status xlsx_text_load(struct xlsx *x, struct err *err)
{
	struct source from;
	struct xml_reader xml;
	struct buf text = BUF(2 * LIMIT_VALUE_BYTES);
	if (x->has_strings || !x->strings_part.n)
		return OK;
	x->has_strings = true;
	TRY(archive_read(x->archive, x->strings_part, &from, err));
	TRY(xml_open(&xml, &from, x->a, err));
	enum status status = read_strings(x, &xml, &text, err);
	buf_release(&text);
	return status;
}
