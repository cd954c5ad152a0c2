#include "collect.h"

#include "base/limits.h"
#include "import/mapping.h"

/* The map lives as long as the test. */
struct bench {
	struct collect c;
	struct arena maps;
	struct err err;
};

static int begin(void **state)
{
	struct bench *b = calloc(1, sizeof *b);
	b->c.arena = ARENA((size_t)256 << 20);
	b->maps = ARENA((size_t)64 << 20);
	*state = b;
	return 0;
}

static int end(void **state)
{
	struct bench *b = *state;
	arena_release(&b->c.arena);
	arena_release(&b->maps);
	free(b);
	return 0;
}

#define MAPPING_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

static enum status use_map(struct bench *b, str text)
{
	const struct import_mapping *map = NULL;
	str kept = str_copy(&b->maps, text);
	b->err = (struct err){0};
	b->c.options = NULL;
	enum status status = import_mapping_read(S("map.yaml"), kept, &b->maps, &map, &b->err);
	assert_int_equal(status == OK, map != NULL);
	b->c.options = map;
	return status;
}

static void use_map_file(struct bench *b, const char *name)
{
	str text = collect_load(name);
	if (use_map(b, text) != OK)
		fail_msg("%s: %s", b->err.where, b->err.message);
	free((void *)(uintptr_t)text.p);
}

#define HEAD "schema: aismm.map/1\nname: x\nkind: finding\nid: ID\n"

/* With a head of four lines: the message and the place of what is refused. */
static void map_is_refused(struct bench *b, const char *rest, const char *where, const char *message)
{
	char text[2048];
	snprintf(text, sizeof text, HEAD "%s", rest);
	assert_int_equal(use_map(b, str_from(text)), E_INVALID);
	if (!strstr(b->err.message, message))
		fail_msg("%s: %s", rest, b->err.message);
	assert_string_equal(b->err.where, where);
}

static enum status read_csv(struct bench *b, const char *map, const char *csv)
{
	char text[2048];
	snprintf(text, sizeof text, HEAD "%s", map);
	if (use_map(b, str_from(text)) != OK)
		fail_msg("%s: %s", b->err.where, b->err.message);
	return collect_text(&b->c, "csv", str_from(csv));
}

static void an_export_of_a_cloud_platform_is_read(void **state)
{
	struct bench *b = *state;
	use_map_file(b, "mapping/wiz.yaml");
	assert_int_equal(collect_file(&b->c, "csv", "mapping/wiz.csv"), OK);
	assert_int_equal(b->c.n, 4);
	assert_int_equal(b->c.facts.records, 4);
	assert_string_equal(b->c.warnings, "");
	assert_string_equal(collect_observed(&b->c), "2025-05-02T07:30:00.500Z");
	assert_int_equal(b->c.facts.identity.n, 0);
	const struct evidence_record *r = collect_by_id(&b->c, EVIDENCE_FINDING, "8a1c");
	assert_true(str_eq(r->unit, S("retail")) && r->main && r->record == 1 && r->line == 2);
	assert_column(r, "rule", "wc-id-1101");
	assert_column(r, "title", "Model endpoint answers the internet");
	assert_column(r, "tool", "wiz");
	assert_column(r, "severity", "critical");
	assert_column(r, "status", "open");
	assert_column(r, "ai", "1");
	assert_column(r, "system_id", "-");
	assert_column(r, "resource", "sub-1|chat-prod");
	assert_column(r, "created_at", "2025-04-03T20:20:00.430Z");
	assert_column(r, "resolved_at", "-");
	assert_column(r, "due_at", "2025-04-10T20:20:00Z");
	r = collect_by_id(&b->c, EVIDENCE_FINDING, "8a1e");
	assert_true(str_eq(r->unit, S("cloud")));
	assert_column(r, "ai", "-");
	assert_column(r, "status", "fixed");
	assert_column(r, "resolved_at", "2025-04-20T10:00:00Z");
}

