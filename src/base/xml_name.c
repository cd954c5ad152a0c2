#include <string.h>

#include "base/xml_inside.h"

static const str xml_uri = S("http://www.w3.org/XML/1998/namespace");
static const str xmlns_uri = S("http://www.w3.org/2000/xmlns/");

/* ---- errors ---- */

int64_t xml_line(const struct xml_state *s)
{
	return (int64_t)XML_GetCurrentLineNumber(s->parser);
}

int64_t xml_column(const struct xml_state *s)
{
	return (int64_t)XML_GetCurrentColumnNumber(s->parser) + 1;
}

void xml_place(struct xml_state *s)
{
	err_at(&s->fault, s->from->name, xml_line(s), xml_column(s));
}

bool xml_refuse(struct xml_state *s, const char *message, str what, const char *hint)
{
	if (s->fault.status != OK)
		return false;
	err_set(&s->fault, E_INVALID, "%s%s%.*s", message, what.n ? ": " : "", STR_ARG(what));
	err_hint(&s->fault, "%s", hint);
	xml_place(s);
	return false;
}

bool xml_too_large(struct xml_state *s, const char *more_than, size_t limit, const char *unit)
{
	if (s->fault.status != OK)
		return false;
	err_set(&s->fault, E_TOO_LARGE, "%s %zu %s", more_than, limit, unit);
	xml_place(s);
	return false;
}

bool xml_full(struct xml_state *s)
{
	if (s->fault.status == OK && err_full(&s->fault) != OK)
		xml_place(s);
	return false;
}

/* ---- names ---- */

/* Where a name stands among those of the file, or the empty slot where it would. */
static str *name_slot(const struct xml_state *s, str name)
{
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 0x100000001b3;
	size_t i = (size_t)(hash ^ hash >> 32) & (XML_NAME_SLOTS - 1);
	while (s->names[i].p && !str_eq(s->names[i], name))
		i = (i + 1) & (XML_NAME_SLOTS - 1);
	return &s->names[i];
}

/**
 * One copy of a name, for the whole file. libexpat keeps every name for itself, too, and has no limit; this one is for
 * both.
 */
static bool keep_name(struct xml_state *s, const XML_Char *z, str *out)
{
	str name = str_from(z);
	if (name.n > LIMIT_XML_NAME_BYTES)
		return xml_too_large(s, "a name of more than", LIMIT_XML_NAME_BYTES, "bytes");
	str *slot = name_slot(s, name);
	if (!slot->p) {
		if (s->n_names == LIMIT_XML_NAMES)
			return xml_too_large(s, "more than", LIMIT_XML_NAMES, "different names");
		*slot = str_copy(s->arena, name);
		if (!slot->p)
			return xml_full(s);
		s->n_names++;
	}
	*out = *slot;
	return true;
}

static bool starts_name(str local)
{
	char c = local.n ? local.p[0] : '-';
	return c != '-' && c != '.' && (c < '0' || c > '9');
}

/* prefix:local; without a colon the prefix is empty. */
static bool split_name(struct xml_state *s, str qname, str *prefix, str *local)
{
	if (!str_cut(qname, ':', prefix, local)) {
		*local = qname;
		*prefix = (str){0};
		return true;
	}
	str head, tail;
	if (prefix->n == 0 || !starts_name(*local) || str_cut(*local, ':', &head, &tail))
		return xml_refuse(s, "not a name with a prefix", qname, "a name is written prefix:name");
	return true;
}

static bool find_namespace(struct xml_state *s, str prefix, str *uri)
{
	if (str_eq(prefix, S("xml"))) {
		*uri = xml_uri;
		return true;
	}
	for (int i = s->n_bindings - 1; i >= 0; i--) {
		if (str_eq(s->bindings[i].prefix, prefix)) {
			*uri = s->bindings[i].uri;
			return true;
		}
	}
	if (prefix.n)
		return xml_refuse(s, "a prefix without a namespace", prefix, "declare it with xmlns:prefix=\"…\"");
	*uri = (str){0};
	return true;
}

