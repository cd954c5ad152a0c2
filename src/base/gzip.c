#include "base/gzip.h"

#include <zlib.h>

/* 15 bits of window, and 16 more to ask for the frame of gzip. */
enum { WINDOW = 15 + 16, PIECE = 16384 };

enum status gzip_pack(str bytes, enum gzip_effort effort, struct buf *out, struct err *err)
{
	unsigned char piece[PIECE];
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (unsigned)bytes.n};
	if (bytes.n > UINT32_MAX / 2)
		return err_set(err, E_TOO_LARGE, "too much to be packed at once");
	if (deflateInit2(&z, effort, Z_DEFLATED, WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return err_set(err, E_NO_MEMORY, "the machine has no memory left");
	int state;
	do {
		z.next_out = piece;
		z.avail_out = sizeof piece;
		state = deflate(&z, Z_FINISH);
		buf_add(out, (str){(const char *)piece, sizeof piece - z.avail_out});
	} while (state == Z_OK);
	(void)deflateEnd(&z);
	return state == Z_STREAM_END ? out->status : err_set(err, E_BUG, "packing failed");
}
