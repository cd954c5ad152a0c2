#include "web/ui_answer.h"

#include <stdio.h>

#include "base/limits.h"
#include "base/time.h"
#include "web/ui_view.h"

struct ui_address ui_answer_address(struct ui *u, const char *base, str objective, str unit, const struct ui_run *run)
{
	struct ui_address a = {u, false};
	buf_add(u->b, str_from(base));
	ui_url(u->b, objective);
	ui_more(&a, S("unit"), unit);
	if (run) {
		ui_more(&a, S("run"), run->interview ? S("diagnose") : S(""));
		ui_more(&a, S("of"), run->of);
	}
	return a;
}

/* ---- the choice ---- */

static void choice(struct ui *u, const char *value, const char *key, const char *class, enum ui_icon icon, str word,
		   str small, bool on)
{
	struct buf *b = u->b;
	html_raw(b, "<label class=\"opt\"><input type=\"radio\" name=\"answer\" required value=\"");
	buf_add(b, str_from(value));
	html_raw(b, "\" data-key=\"");
	buf_add(b, str_from(key));
	buf_add(b, on ? S("\" checked>") : S("\">"));
	html_raw(b, "<span class=\"");
	buf_add(b, str_from(class));
	html_raw(b, "\">");
	ui_icon(b, icon, "");
	html_raw(b, "</span><span>");
	html_text(b, word);
	html_raw(b, "</span><kbd aria-hidden=\"true\">");
	buf_char(b, (char)(*key - 'a' + 'A'));
	html_raw(b, "</kbd><small>");
	html_text(b, small);
	html_raw(b, "</small></label>");
}

/* Which of the four the stored answer is; -1: there is none. */
static int chosen(const struct view_answer_now *now)
{
	const struct view_said *s = &now->said;
	if (!s->seq)
		return -1;
	if (s->not_applicable)
		return 3;
	if (!s->tally.no && !s->tally.unknown && s->tally.yes)
		return 0;
	return !s->tally.yes && !s->tally.unknown && s->tally.no ? 1 : 2;
}

/* The one that was typed, when the form comes back. */
static int chosen_again(const struct ui *u, int otherwise)
{
	static const str words[] = {S("met"), S("not"), S("count"), S("na")};
	str typed = ui_typed(u, S("answer"));
	for (int i = 0; i < 4; i++)
		if (str_eq(typed, words[i]))
			return i;
	return otherwise;
}

static void choices(struct ui *u, int on)
{
	html_raw(u->b, "<fieldset class=\"ans\"><legend class=\"vh\">Answer</legend>");
	choice(u, "met", "m", "v-met", UI_MET, S("Met"), S("the whole population"), on == 0);
	choice(u, "not", "n", "v-not", UI_NOT_MET, S("Not met"), S("nobody in it"), on == 1);
	choice(u, "count", "c", "v-x", UI_UNLINKED, S("Count"), S("some of it"), on == 2);
	choice(u, "na", "a", "v-na", UI_NOT_APPLICABLE, S("Not applicable"), S("with a reason"), on == 3);
	html_raw(u->b, "</fieldset>");
}

/* ---- counts ---- */

/* Counts as they stand in the form: those that were typed, else those of the answer that is there, else none. */
struct counted {
	bool some; /* there is an answer with numbers */
	struct measure_tally tally;
};

static int64_t typed_or(const struct ui *u, str name, int64_t otherwise)
{
	str typed = ui_typed(u, name);
	int64_t n = 0;
	if (!typed.p)
		return otherwise;
	return str_to_i64(str_trim(typed), &n) && n >= 0 && n <= LIMIT_COUNT ? n : 0;
}

static struct counted counted(const struct ui *u, const struct view_said *said)
{
	struct counted c = {.some = said->seq && !said->not_applicable};
	struct measure_tally t = c.some ? said->tally : (struct measure_tally){0};
	c.tally = (struct measure_tally){.yes = typed_or(u, S("yes"), t.yes),
					 .no = typed_or(u, S("no"), t.no),
					 .unknown = typed_or(u, S("unknown"), t.unknown)};
	return c;
}

