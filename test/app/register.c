/**
 * Registers: who sees which rows, what a filter, an order and a page show, and what is known about one subject. On both
 * engines.
 */
#include "app/register.h"

#include "app/roles_house.h"

#include "app/answer.h"
#include "app/comment.h"
#include "app/evidence.h"
#include "app/search.h"
#include "app/target.h"
#include "core/view_answer.h"

static void prepare(const struct room *room)
{
	static const char csv[] = "id,unit,name,tier,registered\n"
				  "chatbot,cards,Chatbot,high,\n"
				  "triage,shop,Claims Triage,,\n"
				  "notes,acme,Meeting notes,low,\n"
				  "seen,cards,Seen Somewhere,,false\n";
	static const char findings[] = "id,unit,title,severity,system_id\n"
				       "f1,cards,Injection,high,chatbot\n"
				       "f2,shop,Leak,low,chatbot\n"
				       "f3,cards,Other,low,triage\n";
	char path[PATH_BYTES];
	struct err why = {0};
	str covers[] = {S("acme"), S("bank"), S("cards"), S("shop")};
	struct app_import o = {.feed = S("register"),
			       .format = S("ai_system"),
			       .observed = at_time(DAY(45)),
			       .covers = covers,
			       .n_covers = 4};
	people_prepare(room);
	str file = put_file(room, "register-cards.csv", str_from(csv), path);
	assert_int_equal(try_import(room, DAY(45), &o, &file, 1, NULL, &why), OK);
	o.feed = S("scanner");
	o.format = S("finding");
	file = put_file(room, "findings.csv", str_from(findings), path);
	assert_int_equal(try_import(room, DAY(46), &o, &file, 1, NULL, &why), OK);
}

static enum status look(const struct room *room, const struct access *who, const struct app_register *ask_, char *ids,
			int64_t *total, struct err *why)
{
	struct house h;
	struct view_register v = {0};
	*why = (struct err){0};
	ask_as(&h, room, now, S("somebody"), who);
	enum status status = app_register_list(&h.app, ask_, &v, why);
	ids[0] = '\0';
	for (size_t i = 0; i < v.n; i++)
		(void)snprintf(ids + strlen(ids), TEXT_BYTES - strlen(ids), "%s%.*s", i ? " " : "",
			       STR_ARG(v.rows[i].id));
	*total = v.total;
	answered(&h);
	return status;
}

static void expect(const struct room *room, const struct access *who, struct app_register ask_, const char *ids,
		   int64_t total)
{
	static char found[TEXT_BYTES];
	int64_t n;
	struct err why;
	ask_.kind = EVIDENCE_AI_SYSTEM;
	assert_int_equal(look(room, who, &ask_, found, &n, &why), OK);
	assert_string_equal(found, ids);
	assert_int_equal(n, total);
}

static void everybody_sees_the_rows_of_own_units_and_no_other(void **state)
{
	const struct room *room = *state;
	struct person p;
	struct app_register all = {.kind = EVIDENCE_AI_SYSTEM}, shop = {.lens = {.unit = S("shop")}};
	char ids[TEXT_BYTES];
	int64_t n;
	struct err why;
	prepare(room);
	expect(room, NULL, all, "chatbot notes seen triage", 4);
	expect(room, NULL, shop, "triage", 1);
	expect(room, person(&p, S("r"), ACCESS_READER, S("acme")), all, "chatbot notes seen triage", 4);
	/* Below the unit, not above it or beside it. */
	expect(room, person(&p, S("r"), ACCESS_READER, S("bank")), all, "chatbot seen", 2);
	expect(room, person(&p, S("r"), ACCESS_LEAD, S("shop")), all, "triage", 1);
	shop.kind = EVIDENCE_AI_SYSTEM;
	assert_int_equal(look(room, person(&p, S("r"), ACCESS_READER, S("bank")), &shop, ids, &n, &why), E_NOT_FOUND);
	assert_int_equal(look(room, person(&p, S("r"), ACCESS_RESPONDENT, S("acme")), &all, ids, &n, &why), E_DENIED);
	assert_int_equal(look(room, person(&p, S("r"), ACCESS_NONE, S("")), &all, ids, &n, &why), E_DENIED);
}

