/**
 * For the tests of readers: a source that gives its bytes in small pieces.
 */
#ifndef TEST_PIECES_H
#define TEST_PIECES_H

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/source.h"

/* Every read gives `each` bytes at most (more when the text is long: a socket holds some 250 pieces). */
static inline struct source in_pieces(str name, str text, size_t each)
{
	int ends[2];
	struct source s = {.name = name, .fd = -1};
	if (each < text.n / 200 + 1)
		each = text.n / 200 + 1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return s;
	for (size_t i = 0; i < text.n; i += each)
		if (send(ends[1], text.p + i, text.n - i < each ? text.n - i : each, MSG_DONTWAIT) < 0)
			abort();
	(void)close(ends[1]);
	s.fd = ends[0];
	return s;
}

#endif
