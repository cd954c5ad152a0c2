#include "db/db_engine.h"

#include <string.h>

enum { FEW_ROWS = 1000 };

struct scan {
	const char *p;
	bool used[DB_PARAMS + 1];
	bool with, select, returning;
	int64_t limit; /* of LIMIT n when these are the last two words so far; else -1 */
	bool limit_word;
	int depth; /* open parentheses */
	size_t words;
	struct db_shape shape;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static const char *after_quote(const char *p)
{
	const char *end = strchr(p + 1, *p);
	return end ? end + 1 : p + strlen(p);
}

static const char *after_comment(const char *p)
{
	const char *end = p[0] == '-' ? strchr(p, '\n') : strstr(p + 2, "*/");
	if (!end)
		return p + strlen(p);
	return p[0] == '-' ? end + 1 : end + 2;
}

static void take_word(struct scan *s, str word)
{
	static const char *const changing[] = {"INSERT", "UPDATE", "DELETE"};
	static const char *const defining[] = {"CREATE", "ALTER", "DROP"};
	bool first = s->words++ == 0;
	bool may_change = first || (s->with && s->depth == 0);
	for (size_t i = 0; i < 3; i++) {
		s->shape.changes |= may_change && str_eq_fold(word, str_from(changing[i]));
		s->shape.writes |= first && str_eq_fold(word, str_from(defining[i]));
	}
	s->with |= first && str_eq_fold(word, S("WITH"));
	s->select |= first && (str_eq_fold(word, S("SELECT")) || str_eq_fold(word, S("VALUES")));
	s->returning |= s->depth == 0 && str_eq_fold(word, S("RETURNING"));
	int64_t n = -1;
	bool after_limit = s->limit_word && s->depth == 0;
	s->limit = after_limit && str_to_i64(word, &n) ? n : -1;
	s->limit_word = str_eq_fold(word, S("LIMIT"));
}

static enum status take_param(struct scan *s, str digits, struct err *err)
{
	int64_t k = 0;
	if (!str_to_i64(digits, &k) || k < 1 || k > DB_PARAMS)
		return err_set(err, E_BUG, "parameters are $1 to $%d", DB_PARAMS);
	s->used[k] = true;
	if (k > s->shape.n_params)
		s->shape.n_params = (int)k;
	s->limit = -1;
	s->limit_word = false;
	return OK;
}

/* A word, a parameter, or one other character; a trailing ; after LIMIT n changes nothing. */
static enum status take(struct scan *s, struct err *err)
{
	const char *start = s->p;
	bool param = *s->p == '$';
	s->p += param;
	while (is_word(*s->p))
		s->p++;
	str word = {start + param, (size_t)(s->p - start) - param};
	if (param)
		return take_param(s, word, err);
	if (word.n) {
		take_word(s, word);
		return OK;
	}
	s->depth += *s->p == '(' ? 1 : *s->p == ')' ? -1 : 0;
	if (*s->p != ';')
		s->limit = -1;
	s->limit_word = false;
	s->p++;
	return OK;
}

enum status db_shape_of(const char *z, struct db_shape *out, struct err *err)
{
	struct scan s = {.p = z, .limit = -1};
	while (*s.p) {
		if (*s.p == ' ' || *s.p == '\t' || *s.p == '\n' || *s.p == '\r')
			s.p++;
		else if (*s.p == '\'' || *s.p == '"')
			s.p = after_quote(s.p);
		else if ((s.p[0] == '-' && s.p[1] == '-') || (s.p[0] == '/' && s.p[1] == '*'))
			s.p = after_comment(s.p);
		else
			TRY(take(&s, err));
	}
	for (int k = 1; k <= s.shape.n_params; k++)
		if (!s.used[k])
			return err_set(err, E_BUG, "a statement uses $%d but not $%d", s.shape.n_params, k);
	bool query = s.select || (s.with && !s.shape.changes);
	if (query)
		s.shape.rows = s.limit >= 0 && s.limit <= FEW_ROWS ? DB_ROWS_FEW : DB_ROWS_MANY;
	else
		s.shape.rows = s.returning ? DB_ROWS_FEW : DB_ROWS_NONE;
	s.shape.writes |= s.shape.changes;
	*out = s.shape;
	return OK;
}

void db_marks(enum db_engine engine, str script, struct buf *out)
{
	static const struct {
		str mark, text[2];
	} marks[] = {
	    {{"@i64@", 5}, {{"INTEGER", 7}, {"BIGINT", 6}}},
	    {{"@text@", 6}, {{"TEXT", 4}, {"TEXT COLLATE \"C\"", 16}}},
	    {{"@blob@", 6}, {{"BLOB", 4}, {"BYTEA", 5}}},
	    {{"@strict@", 8}, {{"STRICT", 6}, {"", 0}}},
	};
	while (script.n) {
		size_t taken = 0;
		for (size_t i = 0; i < sizeof marks / sizeof *marks && !taken; i++)
			if (str_starts(script, marks[i].mark)) {
				buf_add(out, marks[i].text[engine == DB_POSTGRES]);
				taken = marks[i].mark.n;
			}
		if (!taken) {
			const char *next = memchr(script.p + 1, '@', script.n - 1);
			taken = next ? (size_t)(next - script.p) : script.n;
			buf_add(out, str_slice(script, 0, taken));
		}
		script = str_slice(script, taken, script.n);
	}
}
