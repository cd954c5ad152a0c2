/**
 * What the formats about MCP servers share: telling static keys from names and placeholders, addresses without what is
 * secret in them, transports, and whether a start command names a fixed version.
 *
 * Nothing here keeps or shows a value of a key; the answer is only that one stands there.
 */
#ifndef IMPORT_MCP_H
#define IMPORT_MCP_H

#include "import/formats.h"
#include "import/map.h"
#include "import/seen.h"

/* mcp_secret.c. Whether a setting, header or option of this name holds a key ("GITHUB_TOKEN", "x-api-key"), and whether
   the value is one that stands there, not a placeholder ("${TOKEN}", "<your key>"), a path or a word. */
bool import_mcp_secret(str name, str value);
/* Whether the value alone shows that it is a key: known beginnings, and passwords in addresses. */
bool import_mcp_secret_shaped(str value);

/* mcp_address.c. An http or https address without user, query and fragment, and with * for path segments that look
   like keys; empty for anything else. *has_key: a static key stood in it. Never fails but for memory. */
MUST_USE enum status import_mcp_address(struct arena *texts, str address, str *out, bool *has_key, struct err *err);
/* stdio, http or sse; empty when the word is none of those that clients use. */
str import_mcp_transport(str word);

/* The words of a start command, in order. */
struct import_mcp_word {
	struct import_mcp_word *next;
	str text;
};
/* mcp_pin.c. Whether the command fetches a fixed version: 1 yes, 0 no, -1 it does not tell. */
int import_mcp_pinned(const struct import_mcp_word *words);
/* mcp_secret.c. Whether a static key stands among the words of a command. */
bool import_mcp_words_secret(const struct import_mcp_word *words);

#endif
