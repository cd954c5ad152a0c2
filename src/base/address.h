/**
 * Addresses of machines, as text. An address of IPv4 that came over a socket of IPv6 (::ffff:192.0.2.1) is one of IPv4
 * here: everything that compares, counts or records addresses goes by these functions.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include "base/str.h"

struct sockaddr;

/* The longest text, with the name of an interface, or "/64", and a NUL. */
enum { ADDRESS_TEXT = 80 };

/* The one way of writing it, in `out`; an interface (fe80::1%eth0) stays. Empty: the text is no address. */
str address_plain(str text, char out[ADDRESS_TEXT]);
/* The same of the other end of a socket; empty: it is of another kind, or NULL. */
str address_of(const struct sockaddr *from, char out[ADDRESS_TEXT]);
/**
 * Whom to count: whoever has one address of IPv6 has all of its network, so that is "2001:db8:0:1::/64"; of IPv4 the
 * address itself. Another text is its own network, and not copied.
 */
str address_network(str text, char out[ADDRESS_TEXT]);

#endif
