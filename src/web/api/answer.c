#include "app/answer.h"
#include "web/api.h"

const struct route_document api_answer_add_document = {
    .id = S("answer"),
    .summary = S("Answers an objective at a unit"),
    .about = S("Either answer, or a count of yes and no. Recorded as attested. The same answer is not recorded twice."),
    .body = {{.name = S("objective"), .required = true, .about = S("The id of the objective, as GOV-02.1.")},
	     {.name = S("unit"), .about = S("The id of the unit; left out for objectives of the whole program.")},
	     {.name = S("answer"),
	      .choices = S("met not_met not_applicable"),
	      .about = S("For a question with one answer.")},
	     {.name = S("yes"), .type = ROUTE_COUNT, .about = S("How many meet the condition.")},
	     {.name = S("no"), .type = ROUTE_COUNT, .about = S("How many do not.")},
	     {.name = S("unknown"),
	      .type = ROUTE_COUNT,
	      .about = S("Of how many nobody knows; 0 when it is left out.")},
	     {.name = S("because"), .about = S("Why; required for not_applicable and for an override.")},
	     {.name = S("observed"), .type = ROUTE_TIME, .about = S("When it was so; now when it is left out.")},
	     {.name = S("expires"), .type = ROUTE_TIME, .about = S("From when on it does not count any more.")},
	     {.name = S("override_until"), .type = ROUTE_TIME, .about = S("Until when it stands above measurements.")},
	     {.name = S("expected"),
	      .type = ROUTE_COUNT,
	      .about = S("The number of the answer that one saw; 0: there was none. 409 when another one came in "
			 "between.")},
	     API_DOCUMENTS},
    .schema = S("answer"),
};

static enum status read_form(const struct request *q, struct app_answer *out, struct err *err)
{
	str word = api_text(q, S("answer"));
	bool yes = api_given(q, S("yes")), no = api_given(q, S("no")), count = yes || no || api_given(q, S("unknown"));
	if (word.n ? count : !(yes && no)) {
		err_set(err, E_INVALID, count && word.n ? "more than one answer is given" : "no whole answer is given");
		err_where(err, "answer");
		err_hint(err, "either \"answer\", or \"yes\" and \"no\"");
		return E_INVALID;
	}
	out->not_applicable = str_eq(word, S("not_applicable"));
	out->tally = (struct measure_tally){
	    .yes = str_eq(word, S("met")) ? 1 : api_count(q, S("yes"), 0),
	    .no = str_eq(word, S("not_met")) ? 1 : api_count(q, S("no"), 0),
	    .unknown = api_count(q, S("unknown"), 0),
	};
	return OK;
}

enum status api_answer_add(struct request *q, struct reply *r, struct err *err)
{
	struct app_answer answer = {
	    .objective = api_text(q, S("objective")),
	    .unit = api_text(q, S("unit")),
	    .because = api_text(q, S("because")),
	    .observed = api_time(q, S("observed")),
	    .expires = api_time(q, S("expires")),
	    .override_until = api_time(q, S("override_until")),
	    .expected = {api_given(q, S("expected")), api_count(q, S("expected"), 0)},
	};
	struct view_answer v;
	TRY(read_form(q, &answer, err));
	TRY(api_documents(q, &answer.documents, &answer.n_documents, err));
	TRY(app_answer(q->app, &answer, &v, err));
	export_json_answer(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_answer_now_document = {
    .id = S("currentAnswer"),
    .summary = S("The answer that is current at a place, with its documents and its review"),
    .about = S("Its number is what a new answer names as expected. Until undo_until who asks may take it back."),
    .query = {{.name = S("objective"), .required = true, .about = S("The id of the objective.")}, API_UNIT},
    .schema = S("currentAnswer"),
};

enum status api_answer_now(struct request *q, struct reply *r, struct err *err)
{
	struct view_answer_now v;
	TRY(app_answer_now(q->app, api_text(q, S("objective")), api_text(q, S("unit")), &v, err));
	export_json_review_answer(api_json(r), &v);
	return api_done(r, err);
}

const struct route_document api_answer_undo_document = {
    .id = S("undoAnswer"),
    .summary = S("Takes an own answer back; the one before it is current again"),
    .about = S("For 15 minutes, while it is the one recorded last and nobody reviewed it."),
    .schema = S("currentAnswer"),
};

enum status api_answer_undo(struct request *q, struct reply *r, struct err *err)
{
	struct view_answer_now v;
	int64_t answer;
	TRY(api_number(q, "answer", &answer, err));
	TRY(app_answer_undo(q->app, answer, &v, err));
	export_json_review_answer(api_json(r), &v);
	return api_done(r, err);
}