static void count_field(struct ui *u, const char *name, str label, bool some, int64_t value)
{
	struct buf *b = u->b;
	str typed = ui_typed(u, str_from(name));
	html_raw(b, "<div class=\"fr\"><label for=\"a-");
	buf_add(b, str_from(name));
	html_raw(b, "\">");
	html_text(b, label);
	html_raw(b, "</label><input class=\"w num\" type=\"number\" min=\"0\" max=\"1000000000\" inputmode=\"numeric\" "
		    "id=\"a-");
	buf_add(b, str_from(name));
	html_raw(b, "\" name=\"");
	buf_add(b, str_from(name));
	html_raw(b, "\" value=\"");
	if (typed.p)
		html_text(b, typed);
	else if (some)
		html_int(b, value);
	html_raw(b, "\"");
	char id[24];
	str at = {id, (size_t)snprintf(id, sizeof id, "a-%s", name)};
	ui_fault(u, str_from(name), at, false);
	html_raw(b, ">");
	ui_fault_text(u, str_from(name), at);
	html_raw(b, "</div>");
}

enum status ui_answer_tally(struct ui *u, struct measure_tally t, int32_t threshold_milli, struct arena *a,
			    struct err *err)
{
	struct buf *b = u->b;
	TRY(ui_tally(u, t, threshold_milli, a, err));
	if (!measure_total(t))
		return OK;
	html_raw(b, "<p class=\"xs sub\">");
	ui_count(b, t.yes);
	html_raw(b, " yes + ");
	ui_count(b, t.no);
	html_raw(b, " no + ");
	ui_count(b, t.unknown);
	html_raw(b, " unknown = ");
	ui_count(b, measure_total(t));
	html_raw(b, ". ");
	ui_verdict(b, score_verdict(t, threshold_milli));
	html_raw(b, "</p>");
	return OK;
}

enum status ui_answer_sum(struct ui *u, struct measure_tally t, int32_t threshold_milli, struct arena *a,
			  struct err *err)
{
	if (measure_total(t))
		return ui_answer_tally(u, t, threshold_milli, a, err);
	html_raw(u->b, "<p class=\"xs sub\">Yes, no and unknown add up to the population.</p>");
	return OK;
}

static enum status counts(struct ui *u, const struct ui_answer *f, struct arena *a, struct err *err)
{
	const struct model_objective *o = f->question->objective;
	struct counted c = counted(u, &f->now->said);
	html_raw(u->b, "<div class=\"counts\">");
	count_field(u, "yes", S("Yes"), c.some, c.tally.yes);
	count_field(u, "no", S("No"), c.some, c.tally.no);
	count_field(u, "unknown", S("Unknown"), c.some, c.tally.unknown);
	html_raw(u->b, "<div class=\"ct\" aria-live=\"polite\" hx-trigger=\"input from:closest .counts delay:200ms\" "
		       "hx-include=\"closest .counts\" hx-get=\"/objective/");
	ui_url(u->b, o->id);
	html_raw(u->b, "/tally\">");
	TRY(ui_answer_sum(u, c.tally, o->threshold_milli, a, err));
	html_raw(u->b, "</div></div>");
	return OK;
}

/* ---- how it is known ---- */

void ui_answer_documents(struct ui *u, const struct view_said *said, bool keep)
{
	struct buf *b = u->b;
	for (size_t i = 0; i < said->n_documents; i++) {
		const struct view_document_of *d = &said->documents[i];
		html_raw(b, "<div class=\"row filed\">");
		ui_icon(b, UI_FILE, "");
		html_raw(b, "<span class=\"sm\"><a href=\"/evidence/file/");
		html_text(b, d->sha256);
		html_raw(b, "\">");
		ui_user(b, d->name.n ? d->name : S("document"));
		html_raw(b, "</a> <span class=\"mut\">");
		ui_bytes(b, d->bytes);
		html_raw(b, "</span> <span class=\"hash\">sha256 ");
		ui_hash(b, d->sha256);
		html_raw(b, "</span>");
		if (keep) {
			html_raw(b, " <label><input type=\"checkbox\" name=\"keep\" checked value=\"");
			html_text(b, d->sha256);
			html_raw(b, "\"> stands behind this answer, too</label>");
		}
		html_raw(b, "</span></div>");
	}
}

