/**
 * Links: which system a name means, and which pattern fits which name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* first the above */
#include <cmocka.h>

#include "base/arena.h"
#include "core/link.h"

/* ---- patterns ---- */

/* By the definition, with no regard for time. */
static bool fits(str pattern, str name)
{
	if (!pattern.n)
		return !name.n;
	str rest = str_slice(pattern, 1, pattern.n);
	if (pattern.p[0] == '*')
		return fits(rest, name) || (name.n && fits(pattern, str_slice(name, 1, name.n)));
	return name.n && (pattern.p[0] == '?' || pattern.p[0] == name.p[0]) && fits(rest, str_slice(name, 1, name.n));
}

/* The k-th word over an alphabet, shortest first. */
static str word(int k, const char *letters, int n_letters, char out[8])
{
	size_t n = 0;
	for (; k > 0; k = (k - 1) / n_letters)
		out[n++] = letters[(k - 1) % n_letters];
	return (str){out, n};
}

static void every_short_pattern_fits_what_its_definition_says(void **state)
{
	(void)state;
	char p[8], n[8];
	for (int i = 0; i < 1365; i++)        /* words of up to five of four letters */
		for (int k = 0; k < 127; k++) /* up to six of two */
		{
			str pattern = word(i, "ab*?", 4, p), name = word(k, "ab", 2, n);
			if (link_matches(pattern, name) != fits(pattern, name))
				fail_msg("%.*s against %.*s", STR_ARG(pattern), STR_ARG(name));
		}
}

static void a_question_mark_is_one_character_however_many_bytes(void **state)
{
	(void)state;
	assert_true(link_matches(S("caf?-bot"), S("café-bot")));
	assert_false(link_matches(S("caf?"
				    "?-bot"),
				  S("café-bot")));
}

static void stars_without_end_take_no_time(void **state)
{
	(void)state;
	char pattern[512], name[512];
	for (size_t i = 0; i < sizeof pattern; i++) {
		pattern[i] = i % 2 ? 'a' : '*';
		name[i] = 'a';
	}
	pattern[511] = 'b';
	assert_false(link_matches((str){pattern, 512}, (str){name, 512}));
}

/* ---- names ---- */

struct shelf {
	struct arena arena;
	struct link_book book;
	struct link_rule rules[8];
	struct link_system systems[8];
	struct link_model models[3];
};

static void set_up(struct shelf *s, size_t n_rules)
{
	static const struct link_system systems[] = {
	    {S("triage"), true}, {S("chat-bot"), true}, {S("k8s/bot"), false}, {S("both"), false}, {S("both"), true}};
	s->arena = ARENA(1 << 20);
	for (size_t i = 0; i < 5; i++)
		s->systems[i] = systems[i];
	s->models[0] = (struct link_model){S("zephyr"), S("triage")};
	s->models[1] = (struct link_model){S("llama"), S("triage")};
	s->models[2] = (struct link_model){S("llama"), S("both")};
	struct link_parts parts = {s->rules, n_rules, s->systems, 5, s->models, 3};
	assert_true(link_book_make(&parts, &s->arena, &s->book));
}

static void expect(const struct shelf *s, int64_t feed, str name, enum link_by by, const char *system)
{
	struct link_found found = link_find(&s->book, feed, name);
	if (found.by != by || !str_eq(found.system, str_from(system)))
		fail_msg("%.*s: %d %.*s", STR_ARG(name), found.by, STR_ARG(found.system));
}

static void without_rules_a_name_is_an_id_or_nothing(void **state)
{
	(void)state;
	struct shelf s;
	set_up(&s, 0);
	expect(&s, 1, S("triage"), LINK_EXACT, "triage");
	expect(&s, 1, S("both"), LINK_EXACT, "both");
	expect(&s, 1, S("llama"), LINK_UNRESOLVED, ""); /* a model is no system */
	expect(&s, 1, S("k8s/bot"), LINK_DISCOVERED, "k8s/bot");
	expect(&s, 1, S("Triage"), LINK_UNRESOLVED, "");
	expect(&s, 1, S(""), LINK_UNRESOLVED, "");
	arena_release(&s.arena);
}

