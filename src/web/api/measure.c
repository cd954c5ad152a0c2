#include "web/api.h"

const struct route_document api_measure_upload_document = {
    .id = S("importMeasures"),
    .summary = S("Hands in a table of measures: answers and numbers of other tools"),
    .about =
	S("The file is the body: CSV with the columns `unit`, `objective`, `source`, `yes`, `no`, `unknown`, "
	  "`observed` and those of the manual. Each row says for itself what it is about, so there is no feed. All "
	  "of it counts, or nothing of it."),
    .query = {{.name = S("dry_run"),
	       .type = ROUTE_FLAG,
	       .about = S("Does everything, then undoes it; the receipt shows the first rows.")},
	      {.name = S("file"), .about = S("The name of the file, for the record; `measures` when it is left out.")}},
    .schema = S("receipt"),
};

enum status api_measure_upload(struct request *q, struct reply *r, struct err *err)
{
	str name = api_text(q, S("file"));
	struct source from = source_text(name.n ? name : S("measures"), (str){NULL, 0});
	struct view_measures_import v;
	if (q->file.fd < 0)
		return err_set(err, E_INVALID, "no file was sent");
	from.fd = q->file.fd;
	TRY(app_measure_import_many(q->app, api_flag(q, S("dry_run")), &from, 1, &v, err));
	export_json_import_measures(api_json(r), &v);
	return api_done(r, err);
}