static void because(struct ui *u, const struct view_said *said)
{
	str typed = ui_typed(u, S("because"));
	html_raw(u->b, "<div class=\"fr\"><label for=\"a-because\">How do you know?</label><textarea id=\"a-because\" "
		       "name=\"because\" rows=\"3\" dir=\"auto\"");
	ui_fault(u, S("because"), S("a-because"), true);
	html_raw(u->b, ">");
	html_text(u->b, typed.p ? typed : said->because);
	html_raw(u->b, "</textarea>");
	ui_fault_text(u, S("because"), S("a-because"));
	html_raw(u->b, "<span class=\"hint\" id=\"a-because-h\">A reviewer reads this. Name the place where "
		       "the proof lies. “Not applicable” needs its reason here.</span></div>");
}

static void drop(struct ui *u)
{
	html_raw(u->b, "<label class=\"drop\">");
	ui_icon(u->b, UI_CLIP, "");
	html_raw(u->b, "<span>Drop or paste evidence, or <span class=\"link\">choose files</span> <kbd "
		       "aria-hidden=\"true\">E</kbd></span><input type=\"file\" name=\"file\" multiple "
		       "data-key=\"e\"><span class=\"sm b\" data-chosen></span></label>");
}

static void date_field(struct ui *u, str id, str name, str label, str hint, int64_t ms)
{
	char text[TIME_TEXT];
	ui_field(u, &(struct ui_field){.id = id,
				       .name = name,
				       .label = label,
				       .type = S("date"),
				       .value = ms != TIME_FOREVER ? time_format_day(ms, text) : S(""),
				       .hint = hint});
}

/* Documents that came with what was refused: they are stored, and go with it the next time. */
static void sent_already(struct ui *u)
{
	struct buf *b = u->b;
	for (size_t i = 0; u->again && i < u->refused->n_typed; i++) {
		const struct ui_pair *typed = &u->refused->typed[i];
		str sum, name;
		if (!str_eq(typed->name, S("document")) || !str_cut(typed->value, ' ', &sum, &name))
			continue;
		ui_hidden(u, typed->name, typed->value);
		html_raw(b, "<div class=\"row filed\">");
		ui_icon(b, UI_FILE, "");
		html_raw(b, "<span class=\"sm\">");
		ui_user(b, name);
		html_raw(b, " <span class=\"hash\">sha256 ");
		ui_hash(b, sum);
		html_raw(b, "</span> came with it already</span></div>");
	}
}

static void dates(struct ui *u, const struct ui_answer *f)
{
	const struct view_said *said = &f->now->said;
	bool ends = said->seq && said->expires_ms > f->at_ms;
	buf_add(u->b, ui_typed(u, S("observed")).n || ui_typed(u, S("expires")).n ? S("<details class=\"more\" open>")
										  : S("<details class=\"more\">"));
	html_raw(u->b, "<summary>When it was seen, until when it counts</summary><div "
		       "class=\"row gap-t\">");
	date_field(u, S("a-observed"), S("observed"), S("Observed on"), S("Left empty: now."), TIME_FOREVER);
	date_field(u, S("a-expires"), S("expires"), S("Expires on"), S("Left empty: after the objective’s own time."),
		   ends ? said->expires_ms : TIME_FOREVER);
	html_raw(u->b, "</div></details>");
}

static void override(struct ui *u, const struct ui_answer *f)
{
	if (!f->question->measured)
		return;
	html_raw(u->b, "<div class=\"note\">");
	ui_icon(u->b, UI_MEASURED, "");
	if (f->question->measured_stale)
		html_raw(u->b,
			 "<div><b>A check measured this here, too long ago.</b> Those it saw count as unknown, beside "
			 "your answer. As an override the answer counts alone, until a day.");
	else
		html_raw(u->b,
			 "<div><b>A check measures this here.</b> Your answer is kept, and counts only as an override, "
			 "until a day.");
	date_field(u, S("a-override"), S("override"), S("Override until"),
		   S("With the reason above. Left empty: no override."), TIME_FOREVER);
	html_raw(u->b, "</div></div>");
}

