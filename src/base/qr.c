#include "base/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/limits.h"

static enum status copy(const QRcode *code, struct arena *a, struct qr *out, struct err *err)
{
	size_t n = (size_t)code->width * (size_t)code->width;
	uint8_t *dark = arena_new(a, uint8_t, n);
	if (!dark)
		return err_full(err);
	for (size_t i = 0; i < n; i++)
		dark[i] = code->data[i] & 1; /* the other bits say what a module is for */
	*out = (struct qr){code->width, dark};
	return OK;
}

enum status qr_make(str text, struct arena *a, struct qr *out, struct err *err)
{
	if (!text.n || memchr(text.p, 0, text.n))
		return err_set(err, E_INVALID, "nothing that a QR code can hold");
	if (text.n > LIMIT_QR_BYTES)
		return err_set(err, E_TOO_LARGE, "more than the %d bytes of a QR code", LIMIT_QR_BYTES);
	QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
	if (!code && errno == ENOMEM)
		return err_full(err);
	if (!code)
		return err_set(err, E_BUG, "the QR code could not be made");
	enum status status = copy(code, a, out, err);
	QRcode_free(code);
	return status;
}
