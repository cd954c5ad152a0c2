/*
 * Any text as a check: it must not crash, take long, change a table, or fail in a way that is the sandbox's own fault.
 */
#include <stdint.h>
#include <stdlib.h>

#include "db/sandbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
	if (!good)
		abort();
}

static void fill(struct sandbox *sb, str name)
{
	static const struct sandbox_column columns[] = {
	    {{"unit_id", 7}, true}, {{"id", 2}, true}, {{"seen_at", 7}, false}};
	int table;
	must(sandbox_table(sb, name, columns, 3, &table, NULL) == OK);
	for (int64_t i = 0; i < 5; i++) {
		const struct sandbox_value row[] = {{.is_text = true, .text = S("u")},
						    {.is_text = true, .text = str_slice(S("abcde"), 0, (size_t)i)},
						    {.i64 = i * 1000, .is_null = i == 3}};
		must(sandbox_add(sb, table, row, NULL) == OK);
	}
	must(sandbox_index(sb, table, S("id"), NULL) == OK);
}

static enum status ignore(void *ctx, str unit_id, str subject, int meets, struct err *err)
{
	(void)ctx;
	(void)err;
	must(unit_id.p && subject.p && str_is_utf8(unit_id) && str_is_utf8(subject) && meets >= -1 && meets <= 1);
	return OK;
}

static enum status compare(void *ctx, str unit_id, str subject, int meets, struct err *err)
{
	(void)unit_id;
	(void)err;
	*(bool *)ctx = meets == 1 && str_eq(subject, S("10"));
	return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct sandbox_budget budget = {.rows = 1000, .ksteps = 200, .ms = 500};
	static struct sandbox *sb; /* making one takes longer than a check */
	if (!sb) {
		must(sandbox_open(&sb, NULL) == OK);
		fill(sb, S("person"));
		fill(sb, S("agent"));
	}
	str sql = {(const char *)data, size};
	uint64_t reads = 0;
	int offset = -1;
	enum status compiled = sandbox_compile(sb, sql, &reads, &offset, NULL);
	must(compiled == OK || compiled == E_INVALID || compiled == E_TOO_LARGE);
	must(reads <= 3 && offset >= -1 && (size_t)(offset + 1) <= size + 1);
	enum status ran = sandbox_run(sb, sql, 2000, 1000, &budget, ignore, NULL, NULL);
	must(ran == OK || ran == E_INVALID || ran == E_TOO_LARGE);
	must(compiled == OK || ran != OK);
	bool same = false;
	str all = S("SELECT 'u' AS unit_id, (SELECT count(*) FROM person) + (SELECT count(*) FROM agent) AS subject, 1 "
		    "AS meets");
	must(sandbox_run(sb, all, 0, 0, &budget, compare, &same, NULL) == OK && same);
	return 0;
}
