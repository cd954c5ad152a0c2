#include "app/demo.h"

#include <assert.h>
#include <stdio.h>

#include "app/approval.h"
#include "app/evidence.h"
#include "app/target.h"
#include "base/embed.h"
#include "base/limits.h"
#include "base/time.h"

/* ---- the plan: content/demo/tour, as tables ---- */

static const str leaves[] = {S("claims"),      S("service"),   S("pricing"), S("commercial"), S("platform"),
			     S("engineering"), S("workplace"), S("legal"),   S("people"),     S("nordic")};
enum { LEAVES = sizeof leaves / sizeof leaves[0], KINDS = 8 };

/* A day on which feeds were exported. Nordic, the last of the leaves, was bought between the first two. */
static const struct month {
	const char *folder;
	str day;
	size_t n_leaves;
} months[] = {{"2026-07", S("2026-07-15"), LEAVES - 1},
	      {"2026-09", S("2026-09-15"), LEAVES},
	      {"2026-11", S("2026-11-16"), LEAVES}};

/* The units, as they are from a month on. */
static const struct tree {
	const char *name;
	str since;
} trees[] = {{"units-2026-07.csv", S("")}, {"units-2026-09.csv", S("2026-08-03")}};

enum { MONTHS = sizeof months / sizeof months[0], TREES = sizeof trees / sizeof trees[0] };

/* A feed, and the files of one export. */
static const struct feed {
	str name;
	const char *kinds[KINDS];
} feeds[] = {
    {S("hr"), {"people"}},
    {S("learning"), {"training"}},
    {S("register"), {"ai_systems", "models", "agents", "providers", "datasets", "vector_stores"}},
    {S("directory"), {"identities", "credentials", "permissions", "access_reviews"}},
    {S("tool-scan"), {"mcp_servers", "tools"}},
    {S("gateway"), {"guardrails"}},
    {S("code-host"), {"repositories"}},
    {S("code-scan"), {"findings", "components"}},
    {S("endpoints"), {"assistants"}},
    {S("soc"), {"incidents", "exercises"}},
    {S("grc"), {"documents", "control_answers", "events", "exceptions", "model_releases"}},
    {S("risk"), {"risks", "assessments", "obligations"}},
    {S("cloud"), {"hosts", "policy_results"}},
    {S("siem"), {"log_sources", "detections"}},
    {S("cloud"), {"accounts", "hosts", "policy_results"}},
};
enum { CLOUD = 12, SIEM, CLOUD_LATER, MONTHLY = CLOUD /* those before it come every month */ };

/* What machines say in their own formats. */
static const struct file {
	const char *name;
	str unit, feed, day, format; /* those that are empty are found */
} files[] = {
    {"2026-11/prowler-aws.ocsf.json", .unit = S("platform")},
    {"2026-11/claims-triage.cdx.json", .unit = S("claims")},
    {"2026-11/model-gateway.cdx.json", .unit = S("platform")},
    {"2026-11/policy-chat.garak.report.jsonl", .unit = S("service")},
    {"2026-11/broker-quote-assist.garak.report.jsonl", .unit = S("commercial")},
    {"2026-11/claims.security-hub.json", .unit = S("claims")},
    {"2026-11/claims-copilot.avid.jsonl", .unit = S("claims")},
    {"2026-11/prowler-service.csv", .unit = S("service")},
    {"2026-11/gavle-ai.kubescape.json", .unit = S("platform")},
    {"2026-11/landing-zone.checkov.json", S("platform"), S("checkov:landing-zone"), .day = S("2026-11-15")},
    {"2026-11/halden-ai-prod.credential-report.csv", .unit = S("platform"), .day = S("2026-11-16")},
    {"2026-11/customer-portal.codeql.sarif", .unit = S("engineering")},
    {"2026-11/entra.secure-score.json", .unit = S("workplace")},
    {"2026-11/nordic.okta.json", .unit = S("nordic"), .day = S("2026-11-16")},
    {"2026-11/ws-1476.mcp.json", S("pricing"), S("mcp:ws-1476"), .day = S("2026-11-15")},
    {"2026-11/ws-1476.agent-scan.json", S("pricing"), S("agent-scan:ws-1476"), .day = S("2026-11-15")},
    {"2026-11/fraud-xgb.modelscan.json", .unit = S("claims")},
    {"2026-11/voice-flows.promptfoo.json", .unit = S("service")},
    {"2026-11/proxy.csv", .feed = S("proxy"), .day = S("2026-11-16"), .format = S("ai_system")},
    {"2026-11/mail-drafter.pyrit.csv", .unit = S("commercial")},
};