static void recommendations_of_defender_for_cloud_are_read(void **state)
{
	struct bench *b = *state;
	int failed = 0;
	use_map_file(b, "mapping/defender.yaml");
	assert_int_equal(collect_file(&b->c, "csv", "mapping/defender.csv"), OK);
	/* Counted in the file: three Unhealthy, one Healthy; Low, Low, High, Medium. */
	assert_int_equal(b->c.n, 4);
	for (size_t i = 0; i < b->c.n; i++)
		failed += strcmp(collect_show(&b->c.rows[i], "status"), "fail") == 0;
	assert_int_equal(failed, 3);
	assert_column(&b->c.rows[1], "status", "pass");
	assert_column(&b->c.rows[2], "severity", "high");
	assert_column(&b->c.rows[0], "title", "Virtual networks should be protected by Azure Firewall");
	assert_column(&b->c.rows[0], "check_id", "f67fb4ed-d481-44d7-91e5-efadf504f74a");
	assert_column(&b->c.rows[0], "ai", "-");
	assert_int_equal(b->c.rows[3].id.n, 239);
	assert_string_equal(collect_observed(&b->c), "2021-09-28T16:01:10.373Z");
	assert_string_equal(b->c.warnings, "");
}

static void lines_and_lists_of_objects_are_read(void **state)
{
	static const char list[] = "[{\"model\":\"m\",\"rule\":{\"id\":\"r\"},\"open\":true},\n"
				   " {\"model\":\"m\",\"rule\":{\"id\":\"s\"},\"open\":false}]";
	struct bench *b = *state;
	use_map_file(b, "mapping/findings.yaml");
	assert_int_equal(collect_file(&b->c, "jsonl", "mapping/findings.jsonl"), OK);
	assert_int_equal(b->c.n, 3);
	assert_string_equal(collect_observed(&b->c), "2025-04-30T08:01:00.750Z");
	const struct evidence_record *r = collect_row(&b->c, EVIDENCE_FINDING, 0);
	assert_true(str_eq(r->id, S("m-1|pickle")) && r->unit.n == 0 && r->line == 1 && r->record == 1);
	assert_column(r, "tool", "modelgate");
	assert_column(r, "severity", "high");
	assert_column(r, "status", "open");
	assert_column(r, "created_at", "2025-04-03T20:20:00.430Z");
	r = collect_row(&b->c, EVIDENCE_FINDING, 1);
	assert_column(r, "title", "-");
	assert_column(r, "status", "fixed");
	assert_column(r, "created_at", "-");
	r = collect_row(&b->c, EVIDENCE_FINDING, 2);
	assert_true(r->line == 4 && r->record == 3);
	assert_int_equal(collect_text(&b->c, "json", str_from(list)), OK);
	assert_int_equal(b->c.n, 2);
	assert_int_equal(collect_row(&b->c, EVIDENCE_FINDING, 1)->line, 2);
	assert_true(collect_warned(&b->c, "/seen of the map is in no record"));
	assert_int_equal(collect_text(&b->c, "jsonl", S("[]")), OK);
	assert_int_equal(collect_text(&b->c, "jsonl", S("")), E_INVALID);
	assert_string_equal(b->c.err.message, "a value expected");
}

