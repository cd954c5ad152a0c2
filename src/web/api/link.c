#include "web/api.h"

const struct route_document api_link_list_document = {
    .id = S("links"),
    .summary = S("The links: which AI system a name means"),
    .query = {{.name = S("past"), .type = ROUTE_FLAG, .about = S("Also those that were taken back.")}},
    .schema = S("links"),
    .paged = true,
};

static str link_key(const void *list, size_t i, struct arena *a)
{
	const struct view_link *l = (const struct view_link *)list + i;
	struct buf b = BUF(4096);
	buf_add(&b, l->name);
	buf_char(&b, '\n');
	buf_add(&b, l->feed);
	buf_char(&b, '\n');
	buf_i64(&b, l->recorded_ms);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

enum status api_link_list(struct request *q, struct reply *r, struct err *err)
{
	const struct view_link *links;
	struct api_page page;
	size_t n;
	TRY(api_page_open(q, &page, err));
	TRY(app_link_list(q->app, api_flag(q, S("past")), &links, &n, err));
	TRY(api_page_cut(q, r, links, n, link_key, &page, err));
	export_json_link_list(api_json(r), links + page.from, page.n);
	return api_done(r, err);
}

const struct route_document api_link_add_document = {
    .id = S("addLink"),
    .summary = S("Says which AI system a name means"),
    .body = {{.name = S("name"), .required = true, .about = S("The name as evidence uses it; * stands for anything.")},
	     {.name = S("system"), .required = true, .about = S("The id of the AI system in a register.")},
	     {.name = S("feed"), .about = S("In this feed alone; in every one when it is left out.")},
	     {.name = S("because"), .about = S("Why.")}},
    .schema = S("links"),
};

enum status api_link_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_link link = {.name = api_text(q, S("name")),
				.system = api_text(q, S("system")),
				.feed = api_text(q, S("feed")),
				.because = api_text(q, S("because"))};
	struct view_link v;
	TRY(app_link_add(q->app, &link, &v, err));
	export_json_link_list(api_json(r), &v, 1);
	return api_done(r, err);
}

const struct route_document api_link_remove_document = {
    .id = S("removeLink"),
    .summary = S("Takes a link back"),
    .query = {{.name = S("name"), .required = true, .about = S("The name of the link.")},
	      {.name = S("feed"), .about = S("Its feed, where it has one.")}},
    .schema = S("links"),
};

enum status api_link_remove(struct request *q, struct reply *r, struct err *err)
{
	struct view_link v;
	TRY(app_link_remove(q->app, api_text(q, S("name")), api_text(q, S("feed")), &v, err));
	export_json_link_list(api_json(r), &v, 1);
	return api_done(r, err);
}

const struct route_document api_link_unresolved_document = {
    .id = S("unresolved"),
    .summary = S("Names of AI systems that no register and no link knows"),
    .query = {{.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("unresolved"),
    .paged = true,
};

static str name_key(const void *list, size_t i, struct arena *a)
{
	const struct view_unresolved_list *v = list;
	struct buf b = BUF(4096);
	buf_add(&b, v->names[i].shown ? S("+") : S("-"));
	buf_add(&b, v->names[i].name);
	str out = str_copy(a, buf_str(&b));
	buf_release(&b);
	return out;
}

enum status api_link_unresolved(struct request *q, struct reply *r, struct err *err)
{
	struct view_unresolved_list v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(app_link_unresolved(q->app, page.at, &v, err));
	TRY(api_page_cut(q, r, &v, v.n, name_key, &page, err));
	v.names += page.from;
	v.n = page.n;
	export_json_link_unresolved(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_link_resolve_document = {
    .id = S("resolve"),
    .summary = S("What one name means"),
    .query = {{.name = S("name"), .required = true, .about = S("The name as evidence uses it.")},
	      {.name = S("feed"), .about = S("The feed that uses it; any when it is left out.")},
	      {.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("resolution"),
};

enum status api_link_resolve(struct request *q, struct reply *r, struct err *err)
{
	struct view_resolution v;
	TRY(app_link_resolve(q->app, api_text(q, S("name")), api_text(q, S("feed")), api_time(q, S("at")), &v, err));
	export_json_link_resolve(api_json(r), &v);
	return api_done(r, err);
}
