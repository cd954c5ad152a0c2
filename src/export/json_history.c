#include "export/json.h"

#include "base/time.h"

static void put_point(struct json_writer *w, const struct view_detail_point *p)
{
	json_object(w);
	json_put_time(w, S("at"), p->at_ms);
	json_key(w, S("tally"));
	if (p->known) {
		json_object(w);
		json_put_int(w, S("yes"), p->tally.yes);
		json_put_int(w, S("no"), p->tally.no);
		json_put_int(w, S("unknown"), p->tally.unknown);
		json_object_end(w);
	} else {
		json_null(w);
	}
	json_object_end(w);
}

static void put_file(struct json_writer *w, const struct view_detail_file *f)
{
	json_object(w);
	json_put_text(w, S("file"), f->name);
	json_put_text(w, S("sha256"), f->sha256);
	json_put_text(w, S("feed"), f->feed);
	json_put_text(w, S("unit"), f->unit);
	json_put_time(w, S("observed"), f->observed_ms);
	json_put_bool(w, S("stale"), f->stale);
	json_object_end(w);
}

void export_json_history(struct export o, const struct view_detail *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	json_put_text(&w, S("schema"), S("aismm.objective-history/1"));
	json_put_text(&w, S("objective"), v->objective.objective->id);
	json_put_text(&w, S("unit"), v->objective.unit_id);
	json_put_time(&w, S("as_of"), v->objective.as_of_ms);
	json_key(&w, S("points"));
	json_array(&w);
	for (int i = 0; i < VIEW_COURSE_POINTS; i++)
		put_point(&w, &v->points[i]);
	json_array_end(&w);
	json_put_int(&w, S("files_total"), (int64_t)v->n_files);
	json_key(&w, S("files"));
	json_array(&w);
	for (size_t i = 0; i < v->n_files_listed; i++)
		put_file(&w, &v->files[i]);
	json_array_end(&w);
	json_object_end(&w);
	export_line(o);
}
