#include "export/json.h"

#include "base/time.h"

static void put_time_or_null(struct json_writer *w, str name, int64_t ms)
{
	json_put_time(w, name, ms == INT64_MIN ? TIME_FOREVER : ms);
}

static void put_tally(struct json_writer *w, str name, struct measure_tally t)
{
	json_key(w, name);
	json_object(w);
	json_put_int(w, S("yes"), t.yes);
	json_put_int(w, S("no"), t.no);
	json_put_int(w, S("unknown"), t.unknown);
	json_object_end(w);
}

static void put_head(struct json_writer *w, const struct model *m, str unit, int64_t as_of_ms)
{
	json_put_text(w, S("schema"), S("aismm.explain/1"));
	json_put_text(w, S("model"), m->name);
	json_put_int(w, S("rules"), SCORE_RULES);
	json_put_text(w, S("unit"), unit);
	json_put_time(w, S("as_of"), as_of_ms);
}

static void put_objective(struct json_writer *w, const struct model *m, const struct model_objective *mo,
			  const struct score_objective *s)
{
	export_json_score_objective(w, mo->id, s);
	put_tally(w, S("evidenced"), s->evidenced);
	json_put_text(w, S("category"), m->categories[mo->category].id);
	json_put_int(w, S("level"), mo->level);
	json_put_text(w, S("title"), mo->title);
	json_put_int(w, S("threshold"), mo->threshold_milli);
}

static void put_texts(struct json_writer *w, const struct view_objective *v)
{
	static const str modes[] = {
	    [MODEL_MANUAL] = S("manual"), [MODEL_AUTOMATED] = S("automated"), [MODEL_EITHER] = S("either")};
	const struct model_objective *mo = v->objective;
	json_put_text(w, S("kpi"), mo->kpi);
	json_put_text(w, S("population"), mo->population);
	json_put_text(w, S("condition"), mo->condition);
	json_put_text(w, S("rationale"), mo->rationale);
	json_put_text(w, S("threshold_why"), mo->threshold_why);
	export_json_model_overlaid(w, mo->overlaid);
	json_put_text(w, S("guidance"), mo->guidance);
	json_put_text(w, S("owner"), mo->owner);
	json_put_text(w, S("mode"), modes[mo->mode]);
	json_put_text(w, S("scope"), mo->scope == MODEL_SCOPE_PROGRAM ? S("program") : S("unit"));
	json_put_int(w, S("window_days"), mo->window_ms / TIME_DAY_MS);
	json_put_int(w, S("max_age_days"), mo->max_age_ms / TIME_DAY_MS);
	json_put_bool(w, S("has_check"), v->has_check);
	json_put_text(w, S("check"), mo->check);
}

static void put_measure(struct json_writer *w, const struct view_measure *m)
{
	json_object(w);
	json_put_text(w, S("unit"), m->unit);
	json_put_text(w, S("source"), m->source);
	json_put_text(w, S("basis"), measure_basis_name(m->basis));
	json_put_bool(w, S("not_applicable"), m->not_applicable);
	json_put_bool(w, S("overrides"), m->overrides);
	json_put_bool(w, S("stale"), m->stale);
	json_put_bool(w, S("kept"), m->kept);
	static const str why[] = {[VIEW_KEPT] = {NULL, 0},
				  [VIEW_BY_DEPLOYMENT] = S("deployment"),
				  [VIEW_BY_NOT_APPLICABLE] = S("not_applicable"),
				  [VIEW_BY_OVERRIDE] = S("override"),
				  [VIEW_BY_MEASUREMENT] = S("measurement")};
	json_put_text(w, S("left_out"), why[m->left_out]);
	put_tally(w, S("tally"), m->tally);
	put_tally(w, S("counted"), m->counted);
	json_put_time(w, S("observed"), m->observed_ms);
	json_put_time(w, S("expires"), m->expires_ms);
	put_time_or_null(w, S("override_until"), m->overrides ? m->override_until_ms : INT64_MIN);
	json_put_text(w, S("justification"), m->justification);
	json_put_text(w, S("note"), m->note);
	json_put_text(w, S("author"), m->author);
	json_put_text(w, S("evidence_sha256"), m->evidence_sha256);
	json_put_text(w, S("reviewer"), m->reviewer);
	json_put_text(w, S("file"), m->file);
	json_put_text(w, S("file_sha256"), m->file_sha256);
	if (m->file_line > 0)
		json_put_int(w, S("file_line"), m->file_line);
	json_put_text(w, S("error"), m->error);
	json_object_end(w);
}

void export_json_explain_measures(struct export o, struct json_writer *w, const struct view_measure *list, size_t n)
{
	json_key(w, S("measures"));
	json_array(w);
	for (size_t i = 0; i < n; i++) {
		put_measure(w, &list[i]);
		export_drain(o);
	}
	json_array_end(w);
}

void export_json_explain_record(struct json_writer *w, const struct view_record *r)
{
	json_object(w);
	json_put_text(w, S("kind"), r->kind);
	json_put_text(w, S("feed"), r->feed);
	json_put_text(w, S("file"), r->file);
	json_put_text(w, S("sha256"), r->sha256);
	if (r->record > 0)
		json_put_int(w, S("record"), r->record);
	if (r->line > 0)
		json_put_int(w, S("line"), r->line);
	json_put_time(w, S("observed"), r->observed_ms);
	json_object_end(w);
}

