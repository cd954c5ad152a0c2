#include "app/session.h"

#include "web/api.h"
#include "web/session.h"

#define USER                                                                                                           \
	{                                                                                                              \
		.name = S("user"),                                                                                     \
		.about = S("Of whom; one's own when it is left out. Those of others are for administrators.")          \
	}

const struct route_document api_session_list_document = {
    .id = S("sessions"),
    .summary = S("The sessions in a browser that go on"),
    .about = S("With a token an administrator alone."),
    .query = {USER},
    .schema = S("sessions"),
};

static enum status show(const struct request *q, struct reply *r, struct err *err)
{
	const struct view_session *list;
	size_t n;
	TRY(app_session_list(q->app, api_text(q, S("user")), session_value(q), &list, &n, err));
	export_json_people_sessions(api_json(r), list, n);
	return api_done(r, err);
}

enum status api_session_list(struct request *q, struct reply *r, struct err *err)
{
	return show(q, r, err);
}

const struct route_document api_session_end_document = {
    .id = S("endSession"),
    .summary = S("Ends a session by its number"),
    .about = S("Answers with those that still go on. With a token an administrator alone."),
    .query = {USER},
    .schema = S("sessions"),
};

enum status api_session_end(struct request *q, struct reply *r, struct err *err)
{
	int64_t id;
	TRY(api_number(q, "session", &id, err));
	TRY(app_session_revoke(q->app, api_text(q, S("user")), id, err));
	return show(q, r, err);
}

const struct route_document api_session_end_all_document = {
    .id = S("endSessions"),
    .summary = S("Ends all sessions but the one that asks"),
    .about = S("Answers with those that still go on. With a token an administrator alone."),
    .query = {USER},
    .schema = S("sessions"),
};

enum status api_session_end_all(struct request *q, struct reply *r, struct err *err)
{
	int64_t n;
	TRY(app_session_revoke_all(q->app, api_text(q, S("user")), session_value(q), &n, err));
	return show(q, r, err);
}