static void records_may_stand_deep_in_a_document(void **state)
{
	static const str map = S("schema: aismm.map/1\nname: x\nkind: finding\nrecords: /data/0/it~1ems\nid: /i~0d\n"
				 "columns: {title: /tags/1}\n");
	struct bench *b = *state;
	assert_int_equal(use_map(b, map), OK);
	assert_int_equal(
	    collect_text(
		&b->c, "jsonl",
		S("{\"n\":[1,{}],\"data\":[{\"x\":{\"it/ems\":3},\"it/ems\":[{\"i~d\":7,\"tags\":[\"a\",true]},"
		  "\n{\"tags\":[[]],\"i~d\":1.50}]},{\"it/ems\":[{}]}]}")),
	    OK);
	assert_int_equal(b->c.n, 2);
	assert_true(str_eq(b->c.rows[0].id, S("7")) && str_eq(b->c.rows[1].id, S("1.50")));
	assert_column(&b->c.rows[0], "title", "true");
	assert_column(&b->c.rows[1], "title", "-");
	static const char *const bad[][2] = {
	    {"{}", "there is nothing at /data/0/it~1ems"},
	    {"[]", "there is nothing at /data/0/it~1ems"},
	    {"{\"data\":[]}", "there is nothing"},
	    {"{\"data\":[{\"it/ems\":null}]}", "the list of records expected"},
	    {"{\"data\":[{\"it/ems\":{}}]}", "the list of records expected"},
	    {"{\"data\":[{\"it/ems\":[],\"it/ems\":[]}]}", "not a second"},
	    {"{\"data\":[{\"it/ems\":[]}]} x", "expected"},
	    {"{\"data\":[{\"it/ems\":[{\"i~d\":1},", "expected"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(collect_text(&b->c, "jsonl", str_from(bad[i][0])), E_INVALID);
		if (!strstr(b->c.err.message, bad[i][1]))
			fail_msg("%s: %s", bad[i][0], b->c.err.message);
	}
}

static void times_come_in_many_forms(void **state)
{
	static const char *const rows[][3] = {
	    {"{from: T}", "2025-04-03 20:20", "2025-04-03T20:20:00Z"},
	    {"{from: T, time: iso, zone: \"+02:00\"}", "2025-04-03T20:20:00", "2025-04-03T18:20:00Z"},
	    {"{from: T, zone: \"+02:00\"}", "2025-04-03T20:20:00Z", "2025-04-03T20:20:00Z"},
	    {"{from: T, zone: \"+02:00\"}", "2025-04-03", "2025-04-02T22:00:00Z"},
	    {"{from: T, time: unix}", "1743711600.4309", "2025-04-03T20:20:00.430Z"},
	    {"{from: T, time: unix_ms}", "1743711600430", "2025-04-03T20:20:00.430Z"},
	    {"{from: T, time: excel}", "45750", "2025-04-03T00:00:00Z"},
	    {"{from: T, time: excel}", "45750.847222222", "2025-04-03T20:20:00Z"},
	    {"{from: T, time: excel, zone: \"-01:00\"}", "45750.5", "2025-04-03T13:00:00Z"},
	    {"{from: T, time: excel}", "61", "1900-03-01T00:00:00Z"},
	    {"{from: T, time: \"%d.%m.%Y %H:%M\", zone: \"+02:00\"}", "3.4.2025 22:20", "2025-04-03T20:20:00Z"},
	    {"{from: T, values: {never: ~, soon: 2026-01-01}, else: keep}", "never", "-"},
	    {"{from: T, values: {never: ~, soon: 2026-01-01}, else: keep}", "soon", "2026-01-01T00:00:00Z"},
	    {"{from: T, values: {never: ~}, else: keep}", "2025-04-03", "2025-04-03T00:00:00Z"},
	    {"{from: T, time: unix, values: {\"0\": ~}, else: keep}", "0", "-"},
	    {"{from: T, time: unix}", "N/A", "-"},
	    {"{from: T}", "", "-"},
	};
	static const char *const bad[][2] = {
	    {"{from: T}", "03/04/2025"},
	    {"{from: T}", "45750"},
	    {"{from: T, time: unix}", "0"},
	    {"{from: T, time: unix}", "-5"},
	    {"{from: T, time: unix}", "1743711600430"},
	    {"{from: T, time: unix}", "99999999999999999999"},
	    {"{from: T, time: unix}", "17e8"},
	    {"{from: T, time: unix_ms}", "1743711600"},
	    {"{from: T, time: unix_ms}", "9999999999999999"},
	    {"{from: T, time: excel}", "60"},
	    {"{from: T, time: excel}", "4575000"},
	    {"{from: T, time: excel}", "45750."},
	    {"{from: T, time: \"%d.%m.%Y\"}", "2025-04-03"},
	};
	struct bench *b = *state;
	char map[512], csv[256];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		snprintf(map, sizeof map, "columns:\n  created_at: %s\n", rows[i][0]);
		snprintf(csv, sizeof csv, "ID,T\n1,%s\n", rows[i][1]);
		if (read_csv(b, map, csv) != OK)
			fail_msg("%s %s: %s", rows[i][0], rows[i][1], b->c.err.message);
		assert_column(&b->c.rows[0], "created_at", rows[i][2]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		snprintf(map, sizeof map, "columns:\n  created_at: %s\n", bad[i][0]);
		snprintf(csv, sizeof csv, "ID,T\n1,%s\n", bad[i][1]);
		if (read_csv(b, map, csv) != E_INVALID)
			fail_msg("%s %s was read", bad[i][0], bad[i][1]);
		assert_string_equal(b->c.err.where, "file:2:3");
		assert_string_equal(b->c.err.detail, "column created_at, from \"T\"");
	}
}

static void values_are_tables_with_an_else(void **state)
{
	struct bench *b = *state;
	assert_int_equal(
	    read_csv(b, "columns: {severity: {from: S, values: {Sev 1: critical}}}", "ID,S\n1,Sev 1\n2,\n"), OK);
	assert_column(&b->c.rows[0], "severity", "critical");
	assert_column(&b->c.rows[1], "severity", "-");
	assert_int_equal(read_csv(b, "columns: {severity: {from: S, values: {Sev 1: critical}}}", "ID,S\n1,Sev 2\n"),
			 E_INVALID);
	assert_string_equal(b->c.err.message, "\"Sev 2\" is none of the values in the map");
	assert_non_null(strstr(b->c.err.hint, "Sev 1"));
	assert_string_equal(b->c.err.where, "file:2:3");
	assert_int_equal(
	    read_csv(b, "columns: {severity: {from: S, values: {Sev 1: critical}, else: unknown}}", "ID,S\n1,High\n"),
	    OK);
	assert_column(&b->c.rows[0], "severity", "-");
	assert_int_equal(read_csv(b, "columns: {severity: {from: S, values: {Sev 1: critical}, else: keep}}",
				  "ID,S\n1,High\n2,odd\n"),
			 OK);
	assert_column(&b->c.rows[0], "severity", "high");
	assert_column(&b->c.rows[1], "severity", "odd");
	assert_true(collect_warned(&b->c, "severity \"odd\" is none of"));
	assert_int_equal(
	    read_csv(b, "columns: {severity: {from: S, lower: true, values: {sev 1: critical}}}", "ID,S\n1,SEV 1\n"),
	    OK);
	assert_column(&b->c.rows[0], "severity", "critical");
}

static void a_map_is_strict(void **state)
{
	struct bench *b = *state;
	map_is_refused(b, "columns: {}", "map.yaml:5:10", "columns is no table");
	map_is_refused(b, "", "map.yaml:1:1", "no columns");
	map_is_refused(b, "colums: {rule: R}", "map.yaml:5:1", "unknown key \"colums\"");
	assert_string_equal(b->err.hint, "did you mean \"columns\"?");
	map_is_refused(b, "columns: {severty: R}", "map.yaml:5:11", "unknown column of finding \"severty\"");
	assert_string_equal(b->err.hint, "did you mean \"severity\"?");
	map_is_refused(b, "columns: {rule: {form: R}}", "map.yaml:5:18", "unknown key \"form\"");
	map_is_refused(b, "columns: {rule: {lower: true}}", "map.yaml:5:11", "neither from nor const");
	map_is_refused(b, "columns: {rule: }", "map.yaml:5:17", "from is empty");
	map_is_refused(b, "columns: {rule: []}", "map.yaml:5:17", "from has 0 fields");
	map_is_refused(b, "columns: {rule: [[A]]}", "map.yaml:5:18", "from is a list");
	map_is_refused(b, "columns: {rule: {from: R, const: r}}", "map.yaml:5:18", "from has no effect");
	map_is_refused(b, "columns: {rule: {from: R, join: x}}", "map.yaml:5:33", "join has no effect");
	map_is_refused(b, "columns: {rule: {from: [R, S], join: xx}}", "map.yaml:5:38", "single character");
	map_is_refused(b, "columns: {rule: {from: R, else: keep}}", "map.yaml:5:27", "else has no effect");
	map_is_refused(b, "columns: {rule: {from: R, time: iso}}", "map.yaml:5:27", "time has no effect");
	map_is_refused(b, "columns: {ai: {from: R, zone: UTC}}", "map.yaml:5:25", "zone has no effect");
	map_is_refused(b, "columns: {ai: {from: R, lower: true}}", "map.yaml:5:25", "lower has no effect");
	map_is_refused(b, "columns: {rule: {from: R, lower: yes}}", "map.yaml:5:34", "neither true nor false");
	map_is_refused(b, "columns: {due_at: {from: R, time: unix, zone: UTC}}", "map.yaml:5:47", "zone has no effect");
	map_is_refused(b, "columns: {due_at: {from: R, zone: CET}}", "map.yaml:5:35", "neither UTC");
	map_is_refused(b, "columns: {due_at: {from: R, time: unixms}}", "map.yaml:5:35", "unknown form of time");
	assert_string_equal(b->err.hint, "did you mean \"unix_ms\"?");
	map_is_refused(b, "columns: {due_at: {from: R, time: \"%Y-%m\"}}", "map.yaml:5:35", "the pattern needs");
	map_is_refused(b, "columns: {due_at: {const: soon}}", "map.yaml:5:27", "a date such as");
	map_is_refused(b, "columns: {ai: {const: maybe}}", "map.yaml:5:23", "true or false expected");
	map_is_refused(b, "columns: {ai: {const: N/A}}", "map.yaml:5:23", "is no value");
	map_is_refused(b, "columns: {status: {const: opne}}", "map.yaml:5:27", "none of the words of status");
	map_is_refused(b, "columns: {status: {from: S, values: {x: opne}}}", "map.yaml:5:41", "none of the words");
	map_is_refused(b, "columns: {status: {from: S, values: {\"\": open}}}", "map.yaml:5:38", "an empty cell");
	map_is_refused(b, "columns: {status: {from: S, values: {a: open, \" a\": fixed}}}", "map.yaml:5:37", "twice");
	map_is_refused(b, "columns: {status: {from: S, values: {a: [open]}}}", "map.yaml:5:41", "is a list");
	map_is_refused(b, "columns: {status: {from: S, values: []}}", "map.yaml:5:37", "no table");
	map_is_refused(b, "columns: {status: {from: S, values: {a: open}, else: eror}}", "map.yaml:5:54",
		       "unknown else \"eror\"");
	map_is_refused(b, "observed: {const: 2026-01-01}\ncolumns: {rule: R}", "map.yaml:5:19", "--observed");
	map_is_refused(b, "records: []\ncolumns: {rule: R}", "map.yaml:5:10", "records is a list");
	map_is_refused(b, "columns: {rule: R\n", "map.yaml:6:1", "");
	map_is_refused(b, "id: X\ncolumns: {rule: R}", "map.yaml:5:1", "written again");
}

static void the_head_of_a_map_is_strict_too(void **state)
{
	static const char *const rows[][3] = {
	    {"", "map.yaml:1:1", "schema: aismm.map/1"},
	    {"[]", "map.yaml:1:1", "schema: aismm.map/1"},
	    {"name: x", "map.yaml:1:1", "schema: aismm.map/1"},
	    {"schema: aismm.map/2", "map.yaml:1:9", "schema: aismm.map/1"},
	    {"schema: aismm.map/1\n", "map.yaml:1:1", "no name"},
	    {"schema: aismm.map/1\nname: \"a\\tb\"\n", "map.yaml:2:7", "control character"},
	    {"schema: aismm.map/1\nname: Findings\n", "map.yaml:2:7", "that of a format"},
	    {"schema: aismm.map/1\nname: x\n", "map.yaml:1:1", "no kind"},
	    {"schema: aismm.map/1\nname: x\nkind: findng\n", "map.yaml:3:7", "unknown kind \"findng\""},
	    {"schema: aismm.map/1\nname: x\nkind: finding\n", "map.yaml:1:1", "no id"},
	    {"schema: aismm.map/1\nname: x\nkind: finding\nid: {const: a}\n", "map.yaml:4:5", "the id is a constant"},
	};
	struct bench *b = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(use_map(b, str_from(rows[i][0])), E_INVALID);
		if (!strstr(b->err.message, rows[i][2]))
			fail_msg("%s: %s", rows[i][0], b->err.message);
		assert_string_equal(b->err.where, rows[i][1]);
	}
	assert_int_equal(collect_text(&b->c, "csv", S("ID\n1\n")), E_INVALID);
	assert_non_null(strstr(b->c.err.hint, "--map"));
	assert_int_equal(collect_text(&b->c, "jsonl", S("{}")), E_INVALID);
}

