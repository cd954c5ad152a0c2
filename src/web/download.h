/**
 * A stored file as an answer: to be saved, never to be shown.
 */
#ifndef WEB_DOWNLOAD_H
#define WEB_DOWNLOAD_H

#include "web/request.h"

/* E_NOT_FOUND: it is no SHA-256, or its hash alone was kept; E_DENIED: see app/evidence.h. */
MUST_USE enum status download_file(struct request *q, struct reply *r, str sha256, struct err *err);

#endif