/* ---- the form ---- */

static void hidden_fields(struct ui *u, const struct ui_answer *f)
{
	const struct view_question *q = f->question;
	struct buf *b = u->b;
	ui_csrf(u);
	ui_hidden(u, S("unit"), q->tree->units[q->unit].id);
	html_raw(b, "<input type=\"hidden\" name=\"expected\" value=\"");
	html_int(b, f->now->said.seq);
	html_raw(b, "\"><input type=\"hidden\" name=\"population\" value=\"");
	html_int(b, q->population);
	html_raw(b, "\"><input type=\"hidden\" name=\"here\" value=\"");
	(void)ui_answer_address(u, f->base, q->objective->id, q->tree->units[q->unit].id, f->run);
	html_raw(b, "\">");
	if (f->next.n)
		ui_hidden(u, S("next"), f->next);
}

/* Whether it is saved; a script goes on saying so while it is written. */
static void state(struct ui *u, const struct view_said *said)
{
	struct buf *b = u->b;
	html_raw(
	    b,
	    "<p class=\"note\" role=\"alert\" data-refused hidden></p><p class=\"state sm sub\"><span role=\"status\" "
	    "data-state>");
	if (said->seq) {
		html_raw(b, "Saved on ");
		ui_time(b, said->recorded_ms);
		html_raw(b, " by ");
		ui_author(b, said->author, said->author_shown);
		html_raw(b, ".");
	} else {
		html_raw(b, "Not answered yet.");
	}
	html_raw(b, "</span> <button class=\"btn bare\" type=\"button\" data-discard hidden>Discard it</button></p>");
}

static void buttons(struct ui *u, const struct ui_answer *f)
{
	html_raw(u->b, "<div class=\"row end\">");
	if (f->next.n)
		html_raw(u->b, "<button class=\"btn go\" name=\"go\" value=\"next\" data-next>Save and next <kbd "
			       "aria-hidden=\"true\">Ctrl</kbd><kbd aria-hidden=\"true\">↵</kbd></button><button "
			       "class=\"btn\" name=\"go\" value=\"stay\">Save</button>");
	else
		html_raw(u->b,
			 "<button class=\"btn go\" data-next>Save answer <kbd aria-hidden=\"true\">Ctrl</kbd><kbd "
			 "aria-hidden=\"true\">↵</kbd></button>");
	html_raw(u->b, "</div>");
}

enum status ui_answer(struct ui *u, const struct ui_answer *f, struct arena *a, struct err *err)
{
	const struct view_question *q = f->question;
	struct buf *b = u->b;
	html_raw(
	    b, "<form class=\"stack answer\" method=\"post\" enctype=\"multipart/form-data\" data-quick data-draft=\"");
	html_text(b, q->objective->id);
	html_raw(b, " ");
	html_text(b, q->tree->units[q->unit].id);
	html_raw(b, "\" action=\"/objective/");
	ui_url(b, q->objective->id);
	html_raw(b, "/answer\">");
	u->again = u->refused != NULL && str_ends(u->refused->path, S("/answer"));
	hidden_fields(u, f);
	choices(u, chosen_again(u, chosen(f->now)));
	TRY(counts(u, f, a, err));
	because(u, &f->now->said);
	drop(u);
	sent_already(u);
	ui_answer_documents(u, &f->now->said, true);
	override(u, f);
	dates(u, f);
	state(u, &f->now->said);
	buttons(u, f);
	html_raw(b, "</form>");
	return OK;
}

/* ---- what was said ---- */

