/**
 * Discussion: added, read page by page, withdrawn by its author, never edited.
 */
#include "app/roles_house.h"

#include "app/comment.h"

static int64_t write_down(const struct room *room, str actor, str body)
{
	struct house h;
	struct view_comment c;
	ask_as(&h, room, now, actor, NULL);
	RUN(app_comment_add(&h.app, S("GOV-02.1"), S("cards"), body, &c, err));
	int64_t id = c.id;
	answered(&h);
	return id;
}

static void a_page_follows_a_page_and_nothing_is_shown_twice(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct view_comments v;
	int64_t before = 0, seen = 0, last = INT64_MAX;
	people_prepare(room);
	for (int i = 0; i < 7; i++)
		(void)write_down(room, S("ada"), S("words\nand more"));
	ask(&h, room, now);
	do {
		RUN(app_comment_list(&h.app, S("GOV-02.1"), S("cards"), before, 3, &v, err));
		for (size_t i = 0; i < v.n; i++) {
			assert_true(v.list[i].id < last);
			last = v.list[i].id;
		}
		seen += (int64_t)v.n;
		before = v.next;
	} while (before);
	assert_int_equal(seen, 7);
	RUN(app_comment_list(&h.app, S("GOV-02.1"), S("bank"), 0, 3, &v, err));
	assert_int_equal(v.n, 0);
	answered(&h);
}

static void a_withdrawn_comment_stays_without_its_words(void **state)
{
	const struct room *room = *state;
	struct house h;
	struct err why = {0};
	struct view_comment c;
	struct view_comments v;
	people_prepare(room);
	int64_t id = write_down(room, S("ada"), S("too much"));
	ask_as(&h, room, now, S("grace"), NULL);
	assert_int_equal(app_comment_withdraw(&h.app, id, &c, &why), E_DENIED);
	assert_int_equal(app_comment_withdraw(&h.app, id + 1, &c, &why), E_NOT_FOUND);
	h.app.actor = S("ada");
	RUN(app_comment_withdraw(&h.app, id, &c, err));
	RUN(app_comment_withdraw(&h.app, id, &c, err)); /* twice is once */
	RUN(app_comment_list(&h.app, S("GOV-02.1"), S("cards"), 0, 3, &v, err));
	assert_int_equal(v.n, 1);
	assert_null(v.list[0].body.p);
	assert_true(str_eq(v.list[0].author, S("ada")));
	assert_int_equal(v.list[0].withdrawn_ms, now);
	answered(&h);
	assert_int_equal(number(room->db, SQL("SELECT count(*) FROM comment WHERE body = 'too much'")), 1);
}

static void a_comment_is_plain_text_of_a_bounded_length(void **state)
{
	const struct room *room = *state;
	static char text[LIMIT_WORDS_BYTES + 1];
	struct house h;
	struct err why = {0};
	struct view_comment c;
	people_prepare(room);
	memset(text, 'x', sizeof text);
	ask(&h, room, now);
	str objective = S("GOV-02.1"), unit = S("cards");
	assert_int_equal(app_comment_add(&h.app, objective, unit, (str){text, sizeof text}, &c, &why), E_TOO_LARGE);
	assert_int_equal(app_comment_add(&h.app, objective, unit, (str){text, sizeof text - 1}, &c, &why), OK);
	assert_int_equal(app_comment_add(&h.app, objective, unit, S(" \n"), &c, &why), E_INVALID);
	assert_int_equal(app_comment_add(&h.app, objective, unit, S("\x1b[2J"), &c, &why), E_INVALID);
	assert_int_equal(app_comment_add(&h.app, objective, unit, S("\xff"), &c, &why), E_INVALID);
	assert_int_equal(app_comment_add(&h.app, S("GOV-09.9"), unit, S("x"), &c, &why), E_NOT_FOUND);
	answered(&h);
}

static enum status call_add(struct app *app, void *ctx, struct err *err)
{
	(void)ctx;
	return app_comment_add(app, S("GOV-02.1"), S("cards"), S("x"), &(struct view_comment){0}, err);
}

static enum status call_list(struct app *app, void *ctx, struct err *err)
{
	(void)ctx;
	return app_comment_list(app, S("GOV-02.1"), S("cards"), 0, 3, &(struct view_comments){0}, err);
}

static enum status call_withdraw(struct app *app, void *ctx, struct err *err)
{
	return app_comment_withdraw(app, *(const int64_t *)ctx, &(struct view_comment){0}, err);
}

static void each_call_asks_for_its_role(void **state)
{
	const struct room *room = *state;
	people_prepare(room);
	int64_t id = write_down(room, S("somebody"), S("x"));
	people_expect(room, "add", call_add, NULL, S("cards"), S("shop"), ACCESS_ASSESSOR, true);
	people_expect(room, "list", call_list, NULL, S("cards"), S("shop"), ACCESS_READER, true);
	people_expect(room, "withdraw", call_withdraw, &id, S("cards"), S("shop"), ACCESS_ASSESSOR, true);
}

#define CASES(ON)                                                                                                      \
	ON(a_page_follows_a_page_and_nothing_is_shown_twice), ON(a_withdrawn_comment_stays_without_its_words),         \
	    ON(a_comment_is_plain_text_of_a_bounded_length), ON(each_call_asks_for_its_role)
STORE_MAIN("app/comment")