static void rules_hold_in_their_order(void **state)
{
	(void)state;
	struct shelf s = {.rules = {{1, S("gpt-*"), S("triage"), 0},
				    {2, S("gpt-4*"), S("chat-bot"), 0},
				    {3, S("*-4o"), S("triage"), 7},
				    {4, S("gpt-4o"), S("both"), 0},
				    {5, S("gpt-4o"), S("triage"), 9},
				    {6, S("k8s/*"), S("triage"), 0},
				    {7, S("lla*"), S("triage"), 0},
				    {8, S("gpt-5?"), S("gone"), 0}}};
	set_up(&s, 8);
	expect(&s, 1, S("gpt-3"), LINK_PATTERN, "triage");
	expect(&s, 1, S("gpt-4.1"), LINK_PATTERN, "chat-bot"); /* more letters */
	expect(&s, 7, S("gpt-4-4o"), LINK_PATTERN, "triage");  /* of the feed, although shorter */
	expect(&s, 7, S("gpt-4o"), LINK_ALIAS, "both");        /* an alias goes before a pattern of the feed */
	expect(&s, 9, S("gpt-4o"), LINK_ALIAS, "triage");      /* of the feed before of all */
	expect(&s, 1, S("k8s/bot"), LINK_PATTERN, "triage");   /* a link goes before what was only discovered */
	expect(&s, 1, S("llama"), LINK_PATTERN, "triage");     /* that two systems use it does not matter */
	expect(&s, 1, S("gpt-55"), LINK_PATTERN, "triage");    /* a rule whose system nobody knows does not hold */
	arena_release(&s.arena);
}

static void of_equal_patterns_the_older_holds(void **state)
{
	(void)state;
	struct shelf s = {.rules = {{2, S("a-*z"), S("chat-bot"), 0}, {1, S("a*-z"), S("triage"), 0}}};
	set_up(&s, 2);
	expect(&s, 1, S("a-x-z"), LINK_PATTERN, "triage");
	arena_release(&s.arena);
}

static void of_two_patterns_the_one_with_more_characters_holds_however_many_bytes(void **state)
{
	(void)state;
	struct shelf s = {.rules = {{1, S("ää*"), S("chat-bot"), 0}, {2, S("*bcd"), S("triage"), 0}}};
	set_up(&s, 2);
	expect(&s, 1, S("ääbcd"), LINK_PATTERN, "triage");
	assert_int_equal(link_literals(S("ää*?")), 2);
	arena_release(&s.arena);
}

static void a_name_of_a_model_suggests_the_systems_that_use_it(void **state)
{
	(void)state;
	struct shelf s;
	str out[3];
	set_up(&s, 0);
	assert_int_equal(link_suggest(&s.book, S("llama"), out, 3), 2);
	assert_true(str_eq(out[0], S("both")) && str_eq(out[1], S("triage")));
	assert_int_equal(link_suggest(&s.book, S("zephyr"), out, 3), 1);
	assert_true(str_eq(out[0], S("triage")));
	arena_release(&s.arena);
}

static void suggestions_share_words_and_come_the_likeliest_first(void **state)
{
	(void)state;
	struct shelf s;
	str out[2];
	set_up(&s, 0);
	assert_int_equal(link_suggest(&s.book, S("prod/ChatBot"), out, 2), 0); /* no word of it is a word of an id */
	assert_int_equal(link_suggest(&s.book, S("Chat Bot"), out, 2), 1);
	assert_true(str_eq(out[0], S("chat-bot")));
	assert_int_equal(link_suggest(&s.book, S("triage-bot-v2"), out, 2), 2);
	assert_true(str_eq(out[0], S("triage")) && str_eq(out[1], S("chat-bot")));
	assert_int_equal(link_suggest(&s.book, S("triage-bot-v2"), out, 1), 1);
	assert_int_equal(link_suggest(&s.book, S("k8s/bot"), out, 2), 1); /* never one that is not registered */
	assert_int_equal(link_suggest(&s.book, S("a-b"), out, 2), 0);     /* short words tell nothing */
	arena_release(&s.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_short_pattern_fits_what_its_definition_says),
	    cmocka_unit_test(a_question_mark_is_one_character_however_many_bytes),
	    cmocka_unit_test(stars_without_end_take_no_time),
	    cmocka_unit_test(without_rules_a_name_is_an_id_or_nothing),
	    cmocka_unit_test(rules_hold_in_their_order),
	    cmocka_unit_test(of_equal_patterns_the_older_holds),
	    cmocka_unit_test(of_two_patterns_the_one_with_more_characters_holds_however_many_bytes),
	    cmocka_unit_test(a_name_of_a_model_suggests_the_systems_that_use_it),
	    cmocka_unit_test(suggestions_share_words_and_come_the_likeliest_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
