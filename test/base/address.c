#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/address.h"

static void assert_str(str got, const char *expected)
{
	assert_int_equal(got.n, strlen(expected));
	assert_memory_equal(got.p, expected, got.n);
}

static str plain(const char *z)
{
	static char out[ADDRESS_TEXT];
	return address_plain(str_from(z), out);
}

static str network(const char *z)
{
	static char out[ADDRESS_TEXT];
	return address_network(str_from(z), out);
}

static void an_address_has_one_way_of_writing_it(void **state)
{
	(void)state;
	assert_str(plain("192.0.2.1"), "192.0.2.1");
	assert_str(plain("::ffff:192.0.2.1"), "192.0.2.1");
	assert_str(plain("::FFFF:c000:0201"), "192.0.2.1");
	assert_str(plain("0:0:0:0:0:ffff:192.0.2.1%eth0"), "192.0.2.1");
	assert_str(plain("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
	assert_str(plain("fe80::1%eth0"), "fe80::1%eth0");
	assert_str(plain("::1"), "::1");
	/* Of IPv6, though they end as one of IPv4 does. */
	assert_str(plain("64:ff9b::192.0.2.1"), "64:ff9b::c000:201");
	assert_str(plain("::fffe:192.0.2.1"), "::fffe:c000:201");
}

static void what_is_no_address_has_none(void **state)
{
	static const char *const texts[] = {"",
					    "unknown",
					    "127.1",
					    "0177.0.0.1",
					    "192.0.2.1 ",
					    "192.0.2.1:80",
					    "192.0.2.1%eth0",
					    "[::1]",
					    "::ffff:192.0.2",
					    "2001:db8::1::1",
					    "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc:dddd"};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(plain(texts[i]).n, 0);
	char out[ADDRESS_TEXT];
	assert_int_equal(address_plain((str){"::1\0x", 5}, out).n, 0);
	assert_int_equal(address_plain((str){0}, out).n, 0);
}

static void a_network_is_64_bits_of_ipv6_and_all_of_ipv4(void **state)
{
	(void)state;
	assert_str(network("fd00:77::1"), "fd00:77::/64");
	assert_str(network("fd00:77::dead:beef:0:1"), "fd00:77::/64");
	assert_str(network("fd00:77:0:1::1"), "fd00:77:0:1::/64");
	assert_str(network("fe80::1%eth0"), "fe80::/64");
	assert_str(network("192.0.2.1"), "192.0.2.1");
	assert_str(network("::ffff:192.0.2.1"), "192.0.2.1");
	assert_str(network("::ffff:192.0.2.2"), "192.0.2.2");
	/* Whatever a proxy calls somebody, that is who it is. */
	assert_str(network("_hidden"), "_hidden");
	assert_str(network(""), "");
}

static void the_other_end_of_a_socket_is_told_the_same(void **state)
{
	char out[ADDRESS_TEXT];
	(void)state;
	struct sockaddr_in four = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	assert_int_equal(inet_pton(AF_INET, "192.0.2.1", &four.sin_addr), 1);
	assert_str(address_of((const struct sockaddr *)&four, out), "192.0.2.1");
	assert_int_equal(inet_pton(AF_INET6, "::ffff:192.0.2.1", &six.sin6_addr), 1);
	assert_str(address_of((const struct sockaddr *)&six, out), "192.0.2.1");
	assert_int_equal(inet_pton(AF_INET6, "2001:db8::1", &six.sin6_addr), 1);
	assert_str(address_of((const struct sockaddr *)&six, out), "2001:db8::1");
	struct sockaddr other = {.sa_family = AF_UNIX};
	assert_int_equal(address_of(&other, out).n, 0);
	assert_int_equal(address_of(NULL, out).n, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_address_has_one_way_of_writing_it),
	    cmocka_unit_test(what_is_no_address_has_none),
	    cmocka_unit_test(a_network_is_64_bits_of_ipv6_and_all_of_ipv4),
	    cmocka_unit_test(the_other_end_of_a_socket_is_told_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
