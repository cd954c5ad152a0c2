/**
 * Completion scripts for shells, made from the table.
 *
 * Ids are asked for while one types: `aismm completion units` prints them, one a line. Only ids made of plain
 * characters are printed: a shell reads them, and an id from a file must not be able to mean anything to it.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/out.h"
#include "cli/table.h"

void complete_bash(struct out *o);
void complete_zsh(struct out *o);
void complete_fish(struct out *o);
/* What `aismm completion WORD` prints for a kind of value: up to two words, separated by a space; empty: no ids. */
str complete_ids(enum table_kind kind);
/* Letters, digits and . _ : @ / + - only, not beginning with a minus. */
bool complete_is_plain(str id);

#endif
