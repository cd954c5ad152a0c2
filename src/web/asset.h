/**
 * Style, script, font: files of content/web, under an address that changes with their bytes, so that a browser keeps
 * them for ever.
 */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "web/request.h"

/* Writes "/asset/MARK/NAME" for a file of content/web. */
void asset_address(struct buf *b, str name);
/* By the end of its name; empty: no file of ours ends so. */
str asset_type(str name);
MUST_USE enum status asset_serve(struct request *q, struct reply *r, struct err *err);

#endif