static void a_register_is_filtered_ordered_and_paged(void **state)
{
	const struct room *room = *state;
	char ids[TEXT_BYTES];
	int64_t n;
	struct err why;
	prepare(room);
	expect(room, NULL, (struct app_register){.text = S("TRIAGE")}, "triage", 1);
	expect(room, NULL, (struct app_register){.text = S("%")}, "", 0);
	expect(room, NULL, (struct app_register){.text = S("' OR 1 --")}, "", 0);
	expect(room, NULL, (struct app_register){.match = {{S("registered"), S("false")}}, .n_match = 1}, "seen", 1);
	/* What nobody said is no value, and comes last in either direction. */
	expect(room, NULL, (struct app_register){.order = S("tier")}, "chatbot notes seen triage", 4);
	expect(room, NULL, (struct app_register){.order = S("tier"), .down = true}, "notes chatbot seen triage", 4);
	expect(room, NULL, (struct app_register){.order = S("unit_id"), .down = true}, "triage chatbot seen notes", 4);
	expect(room, NULL, (struct app_register){.offset = 1, .limit = 2}, "notes seen", 4);
	expect(room, NULL, (struct app_register){.offset = 9, .limit = 2}, "", 4);
	/* Nothing was known before the first file. */
	expect(room, NULL, (struct app_register){.lens = {.at = at_time(DAY(40))}}, "", 0);
	struct app_register bad = {.kind = EVIDENCE_AI_SYSTEM, .order = S("tier; DROP TABLE unit")};
	assert_int_equal(look(room, NULL, &bad, ids, &n, &why), E_INVALID);
	bad =
	    (struct app_register){.kind = EVIDENCE_AI_SYSTEM, .match = {{S("registered"), S("perhaps")}}, .n_match = 1};
	assert_int_equal(look(room, NULL, &bad, ids, &n, &why), E_INVALID);
}

/* By what they mean, not by their letters; a word that nobody ordered comes after them, none at all last. */
static void tiers_and_severities_stand_in_their_own_order(void **state)
{
	static const char systems[] = "id,unit,tier\na,shop,low\nb,shop,medium\nc,shop,high\nd,shop,\ne,shop,dire\n";
	static const char findings[] = "id,unit,title,severity\nf1,shop,T,info\nf2,shop,T,medium\nf3,shop,T,critical\n"
				       "f4,shop,T,low\nf5,shop,T,high\n";
	const struct room *room = *state;
	struct app_register by = {.kind = EVIDENCE_FINDING, .order = S("severity")};
	struct app_import o = {.format = S("ai_system"), .feed = S("s"), .observed = at_time(now)};
	char path[PATH_BYTES], ids[TEXT_BYTES];
	int64_t n;
	struct err why;
	people_prepare(room);
	str file = put_file(room, "systems.csv", str_from(systems), path);
	RUN(try_import(room, now, &o, &file, 1, NULL, err));
	o.format = S("finding");
	o.feed = S("f");
	file = put_file(room, "findings.csv", str_from(findings), path);
	RUN(try_import(room, now, &o, &file, 1, NULL, err));
	expect(room, NULL, (struct app_register){.order = S("tier")}, "c b a e d", 5);
	expect(room, NULL, (struct app_register){.order = S("tier"), .down = true}, "e a b c d", 5);
	expect(room, NULL,
	       (struct app_register){
		   .order = S("tier"), .text = S("shop"), .match = {{S("tier"), S("low")}}, .n_match = 1},
	       "a", 1);
	assert_int_equal(look(room, NULL, &by, ids, &n, &why), OK);
	assert_string_equal(ids, "f3 f5 f2 f4 f1");
}

