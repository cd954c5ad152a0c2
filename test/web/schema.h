/**
 * Does a JSON value hold to a JSON schema (draft 2020-12)? As much of it as the schema of OpenAPI documents and the
 * schemas of our answers use; a word that is not known here fails. Values are made with json_pack: json_object and its
 * like are ours, too, and would be taken instead.
 */
#ifndef TEST_WEB_SCHEMA_H
#define TEST_WEB_SCHEMA_H

#include <jansson.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct schema {
	json_t *root;  /* to which #/… leads */
	char why[512]; /* the last thing that did not hold */
};

static bool schema_holds(struct schema *s, json_t *rule, json_t *value, json_t *seen);

static inline bool schema_fails(struct schema *s, const char *word, json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	(void)snprintf(s->why, sizeof s->why, "%s: %.400s", word, text ? text : "");
	free(text);
	return false;
}

/* "#/$defs/path-item" */
static inline json_t *schema_at(struct schema *s, const char *pointer)
{
	json_t *at = s->root;
	char name[128];
	for (const char *p = pointer + 1; *p == '/' && at;) {
		size_t n = strcspn(++p, "/");
		(void)snprintf(name, sizeof name, "%.*s", (int)n, p);
		at = json_object_get(at, name);
		p += n;
	}
	return at;
}

/* The patterns of the schemas, as POSIX has them. */
static inline bool schema_matches(const char *pattern, const char *text)
{
	char posix[256];
	size_t n = 0;
	regex_t compiled;
	for (const char *p = pattern; *p && n + 8 < sizeof posix;) {
		if (strncmp(p, "(?:", 3) == 0) {
			posix[n++] = '(';
			p += 3;
		} else if (strncmp(p, "\\d", 2) == 0) {
			n += (size_t)snprintf(posix + n, sizeof posix - n, "[0-9]");
			p += 2;
		} else {
			posix[n++] = *p++;
		}
	}
	posix[n] = 0;
	if (regcomp(&compiled, posix, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	bool good = regexec(&compiled, text, 0, NULL, 0) == 0;
	regfree(&compiled);
	return good;
}

static inline bool schema_is_type(const char *name, json_t *v)
{
	return (strcmp(name, "object") == 0 && json_is_object(v)) || (strcmp(name, "array") == 0 && json_is_array(v)) ||
	       (strcmp(name, "string") == 0 && json_is_string(v)) ||
	       (strcmp(name, "boolean") == 0 && json_is_boolean(v)) ||
	       (strcmp(name, "integer") == 0 && json_is_integer(v)) ||
	       (strcmp(name, "number") == 0 && json_is_number(v)) || (strcmp(name, "null") == 0 && json_is_null(v));
}

static inline bool schema_type(json_t *types, json_t *v)
{
	size_t i;
	json_t *one;
	if (json_is_string(types))
		return schema_is_type(json_string_value(types), v);
	json_array_foreach(types, i, one) if (schema_is_type(json_string_value(one), v)) return true;
	return false;
}

static inline bool schema_contains(json_t *list, json_t *v)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) if (json_equal(one, v)) return true;
	return false;
}

static inline bool schema_properties(struct schema *s, json_t *rule, json_t *value, json_t *seen)
{
	json_t *known = json_object_get(rule, "properties"), *patterns = json_object_get(rule, "patternProperties");
	json_t *other = json_object_get(rule, "additionalProperties"), *names = json_object_get(rule, "propertyNames");
	const char *key, *pattern;
	json_t *member, *sub;
	json_object_foreach(value, key, member)
	{
		bool mine = false;
		sub = json_object_get(known, key);
		if (sub) {
			mine = true;
			if (!schema_holds(s, sub, member, NULL))
				return false;
		}
		json_object_foreach(patterns, pattern, sub)
		{
			if (!schema_matches(pattern, key))
				continue;
			mine = true;
			if (!schema_holds(s, sub, member, NULL))
				return false;
		}
		if (!mine && other && !schema_holds(s, other, member, NULL))
			return false;
		if (names) {
			json_t *text = json_pack("s", key);
			bool good = schema_holds(s, names, text, NULL);
			json_decref(text);
			if (!good)
				return false;
		}
		if (mine || other)
			json_object_set_new(seen, key, json_true());
	}
	return true;
}

/* allOf, anyOf, oneOf */
static inline bool schema_several(struct schema *s, json_t *rule, const char *word, json_t *value, json_t *seen)
{
	json_t *list = json_object_get(rule, word), *one;
	size_t i, good = 0;
	json_array_foreach(list, i, one) good += schema_holds(s, one, value, seen);
	if (!list)
		return true;
	if (strcmp(word, "allOf") == 0   ? good == json_array_size(list)
	    : strcmp(word, "anyOf") == 0 ? good > 0
					 : good == 1)
		return true;
	return *s->why ? false : schema_fails(s, word, value);
}

