#include "core/access.h"

static const str names[ACCESS_ROLES] = {S("none"), S("respondent"), S("reader"), S("assessor"), S("lead"), S("admin")};

str access_role_name(enum access_role role)
{
	return role < ACCESS_ROLES ? names[role] : names[ACCESS_NONE];
}

enum access_role access_role_find(str word)
{
	for (int r = ACCESS_RESPONDENT; r < ACCESS_ROLES; r++)
		if (str_eq(word, names[r]))
			return (enum access_role)r;
	return ACCESS_NONE;
}

static bool reaches(const struct access_grant *grant, const struct unit_tree *tree, int unit)
{
	int top = grant->unit.n ? unit_find(tree, grant->unit) : UNIT_NONE;
	return !grant->unit.n || (top != UNIT_NONE && unit_below(tree, unit, top));
}

enum access_role access_role_at(const struct access *who, const struct unit_tree *tree, int unit)
{
	enum access_role most = ACCESS_NONE;
	for (size_t i = 0; i < who->n_grants; i++)
		if (who->grants[i].role > most && reaches(&who->grants[i], tree, unit))
			most = who->grants[i].role;
	return most;
}

enum access_role access_role_most(const struct access *who)
{
	enum access_role most = ACCESS_NONE;
	for (size_t i = 0; i < who->n_grants; i++)
		if (who->grants[i].role > most)
			most = who->grants[i].role;
	return most;
}

bool access_is_assigned(const struct access *who, str objective, str unit)
{
	for (size_t i = 0; i < who->n_assigned; i++)
		if (str_eq(who->assigned[i].objective, objective) && str_eq(who->assigned[i].unit, unit))
			return true;
	return false;
}

bool access_sees(const struct access *who, const struct unit_tree *tree, int unit)
{
	bool sees = access_role_at(who, tree, unit) >= ACCESS_READER;
	for (size_t i = 0; i < who->n_assigned && !sees; i++)
		sees = unit < tree->n && str_eq(who->assigned[i].unit, tree->units[unit].id);
	if (who->feed.p && !sees)
		sees = reaches(&(struct access_grant){.unit = who->within}, tree, unit);
	return sees;
}

int access_top(const struct access *who, const struct unit_tree *tree, enum access_role at_least)
{
	for (int u = 0; u < tree->n; u++)
		if (access_role_at(who, tree, u) >= at_least)
			return u;
	return UNIT_NONE;
}