static void a_map_must_fit_the_file(void **state)
{
	struct bench *b = *state;
	assert_int_equal(read_csv(b, "columns: {rule: Rule}", "ID,Rul\n1,a\n"), E_INVALID);
	assert_string_equal(b->c.err.message, "file has no column \"Rule\"");
	assert_string_equal(b->c.err.where, "map.yaml:5:17");
	assert_string_equal(b->c.err.hint, "did you mean \"Rul\"?");
	assert_int_equal(read_csv(b, "records: /data\ncolumns: {rule: Rule}", "ID,Rule\n1,a\n"), E_INVALID);
	assert_string_equal(b->c.err.where, "map.yaml:5:10");
	assert_int_equal(collect_text(&b->c, "jsonl", S("{}")), E_INVALID);
	assert_string_equal(b->c.err.where, "map.yaml:4:5");
	assert_non_null(strstr(b->c.err.message, "\"ID\" is no JSON pointer"));
	assert_int_equal(read_csv(b, "columns: {rule: rule}", "id;RULE\n1;a,b\n"), OK);
	assert_column(&b->c.rows[0], "rule", "a,b");
}

static void a_bad_record_is_named_and_may_be_left_out(void **state)
{
	static const char csv[] = "ID,S,U,T\n"
				  "1,high,a,2026-01-01\n"
				  ",high,a,2026-02-01\n"
				  "3,odd,a,2026-03-01\n"
				  "4,high,a,someday\n"
				  "5,high,a,2026-01-02\n";
	static const char map[] = "unit: U\nobserved: T\ncolumns: {severity: {from: S, values: {high: high}}}";
	struct bench *b = *state;
	assert_int_equal(read_csv(b, map, csv), E_INVALID);
	assert_string_equal(b->c.err.where, "file:3:1");
	assert_string_equal(b->c.err.message, "an id expected");
	b->c.may_skip = 2;
	assert_int_equal(read_csv(b, map, csv), E_INVALID);
	assert_string_equal(b->c.err.where, "file:5:10");
	b->c.may_skip = 3;
	assert_int_equal(read_csv(b, map, csv), OK);
	assert_int_equal(b->c.n, 2);
	assert_int_equal(b->c.facts.records, 5);
	assert_string_equal(collect_observed(&b->c), "2026-01-02T00:00:00Z");
	assert_non_null(strstr(b->c.bad, "2: file:3:1: an id expected\n"));
	assert_non_null(strstr(b->c.bad, "3: file:4:3: \"odd\" is none of the values in the map\n"));
	assert_non_null(strstr(b->c.bad, "4: file:5:10: "));
	/* Broken syntax, and two records of one subject, are the file's. */
	assert_int_equal(read_csv(b, map, "ID,S,U,T\n1,high,a\n"), E_INVALID);
	assert_int_equal(read_csv(b, map, "ID,S,U,T\n1,high,a,\"2026-01-01\n"), E_INVALID);
	assert_int_equal(read_csv(b, map, "ID,S,U,T\n1,high,a,\n1,high,a,\n"), E_INVALID);
	assert_non_null(strstr(b->c.err.message, "stands twice: in record 1 and in record 2"));
	assert_int_equal(read_csv(b, map, "ID,S,U,T\n1,high,a,\n1,high,b,\n"), OK);
}

