/**
 * QR codes (ISO/IEC 18004), made by libqrencode: a square of dark and light modules.
 */
#ifndef BASE_QR_H
#define BASE_QR_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct qr {
	int side;            /* modules in a row; the quiet zone of four around it is the drawer's */
	const uint8_t *dark; /* side × side, row by row: 1 is dark */
};

/* The text as bytes, with error correction M, in the smallest code that holds it. E_TOO_LARGE: more than
 * LIMIT_QR_BYTES; E_INVALID: it is empty or holds a NUL. */
MUST_USE enum status qr_make(str text, struct arena *a, struct qr *out, struct err *err);

#endif
