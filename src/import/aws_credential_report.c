#include <inttypes.h>
#include <string.h>

#include "base/csv.h"
#include "base/limits.h"
#include "base/time.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* The columns that are read, by their place in `names`. */
enum column {
	USER,
	ARN,
	CREATED,
	PASSWORD_ENABLED,
	PASSWORD_USED,
	PASSWORD_CHANGED,
	MFA,
	KEY_1,
	KEY_1_ROTATED,
	KEY_1_USED,
	KEY_2,
	KEY_2_ROTATED,
	KEY_2_USED,
	CERT_1,
	CERT_1_ROTATED,
	CERT_2,
	CERT_2_ROTATED,
	ADDITIONAL,
	COLUMNS
};

static const str names[COLUMNS] = {
    [USER] = S("user"),
    [ARN] = S("arn"),
    [CREATED] = S("user_creation_time"),
    [PASSWORD_ENABLED] = S("password_enabled"),
    [PASSWORD_USED] = S("password_last_used"),
    [PASSWORD_CHANGED] = S("password_last_changed"),
    [MFA] = S("mfa_active"),
    [KEY_1] = S("access_key_1_active"),
    [KEY_1_ROTATED] = S("access_key_1_last_rotated"),
    [KEY_1_USED] = S("access_key_1_last_used_date"),
    [KEY_2] = S("access_key_2_active"),
    [KEY_2_ROTATED] = S("access_key_2_last_rotated"),
    [KEY_2_USED] = S("access_key_2_last_used_date"),
    [CERT_1] = S("cert_1_active"),
    [CERT_1_ROTATED] = S("cert_1_last_rotated"),
    [CERT_2] = S("cert_2_active"),
    [CERT_2_ROTATED] = S("cert_2_last_rotated"),
    [ADDITIONAL] = S("additional_credentials_info"),
};

/* Without these it is no credential report. */
static const enum column required[] = {USER, ARN, PASSWORD_ENABLED, MFA, KEY_1};

/* What a user may hold; an unused time is -1. */
static const struct secret {
	str suffix, kind;
	enum column active;
	int issued, used;
} secrets[] = {
    {S("|password"), S("password"), PASSWORD_ENABLED, PASSWORD_CHANGED, PASSWORD_USED},
    {S("|access_key_1"), S("api_key"), KEY_1, KEY_1_ROTATED, KEY_1_USED},
    {S("|access_key_2"), S("api_key"), KEY_2, KEY_2_ROTATED, KEY_2_USED},
    {S("|cert_1"), S("certificate"), CERT_1, CERT_1_ROTATED, -1},
    {S("|cert_2"), S("certificate"), CERT_2, CERT_2_ROTATED, -1},
};
enum { SECRETS = sizeof secrets / sizeof *secrets };

struct report {
	struct import_input *in;
	struct csv_reader csv;
	int at[COLUMNS];      /* the file's column; -1 when it has none */
	struct arena scratch; /* of the current row */
	struct import_seen seen;
	struct import_flaw additional;
	str account; /* of the first row */
	bool several;
};

/* A user as the row shows it. */
struct user {
	str name, arn, id;
	bool root;
	struct evidence_value time[COLUMNS], truth[COLUMNS];
};

/* ---- cells ---- */

static str cell_of(const struct report *t, enum column c)
{
	return t->at[c] < 0 ? (str){NULL, 0} : str_trim(t->csv.cells[t->at[c]]);
}

static enum status refuse(const struct report *t, enum column c, const char *what, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	err_set(err, E_INVALID, "%s expected, found \"%s\"", what, import_walk_show(cell_of(t, c), shown));
	err_detail(err, "column %.*s of user %" PRId64, STR_ARG(names[c]), t->csv.record);
	err_hint(err, "hand in the report as AWS gave it; \"N/A\", \"no_information\" and \"not_supported\" are fine");
	return csv_at(&t->csv, (size_t)t->at[c], err);
}

/* AWS's own words for: there is none, nobody knows, does not apply. */
static bool is_sentinel(str cell)
{
	return cell.n == 0 || str_eq_fold(cell, S("N/A")) || str_eq_fold(cell, S("no_information")) ||
	       str_eq_fold(cell, S("not_supported"));
}

static enum status read_truth(const struct report *t, enum column c, struct evidence_value *out, struct err *err)
{
	str cell = cell_of(t, c);
	if (is_sentinel(cell))
		return OK;
	out->i64 = str_eq_fold(cell, S("true"));
	out->known = out->i64 || str_eq_fold(cell, S("false"));
	return out->known ? OK : refuse(t, c, "true or false", err);
}

