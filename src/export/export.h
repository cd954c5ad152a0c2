/**
 * Views into bytes for machines. No I/O, no clock: the text grows in a buffer, and whoever shows it may take what is
 * there already away between two rows, so that a long list needs no more memory than a short one.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "base/buf.h"

struct export
{
	struct buf *text;
	void (*drain)(void *ctx); /* may empty the buffer; NULL: it is kept whole */
	void *ctx;
};

/* For loops over rows: what is written may go. */
void export_drain(struct export o);
/* Ends an object with its line. */
void export_line(struct export o);

#endif