static void an_id_of_two_units_has_a_row_in_each(void **state)
{
	static const char csv[] = "id,unit,name\nchat,cards,Chat\nchat,shop,Other chat\n";
	const struct room *room = *state;
	char path[PATH_BYTES];
	people_prepare(room);
	str file = put_file(room, "systems.csv", str_from(csv), path);
	RUN(try_import(room, now, &(struct app_import){.format = S("ai_system"), .observed = at_time(now)}, &file, 1,
		       NULL, err));
	expect(room, NULL, (struct app_register){.order = S("unit_id")}, "chat chat", 2);
	expect(room, NULL, (struct app_register){.lens = {.unit = S("shop")}}, "chat", 1);
}

static void a_subject_says_who_says_so(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct person p;
	struct view_register_subject v;
	struct app_lens lens = {0};
	struct err why = {0};
	prepare(room);
	ask(&h, room, now);
	RUN(app_register_subject(&h.app, &lens, EVIDENCE_AI_SYSTEM, S("chatbot"), S(""), &v, err));
	assert_true(str_eq(v.row.unit, S("cards")));
	assert_int_equal(v.n_records, 1);
	assert_true(str_eq(v.records[0].feed, S("register")));
	assert_int_equal(v.records[0].record, 1);
	assert_int_equal(v.findings.total, 2);
	answered(&h);
	/* Of the findings a reader sees those of own units, and of a system elsewhere not even that it is there. */
	ask_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_READER, S("cards")));
	RUN(app_register_subject(&h.app, &lens, EVIDENCE_AI_SYSTEM, S("chatbot"), S(""), &v, err));
	assert_int_equal(v.findings.total, 1);
	assert_int_equal(app_register_subject(&h.app, &lens, EVIDENCE_AI_SYSTEM, S("triage"), S("shop"), &v, &why),
			 E_NOT_FOUND);
	assert_int_equal(app_register_subject(&h.app, &lens, EVIDENCE_AI_SYSTEM, S("nobody"), S(""), &v, &why),
			 E_NOT_FOUND);
	answered(&h);
}

static void an_owner_has_the_name_that_the_register_of_people_has_where_it_may_be_seen(void **state)
{
	static const char people[] = "id,unit,name\np1,shop,Ada Lovelace\np2,cards,Grace Hopper\n";
	static const char systems[] =
	    "id,unit,name,owner_id\na,cards,A,p1\nb,cards,B,p2\nc,cards,C,p1\nd,cards,D,gone\n";
	const struct room *room = *state;
	struct house h;
	struct person p;
	char path[PATH_BYTES];
	struct app_register cards = {.kind = EVIDENCE_AI_SYSTEM, .lens = {.unit = S("cards")}};
	int owner = evidence_column_find(&evidence_kinds[EVIDENCE_AI_SYSTEM], S("owner_id"));
	people_prepare(room);
	str file = put_file(room, "people.csv", str_from(people), path);
	RUN(try_import(room, now, &(struct app_import){.format = S("person"), .observed = at_time(now)}, &file, 1, NULL,
		       err));
	file = put_file(room, "systems.csv", str_from(systems), path);
	RUN(try_import(room, now, &(struct app_import){.format = S("ai_system"), .observed = at_time(now)}, &file, 1,
		       NULL, err));
	for (int i = 0; i < 2; i++) {
		static const char *const names[2][4] = {{"Ada Lovelace", "Grace Hopper", "Ada Lovelace", ""},
							{"", "Grace Hopper", "", ""}};
		struct view_register v;
		struct view_register_subject one;
		ask_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_READER, i ? S("cards") : S("acme")));
		RUN(app_register_list(&h.app, &cards, &v, err));
		assert_int_equal(v.n, 4);
		for (int k = 0; k < 4; k++)
			assert_true(str_eq(v.rows[k].names[owner], str_from(names[i][k])));
		RUN(app_register_subject(&h.app, &cards.lens, EVIDENCE_AI_SYSTEM, S("c"), S(""), &one, err));
		assert_true(str_eq(one.row.names[owner], str_from(names[i][2])));
		answered(&h);
	}
}

