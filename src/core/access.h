/**
 * Who may do what, and where. A role is granted for a unit and everything below it; the greatest one that reaches a
 * unit counts there. Each role may do what those before it may, with one exception: a respondent sees only what is
 * assigned.
 */
#ifndef CORE_ACCESS_H
#define CORE_ACCESS_H

#include "core/unit.h"

enum access_role {
	ACCESS_NONE,
	ACCESS_RESPONDENT, /* sees and answers the objectives that are assigned to it */
	ACCESS_READER,     /* sees everything, changes nothing */
	ACCESS_ASSESSOR,   /* answers, reviews, imports, links, comments */
	ACCESS_LEAD,       /* sets targets and feeds, assigns, approves deployments */
	ACCESS_ADMIN,      /* people, tokens, models, settings; only when granted at the root */
	ACCESS_ROLES
};

struct access {
	str user; /* the name that facts are recorded under */
	size_t n_grants;
	const struct access_grant {
		enum access_role role;
		str unit; /* empty: the root, whatever it is called and also while there is no tree */
	} * grants;
	size_t n_assigned;
	const struct access_assigned {
		str objective, unit;
	} * assigned;
	str feed;   /* a feeder's only feed; p NULL: no feeder. A feeder has no grants */
	str within; /* of a feeder: the unit that its feed speaks about; empty: the root */
	bool token; /* a token speaks, not the person: it makes no secrets */
};

/* The word for a role ("lead"); a role of the word, ACCESS_NONE when it is none. */
str access_role_name(enum access_role role);
enum access_role access_role_find(str word);
/* The greatest role that reaches the unit; 0 is the root of an empty tree, too. */
enum access_role access_role_at(const struct access *who, const struct unit_tree *tree, int unit);
/* The greatest role anywhere. */
enum access_role access_role_most(const struct access *who);
/* Is the objective assigned at this unit? */
bool access_is_assigned(const struct access *who, str objective, str unit);
/* Does who asks know that the unit is there? Who reads it does, who has something to answer there, and a feeder of a
 * unit above. */
bool access_sees(const struct access *who, const struct unit_tree *tree, int unit);
/* The highest unit at which the role holds (the first in pre-order); UNIT_NONE: none. */
int access_top(const struct access *who, const struct unit_tree *tree, enum access_role at_least);

#endif