void ui_answer_said(struct ui *u, const struct view_said *s, int32_t threshold_milli)
{
	static const str bases[] = {S("Attested"), S("Reviewed"), S("Measured")};
	struct buf *b = u->b;
	if (s->not_applicable) {
		html_raw(b, "Not applicable");
	} else {
		static const str verdicts[] = {S("Not applicable"), S("Met"), S("Open"), S("Not met")};
		html_text(b, verdicts[score_verdict(s->tally, threshold_milli)]);
		html_raw(b, ", ");
		ui_count(b, s->tally.yes);
		html_raw(b, " of ");
		ui_count(b, measure_total(s->tally));
	}
	html_raw(b, ". ");
	html_text(b, bases[s->basis]);
	html_raw(b, " by ");
	ui_author(b, s->author, s->author_shown);
	if (s->reviewer.n) {
		html_raw(b, ", confirmed by ");
		ui_author(b, s->reviewer, s->reviewer_shown);
	}
	html_raw(b, " on ");
	ui_day(b, s->recorded_ms);
}

static void clock_time(struct buf *b, int64_t ms)
{
	char text[TIME_TEXT];
	html_text(b, str_slice(time_format(ms, text), 11, 19));
	html_raw(b, "&nbsp;UTC");
}

void ui_answer_receipt(struct ui *u, const struct view_answer_now *now, const char *base, const struct ui_run *run)
{
	const struct view_said *s = &now->said;
	struct buf *b = u->b;
	html_raw(b, "<div class=\"receipt\" role=\"status\" data-saved=\"");
	html_text(b, s->objective);
	html_raw(b, " ");
	html_text(b, s->unit);
	html_raw(b, "\"><span><b>Saved at ");
	clock_time(b, s->recorded_ms);
	html_raw(b, "</b> as answer ");
	ui_count(b, s->seq);
	html_raw(b, ", ");
	html_text(b, s->objective);
	html_raw(b, " for ");
	const struct unit_tree *tree = u->frame ? u->frame->tree : NULL;
	int unit = tree ? unit_find(tree, s->unit) : UNIT_NONE;
	ui_user(b, unit == UNIT_NONE ? s->unit : tree->units[unit].name);
	buf_add(b, s->basis == MEASURE_ATTESTED ? S(". Not yet reviewed, so it counts as claimed.") : S("."));
	html_raw(b, "</span>");
	if (now->undo_until_ms != INT64_MIN) {
		html_raw(b, "<form method=\"post\" action=\"/objective/");
		ui_url(b, s->objective);
		html_raw(b, "/undo\">");
		ui_csrf(u);
		html_raw(b, "<input type=\"hidden\" name=\"seq\" value=\"");
		html_int(b, s->seq);
		html_raw(b, "\"><input type=\"hidden\" name=\"back\" value=\"");
		(void)ui_answer_address(u, base, s->objective, s->unit, run);
		html_raw(b, "\">");
		html_raw(b, "<button class=\"btn bare\">Undo</button></form>");
	}
	html_raw(b, "</div>");
}

/* ---- who else is here ---- */

void ui_answer_presence(struct ui *u, str objective, str unit, const str *others, size_t n)
{
	struct buf *b = u->b;
	html_raw(
	    b, "<div class=\"here-too\" aria-live=\"polite\" hx-trigger=\"every 15s\" hx-swap=\"outerHTML\" hx-get=\"");
	buf_add(b, S("/assess/"));
	ui_url(b, objective);
	html_raw(b, "/presence?unit=");
	ui_url(b, unit);
	html_raw(b, "\">");
	if (n) {
		html_raw(b, "<div class=\"note info\">");
		ui_icon(b, UI_PEOPLE, "");
		html_raw(b, "<div><b>");
		for (size_t i = 0; i < n; i++) {
			if (i)
				buf_add(b, i + 1 == n ? S(" and ") : S(", "));
			ui_user(b, others[i]);
		}
		buf_add(b, n == 1 ? S(" has this open too.") : S(" have this open too."));
		html_raw(
		    b,
		    "</b> If several of you save, all answers are kept and you choose which one counts.</div></div>");
	}
	html_raw(b, "</div>");
}