static void put_subjects(struct export o, struct json_writer *w, const struct view_objective *v)
{
	json_key(w, S("subjects"));
	json_object(w);
	json_put_bool(w, S("known"), v->subjects_known);
	json_put_text(w, S("note"), v->subjects_note);
	if (v->subjects_known) {
		json_put_int(w, S("not_met"), v->subjects_not_met);
		json_put_int(w, S("unknown"), v->subjects_unknown);
	}
	json_put_int(w, S("offset"), v->offset);
	json_key(w, S("list"));
	json_array(w);
	for (size_t i = 0; i < v->n_subjects; i++) {
		const struct view_subject *s = &v->subjects[i];
		json_object(w);
		json_put_text(w, S("unit"), s->unit);
		json_put_text(w, S("id"), s->id);
		json_put_text(w, S("name"), s->name);
		json_put_text(w, S("meets"), s->meets == 0 ? S("no") : S("unknown"));
		json_key(w, S("records"));
		json_array(w);
		for (size_t r = 0; r < s->n_records; r++)
			export_json_explain_record(w, &s->records[r]);
		json_array_end(w);
		json_object_end(w);
		export_drain(o);
	}
	json_array_end(w);
	json_object_end(w);
}

static void put_gaps(struct json_writer *w, const struct view_objective *v)
{
	json_key(w, S("gaps"));
	json_array(w);
	for (size_t i = 0; i < v->n_gaps; i++) {
		const struct view_gap *g = &v->gaps[i];
		json_object(w);
		json_put_text(w, S("kind"), g->kind);
		json_put_int(w, S("units"), g->units);
		json_put_int(w, S("of"), g->of);
		json_put_text(w, S("stale_feed"), g->stale_feed);
		if (g->stale_feed.p)
			json_put_time(w, S("stale_newest"), g->stale_ms);
		json_put_text(w, S("late_feed"), g->late_feed);
		if (g->late_feed.p) {
			json_put_text(w, S("late_owner"), g->late_owner);
			json_put_time(w, S("late_due"), g->late_due_ms);
		}
		json_put_int(w, S("unresolved_rows"), g->unresolved_rows);
		json_put_int(w, S("unresolved_names"), g->unresolved_names);
		json_object_end(w);
	}
	json_array_end(w);
}

static void put_silent(struct json_writer *w, const struct view_objective *v)
{
	json_key(w, S("silent"));
	json_object(w);
	json_put_int(w, S("count"), (int64_t)v->n_silent);
	json_key(w, S("list"));
	json_array(w);
	for (size_t i = 0; i < v->n_silent_listed; i++) {
		json_object(w);
		json_put_text(w, S("unit"), v->silent[i].unit);
		json_put_int(w, S("size"), v->silent[i].size);
		json_object_end(w);
	}
	json_array_end(w);
	json_object_end(w);
}

void export_json_explain_objective(struct export o, const struct view_objective *v)
{
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_head(&w, v->model, v->unit_id, v->as_of_ms);
	json_key(&w, S("objective"));
	json_object(&w);
	put_objective(&w, v->model, v->objective, &v->score);
	put_texts(&w, v);
	json_object_end(&w);
	export_json_explain_measures(o, &w, v->measures, v->n_measures);
	put_silent(&w, v);
	put_gaps(&w, v);
	put_subjects(o, &w, v);
	json_object_end(&w);
	export_line(o);
}

static void put_steps(struct json_writer *w, const struct view_category *v)
{
	json_key(w, S("steps"));
	json_array(w);
	for (size_t i = 0; i < v->n_steps; i++) {
		const struct view_step *s = &v->steps[i];
		json_object(w);
		put_objective(w, v->model, s->objective, &s->score);
		export_json_model_overlaid(w, s->objective->overlaid);
		json_put_int(w, S("missing"), s->missing);
		json_put_int(w, S("effort_days"), s->effort_days);
		json_put_bool(w, S("in_next_level"), s->in_next_level);
		json_object_end(w);
	}
	json_array_end(w);
}

void export_json_explain_category(struct export o, const struct view_category *v)
{
	const struct model_category *mc = v->category;
	struct json_writer w = json_writer(o.text);
	json_object(&w);
	put_head(&w, v->model, v->unit_id, v->as_of_ms);
	json_key(&w, S("category"));
	json_object(&w);
	export_json_score_category(&w, mc->id, &v->score);
	json_put_text(&w, S("domain"), v->model->domains[mc->domain].id);
	json_put_text(&w, S("title"), mc->title);
	json_put_text(&w, S("summary"), mc->summary);
	if (v->score.applicable && v->score.next_level)
		json_put_int(&w, S("next_level"), v->score.next_level);
	json_object_end(&w);
	if (v->target_level)
		json_put_int(&w, S("target_level"), v->target_level);
	put_steps(&w, v);
	json_key(&w, S("objectives"));
	json_array(&w);
	for (size_t i = 0; i < v->n_objectives; i++) {
		const struct model_objective *mo = &v->model->objectives[mc->first_objective + (int)i];
		json_object(&w);
		put_objective(&w, v->model, mo, &v->objectives[i]);
		export_json_model_overlaid(&w, mo->overlaid);
		json_object_end(&w);
	}
	json_array_end(&w);
	export_json_model_overlay(&w, v->model);
	export_json_model_retired(&w, v->model, mc);
	json_object_end(&w);
	export_line(o);
}
