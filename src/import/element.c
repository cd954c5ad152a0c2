#include "import/element.h"

#include "base/limits.h"

static enum status copy(struct import_element *e, str text, str *out, struct err *err)
{
	*out = text.n ? str_copy(e->texts, text) : (str){0};
	return text.n && !out->p ? err_full(err) : OK;
}

enum status import_element_text(struct import_element *e, str *out, struct err *err)
{
	str text;
	TRY(xml_content(&e->xml, &text, err));
	return copy(e, str_trim(text), out, err);
}

enum status import_element_attribute(struct import_element *e, str name, str *out, struct err *err)
{
	str text;
	(void)xml_attribute(&e->xml, name, &text);
	return copy(e, text, out, err);
}

static enum status twice(const struct import_element *e, str name, struct err *err)
{
	(void)xml_expected(&e->xml, "an element that does not stand there already", err);
	err_detail(err, "<%.*s> stands twice in one element", STR_ARG(name));
	return E_INVALID;
}

static enum status read_child(struct import_element *e, const struct import_element_field *f, void *record,
			      struct err *err)
{
	switch (f->type) {
	case IMPORT_ELEMENT_TEXT:
		return import_element_text(e, (str *)(void *)((char *)record + f->at), err);
	case IMPORT_ELEMENT_MEMBERS:
		return import_element_members(e, f->members, record, err);
	case IMPORT_ELEMENT_CALL:
	case IMPORT_ELEMENT_EACH:
		return f->call(e, record, err);
	case IMPORT_ELEMENT_ATTRIBUTE:
		break;
	}
	return OK;
}

enum status import_element_members(struct import_element *e, const struct import_element_field *fields, void *record,
				   struct err *err)
{
	int depth = e->xml.depth;
	str namespace = e->xml.namespace;
	uint64_t had = 0;
	for (int i = 0; fields[i].name.n; i++)
		if (fields[i].type == IMPORT_ELEMENT_ATTRIBUTE)
			TRY(import_element_attribute(e, fields[i].name, (str *)(void *)((char *)record + fields[i].at),
						     err));
	for (;;) {
		bool more;
		int i = 0;
		TRY(xml_child(&e->xml, depth, &more, err));
		if (!more)
			return OK;
		if (!str_eq(e->xml.namespace, namespace))
			continue;
		while (fields[i].name.n &&
		       (fields[i].type == IMPORT_ELEMENT_ATTRIBUTE || !str_eq(fields[i].name, e->xml.name)))
			i++;
		if (!fields[i].name.n)
			continue;
		if (had >> i & 1 && fields[i].type != IMPORT_ELEMENT_EACH)
			return twice(e, fields[i].name, err);
		had |= UINT64_C(1) << i;
		TRY(read_child(e, &fields[i], record, err));
	}
}

bool import_element_is_markup(str head)
{
	if (str_starts(head, S("\xEF\xBB\xBF")))
		head = str_slice(head, 3, head.n);
	return str_starts(str_trim(head), S("<"));
}

enum status import_element_root(str head, str file, struct arena *a, struct xml_reader *root, struct err *err)
{
	struct source from = source_text(file, head);
	TRY(xml_open(root, &from, a, err));
	TRY(xml_next(root, err));
	root->state = NULL; /* the source does not outlive this call */
	return OK;
}

bool import_element_root_is(str head, str name, str namespace)
{
	struct arena a = ARENA((size_t)4 << 20);
	struct xml_reader root;
	bool is = import_element_is_markup(head) && import_element_root(head, S("head"), &a, &root, NULL) == OK &&
		  xml_is(&root, name) && (namespace.n ? str_starts(root.namespace, namespace) : root.namespace.n == 0);
	arena_release(&a);
	return is;
}
