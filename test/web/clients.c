#include "web/clients.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"
#include "house.h"

enum { SECOND = 1000, MOST = 1024 };

/* One end of a connection is the server's, the other the client's. */
struct line {
	int server, client;
	struct clients_one *one;
};

static struct line connect_as(struct clients *c, str address, int64_t at_ms)
{
	int ends[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
	struct line line = {.server = ends[0], .client = ends[1]};
	line.one = clients_add(c, line.server, address, at_ms);
	return line;
}

static bool is_cut(const struct line *line)
{
	char byte;
	return recv(line->client, &byte, 1, 0) == 0;
}

static void hang_up(struct clients *c, struct line *line)
{
	clients_remove(c, line->one);
	(void)close(line->server);
	(void)close(line->client);
}

static struct clients *none_yet(struct arena *a, int most)
{
	struct clients *c = NULL;
	RUN(clients_open(a, most, &c, err));
	return c;
}

static void who_does_not_end_its_header_is_cut_off(void **state)
{
	struct arena a = ARENA(1 << 20);
	struct clients *c = none_yet(&a, MOST);
	(void)state;
	struct line line = connect_as(c, S("a"), 0);
	assert_int_equal(clients_sweep(c, LIMIT_HEAD_SECONDS * SECOND), 1);
	assert_false(is_cut(&line));
	assert_int_equal(clients_sweep(c, LIMIT_HEAD_SECONDS * SECOND + 1), 1);
	assert_true(is_cut(&line));
	hang_up(c, &line);
	assert_int_equal(clients_sweep(c, 0), 0);
	arena_release(&a);
}

static void a_byte_now_and_then_is_too_slow_for_a_body(void **state)
{
	struct arena a = ARENA(1 << 20);
	struct clients *c = none_yet(&a, MOST);
	int64_t at = 0;
	(void)state;
	struct line slow = connect_as(c, S("a"), 0), fair = connect_as(c, S("b"), 0);
	clients_send(slow.one, 0);
	clients_send(fair.one, 0);
	/* Ten minutes: one sends a byte each second, the other as much as is asked for. */
	for (; at <= 600 * SECOND; at += SECOND) {
		clients_sent(slow.one, 1, at);
		clients_sent(fair.one, LIMIT_SLOW_BYTES, at);
		(void)clients_sweep(c, at);
		assert_int_equal(is_cut(&slow), at > LIMIT_SLOW_SECONDS * SECOND);
	}
	assert_false(is_cut(&fair));
	/* What it sent quickly is no credit for a day. */
	clients_sent(fair.one, INT64_C(1) << 31, at);
	(void)clients_sweep(c, at + LIMIT_SLOW_SECONDS * SECOND + 1);
	assert_true(is_cut(&fair));
	hang_up(c, &slow);
	hang_up(c, &fair);
	arena_release(&a);
}

static void the_server_may_take_its_time_and_a_long_answer_takes_longer(void **state)
{
	struct arena a = ARENA(1 << 20);
	struct clients *c = none_yet(&a, MOST);
	(void)state;
	struct line line = connect_as(c, S("a"), 0);
	clients_work(line.one);
	(void)clients_sweep(c, INT64_MAX - 1);
	assert_false(is_cut(&line));
	clients_read(line.one, 10 * LIMIT_SLOW_BYTES, 0);
	(void)clients_sweep(c, (LIMIT_SLOW_SECONDS + 10) * SECOND);
	assert_false(is_cut(&line));
	(void)clients_sweep(c, (LIMIT_SLOW_SECONDS + 10) * SECOND + 1);
	assert_true(is_cut(&line));
	hang_up(c, &line);
	arena_release(&a);
}

static void one_address_makes_room_for_itself_and_for_nobody_else(void **state)
{
	static struct line lines[LIMIT_CONNECTIONS_ADDRESS + 1];
	struct arena a = ARENA(1 << 20);
	struct clients *c = none_yet(&a, MOST);
	(void)state;
	struct line other = connect_as(c, S("other"), 0);
	for (int i = 0; i < LIMIT_CONNECTIONS_ADDRESS; i++)
		lines[i] = connect_as(c, S("many"), 1 + i);
	clients_work(lines[0].one);
	assert_false(is_cut(&lines[1]));
	lines[LIMIT_CONNECTIONS_ADDRESS] = connect_as(c, S("many"), SECOND);
	assert_false(is_cut(&other));
	assert_false(is_cut(&lines[0])); /* the server works for it */
	assert_true(is_cut(&lines[1]));
	assert_false(is_cut(&lines[2]));
	assert_false(is_cut(&lines[LIMIT_CONNECTIONS_ADDRESS]));
	hang_up(c, &other);
	for (int i = 0; i <= LIMIT_CONNECTIONS_ADDRESS; i++)
		hang_up(c, &lines[i]);
	arena_release(&a);
}

static void when_most_places_are_taken_the_slowest_makes_room(void **state)
{
	struct line lines[8];
	struct arena a = ARENA(1 << 20);
	struct clients *c = none_yet(&a, 8);
	(void)state;
	for (int i = 0; i < 6; i++)
		lines[i] = connect_as(c, S(""), 10 - i);
	assert_false(is_cut(&lines[5]));
	lines[6] = connect_as(c, S(""), 20);
	assert_true(is_cut(&lines[5]));
	lines[7] = connect_as(c, S(""), 21);
	assert_true(is_cut(&lines[4]));
	assert_non_null(lines[7].one);
	/* Without a place it is left alone, and asks for nothing. */
	struct line more = connect_as(c, S(""), 22);
	assert_null(more.one);
	clients_wait(more.one, 0);
	clients_sent(more.one, 1, 0);
	hang_up(c, &more);
	for (int i = 0; i < 8; i++)
		hang_up(c, &lines[i]);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_does_not_end_its_header_is_cut_off),
	    cmocka_unit_test(a_byte_now_and_then_is_too_slow_for_a_body),
	    cmocka_unit_test(the_server_may_take_its_time_and_a_long_answer_takes_longer),
	    cmocka_unit_test(one_address_makes_room_for_itself_and_for_nobody_else),
	    cmocka_unit_test(when_most_places_are_taken_the_slowest_makes_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
