/**
 * The manual page, made from the table: roff for man(7), one page for all commands.
 */
#ifndef CLI_MAN_H
#define CLI_MAN_H

#include "cli/out.h"

void man_page(struct out *o, const char *version);

#endif
