/**
 * The colours of the product, by name, in light and dark: content/web/tokens.tsv. The style sheet of the web states the
 * same ones, and a test wants them to be equal; a pen that knows no style sheet takes its colours from here.
 */
#ifndef CHART_TOKEN_H
#define CHART_TOKEN_H

#include <stdbool.h>

#include "base/str.h"

/* How many colours there are. */
size_t chart_token_count(void);
/* The i-th in the order of the table; i < chart_token_count(). */
struct chart_token {
	str name;             /* as in the style sheet, without the two dashes: "ink-2" */
	uint32_t light, dark; /* 0xrrggbb */
};
struct chart_token chart_token_at(size_t i);
/* false when there is none of that name; *out is untouched. */
bool chart_token_find(str name, struct chart_token *out);

#endif