static enum status read_time(const struct report *t, enum column c, struct evidence_value *out, struct err *err)
{
	str cell = cell_of(t, c);
	if (is_sentinel(cell))
		return OK;
	out->known = time_parse(cell, &out->i64);
	return out->known ? OK : refuse(t, c, "a time such as 2026-04-03T10:00:00+00:00", err);
}

/* ---- one user ---- */

static bool yes(const struct user *u, enum column c)
{
	return u->truth[c].known && u->truth[c].i64;
}

/* The account of arn:PARTITION:iam::ACCOUNT:…; empty in another text. */
static str account_of(str arn)
{
	str part = {NULL, 0};
	for (int i = 0; i < 5; i++) {
		str rest;
		if (!str_cut(arn, ':', &part, &rest))
			return (str){NULL, 0};
		arn = rest;
	}
	return part;
}

static enum status note_account(struct report *t, const struct user *u, struct err *err)
{
	str account = account_of(u->arn);
	if (t->csv.record == 1) {
		t->account = str_copy(t->in->arena, account);
		if (!t->account.p)
			return err_full(err);
	}
	t->several = t->several || !account.n || !str_eq(account, t->account);
	return OK;
}

static enum status read_names(struct report *t, struct user *u, struct err *err)
{
	struct import_seen_entry *e;
	char shown[IMPORT_WALK_SHOW];
	u->name = cell_of(t, USER);
	u->arn = cell_of(t, ARN);
	u->root = str_eq(u->name, S("<root_account>"));
	if (!str_starts(u->arn, S("arn:")))
		return refuse(t, ARN, "the ARN of a user", err);
	u->id = import_seen_fit(&t->scratch, u->arn);
	if (!u->id.p)
		return err_full(err);
	TRY(import_seen_add(&t->seen, S("identity"), u->arn, &e, err));
	if (e->count > 1) {
		err_set(err, E_INVALID, "the user \"%s\" stands twice: on line %" PRId64 " and on line %" PRId64,
			import_walk_show(u->arn, shown), e->line, t->csv.line);
		err_hint(err, "hand in one report per file");
		return csv_at(&t->csv, (size_t)t->at[ARN], err);
	}
	e->line = t->csv.line;
	return note_account(t, u, err);
}

static enum status read_user(struct report *t, struct user *u, struct err *err)
{
	static const enum column truths[] = {PASSWORD_ENABLED, MFA, KEY_1, KEY_2, CERT_1, CERT_2};
	static const enum column times[] = {CREATED,    PASSWORD_USED, PASSWORD_CHANGED, KEY_1_ROTATED, KEY_1_USED,
					    KEY_2_USED, KEY_2_ROTATED, CERT_1_ROTATED,   CERT_2_ROTATED};
	TRY(read_names(t, u, err));
	for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
		TRY(read_truth(t, truths[i], &u->truth[truths[i]], err));
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		TRY(read_time(t, times[i], &u->time[times[i]], err));
	if (!is_sentinel(cell_of(t, ADDITIONAL)))
		import_flaw_note(&t->additional, t->csv.line);
	return OK;
}

/* ---- rows ---- */

static void set_time(struct evidence_record *r, str column, const struct evidence_value *v)
{
	if (v->known)
		evidence_set_time(r, column, v->i64);
}

static struct evidence_value latest_use(const struct user *u)
{
	struct evidence_value latest = {0};
	for (size_t i = 0; i < SECRETS; i++) {
		if (secrets[i].used < 0 || !u->time[secrets[i].used].known)
			continue;
		if (!latest.known || u->time[secrets[i].used].i64 > latest.i64)
			latest = u->time[secrets[i].used];
	}
	return latest;
}

static enum status push_identity(const struct report *t, const struct user *u, struct err *err)
{
	struct evidence_record r = {
	    .kind = EVIDENCE_IDENTITY, .id = u->id, .main = true, .record = t->csv.record, .line = t->csv.line};
	struct evidence_value used = latest_use(u);
	bool signs_in = yes(u, PASSWORD_ENABLED) || (u->root && !u->truth[PASSWORD_ENABLED].known);
	evidence_set_text(&r, S("name"), u->name);
	evidence_set_text(&r, S("provider"), S("aws"));
	/* Without a password it may be a person or a program: the report does not tell. */
	if (u->root || yes(u, PASSWORD_ENABLED))
		evidence_set_text(&r, S("kind"), S("user"));
	/* Nothing active is not "disabled": the report leaves out the keys of single services, such as Bedrock's. */
	for (size_t i = 0; i < SECRETS; i++)
		if (yes(u, secrets[i].active))
			evidence_set_bool(&r, S("enabled"), true);
	if (u->root)
		evidence_set_bool(&r, S("privileged"), true);
	if (signs_in && u->truth[MFA].known)
		evidence_set_bool(&r, S("mfa"), u->truth[MFA].i64);
	set_time(&r, S("created_at"), &u->time[CREATED]);
	set_time(&r, S("last_used_at"), &used);
	return t->in->sink->record(t->in->sink->ctx, &r, err);
}