static void search_finds_the_people_of_the_registers(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_search v;
	struct app_lens lens = {0};
	char path[PATH_BYTES];
	prepare(room);
	str file = put_file(room, "people.csv", S("id,name\np073,Ada Lovelace\n"), path);
	RUN(try_import(room, now, &(struct app_import){.format = S("person"), .observed = at_time(now)}, &file, 1, NULL,
		       err));
	ask(&h, room, now);
	RUN(app_search(&h.app, &lens, S("lovelace"), &v, err));
	assert_int_equal(v.subjects[EVIDENCE_PERSON].total, 1);
	RUN(app_search(&h.app, &lens, S("p073"), &v, err));
	assert_int_equal(v.subjects[EVIDENCE_PERSON].total, 1);
	answered(&h);
}

static void search_finds_what_the_person_may_see(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct person p;
	struct view_search v;
	struct app_lens lens = {0};
	struct err why = {0};
	prepare(room);
	ask(&h, room, now);
	RUN(app_search(&h.app, &lens, S("CARDS"), &v, err));
	assert_int_equal(v.n_units, 1);
	assert_int_equal(v.n_files, 1);
	RUN(app_search(&h.app, &lens, S("gov-0"), &v, err));
	assert_int_equal(v.n_objectives, 5);
	RUN(app_search(&h.app, &lens, S("triage"), &v, err));
	assert_int_equal(v.subjects[EVIDENCE_AI_SYSTEM].total, 1);
	RUN(app_search(&h.app, &lens, S(" "), &v, err));
	assert_int_equal(v.n_units + v.n_objectives + v.n_files + v.n_feeds, 0);
	answered(&h);
	/* Feeds and files are of the root; the unit and the system stand elsewhere. */
	ask_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_READER, S("shop")));
	RUN(app_search(&h.app, &lens, S("cards"), &v, err));
	assert_int_equal(v.n_units + v.n_files + v.subjects[EVIDENCE_AI_SYSTEM].total, 0);
	RUN(app_search(&h.app, &lens, S("chatbot"), &v, err));
	assert_int_equal(v.subjects[EVIDENCE_AI_SYSTEM].total, 0);
	RUN(app_search(&h.app, &lens, S("e"), &v, err));
	assert_int_equal(v.n_feeds + v.n_people, 0);
	answered(&h);
	ask_as(&h, room, now, S("r"), person(&p, S("r"), ACCESS_RESPONDENT, S("acme")));
	assert_int_equal(app_search(&h.app, &lens, S("cards"), &v, &why), E_DENIED);
	answered(&h);
}

static int64_t say(const struct room *room, int64_t at_ms, const char *objective, const char *unit, const char *because)
{
	struct house h;
	struct view_answer v;
	struct app_answer a = {.objective = str_from(objective),
			       .unit = str_from(unit),
			       .tally = {1, 0, 0},
			       .because = str_from(because),
			       .observed = at_time(at_ms)};
	ask_as(&h, room, now, S("ada"), NULL);
	RUN(app_answer(&h.app, &a, &v, err));
	int64_t seq = v.seq;
	answered(&h);
	return seq;
}

/* How many answers somebody finds; the words of the first one. */
static int64_t found(const struct room *room, const struct access *who, int64_t at_ms, const char *text,
		     char words[TEXT_BYTES])
{
	struct house h;
	struct view_search v;
	struct app_lens lens = {.at = at_time(at_ms)};
	ask_as(&h, room, now, S("r"), who);
	RUN(app_search(&h.app, &lens, str_from(text), &v, err));
	words[0] = '\0';
	if (v.n_answers)
		(void)snprintf(words, TEXT_BYTES, "%.*s %.*s: %.*s", STR_ARG(v.model->objectives[v.answers[0].of].id),
			       STR_ARG(v.tree->units[v.answers[0].unit].id), STR_ARG(v.answers[0].words));
	int64_t n = v.n_answers;
	answered(&h);
	return n;
}