static inline bool schema_condition(struct schema *s, json_t *rule, json_t *value, json_t *seen)
{
	json_t *test = json_object_get(rule, "if"), *dependent = json_object_get(rule, "dependentSchemas"), *sub;
	json_t *no = json_object_get(rule, "not");
	const char *key;
	if (test) {
		sub = json_object_get(rule, schema_holds(s, test, value, seen) ? "then" : "else");
		if (sub && !schema_holds(s, sub, value, seen))
			return false;
	}
	json_object_foreach(dependent, key,
			    sub) if (json_object_get(value, key) && !schema_holds(s, sub, value, seen)) return false;
	return !no || !schema_holds(s, no, value, NULL) || schema_fails(s, "not", value);
}

static inline bool schema_object(struct schema *s, json_t *rule, json_t *value, json_t *seen)
{
	json_t *required = json_object_get(rule, "required"), *least = json_object_get(rule, "minProperties");
	json_t *most = json_object_get(rule, "maxProperties"), *one;
	size_t i;
	json_array_foreach(required, i, one) if (!json_object_get(value, json_string_value(one))) return schema_fails(
	    s, json_string_value(one), value);
	if ((least && (json_int_t)json_object_size(value) < json_integer_value(least)) ||
	    (most && (json_int_t)json_object_size(value) > json_integer_value(most)))
		return schema_fails(s, "size", value);
	return schema_properties(s, rule, value, seen);
}

static inline bool schema_value(struct schema *s, json_t *rule, json_t *value)
{
	json_t *type = json_object_get(rule, "type"), *constant = json_object_get(rule, "const"), *one;
	json_t *choices = json_object_get(rule, "enum"), *pattern = json_object_get(rule, "pattern");
	json_t *least = json_object_get(rule, "minimum"), *most = json_object_get(rule, "maximum");
	json_t *items = json_object_get(rule, "items"), *some = json_object_get(rule, "minItems");
	size_t i;
	if (type && !schema_type(type, value))
		return schema_fails(s, "type", value);
	if ((constant && !json_equal(constant, value)) || (choices && !schema_contains(choices, value)))
		return schema_fails(s, "enum", value);
	if (pattern && json_is_string(value) && !schema_matches(json_string_value(pattern), json_string_value(value)))
		return schema_fails(s, "pattern", value);
	if ((least && json_is_number(value) && json_number_value(value) < json_number_value(least)) ||
	    (most && json_is_number(value) && json_number_value(value) > json_number_value(most)))
		return schema_fails(s, "range", value);
	if (some && json_is_array(value) && (json_int_t)json_array_size(value) < json_integer_value(some))
		return schema_fails(s, "minItems", value);
	if (items && json_is_array(value))
		json_array_foreach(value, i, one) if (!schema_holds(s, items, one, NULL)) return false;
	return true;
}

static inline bool schema_words_are_known(struct schema *s, json_t *rule)
{
	static const char *const words[] = {
	    "$id",
	    "$schema",
	    "$comment",
	    "$defs",
	    "$ref",
	    "$dynamicAnchor",
	    "title",
	    "default",
	    "description",
	    "examples",
	    "format",
	    "type",
	    "const",
	    "enum",
	    "pattern",
	    "minimum",
	    "maximum",
	    "items",
	    "minItems",
	    "required",
	    "minProperties",
	    "maxProperties",
	    "properties",
	    "patternProperties",
	    "additionalProperties",
	    "propertyNames",
	    "unevaluatedProperties",
	    "allOf",
	    "anyOf",
	    "oneOf",
	    "not",
	    "if",
	    "then",
	    "else",
	    "dependentSchemas",
	};
	const char *key;
	json_t *sub;
	json_object_foreach(rule, key, sub)
	{
		bool known = false;
		for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
			known |= strcmp(words[i], key) == 0;
		if (!known)
			return schema_fails(s, key, sub);
	}
	return true;
}

/* seen: collects the members that a rule has looked at; may be NULL. */
static bool schema_holds(struct schema *s, json_t *rule, json_t *value, json_t *seen)
{
	json_t *mine = json_pack("{}"), *left = json_object_get(rule, "unevaluatedProperties"), *member;
	const char *ref = json_string_value(json_object_get(rule, "$ref")), *key;
	bool good = true;
	if (json_is_boolean(rule)) {
		json_decref(mine);
		return json_is_true(rule) || schema_fails(s, "nothing may be here", value);
	}
	good = schema_words_are_known(s, rule) && (!ref || schema_holds(s, schema_at(s, ref), value, mine)) &&
	       schema_value(s, rule, value) && (!json_is_object(value) || schema_object(s, rule, value, mine)) &&
	       schema_condition(s, rule, value, mine) && schema_several(s, rule, "allOf", value, mine) &&
	       schema_several(s, rule, "anyOf", value, mine) && schema_several(s, rule, "oneOf", value, mine);
	if (good && left)
		json_object_foreach(value, key, member) if (!json_object_get(mine, key)) good =
		    good && schema_holds(s, left, member, NULL);
	if (good && seen)
		json_object_update(seen, mine);
	json_decref(mine);
	return good;
}

#endif