static void records_of_json_are_left_out_whole(void **state)
{
	static const str map =
	    S("schema: aismm.map/1\nname: x\nkind: finding\nid: /id\ncolumns: {title: /t/u, ai: /ai}\n");
	static const char lines[] = "{\"id\":1,\"t\":{\"u\":[1,{\"u\":2}],\"v\":{\"u\":3}},\"ai\":true}\n"
				    "[1,2]\n"
				    "\"x\"\n"
				    "{\"id\":4,\"id\":5}\n"
				    "{\"id\":6,\"t\":{\"u\":1},\"t\":null}\n"
				    "{\"id\":{\"id\":7}}\n"
				    "{\"id\":8,\"ai\":\"odd\"}\n"
				    "{\"id\":\"9\\u0000\"}\n"
				    "{\"t\":{\"u\":\"no id\"}}\n"
				    "{\"id\":10,\"t\":{\"u\":false},\"t2\":1,\"ai\":null}\n";
	struct bench *b = *state;
	assert_int_equal(use_map(b, map), OK);
	assert_int_equal(collect_text(&b->c, "jsonl", str_from(lines)), E_INVALID);
	assert_string_equal(b->c.err.message, "a text, number or truth expected, found a list");
	assert_string_equal(b->c.err.where, "file:1:18");
	b->c.may_skip = 9;
	assert_int_equal(collect_text(&b->c, "jsonl", str_from(lines)), OK);
	assert_int_equal(b->c.skipped, 9);
	assert_int_equal(b->c.n, 1);
	assert_int_equal(b->c.facts.records, 10);
	assert_true(str_eq(b->c.rows[0].id, S("10")));
	assert_column(&b->c.rows[0], "title", "false");
	assert_non_null(strstr(b->c.bad, "2: file:2:1: a record is no object\n"));
	assert_non_null(strstr(b->c.bad, "4: file:4:9: a member that is read stands twice in the record\n"));
	assert_non_null(strstr(b->c.bad, "5: file:5:21: a member that is read stands twice in the record\n"));
	assert_non_null(strstr(b->c.bad, "6: file:6:7: a text, number or truth expected, found an object\n"));
	assert_non_null(
	    strstr(b->c.bad, "8: file:8:7: a text, number or truth expected, found the character U+0000\n"));
	assert_non_null(strstr(b->c.bad, "9: file:9: an id expected\n"));
	/* Broken JSON is not. */
	assert_int_equal(collect_text(&b->c, "jsonl", S("{\"id\":1}\n{\"id\":2,}\n{\"id\":3}\n")), E_INVALID);
	assert_string_equal(b->c.err.where, "file:2:9");
	assert_int_equal(collect_text(&b->c, "jsonl", S("{\"id\":1}\n{\"id\":\n")), E_INVALID);
	assert_int_equal(collect_text(&b->c, "jsonl", S("[{\"id\":1},{\"id\":2}")), E_INVALID);
}