static const struct answer {
	const char *objective, *unit, *observed, *override_until, *because, *evidence, *reviewer, *by;
	bool not_applicable;
	struct measure_tally tally;
} answers[] = {
    {.objective = "GOV-02.3",
     .tally = {.yes = 1},
     .observed = "2026-02-10",
     .evidence = "evidence/accountable-executive.md",
     .reviewer = "Åsa Lindqvist"},
    {.objective = "MON-03.3",
     .tally = {3, 1, 1},
     .observed = "2026-10-30",
     .by = "李伟",
     .because = "Reported each month: offices, remote endpoints, cloud accounts. Managed browsers: no. AI inside SaaS: "
		"not looked at yet"},
    {.objective = "INF-03.4",
     .unit = "platform",
     .not_applicable = true,
     .because = "The only high-tier system of AI Platform, the operations agent, runs on its own hosts"},
    {.objective = "DEV-05.2",
     .unit = "engineering",
     .tally = {.no = 1},
     .evidence = "evidence/council-2026-Q3.md",
     .because = "AI council, 22 September 2026: not before 2028; the target of DEV is level 3, trade-off accepted by "
		"I. Holm"},
};

static const struct answer override = {
    .objective = "IAM-02.3",
    .unit = "nordic",
    .tally = {.yes = 6},
    .override_until = "2026-12-31",
    .because = "Vault connector 3.2 misreports the Nordic vault, ticket SEC-4412; the six keys were checked by hand",
    .evidence = "evidence/nordic-vault-check.csv",
    .reviewer = "Åsa Lindqvist"};

static const struct app_link voices = {
    .name = S("voice-flows-*"),
    .system = S("voice-router"),
    .because = S("The repository service/voice-flows deploys the voice router, to staging and production")};

static const struct promised {
	str feed, owner;
	int days;
} promises[] = {{S("siem"), S("李伟"), 7}, {S("garak:broker-quote-assist"), S("Renée Dubois"), 14}};

/* Of the root, and of two units of their own. */
static const struct aim {
	str category, unit, due, owner, because;
	int level;
} targets[] = {
    {S("GOV"), S(""), S("2027-06-30"), S("Åsa Lindqvist"),
     S("The supervisor asks for numbers that the council steers by, not for minutes"), 4},
    {S("IAM"), S(""), S("2027-06-30"), S("Tomáš Nowak"),
     S("Agents act in the name of customers; level 3 has to hold without the Nordic override"), 3},
    {S("MON"), S(""), S("2027-03-31"), S("李伟"), S("What nobody watches cannot be insured; the SIEM comes first"), 2},
    {S("INF"), S(""), S("2027-12-31"), S("Tomáš Nowak"),
     S("Hosts in open networks are closed with the move of the data centre"), 3},
    {S("APP"), S(""), S("2027-06-30"), S("Ravi Romano"), S("The weakest category, and the one that customers talk to"),
     2},
    {S("DAT"), S(""), S("2027-12-31"), S("Kofi Mensah"),
     S("Personal data is masked before a provider sees it; the regulator has asked twice"), 3},
    {S("RSK"), S(""), S("2027-03-31"), S("Renée Dubois"), S("Back to where it was in September"), 3},
    {S("DEV"), S(""), S("2027-09-30"), S("Maud Wójcik"),
     S("We chose not to go beyond 3: sixty person-days and another tool to guard for a risk that two readers of every "
       "merge hold. AI council, 22 September 2026"),
     3},
    {S("DAT"), S("claims"), S("2027-06-30"), S("Ravi Romano"),
     S("Claims holds health data and cannot wait for the others"), 4},
    {S("GOV"), S("nordic"), S("2027-12-31"), S("Oskar Ahlgren"),
     S("Joined in August: first the register and the policy, then what the group has"), 2},
};

/* Requests to deploy, step by step; the first says why it is asked for. */
static const struct requested {
	str system, unit;
	unsigned deployment;
	struct {
		enum approval_act act;
		str by, words, expires;
	} steps[3];
} requests[] = {
    {S("test-writer"),
     S("engineering"),
     MODEL_SAAS,
     {{APPROVAL_REQUEST, S("Mateusz Brandt"), S("Proposes unit tests; the pilot with two teams is over"), S("")},
      {APPROVAL_REVIEW, S("Åsa Lindqvist"), S("Sees test code alone; the provider keeps nothing"), S("")},
      {APPROVAL_APPROVE, S("Ingrid Holm"), S("Not in repositories of the claims platform; two people read every merge"),
       S("2027-06-30")}}},
    {S("complaint-summaries"),
     S("service"),
     MODEL_PAAS,
     {{APPROVAL_REQUEST, S("Łukasz Holm"), S("From the pilot to all complaints of private customers"), S("")},
      {APPROVAL_REVIEW, S("Kofi Mensah"), S("Health data occurs in every tenth complaint; masking is not proven yet"),
       S("")}}},
    {S("photo-estimate"),
     S("claims"),
     MODEL_PAAS,
     {{APPROVAL_REQUEST, S("Ravi Romano"), S("Estimates to customers directly, without a handler"), S("")}}},
};

