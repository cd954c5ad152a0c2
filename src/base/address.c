#include "base/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { NETWORK_BYTES = 8, IPV4_AT = 12 /* in a mapped address */ };

struct parsed {
	struct in_addr four;
	struct in6_addr six;
	str interface; /* with its %; empty: none was named */
	bool is_six;
};

static bool parse(str text, struct parsed *out)
{
	char z[INET6_ADDRSTRLEN];
	str number, interface;
	bool named = str_cut(text, '%', &number, &interface);
	if (number.n >= sizeof z || text.n >= ADDRESS_TEXT || memchr(number.p ? number.p : "", 0, number.n))
		return false;
	memcpy(z, number.p ? number.p : "", number.n);
	z[number.n] = 0;
	*out = (struct parsed){.interface = named ? str_slice(text, number.n, text.n) : (str){0}};
	if (!named && inet_pton(AF_INET, z, &out->four) == 1)
		return true;
	if (inet_pton(AF_INET6, z, &out->six) != 1)
		return false;
	out->is_six = !IN6_IS_ADDR_V4MAPPED(&out->six);
	if (!out->is_six)
		memcpy(&out->four, out->six.s6_addr + IPV4_AT, sizeof out->four);
	return true;
}

static str print(const struct parsed *a, const char *end, char out[ADDRESS_TEXT])
{
	char number[INET6_ADDRSTRLEN];
	const void *bytes = a->is_six ? (const void *)&a->six : &a->four;
	if (!inet_ntop(a->is_six ? AF_INET6 : AF_INET, bytes, number, sizeof number))
		return (str){0};
	int n = a->is_six ? snprintf(out, ADDRESS_TEXT, "%s%.*s%s", number, STR_ARG(a->interface), end)
			  : snprintf(out, ADDRESS_TEXT, "%s", number);
	return n > 0 && n < ADDRESS_TEXT ? (str){out, (size_t)n} : (str){0};
}

str address_plain(str text, char out[ADDRESS_TEXT])
{
	struct parsed a;
	return parse(text, &a) ? print(&a, "", out) : (str){0};
}

str address_of(const struct sockaddr *from, char out[ADDRESS_TEXT])
{
	char text[ADDRESS_TEXT];
	if (!from || (from->sa_family != AF_INET && from->sa_family != AF_INET6))
		return (str){0};
	socklen_t n = from->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	if (getnameinfo(from, n, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
		return (str){0};
	return address_plain(str_from(text), out);
}

str address_network(str text, char out[ADDRESS_TEXT])
{
	struct parsed a;
	if (!parse(text, &a))
		return text;
	a.interface = (str){0};
	memset(a.six.s6_addr + NETWORK_BYTES, 0, sizeof a.six.s6_addr - NETWORK_BYTES);
	return print(&a, "/64", out);
}
