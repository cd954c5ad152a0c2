#include <string.h>

#include "import/entra.h"

/* Products of generative AI by the names that their applications carry; small letters, words with one space between. */
static const str products[] = {
    S("ai foundry"),   S("anthropic"),    S("chatgpt"),    S("claude"),     S("codeium"),    S("cohere"),
    S("copilot"),      S("cursor"),       S("deepseek"),   S("elevenlabs"), S("gemini"),     S("grok"),
    S("hugging face"), S("huggingface"),  S("midjourney"), S("mistral"),    S("notebooklm"), S("openai"),
    S("otter ai"),     S("perplexity"),   S("synthesia"),  S("tabnine"),    S("windsurf"),   S("fireflies ai"),
    S("jasper ai"),    S("character ai"), S("le chat")};

enum { NAME_BYTES = 256 };

static char folded(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + ('a' - 'A'));
	bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
	return part ? c : ' ';
}

bool import_entra_signin_is_ai(str name)
{
	char words[NAME_BYTES + 3] = " ", wanted[32];
	size_t n = 1;
	for (size_t i = 0; i < name.n && i < NAME_BYTES; i++) {
		char c = folded(name.p[i]);
		if (c != ' ' || words[n - 1] != ' ')
			words[n++] = c;
	}
	words[n++] = ' ';
	for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
		size_t length = products[i].n;
		wanted[0] = wanted[length + 1] = ' ';
		memcpy(wanted + 1, products[i].p, length);
		if (str_find((str){words, n}, (str){wanted, length + 2}) >= 0)
			return true;
	}
	return false;
}

static enum status find_app(struct import_entra *t, str id, struct import_entra_app **out, struct err *err)
{
	struct arena *a = t->d.in->arena;
	struct import_seen_entry *seen;
	TRY(import_seen_add(&t->app_ids, S(""), id, &seen, err));
	if (seen->count > 1) {
		*out = &t->apps[seen->line];
		return OK;
	}
	if (t->n_apps == t->apps_cap) {
		struct import_entra_app *grown =
		    arena_grow(a, t->apps, t->n_apps, t->n_apps + 1, sizeof *grown, &t->apps_cap);
		if (!grown)
			return err_full(err);
		t->apps = grown;
	}
	seen->line = (int64_t)t->n_apps;
	*out = &t->apps[t->n_apps++];
	**out = (struct import_entra_app){.id = str_copy(a, id)};
	return (*out)->id.p ? OK : err_full(err);
}

enum status import_entra_signin_take(struct import_entra *t, const struct import_entra_entry *e, struct err *err)
{
	struct evidence_value at = {0};
	struct import_entra_app *app = NULL;
	TRY(import_directory_time(&t->d, "createdDateTime", e->created, &at, err));
	import_directory_observed(&t->d, &at);
	/* One that failed, or does not say, shows no use. */
	if (!e->error_code.known || e->error_code.i64 != 0 || !import_entra_signin_is_ai(e->app_name))
		return OK;
	if (!e->app_id.n || !at.known)
		return import_directory_refuse(&t->d, "a sign-in without appId or createdDateTime",
					       "ask Graph for both", err);
	TRY(find_app(t, e->app_id, &app, err));
	app->by_people |= e->principal_name.n > 0;
	if (app->record && at.i64 <= app->last_ms)
		return OK;
	app->last_ms = at.i64;
	app->record = t->d.record;
	app->line = t->d.line;
	if (str_eq(app->name, e->app_name))
		return OK;
	app->name = str_copy(t->d.in->arena, e->app_name);
	return app->name.p ? OK : err_full(err);
}

/* Found, not registered: where a register has it under this id, or a link leads to it, the register's word holds. */
static enum status push_app(struct import_entra *t, const struct import_entra_app *app, struct err *err)
{
	struct evidence_record r = {.kind = EVIDENCE_AI_SYSTEM, .main = true};
	r.id = import_directory_join(&t->d, S("entra-app"), ':', app->id);
	evidence_set_text(&r, S("name"), app->name);
	evidence_set_bool(&r, S("registered"), false);
	evidence_set_time(&r, S("last_seen_at"), app->last_ms);
	if (app->by_people)
		evidence_set_bool(&r, S("human_users"), true);
	t->d.record = app->record;
	t->d.line = app->line;
	return import_directory_push(&t->d, &r, err);
}

enum status import_entra_signin_push(struct import_entra *t, struct err *err)
{
	enum status status = OK;
	for (size_t i = 0; i < t->n_apps && status == OK; i++) {
		status = push_app(t, &t->apps[i], err);
		arena_release(&t->d.scratch);
	}
	return status;
}
