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

/* An answer in whose words the text occurs. */
struct view_search_answer {
	int unit, objective; /* indices of tree and model */
	str words;           /* around the first place where it does */
	bool begins, ends;   /* they are the beginning of all words, the end of them */
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
	struct view_search_answer answers[VIEW_SEARCH_SHOWN]; /* newest first; of units that may be read */
	int64_t n_answers;
	struct view_register subjects[EVIDENCE_KINDS]; /* by kind; of AI systems, what belongs to them, and people */
	const struct view_user *people[VIEW_SEARCH_SHOWN]; /* for administrators */
	int64_t n_people;
};

#endif
