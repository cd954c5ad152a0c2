/**
 * What the tests about roles share: a small organisation, its model, and who may do what in it.
 */
#ifndef TEST_APP_ROLES_HOUSE_H
#define TEST_APP_ROLES_HOUSE_H

#include "app/house.h"

#include "core/access.h"

static const int64_t now = DAY(50);

/* acme > (bank > cards), shop. GOV-02.1 and GOV-03.1 are shares; IAM-02.1 is one of all. */
static const char people_units[] = "unit,parent\nacme,\nbank,acme\ncards,bank\nshop,acme\n";
static const char people_model[] =
    "schema: aismm.model/1\nid: m\nversion: \"1.0.0\"\ntitle: T\ndomains: [{id: d, title: D}]\ncategories:\n"
    "  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
    "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.5, window: P90D, effort: 9}\n"
    "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P90D, effort: 5}\n"
    "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P90D, effort: 2}\n"
    "      - {id: GOV-04.2, title: T, kpi: K, threshold: 1, window: P90D, effort: 1}\n"
    "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P90D, effort: 1}\n"
    "  - id: IAM\n    domain: d\n    title: I\n    objectives:\n"
    "      - {id: IAM-02.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
    "      - {id: IAM-03.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
    "      - {id: IAM-04.1, title: T, kpi: K, threshold: 1, window: P90D}\n"
    "      - {id: IAM-05.1, title: T, kpi: K, threshold: 1, window: P90D}\n";

static inline void people_prepare(const struct room *room)
{
	import_units(room, DAY(1), (struct app_time){0}, str_from(people_units));
	use_model(room, DAY(1), str_from(people_model), S("m"));
}

/* A question of somebody; who NULL: the command line. */
static inline void ask_as(struct house *h, const struct room *room, int64_t now_ms, str actor, const struct access *who)
{
	ask(h, room, now_ms);
	h->app.actor = actor;
	h->app.who = who;
}

/* Somebody with one role at one unit; a respondent has GOV-02.1 at cards assigned. */
struct person {
	struct access_grant grant;
	struct access_assigned assigned;
	struct access access;
};

static inline const struct access *person(struct person *p, str name, enum access_role role, str unit)
{
	*p = (struct person){.grant = {role, unit}, .assigned = {S("GOV-02.1"), S("cards")}};
	p->access = (struct access){.user = name,
				    .n_grants = role != ACCESS_NONE,
				    .grants = &p->grant,
				    .n_assigned = role == ACCESS_RESPONDENT,
				    .assigned = &p->assigned};
	return &p->access;
}

/* A call that is refused to each role below the one it asks for, at the unit itself, above it and beside it. */
typedef enum status people_call(struct app *app, void *ctx, struct err *err);

static inline void people_expect(const struct room *room, const char *what, people_call *call, void *ctx, str unit,
				 str beside, enum access_role least, bool assigned)
{
	for (int role = ACCESS_NONE; role < ACCESS_ROLES; role++)
		for (int where = 0; where < 3; where++) {
			struct house h;
			struct person p;
			struct err why = {0};
			str at = where == 0 ? unit : where == 1 ? S("acme") : beside;
			const struct access *who = person(&p, S("somebody"), (enum access_role)role, at);
			ask_as(&h, room, now, S("somebody"), who);
			bool may = (where < 2 && role >= (int)least) || (assigned && role == ACCESS_RESPONDENT);
			enum status status = call(&h.app, ctx, &why);
			answered(&h);
			if (is_refused(&h.app, status, &why) == may)
				fail_msg("%s as %s at place %d: status %d, %s", what,
					 access_role_name((enum access_role)role).p, where, status, why.message);
		}
}

#endif