static void ids_of_many_fields_keep_their_places(void **state)
{
	static const char head[] = "schema: aismm.map/1\nname: x\nkind: finding\nfeed: mine\n"
				   "id: {from: [A, B], join: \"/\"}\ncolumns: {rule: A}\n";
	struct bench *b = *state;
	char csv[2048], longer[601];
	memset(longer, 'x', 600);
	longer[600] = '\0';
	assert_int_equal(use_map(b, str_from(head)), OK);
	assert_int_equal(collect_text(&b->c, "csv", S("A,B\na,\n,a\n")), OK);
	assert_true(str_eq(b->c.rows[0].id, S("a/")) && str_eq(b->c.rows[1].id, S("/a")));
	assert_true(str_eq(b->c.facts.identity, S("mine")));
	assert_int_equal(collect_text(&b->c, "csv", S("A,B\n,\n")), E_INVALID);
	snprintf(csv, sizeof csv, "A,B\n%s,b\n", longer);
	assert_int_equal(collect_text(&b->c, "csv", str_from(csv)), OK);
	assert_int_equal(b->c.rows[0].id.n, LIMIT_ID_BYTES);
	assert_int_equal(read_csv(b, "columns: {rule: R}", "ID,R\n1,a\n"), OK);
	snprintf(csv, sizeof csv, "ID,R\n%s,b\n", longer);
	assert_int_equal(collect_text(&b->c, "csv", str_from(csv)), E_INVALID);
	assert_string_equal(b->c.err.message, "an id of at most 512 bytes expected");
}

static void the_sinks_failure_is_passed_on(void **state)
{
	struct bench *b = *state;
	b->c.fail_after = 1;
	b->c.may_skip = 5;
	assert_int_equal(read_csv(b, "columns: {rule: R}", "ID,R\n1,a\n"), E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    MAPPING_TEST(an_export_of_a_cloud_platform_is_read),
	    MAPPING_TEST(recommendations_of_defender_for_cloud_are_read),
	    MAPPING_TEST(lines_and_lists_of_objects_are_read),
	    MAPPING_TEST(records_may_stand_deep_in_a_document),
	    MAPPING_TEST(times_come_in_many_forms),
	    MAPPING_TEST(values_are_tables_with_an_else),
	    MAPPING_TEST(a_map_is_strict),
	    MAPPING_TEST(the_head_of_a_map_is_strict_too),
	    MAPPING_TEST(a_map_must_fit_the_file),
	    MAPPING_TEST(a_bad_record_is_named_and_may_be_left_out),
	    MAPPING_TEST(records_of_json_are_left_out_whole),
	    MAPPING_TEST(ids_of_many_fields_keep_their_places),
	    MAPPING_TEST(the_sinks_failure_is_passed_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
