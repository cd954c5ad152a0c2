/**
 * What a search over everything finds, by kind of thing; of each the first ones.
 */
#ifndef CORE_VIEW_SEARCH_H
#define CORE_VIEW_SEARCH_H

#include "core/view_people.h"
#include "core/view_register.h"

enum { VIEW_SEARCH_SHOWN = 10 };

struct view_search_file {
	str name, sha256, feed;
};

/* A document behind an answer. */
struct view_search_document {
	str name, sha256;    /* name: empty when the answer has none for it */
	int unit, objective; /* indices of tree and model */
};

/* An answer, a comment or the reason of a target, in whose words the text occurs. */
struct view_search_words {
	int unit, of;      /* indices of tree and model: of an objective, of a target a category */
	str words;         /* around the first place where it does */
	bool begins, ends; /* they are the beginning of all words, the end of them */
};

struct view_search {
	const struct model *model;
	const struct unit_tree *tree;
	int units[VIEW_SEARCH_SHOWN], categories[VIEW_SEARCH_SHOWN], objectives[VIEW_SEARCH_SHOWN];
	int64_t n_units, n_categories, n_objectives; /* all that were found */
	str feeds[VIEW_SEARCH_SHOWN];
	int64_t n_feeds;
	struct view_search_file files[VIEW_SEARCH_SHOWN]; /* newest first */
	int64_t n_files;
	/* newest first; of units that may be read */
	struct view_search_words answers[VIEW_SEARCH_SHOWN], comments[VIEW_SEARCH_SHOWN], targets[VIEW_SEARCH_SHOWN];
	int64_t n_answers, n_comments, n_targets;
	struct view_search_document documents[VIEW_SEARCH_SHOWN];
	int64_t n_documents;
	struct view_register subjects[EVIDENCE_KINDS]; /* by kind; of AI systems, what belongs to them, and people */
	const struct view_user *people[VIEW_SEARCH_SHOWN]; /* for administrators */
	int64_t n_people;
};

#endif