/* ---- what it is made of ---- */

static int64_t instant(str text)
{
	int64_t ms = 0;
	bool good = time_parse(text, &ms);
	assert(good);
	(void)good;
	return ms;
}

static struct app_time time_of(str text)
{
	return (struct app_time){text.n > 0, text.n ? instant(text) : 0};
}

int64_t app_demo_now_ms(void)
{
	return instant(S("2026-11-20T09:00:00Z"));
}

/* A file of content/demo, under the name by which the tour gives it. */
static enum status content(struct app *app, const char *name, struct source *out, struct err *err)
{
	char path[96];
	(void)snprintf(path, sizeof path, "demo/%s", name);
	str text = embed_find(str_from(path)), called = str_copy(app->arena, str_from(name));
	if (!text.p)
		return err_set(err, E_BUG, "the program does not carry demo/%s", name);
	*out = source_text(called, text);
	return called.p ? OK : err_full(err);
}

/* ---- the steps; what each is about comes as a table's row ---- */

typedef enum status step_fn(struct app *app, const void *what, struct err *err);

/* A step has an arena of its own. */
static enum status take(struct app *app, step_fn *step, const void *what, struct err *err)
{
	struct arena arena = ARENA(LIMIT_REQUEST_BYTES);
	struct app one = *app;
	one.arena = &arena;
	one.now_ms = app_demo_now_ms();
	one.actor = S("Łukasz Wójcik");
	enum status status = step(&one, what, err);
	arena_release(&arena);
	return status;
}

static enum status begin(struct app *app, const void *what, struct err *err)
{
	bool made;
	struct view_model model;
	struct view_units units;
	struct err why;
	(void)what;
	TRY(app_init(app, &made, &model, err));
	if (app_unit_list(app, (str){0}, (struct app_time){0}, &units, &why) == E_NOT_FOUND)
		return OK;
	err_set(err, E_CONFLICT, "the store has units already");
	err_hint(err, "the demo organisation needs a store of its own: --db demo.db");
	return E_CONFLICT;
}

static enum status grow(struct app *app, const void *what, struct err *err)
{
	const struct tree *t = what;
	struct source from;
	struct view_unit_import v;
	TRY(content(app, t->name, &from, err));
	return app_unit_import(app, &from, time_of(t->since), &v, err);
}

struct export
{
	const struct feed *feed;
	const struct month *month;
	size_t n_leaves;
};

static enum status hand_in(struct app *app, const void *what, struct err *err)
{
	const struct export *x = what;
	struct app_import options = {
	    .feed = x->feed->name, .observed = time_of(x->month->day), .covers = leaves, .n_covers = x->n_leaves};
	struct source from[KINDS];
	struct view_receipt receipts[KINDS];
	size_t n = 0;
	for (; n < KINDS && x->feed->kinds[n]; n++) {
		char name[64];
		(void)snprintf(name, sizeof name, "%s/%s.csv", x->month->folder, x->feed->kinds[n]);
		TRY(content(app, name, &from[n], err));
	}
	return app_import_many(app, &options, from, n, receipts, err);
}

static enum status one_file(struct app *app, const void *what, struct err *err)
{
	const struct file *f = what;
	struct app_import options = {
	    .unit = f->unit, .feed = f->feed, .observed = time_of(f->day), .format = f->format};
	struct source from;
	struct view_receipt receipt;
	TRY(content(app, f->name, &from, err));
	return app_import_from(app, &options, &from, &receipt, err);
}

static enum status tallies(struct app *app, const void *what, struct err *err)
{
	struct source from;
	struct view_measures_import v;
	TRY(content(app, what, &from, err));
	return app_measure_import_many(app, false, &from, 1, &v, err);
}

/* NULL: nothing */
static str text_of(const char *z)
{
	return z ? str_from(z) : (str){0};
}

/* The document that an answer stands on. */
static enum status document(struct app *app, const struct answer *a, struct app_document *out, struct err *err)
{
	struct source from;
	struct view_document_of d;
	str folder, name;
	TRY(content(app, a->evidence, &from, err));
	(void)str_cut(from.name, '/', &folder, &name);
	TRY(app_evidence_add(app, str_from(a->objective), text_of(a->unit), &from, name, (str){0}, &d, err));
	*out = (struct app_document){d.sha256, d.name, d.media};
	return OK;
}

