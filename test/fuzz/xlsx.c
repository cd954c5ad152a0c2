/* A workbook whose sheet, shared texts, list of sheets and relations are the input, parted by the byte 0xFF: what is in
   an archive is out of reach behind its checksums. */
#include <stdint.h>

#include "base/limits.h"
#include "base/time.h"
#include "base/xlsx.h"
#include "pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char root[] = "<Relationships><Relationship Id=\"a\" Type=\"" OFFICE
			   "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char links[] = "<Relationships><Relationship Id=\"r1\" Type=\"" OFFICE
			    "/worksheet\" Target=\"sheet.xml\"/><Relationship Id=\"s\" Type=\"" OFFICE
			    "/sharedStrings\" Target=\"strings.xml\"/></Relationships>";
static const char book[] =
    "<workbook xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>";

static void check_row(const struct xlsx *x, const struct xlsx_rows *r, int64_t before)
{
	int64_t ms;
	pack_check(r->row > before && r->n <= LIMIT_XLSX_COLUMNS);
	pack_check(r->n == 0 || r->cells[r->n - 1].kind != XLSX_EMPTY);
	for (size_t i = 0; i < r->n; i++) {
		pack_check(str_is_utf8(r->cells[i].text));
		pack_check(r->cells[i].kind != XLSX_EMPTY || r->cells[i].text.n == 0);
		if (xlsx_time(x, r->cells[i].text, &ms))
			pack_check(ms >= TIME_MIN_MS && ms <= TIME_MAX_MS);
	}
}

static enum status read_sheet(struct xlsx *x, size_t i, struct err *err)
{
	struct xlsx_rows r;
	if (!x->sheets[i].part.n)
		return OK;
	TRY(xlsx_open_sheet(&r, x, i, err));
	for (bool more;;) {
		int64_t before = r.row;
		TRY(xlsx_next(&r, &more, err));
		if (!more)
			return OK;
		check_row(x, &r, before);
	}
}

static enum status read_book(struct source *from, struct arena *a, struct err *err)
{
	struct xlsx x;
	TRY(xlsx_open(&x, from, a, err));
	for (size_t i = 0; i < x.n_sheets; i++)
		TRY(read_sheet(&x, i, err));
	return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pack_entry entries[] = {{.name = "xl/sheet.xml", .text = S("")},
				       {.name = "xl/strings.xml", .text = S("")},
				       {.name = "xl/workbook.xml", .text = str_from(book)},
				       {.name = "xl/_rels/workbook.xml.rels", .text = str_from(links)},
				       {.name = "_rels/.rels", .text = str_from(root)}};
	str rest = {(const char *)data, size};
	for (size_t i = 0; i < 4 && rest.n; i++)
		(void)str_cut(rest, (char)0xFF, &entries[i].text, &rest);
	for (size_t i = 0; i < 5; i++)
		entries[i].stored = true;
	str whole = pack_zip(entries, 5);
	struct source from = source_text(S("fuzz"), whole);
	struct arena a = ARENA((size_t)64 << 20);
	struct err err = {0};
	enum status status = read_book(&from, &a, &err);
	pack_check(status == OK || (status == err.status && status != E_BUG && err.message[0]));
	arena_release(&a);
	pack_free(whole);
	return 0;
}
