/**
 * Hints in the words of the page and of the API: what app/ says for the command line is nothing to follow there.
 */
#include "web/hint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

struct says {
	const char *hint, *page, *api;
};

static void expect(const struct says *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char page[HINT_ROOM], api[HINT_ROOM];
		str on_page = hint_word(HINT_PAGE, str_from(list[i].hint), page);
		str in_api = hint_word(HINT_API, str_from(list[i].hint), api);
		if (!str_eq(on_page, str_from(list[i].page)) || !str_eq(in_api, str_from(list[i].api)))
			fail_msg("%s\n  page: %.*s\n  api: %.*s", list[i].hint, STR_ARG(on_page), STR_ARG(in_api));
	}
}

static void a_command_becomes_the_page_and_the_operation_that_do_the_same(void **state)
{
	static const struct says list[] = {
	    {"see: aismm unit list", "see Units", "see: GET /api/v1/units"},
	    {"see: aismm shadow list", "see Not registered", "see: GET /api/v1/registers/shadow"},
	    {"see: aismm shadow list --dismissed", "see Not registered", "see: GET /api/v1/dismissals"},
	    {"see: aismm help import", "see the formats in Help", "see: /help/formats"},
	    {"load it with: aismm unit import FILE", "load it with: see Import units",
	     "load it with: POST /api/v1/tree/import"},
	    {"import the register first, with this system in it: aismm import ai_systems.csv",
	     "import the register first, with this system in it: see Import",
	     "import the register first, with this system in it: POST /api/v1/feeds/{name}"},
	    {"take that back first: aismm link remove 'a; b' --feed 'x; --by y'", "take that back first: see Links",
	     "take that back first: DELETE /api/v1/links"},
	    {"it is disabled; to let it in again: aismm user enable 'ben'",
	     "it is disabled; to let it in again: see People",
	     "it is disabled; to let it in again: POST /api/v1/users/{name}/enable"},
	    {"aismm user enable 'ben' lets it in again", "see People", "see: POST /api/v1/users/{name}/enable"},
	    {"and 3 more names that nobody knows: see aismm link unresolved",
	     "and 3 more names that nobody knows: see Unresolved names",
	     "and 3 more names that nobody knows: GET /api/v1/links/unresolved"},
	};
	(void)state;
	expect(list, sizeof list / sizeof list[0]);
}

static void a_document_becomes_its_page_of_help(void **state)
{
	static const struct says list[] = {
	    {"see docs/formats.md", "see Formats in Help", "see /help/formats"},
	    {"name it with --map FILE; docs/maps.md shows how to write one", "Maps in Help shows how to write one",
	     "/help/maps shows how to write one"},
	    {"add a column id; docs/formats.md lists the others", "add a column id; Formats in Help lists the others",
	     "add a column id; /help/formats lists the others"},
	};
	(void)state;
	expect(list, sizeof list / sizeof list[0]);
}

static void an_option_becomes_the_field_and_the_parameter(void **state)
{
	static const struct says list[] = {
	    {"say why: --because TEXT", "say why: under \"How do you know?\"", "say why: \"because\""},
	    {"leave --unit out, or name another feed with --feed",
	     "leave \"Unit\" out, or name another feed with \"Feed\"",
	     "leave \"unit\" out, or name another feed with {name} in the address"},
	    {"say which with --format, such as ocsf", "say which with \"Format\", such as ocsf",
	     "say which with \"format\", such as ocsf"},
	    {"if the file is complete, repeat the import with --replace; if it is a part, import all parts together",
	     "if the file is complete, repeat the import with \"It may end more than half of its feed\"; if it is a "
	     "part, import all parts together",
	     "if the file is complete, repeat the import with \"replace\"; if it is a part, import all parts "
	     "together"},
	    {"a reviewed answer needs evidence: --evidence FILE, or return it",
	     "a reviewed answer needs evidence: a document, or return it",
	     "a reviewed answer needs evidence: \"documents\", or return it"},
	};
	(void)state;
	expect(list, sizeof list / sizeof list[0]);
}

static void what_cannot_be_done_here_is_left_out(void **state)
{
	static const struct says list[] = {
	    {"", "", ""},
	    {"a second person confirms it; who answers is named by --by", "a second person confirms it",
	     "a second person confirms it"},
	    {"leave --skip-bad out", "", ""},
	    {"an administrator can give another one: aismm user link NAME", "an administrator can give another one",
	     "an administrator can give another one"},
	    {"aismm explain OBJECTIVE shows the sources of its measures", "", "see: GET /api/v1/objectives/{id}"},
	};
	(void)state;
	expect(list, sizeof list / sizeof list[0]);
}

static void what_is_done_in_a_terminal_alone_and_what_other_programs_call_their_options_stays(void **state)
{
	static const char *const same[] = {
	    "run: aismm init",
	    "see: aismm model lint, with the files of the base alone",
	    "behind a proxy, start the server with --trust-proxy; it then prints a code for this",
	    "curl --data-binary @FILE",
	    "pg_dump --format=custom, and pg_restore into an empty database",
	    "export all pages into one file: aws securityhub get-findings, without --max-items and --no-paginate",
	    "did you mean \"north\"?",
	    "write a day as 2026-11-01",
	};
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		expect(&(struct says){same[i], same[i], same[i]}, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_command_becomes_the_page_and_the_operation_that_do_the_same),
	    cmocka_unit_test(an_option_becomes_the_field_and_the_parameter),
	    cmocka_unit_test(a_document_becomes_its_page_of_help),
	    cmocka_unit_test(what_cannot_be_done_here_is_left_out),
	    cmocka_unit_test(what_is_done_in_a_terminal_alone_and_what_other_programs_call_their_options_stays),
	};
	return cmocka_run_group_tests_name("web/hint", tests, NULL, NULL);
}
