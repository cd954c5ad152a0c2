#include <assert.h>

#include "cli/table.h"

const struct table_command *table_find(str name, str sub)
{
	for (size_t i = 0; i < table_command_count; i++)
		if (str_eq(table_commands[i].name, name) && str_eq(table_commands[i].sub, sub))
			return &table_commands[i];
	return NULL;
}

bool table_is_group(str name)
{
	for (size_t i = 0; i < table_command_count; i++)
		if (table_commands[i].sub.n && str_eq(table_commands[i].name, name))
			return true;
	return false;
}

size_t table_option_count(const struct table_command *c)
{
	bool writes = c->need != TABLE_NO_STORE && c->need != TABLE_READS;
	return c->n_options + table_common_count - (writes ? 0 : 1);
}

const struct table_option *table_option_at(const struct table_command *c, size_t i)
{
	return i < c->n_options ? &c->options[i] : &table_common[i - c->n_options];
}

const struct table_option *table_option_find(const struct table_command *c, str name)
{
	for (size_t i = 0; i < table_option_count(c); i++)
		if (str_eq(table_option_at(c, i)->name, name))
			return table_option_at(c, i);
	return NULL;
}

const struct table_option *table_option_any(str name)
{
	for (size_t i = 0; i < table_common_count; i++)
		if (str_eq(table_common[i].name, name))
			return &table_common[i];
	for (size_t c = 0; c < table_command_count; c++) {
		const struct table_option *found = table_option_find(&table_commands[c], name);
		if (found)
			return found;
	}
	return NULL;
}

static size_t add_values(const struct table_option *list[TABLE_VALUES_MAX], size_t n, const struct table_option *from,
			 size_t n_from)
{
	for (size_t i = 0; i < n_from; i++) {
		bool seen = false;
		for (size_t k = 0; k < n; k++)
			seen = seen || str_eq(list[k]->name, from[i].name);
		if (seen || !from[i].value.n)
			continue;
		assert(n < TABLE_VALUES_MAX);
		list[n++] = &from[i];
	}
	return n;
}

size_t table_option_values(const struct table_option *list[TABLE_VALUES_MAX])
{
	size_t n = add_values(list, 0, table_common, table_common_count);
	for (size_t c = 0; c < table_command_count; c++)
		n = add_values(list, n, table_commands[c].options, table_commands[c].n_options);
	return n;
}