static void search_finds_words_of_answers_that_stand_where_the_person_may_read(void **state)
{
	const struct room *room = *state;
	struct person p;
	char words[TEXT_BYTES];
	prepare(room);
	(void)say(room, DAY(46), "GOV-02.1", "cards", "The Årlig list, 100 % of it");
	(void)say(room, DAY(46), "IAM-02.1", "shop", "Seen by the auditor");
	(void)say(room, DAY(47), "GOV-03.1", "cards", "Seen by the board");
	assert_int_equal(found(room, NULL, now, "årlig", words), 0); /* the size of ASCII letters alone is folded */
	assert_int_equal(found(room, NULL, now, "ÅRLIG LIST", words), 1);
	assert_string_equal(words, "GOV-02.1 cards: The Årlig list, 100 % of it");
	assert_int_equal(found(room, NULL, now, "0 %", words), 1);
	assert_int_equal(found(room, NULL, now, "Årli_", words), 0);
	assert_int_equal(found(room, NULL, now, "seen BY", words), 2);
	assert_string_equal(words, "GOV-03.1 cards: Seen by the board");
	assert_int_equal(found(room, NULL, DAY(46), "seen by", words), 1);
	assert_int_equal(found(room, person(&p, S("r"), ACCESS_READER, S("shop")), now, "seen by", words), 1);
	assert_string_equal(words, "IAM-02.1 shop: Seen by the auditor");
	/* What was said before is not what stands. */
	(void)say(room, DAY(48), "GOV-03.1", "cards", "Another word");
	assert_int_equal(found(room, NULL, now, "board", words), 0);
	assert_int_equal(found(room, NULL, DAY(47), "board", words), 1);
}

/* Its hash, in the arena of a. */
static str bring(const struct room *room, const char *unit, str name, str bytes, struct arena *a)
{
	struct house h;
	struct view_document_of kept;
	struct view_answer v;
	struct source from = source_text(name, bytes);
	ask_as(&h, room, now, S("ada"), NULL);
	RUN(app_evidence_add(&h.app, S("GOV-02.1"), str_from(unit), &from, name, S("text/plain"), &kept, err));
	struct app_document document = {.name = name, .sha256 = kept.sha256};
	struct app_answer answer = {.objective = S("GOV-02.1"),
				    .unit = str_from(unit),
				    .tally = {1, 0, 0},
				    .documents = &document,
				    .n_documents = 1};
	RUN(app_answer(&h.app, &answer, &v, err));
	str sha256 = str_copy(a, kept.sha256);
	answered(&h);
	return sha256;
}

static void aim(const struct room *room, int64_t at_ms, const char *unit, const char *because)
{
	struct house h;
	struct view_target v;
	bool unchanged;
	struct app_target target = {.category = S("GOV"),
				    .unit = str_from(unit),
				    .level = 3,
				    .due = at_time(DAY(200)),
				    .because = str_from(because),
				    .owner = S("ada")};
	ask_as(&h, room, at_ms, S("ada"), NULL);
	RUN(app_target_set(&h.app, &target, &v, &unchanged, err));
	answered(&h);
}

/* How many comments, targets and documents somebody finds: 102 is one comment and two documents. */
static int64_t written(const struct room *room, const struct access *who, int64_t at_ms, str text)
{
	struct house h;
	struct view_search v;
	struct app_lens lens = {.at = at_time(at_ms)};
	ask_as(&h, room, now, S("r"), who);
	RUN(app_search(&h.app, &lens, text, &v, err));
	for (int i = 0; i < v.n_comments; i++)
		assert_true(str_has_fold(v.comments[i].words, text));
	for (int i = 0; i < v.n_targets; i++)
		assert_true(str_eq(v.model->categories[v.targets[i].of].id, S("GOV")));
	int64_t n = v.n_comments * 100 + v.n_targets * 10 + v.n_documents;
	answered(&h);
	return n;
}

static void search_finds_documents_and_their_sums(void **state)
{
	const struct room *room = *state;
	struct arena a = ARENA(1 << 16);
	struct person p, q;
	prepare(room);
	str sum = bring(room, "cards", S("Council-Q3.md"), S("minutes"), &a);
	str other = bring(room, "shop", S("proof.txt"), S("a proof"), &a);
	const struct access *cards = person(&p, S("r"), ACCESS_READER, S("cards"));
	const struct access *shop = person(&q, S("r"), ACCESS_READER, S("shop"));
	assert_int_equal(written(room, NULL, now, S("council-q3")), 1);
	assert_int_equal(written(room, NULL, now, str_slice(sum, 0, 8)), 1);
	assert_int_equal(written(room, NULL, now, str_slice(sum, 1, 9)), 0); /* a sum is known by how it begins */
	assert_int_equal(written(room, NULL, DAY(49), S("council-q3")), 0);
	assert_int_equal(written(room, cards, now, S("council-q3")), 1);
	assert_int_equal(written(room, shop, now, S("council-q3")), 0);
	assert_int_equal(written(room, shop, now, str_slice(sum, 0, 8)), 0);
	assert_int_equal(written(room, shop, now, str_slice(other, 0, 8)), 1);
	arena_release(&a);
}