static enum status one_answer(struct app *app, const void *what, struct err *err)
{
	const struct answer *a = what;
	struct app_document proof;
	struct view_answer v;
	struct app_answer say = {.objective = str_from(a->objective),
				 .unit = text_of(a->unit),
				 .not_applicable = a->not_applicable,
				 .tally = a->tally,
				 .reviewed = a->reviewer != NULL,
				 .reviewer = text_of(a->reviewer),
				 .because = text_of(a->because),
				 .observed = time_of(text_of(a->observed)),
				 .override_until = time_of(text_of(a->override_until))};
	if (a->by)
		app->actor = str_from(a->by);
	if (a->evidence) {
		TRY(document(app, a, &proof, err));
		say.documents = &proof;
		say.n_documents = 1;
	}
	return app_answer(app, &say, &v, err);
}

static enum status evaluate(struct app *app, const void *what, struct err *err)
{
	struct view_evaluation v;
	return app_evaluate(app, time_of(text_of(what)), &v, err);
}

static enum status link_names(struct app *app, const void *what, struct err *err)
{
	struct view_link v;
	return app_link_add(app, what, &v, err);
}

static enum status promise(struct app *app, const void *what, struct err *err)
{
	enum { DAY_MS = 24 * 3600 * 1000 };
	const struct promised *p = what;
	struct view_feed v;
	struct app_feed_setting set = {
	    .owner_given = true, .every_given = true, .owner = p->owner, .every_ms = (int64_t)p->days * DAY_MS};
	return app_feed_set(app, p->feed, &set, &v, err);
}

static enum status aim(struct app *app, const void *what, struct err *err)
{
	const struct aim *p = what;
	struct view_target v;
	bool unchanged;
	struct app_target set = {.category = p->category,
				 .unit = p->unit,
				 .level = p->level,
				 .due = time_of(p->due),
				 .because = p->because,
				 .owner = p->owner,
				 .approver = S("Ingrid Holm")};
	return app_target_set(app, &set, &v, &unchanged, err);
}

static enum status deploy(struct app *app, const void *what, struct err *err)
{
	const struct requested *r = what;
	struct view_approval v;
	struct app_approval_request ask = {r->system, r->unit, r->deployment, r->steps[0].words};
	app->actor = r->steps[0].by;
	TRY(app_approval_request(app, &ask, &v, err));
	for (size_t i = 1; i < 3 && r->steps[i].words.n; i++) {
		struct app_approval_step step = {v.id, r->steps[i].act, r->steps[i].words,
						 time_of(r->steps[i].expires)};
		app->actor = r->steps[i].by;
		TRY(app_approval_step(app, &step, &v, err));
	}
	return OK;
}

/* ---- the whole ---- */

/* The exports of a day. The cloud feed lists Nordic from November on, and the accounts, too; then the connector of the
 * SIEM is broken. */
static enum status one_month(struct app *app, size_t i, struct err *err)
{
	bool last = i + 1 == MONTHS;
	struct export x = {NULL, &months[i], months[i].n_leaves};
	if (i < TREES)
		TRY(take(app, grow, &trees[i], err));
	for (size_t k = 0; k < MONTHLY; k++) {
		x.feed = &feeds[k];
		TRY(take(app, hand_in, &x, err));
	}
	x.n_leaves = last ? LEAVES : LEAVES - 1;
	x.feed = &feeds[last ? CLOUD_LATER : CLOUD];
	TRY(take(app, hand_in, &x, err));
	x.feed = &feeds[SIEM];
	return last ? OK : take(app, hand_in, &x, err);
}

static enum status facts(struct app *app, struct err *err)
{
	for (size_t i = 0; i < MONTHS; i++)
		TRY(one_month(app, i, err));
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		TRY(take(app, one_file, &files[i], err));
	TRY(take(app, tallies, "measures.csv", err));
	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
		TRY(take(app, one_answer, &answers[i], err));
	return OK;
}

enum status app_demo_make(struct app *app, struct err *err)
{
	TRY(take(app, begin, NULL, err));
	TRY(facts(app, err));
	TRY(take(app, evaluate, "2026-07-16", err));
	TRY(take(app, evaluate, "2026-09-16", err));
	TRY(take(app, evaluate, NULL, err));
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
		TRY(take(app, aim, &targets[i], err));
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
		TRY(take(app, deploy, &requests[i], err));
	TRY(take(app, link_names, &voices, err));
	TRY(take(app, evaluate, NULL, err));
	TRY(take(app, one_answer, &override, err));
	for (size_t i = 0; i < sizeof promises / sizeof promises[0]; i++)
		TRY(take(app, promise, &promises[i], err));
	return OK;
}
