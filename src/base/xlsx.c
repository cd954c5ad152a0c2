#include "base/xlsx.h"

#include "base/limits.h"
#include "base/time.h"
#include "base/xlsx_inside.h"

/* A relationship leads from a part of the workbook to another. */
struct relation {
	str id, type, target; /* target: an entry of the archive */
};

struct relations {
	struct relation *list;
	size_t n, cap;
};

/* ---- parts ---- */

static str folder_of(str part)
{
	size_t n = part.n;
	while (n && part.p[n - 1] != '/')
		n--;
	return str_slice(part, 0, n);
}

/* "../media/x" from "xl/worksheets/" is "xl/media/x"; empty when it leads out of the archive. */
static str resolve(struct arena *a, str folder, str target)
{
	struct buf path = BUF(LIMIT_ID_BYTES);
	if (target.n && target.p[0] != '/')
		buf_add(&path, folder);
	for (str part, rest = target; rest.n;) {
		bool more = str_cut(rest, '/', &part, &rest);
		if (str_eq(part, S(".."))) {
			str up = folder_of(str_slice(buf_str(&path), 0, buf_str(&path).n ? buf_str(&path).n - 1 : 0));
			path.n = up.n;
		} else if (part.n && !str_eq(part, S("."))) {
			buf_add(&path, part);
			if (more)
				buf_char(&path, '/');
		}
	}
	str out = path.status == OK ? str_copy(a, buf_str(&path)) : (str){NULL, 0};
	buf_release(&path);
	return out;
}

static str copy_attribute(struct arena *a, const struct xml_reader *xml, str name)
{
	str value;
	return xml_attribute(xml, name, &value) ? str_copy(a, value) : S("");
}

static enum status read_relation(struct xlsx *x, struct xml_reader *xml, str folder, struct relations *out,
				 struct err *err)
{
	str target, mode;
	(void)xml_attribute(xml, S("Target"), &target);
	if (xml_attribute(xml, S("TargetMode"), &mode) && str_eq(mode, S("External")))
		return OK;
	if (out->n == LIMIT_ARCHIVE_ENTRIES)
		return xml_expected(xml, "fewer relationships", err);
	if (out->n == out->cap &&
	    !(out->list = arena_grow(x->a, out->list, out->n, out->n + 1, sizeof *out->list, &out->cap)))
		return err_full(err);
	struct relation *r = &out->list[out->n++];
	*r = (struct relation){copy_attribute(x->a, xml, S("Id")), copy_attribute(x->a, xml, S("Type")),
			       resolve(x->a, folder, target)};
	return r->id.p && r->type.p && r->target.p ? OK : err_full(err);
}

/* Of the part `of`; part: the entry that lists them. */
static enum status read_relations(struct xlsx *x, str part, str of, struct relations *out, struct err *err)
{
	struct source from;
	struct xml_reader xml;
	TRY(archive_read(x->archive, part, &from, err));
	TRY(xml_open(&xml, &from, x->a, err));
	TRY(xml_next(&xml, err));
	if (!xml_is(&xml, S("Relationships")))
		return xml_expected(&xml, "a list of relationships", err);
	for (bool more;;) {
		TRY(xml_child(&xml, 1, &more, err));
		if (!more)
			return OK;
		if (xml_is(&xml, S("Relationship")))
			TRY(read_relation(x, &xml, folder_of(of), out, err));
		TRY(xml_skip(&xml, err));
	}
}

/* By the last word of the type: its beginning differs between the two editions of the standard. */
static const struct relation *by_type(const struct relations *all, str type)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_ends(all->list[i].type, type))
			return &all->list[i];
	return NULL;
}

/* ---- the workbook ---- */

/* r:id, whatever the prefix is called. */
static str relation_id(const struct xml_reader *xml)
{
	for (size_t i = 0; i < xml->n_attributes; i++)
		if (str_eq(xml->attributes[i].name, S("id")) && xml->attributes[i].namespace.n)
			return xml->attributes[i].value;
	return (str){NULL, 0};
}

static enum status read_sheet(struct xlsx *x, struct xml_reader *xml, const struct relations *all, struct err *err)
{
	str id = relation_id(xml);
	if (x->n_sheets == LIMIT_XLSX_SHEETS) {
		(void)xml_expected(xml, "fewer sheets", err);
		return E_TOO_LARGE;
	}
	struct xlsx_sheet *sheet = &x->sheets[x->n_sheets++];
	*sheet = (struct xlsx_sheet){.name = copy_attribute(x->a, xml, S("name")), .part = S("")};
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->list[i].id, id) && str_ends(all->list[i].type, S("/worksheet")))
			sheet->part = all->list[i].target;
	return sheet->name.p ? OK : err_full(err);
}