static void search_finds_comments_and_the_reasons_of_targets(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct person p, q;
	struct view_comment comment;
	struct view_target gone, then;
	prepare(room);
	const struct access *cards = person(&p, S("r"), ACCESS_READER, S("cards"));
	const struct access *shop = person(&q, S("r"), ACCESS_READER, S("shop"));
	ask_as(&h, room, now, S("ada"), NULL);
	RUN(app_comment_add(&h.app, S("GOV-02.1"), S("cards"), S("A zebracomment"), &comment, err));
	int64_t id = comment.id;
	answered(&h);
	aim(room, DAY(48), "cards", "Sixty person-days");
	aim(room, now, "cards", "Ninety person-days");
	assert_int_equal(written(room, NULL, now, S("ZEBRA")), 100);
	assert_int_equal(written(room, NULL, DAY(49), S("zebra")), 0);
	assert_int_equal(written(room, cards, now, S("zebra")), 100);
	assert_int_equal(written(room, shop, now, S("zebra")), 0);
	assert_int_equal(written(room, NULL, now, S("person-days")), 10);
	assert_int_equal(written(room, NULL, now, S("sixty")), 0); /* another one holds */
	assert_int_equal(written(room, NULL, DAY(49), S("sixty")), 10);
	assert_int_equal(written(room, shop, now, S("person-days")), 0);
	/* What was taken back is not found. */
	ask_as(&h, room, now, S("ada"), NULL);
	RUN(app_comment_withdraw(&h.app, id, &comment, err));
	RUN(app_target_withdraw(&h.app, S("GOV"), S("cards"), S("no"), &gone, &then, err));
	answered(&h);
	assert_int_equal(written(room, NULL, now, S("zebra")), 0);
	assert_int_equal(written(room, NULL, now, S("ninety")), 0);
	assert_int_equal(written(room, NULL, now, S("sixty")), 10);
}

static void of_long_words_search_shows_those_around_the_place(void **state)
{
	const struct room *room = *state;
	char words[TEXT_BYTES], text[TEXT_BYTES] = "";
	prepare(room);
	for (int i = 0; i < 100; i++)
		strcat(text, "ä");
	strcat(text, " needle ");
	for (int i = 0; i < 100; i++)
		strcat(text, "ö");
	(void)say(room, DAY(46), "GOV-02.1", "cards", text);
	assert_int_equal(found(room, NULL, now, "NEEDLE", words), 1);
	assert_true(str_is_utf8(str_from(words)));
	assert_int_equal(strlen(words), strlen("GOV-02.1 cards: ") + 61 + strlen("needle ") + 118);
}

#define CASES(ON)                                                                                                      \
	ON(everybody_sees_the_rows_of_own_units_and_no_other), ON(tiers_and_severities_stand_in_their_own_order),      \
	    ON(a_register_is_filtered_ordered_and_paged), ON(a_subject_says_who_says_so),                              \
	    ON(search_finds_what_the_person_may_see),                                                                  \
	    ON(an_owner_has_the_name_that_the_register_of_people_has_where_it_may_be_seen),                            \
	    ON(search_finds_the_people_of_the_registers), ON(an_id_of_two_units_has_a_row_in_each),                    \
	    ON(search_finds_words_of_answers_that_stand_where_the_person_may_read),                                    \
	    ON(search_finds_documents_and_their_sums), ON(search_finds_comments_and_the_reasons_of_targets),           \
	    ON(of_long_words_search_shows_those_around_the_place)
STORE_MAIN("app/register")
