/**
 * The name that a wrong one was meant to be.
 */
#ifndef IMPORT_NEAR_H
#define IMPORT_NEAR_H

#include "base/str.h"

struct import_near {
	str found; /* empty: none is near */
	str word;
	size_t distance;
};

/* Begins the search; then every known name is tried. */
struct import_near import_near(str word);
void import_near_try(struct import_near *near, str name);

#endif