/* xmlns="…" or xmlns:prefix="…" of the element that is being opened. */
static bool declare(struct xml_state *s, str prefix, const XML_Char *z)
{
	str uri;
	if (!keep_name(s, z, &uri))
		return false;
	bool reserved = str_eq(uri, xml_uri) || str_eq(uri, xmlns_uri);
	if (str_eq(prefix, S("xml")) && str_eq(uri, xml_uri))
		return true;
	if (str_eq(prefix, S("xml")) || str_eq(prefix, S("xmlns")) || reserved)
		return xml_refuse(s, "a namespace that cannot be declared", reserved ? uri : prefix,
				  "the prefixes xml and xmlns have their own");
	if (prefix.n && uri.n == 0)
		return xml_refuse(s, "a prefix without a namespace", prefix, "an empty namespace has no prefix");
	if (s->n_bindings == LIMIT_XML_NAMESPACES)
		return xml_too_large(s, "more than", LIMIT_XML_NAMESPACES, "open namespaces");
	s->bindings[s->n_bindings++] = (struct xml_binding){prefix, uri, s->depth};
	return true;
}

/* ---- attributes ---- */

/* Room for the values of the current attributes. */
static bool make_room(struct xml_state *s, const XML_Char **atts)
{
	size_t need = 0;
	for (size_t i = 0; atts[i]; i += 2) {
		size_t n = strlen(atts[i + 1]);
		if (n > LIMIT_VALUE_BYTES)
			return xml_too_large(s, "an attribute of more than", LIMIT_VALUE_BYTES, "bytes");
		need += n; /* all of them came out of one tag */
	}
	if (need <= s->values_cap)
		return true;
	char *grown = arena_grow(s->arena, s->values, s->values_cap, need, 1, &s->values_cap);
	if (grown)
		s->values = grown;
	return grown || xml_full(s);
}

/* The declarations among the attributes take effect, the others are kept with their names as written. */
static bool sort_attributes(struct xml_state *s, const XML_Char **atts)
{
	size_t used = 0;
	s->n_attributes = 0;
	for (size_t i = 0; atts[i]; i += 2) {
		str qname, prefix, local;
		if (i / 2 == LIMIT_XML_ATTRIBUTES)
			return xml_too_large(s, "more than", LIMIT_XML_ATTRIBUTES, "attributes");
		if (!keep_name(s, atts[i], &qname) || !split_name(s, qname, &prefix, &local))
			return false;
		bool is_default = prefix.n == 0 && str_eq(local, S("xmlns"));
		if (is_default || str_eq(prefix, S("xmlns"))) {
			if (!declare(s, is_default ? (str){0} : local, atts[i + 1]))
				return false;
			continue;
		}
		/* Without any text of an attribute there is no room for them either. */
		str value = {s->values ? s->values + used : NULL, strlen(atts[i + 1])};
		if (value.n)
			memcpy(s->values + used, atts[i + 1], value.n);
		used += value.n;
		s->attributes[s->n_attributes++] = (struct xml_attribute){local, prefix, value};
	}
	return true;
}

/* Two attributes with different prefixes of one namespace are the same one; libexpat saw but the prefixes. */
static bool is_repeated(const struct xml_state *s, size_t i)
{
	const struct xml_attribute *a = &s->attributes[i];
	for (size_t j = 0; j < i; j++)
		if (str_eq(s->attributes[j].namespace, a->namespace) && str_eq(s->attributes[j].name, a->name))
			return true;
	return false;
}

static bool name_attributes(struct xml_state *s)
{
	for (size_t i = 0; i < s->n_attributes; i++) {
		struct xml_attribute *a = &s->attributes[i];
		if (a->namespace.n && !find_namespace(s, a->namespace, &a->namespace))
			return false;
		if (a->namespace.n && is_repeated(s, i))
			return xml_refuse(s, "an attribute that stands twice in one tag", a->name,
					  "remove one of the two");
	}
	return true;
}

bool xml_name_element(struct xml_state *s, const XML_Char *name, const XML_Char **atts, struct xml_open_element *open)
{
	str prefix;
	return keep_name(s, name, &open->qname) && split_name(s, open->qname, &prefix, &open->name) &&
	       make_room(s, atts) && sort_attributes(s, atts) && find_namespace(s, prefix, &open->namespace) &&
	       name_attributes(s);
}
