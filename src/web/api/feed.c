#include "base/time.h"
#include "web/api.h"

const struct route_document api_feed_list_document = {
    .id = S("feeds"),
    .summary = S("The feeds, and how they are"),
    .query = {{.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("feeds"),
    .paged = true,
};

static str feed_key(const void *list, size_t i, struct arena *a)
{
	const struct view_feeds *v = list;
	(void)a;
	return v->list[i].name;
}

enum status api_feed_list(struct request *q, struct reply *r, struct err *err)
{
	struct view_feeds v;
	struct api_page page;
	TRY(api_page_open(q, &page, err));
	TRY(app_feed_list(q->app, page.at, &v, err));
	TRY(api_page_cut(q, r, &v, v.n, feed_key, &page, err));
	v.list += page.from;
	v.n = page.n;
	export_json_feed_list(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_feed_show_document = {
    .id = S("feed"),
    .summary = S("One feed, with its files and units"),
    .query = {{.name = S("at"), .type = ROUTE_TIME, .about = S("The instant; now when it is left out.")}},
    .schema = S("feed"),
};

enum status api_feed_show(struct request *q, struct reply *r, struct err *err)
{
	struct view_feed v;
	TRY(app_feed_show(q->app, q->part[0], api_time(q, S("at")), &v, err));
	export_json_feed_show(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_feed_upload_document = {
    .id = S("upload"),
    .summary = S("Hands in an evidence file"),
    .about =
	S("The file is the body, as it is. It becomes the newest snapshot of the feed: what it does not show any more "
	  "is gone. All of it counts, or nothing of it."),
    .query =
	{{.name = S("unit"), .about = S("The unit that the file speaks about; the feed's own when it is left out.")},
	 {.name = S("observed"), .type = ROUTE_TIME, .about = S("When it was so; a time in the file goes before it.")},
	 {.name = S("format"), .about = S("The format; by its content when it is left out.")},
	 {.name = S("replace"), .type = ROUTE_FLAG, .about = S("Also when more than half of the feed would end.")},
	 {.name = S("dry_run"),
	  .type = ROUTE_FLAG,
	  .about = S("Does everything, then undoes it; the receipt shows the first rows.")},
	 {.name = S("file"),
	  .about = S("The name of the file, for the record; that of the feed when it is left out.")}},
    .schema = S("receipt"),
};

enum status api_feed_upload(struct request *q, struct reply *r, struct err *err)
{
	struct app_import options = {
	    .format = api_text(q, S("format")),
	    .feed = q->part[0],
	    .unit = api_text(q, S("unit")),
	    .observed = api_time(q, S("observed")),
	    .replace = api_flag(q, S("replace")),
	    .dry_run = api_flag(q, S("dry_run")),
	    .say_time = S("observed=2026-11-01"),
	};
	str name = api_text(q, S("file"));
	struct source from = source_text(name.n ? name : q->part[0], (str){NULL, 0});
	struct view_receipt v;
	if (!options.unit.n)
		options.unit = q->feed_unit;
	if (q->file.fd < 0)
		return err_set(err, E_INVALID, "no file was sent");
	from.fd = q->file.fd;
	TRY(app_import_from(q->app, &options, &from, &v, err));
	export_json_import_receipt(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_feed_set_document = {
    .id = S("setFeed"),
    .summary = S("What is expected of a feed"),
    .about = S("A member that is left out stays as it is."),
    .body = {{.name = S("owner"), .about = S("Who answers for it; an empty text: nobody.")},
	     {.name = S("every_days"),
	      .type = ROUTE_COUNT,
	      .about = S("The longest time between two files; 0: none is promised.")}},
    .schema = S("feed"),
};

enum status api_feed_set(struct request *q, struct reply *r, struct err *err)
{
	struct app_feed_setting setting = {
	    .owner_given = api_given(q, S("owner")),
	    .every_given = api_given(q, S("every_days")),
	    .owner = api_text(q, S("owner")),
	};
	struct view_feed v;
	int64_t days = api_count(q, S("every_days"), 0);
	if (days > API_DAYS_MOST) {
		err_set(err, E_INVALID, "\"every_days\" is at most %d", API_DAYS_MOST);
		return E_INVALID;
	}
	setting.every_ms = days * TIME_DAY_MS;
	TRY(app_feed_set(q->app, q->part[0], &setting, &v, err));
	export_json_feed_show(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_feed_retire_document = {
    .id = S("retireFeed"),
    .summary = S("Retires a feed: from then on it covers nothing"),
    .about = S("Its history stays. The next file for it brings it back."),
    .query = {{.name = S("at"), .type = ROUTE_TIME, .about = S("From when on; now when it is left out.")}},
    .schema = S("feed"),
};

enum status api_feed_retire(struct request *q, struct reply *r, struct err *err)
{
	struct view_feed v;
	TRY(app_feed_retire(q->app, q->part[0], api_time(q, S("at")), &v, err));
	export_json_feed_show(api_json(r), &v);
	return api_done(r, err);
}