static enum status push_secret(struct report *t, const struct user *u, const struct secret *s, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_CREDENTIAL, .record = t->csv.record, .line = t->csv.line};
	char *p = arena_alloc(&t->scratch, u->arn.n + s->suffix.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, u->arn.p, u->arn.n);
	memcpy(p + u->arn.n, s->suffix.p, s->suffix.n);
	r.id = import_seen_fit(&t->scratch, (str){p, u->arn.n + s->suffix.n});
	if (!r.id.p)
		return err_full(err);
	evidence_set_text(&r, S("identity_id"), u->id);
	evidence_set_text(&r, S("kind"), s->kind);
	evidence_set_text(&r, S("provider"), S("aws"));
	set_time(&r, S("issued_at"), &u->time[s->issued]);
	if (s->used >= 0)
		set_time(&r, S("last_used_at"), &u->time[s->used]);
	return t->in->sink->record(t->in->sink->ctx, &r, err);
}

static enum status read_row(struct report *t, struct err *err)
{
	struct user u = {0};
	TRY(read_user(t, &u, err));
	t->in->facts->records++;
	TRY(push_identity(t, &u, err));
	for (size_t i = 0; i < SECRETS; i++)
		if (yes(&u, secrets[i].active))
			TRY(push_secret(t, &u, &secrets[i], err));
	return OK;
}

/* ---- the file ---- */

static enum status read_header(struct report *t, struct err *err)
{
	for (int c = 0; c < COLUMNS; c++)
		t->at[c] = csv_column(&t->csv, names[c]);
	for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
		if (t->at[required[i]] >= 0)
			continue;
		err_set(err, E_INVALID, "no column %.*s, which every credential report of AWS has",
			STR_ARG(names[required[i]]));
		err_at(err, t->in->from->name, 1, 0);
		err_hint(err, "aws iam get-credential-report --query Content --output text | base64 -d gives one");
		return E_INVALID;
	}
	return OK;
}

static enum status name_feed(struct report *t, struct err *err)
{
	static const str head = S("aws_credential_report:");
	if (t->several || !t->account.n)
		return OK;
	char *p = arena_alloc(t->in->arena, head.n + t->account.n, 1);
	if (!p)
		return err_full(err);
	memcpy(p, head.p, head.n);
	memcpy(p + head.n, t->account.p, t->account.n);
	t->in->facts->identity = import_seen_fit(t->in->arena, (str){p, head.n + t->account.n});
	return t->in->facts->identity.p ? OK : err_full(err);
}

static enum status read_rows(struct report *t, struct err *err)
{
	TRY(csv_open(&t->csv, t->in->from, t->in->arena, err));
	TRY(read_header(t, err));
	for (;;) {
		bool more;
		TRY(csv_next(&t->csv, &more, err));
		if (!more)
			break;
		enum status status = read_row(t, err);
		arena_release(&t->scratch);
		TRY(status);
	}
	TRY(name_feed(t, err));
	return import_flaw_warn(t->in, &t->additional,
				S("a user has more access keys or certificates than the report has room for: they are "
				  "missing here"),
				err);
}

static enum status read_file(struct import_input *in, struct err *err)
{
	struct report *t = arena_new(in->arena, struct report, 1);
	if (!t)
		return err_full(err);
	*t = (struct report){.in = in, .scratch = ARENA(LIMIT_RECORD_BYTES), .seen.arena = in->arena};
	return read_rows(t, err);
}

static int sniff(str head, bool complete)
{
	(void)complete;
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!import_table_has(head, names[required[i]]))
			return 0;
	return 100;
}

const struct import_format import_aws_credential_report = {
    .name = S("aws_credential_report"),
    .title = S("AWS IAM credential report, CSV"),
    .kinds = EVIDENCE_BIT(EVIDENCE_IDENTITY) | EVIDENCE_BIT(EVIDENCE_CREDENTIAL),
    .glimpses = EVIDENCE_BIT(EVIDENCE_IDENTITY),
    .always = EVIDENCE_BIT(EVIDENCE_IDENTITY) | EVIDENCE_BIT(EVIDENCE_CREDENTIAL),
    .sniff = sniff,
    .read = read_file};
