/**
 * Packs bytes for the way to a browser (RFC 1952), by zlib.
 */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/buf.h"

enum gzip_effort { GZIP_QUICK = 1, GZIP_SMALL = 9 };

/* Appends the packed bytes; the buf's status tells when they find no room. E_NO_MEMORY. */
MUST_USE enum status gzip_pack(str bytes, enum gzip_effort effort, struct buf *out, struct err *err);

#endif
