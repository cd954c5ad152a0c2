/**
 * The lens: what the numbers of a page are about. It stands in the address of every page and is carried by every link,
 * so that a pasted link shows the same numbers.
 */
#ifndef APP_LENS_H
#define APP_LENS_H

#include "app/app.h"

struct app_lens {
	str unit;            /* empty: the highest unit that the person may read */
	struct app_time at;  /* not given: now */
	struct app_time vs;  /* compared with; not given: as the setting says, or when the first was known */
	unsigned deployment; /* bits of enum model_deployment; 0: all types */
};

#endif