static enum status read_sheets(struct xlsx *x, struct xml_reader *xml, const struct relations *all, struct err *err)
{
	int depth = xml->depth;
	for (bool more;;) {
		TRY(xml_child(xml, depth, &more, err));
		if (!more)
			return OK;
		if (xml_is(xml, S("sheet")))
			TRY(read_sheet(x, xml, all, err));
		TRY(xml_skip(xml, err));
	}
}

static enum status read_workbook(struct xlsx *x, str part, const struct relations *all, struct err *err)
{
	struct source from;
	struct xml_reader xml;
	str word;
	TRY(archive_read(x->archive, part, &from, err));
	TRY(xml_open(&xml, &from, x->a, err));
	TRY(xml_next(&xml, err));
	if (!xml_is(&xml, S("workbook")))
		return xml_expected(&xml, "a workbook", err);
	for (bool more;;) {
		TRY(xml_child(&xml, 1, &more, err));
		if (!more)
			return OK;
		if (xml_is(&xml, S("sheets"))) {
			TRY(read_sheets(x, &xml, all, err));
			continue;
		}
		if (xml_is(&xml, S("workbookPr")) && xml_attribute(&xml, S("date1904"), &word))
			x->since_1904 = str_eq(word, S("1")) || str_eq(word, S("true"));
		TRY(xml_skip(&xml, err));
	}
}

static enum status refuse(const struct xlsx *x, struct err *err)
{
	err_set(err, E_INVALID, "an archive that is no Excel workbook");
	err_at(err, x->name, 0, 0);
	err_hint(err, "unpack it and import what is in it; of workbooks .xlsx is read, not .xlsb or .ods");
	return E_INVALID;
}

/* xl/workbook.xml has its relations in xl/_rels/workbook.xml.rels. */
static str relations_part(struct arena *a, str part)
{
	struct buf path = BUF(2 * LIMIT_ID_BYTES);
	str folder = folder_of(part);
	buf_add(&path, folder);
	buf_add(&path, S("_rels/"));
	buf_add(&path, str_slice(part, folder.n, part.n));
	buf_add(&path, S(".rels"));
	str out = path.status == OK ? str_copy(a, buf_str(&path)) : (str){NULL, 0};
	buf_release(&path);
	return out;
}

enum status xlsx_open(struct xlsx *x, struct source *from, struct arena *a, struct err *err)
{
	struct relations outer = {0}, inner = {0};
	*x = (struct xlsx){.a = a, .name = from->name};
	TRY(archive_open(&x->archive, from, a, err));
	if (!archive_has(x->archive, S("_rels/.rels")))
		return refuse(x, err);
	TRY(read_relations(x, S("_rels/.rels"), S(""), &outer, err));
	const struct relation *workbook = by_type(&outer, S("/officeDocument"));
	x->sheets = arena_new(a, struct xlsx_sheet, LIMIT_XLSX_SHEETS);
	str part = workbook ? relations_part(a, workbook->target) : S("");
	if (!x->sheets || !part.p)
		return err_full(err);
	if (!workbook || !archive_has(x->archive, part))
		return refuse(x, err);
	TRY(read_relations(x, part, workbook->target, &inner, err));
	TRY(read_workbook(x, workbook->target, &inner, err));
	const struct relation *strings = by_type(&inner, S("/sharedStrings"));
	x->strings_part = strings ? strings->target : S("");
	return x->n_sheets ? OK : refuse(x, err);
}

/* ---- days ---- */

enum { DAYS_MAX = 2958466, LEAP_THAT_NEVER_WAS = 60 };

static bool is_number(str text)
{
	bool digit = false, point = false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '.' && !point)
			point = true;
		else if (text.p[i] >= '0' && text.p[i] <= '9')
			digit = true;
		else
			return false;
	}
	return digit;
}

/* Excel counts a 29 February 1900, so days before it are one off; nobody answered a questionnaire then. */
bool xlsx_time(const struct xlsx *x, str number, int64_t *ms)
{
	static const int64_t epoch_1900 = INT64_C(-2209161600000), epoch_1904 = INT64_C(-2082844800000);
	str whole, part;
	int64_t days, fraction = 0, scale = 1;
	if (number.n > 32 || !is_number(number))
		return false;
	(void)str_cut(number, '.', &whole, &part);
	if (!str_to_i64(whole, &days) || days > DAYS_MAX || (!x->since_1904 && days <= LEAP_THAT_NEVER_WAS))
		return false;
	for (size_t i = 0; i < part.n && i < 9; i++, scale *= 10)
		fraction = fraction * 10 + (part.p[i] - '0');
	/* To the nearest second: the fraction is a rounded one. */
	int64_t seconds = (fraction * 86400 + scale / 2) / scale;
	int64_t time = (x->since_1904 ? epoch_1904 : epoch_1900) + days * TIME_DAY_MS + seconds * 1000;
	if (time > TIME_MAX_MS)
		return false;
	*ms = time;
	return true;
}
