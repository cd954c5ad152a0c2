/**
 * A certificate that a server makes for itself, for a trial: no browser trusts it before a person compared its
 * fingerprint. By GnuTLS.
 */
#ifndef BASE_CERTIFICATE_H
#define BASE_CERTIFICATE_H

#include "base/arena.h"
#include "base/err.h"

struct certificate {
	str pem, key;    /* a NUL follows both */
	str fingerprint; /* SHA-256, as browsers show it: AB:CD:… */
};

/* For localhost, 127.0.0.1, ::1 and `name` (empty: none; a name or an address); P-256, from now_ms on for so many days.
 * E_IO when the library fails. */
MUST_USE enum status certificate_make(str name, int64_t now_ms, int days, struct arena *a, struct certificate *out,
				      struct err *err);

#endif
