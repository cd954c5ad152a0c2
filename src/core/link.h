/**
 * Links: which registered AI system a tool means by a name of its own (`meta-llama/…`, an ARN, `namespace/Deployment`,
 * a purl, a Git URL).
 *
 * A name is resolved in this order, and the first that gives a system that some register knows holds:
 *   1. it is the id of such a system;
 *   2. an alias (a rule without wildcards) for the feed, then for every feed;
 *   3. a pattern for the feed, then for every feed: `*` any text, also none, `?` one character. Of several the one with
 *      the most characters that are no wildcards; of equals the one added first.
 *   4. it is the id of a system that some feed discovered, and no register knows.
 * Else it is unresolved, and counts for no system until somebody links it. So is the name of a model: several systems
 * may use it, and only a person knows which one the tool was pointed at. Bytes are compared as they are, in every case.
 */
#ifndef CORE_LINK_H
#define CORE_LINK_H

#include "base/arena.h"
#include "base/str.h"

struct link_rule {
	int64_t id;      /* of the rule; later rules have greater ids */
	str name;        /* an alias, or a pattern */
	str system;      /* id of the AI system */
	int64_t feed_id; /* 0: of every feed */
};

/* A system that somebody shows; `registered` is false when every feed says that it was only discovered. */
struct link_system {
	str id;
	bool registered;
};

/* A model that a registered system uses. */
struct link_model {
	str id, system;
};

/* The rules and systems of one instant. */
struct link_book {
	const struct link_rule *aliases, *patterns; /* by name, feed, id; by preference */
	size_t n_aliases, n_patterns;
	const struct link_system *systems; /* by id, each once */
	size_t n_systems;
	const struct link_model *models; /* by id and system */
	size_t n_models;
};

enum link_by { LINK_UNRESOLVED, LINK_EXACT, LINK_ALIAS, LINK_PATTERN, LINK_DISCOVERED };

struct link_found {
	enum link_by by;
	str system;                   /* that stands for the name; empty: unresolved */
	const struct link_rule *rule; /* NULL unless by alias or pattern */
};

/* What a book is made from, in any order. */
struct link_parts {
	struct link_rule *rules;
	size_t n_rules;
	struct link_system *systems; /* one that stands here several times is registered when one of them is */
	size_t n_systems;
	struct link_model *models;
	size_t n_models;
};
/* Sorts the parts in place; the book points to them. False when the arena is full. */
bool link_book_make(const struct link_parts *parts, struct arena *a, struct link_book *out);
struct link_found link_find(const struct link_book *book, int64_t feed_id, str name);
/* NULL when nobody shows a system of this id. */
const struct link_system *link_system_find(const struct link_book *book, str id);
bool link_is_pattern(str name);
/* Characters of a pattern that are no wildcards. */
size_t link_literals(str pattern);
/* The whole name; time is at most the product of the two lengths. */
bool link_matches(str pattern, str name);
/**
 * Registered systems that a name may mean: those that use a model of this name, then those whose id is like it: equal
 * but for case and punctuation, or sharing words of three letters or more. The likeliest first, of equals in byte
 * order; returns how many of `most` were found.
 */
size_t link_suggest(const struct link_book *book, str name, str *out, size_t most);

#endif
