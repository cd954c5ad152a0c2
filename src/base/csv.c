#include "base/csv.h"

#include <stdio.h>

#include <inttypes.h>
#include <string.h>

#include "base/limits.h"

enum { WINDOW_BYTES = 64 << 10, NO_MORE = -1 };

/* Where a cell starts in the file, and where its text is in state.text. */
struct place {
	int64_t line, column;
	size_t at, n;
};

struct csv_state {
	struct source *from;
	struct arena *a;
	char *window; /* bytes start..checked are good text, checked..end are read but not known to be */
	size_t start, checked, end, cap;
	bool ended;           /* the source has no more bytes */
	bool after_cr;        /* a LF now belongs to the CR before it */
	bool plain;           /* no header: a record has any number of cells */
	bool bare, had_bare;  /* quotes inside plain cells are text; the current record has some */
	char separator;       /* 0 until known */
	int64_t line, column; /* of the byte at start */
	int64_t passed;       /* bytes before start, and where the current record began in them */
	int64_t record_from;
	struct buf text; /* of the current record's cells, one behind the other */
	size_t n_cells;  /* of the current record; only the first max_cells are kept */
	size_t max_cells;
	struct place *places;
	struct place extra;     /* of the first cell that is not kept */
	str *cells;             /* what the reader shows */
	struct err failure;     /* said again if the caller asks on */
	struct place end_place; /* behind the current record's last cell */
};

static enum status fail_at(const struct csv_state *s, int64_t line, int64_t column, struct err *err)
{
	err_at(err, s->from->name, line, column);
	return err ? err->status : E_INVALID;
}

/* Text that other programs may read in another way is no text: only well-formed UTF-8 without NUL is passed on. */
static void check_window(struct csv_state *s)
{
	str fresh = {s->window + s->checked, s->end - s->checked};
	fresh.n = str_utf8_prefix(fresh);
	const char *nul = fresh.n ? memchr(fresh.p, '\0', fresh.n) : NULL;
	s->checked += nul ? (size_t)(nul - fresh.p) : fresh.n;
}

/* Makes room behind the bytes of the window: moves them to its start, or doubles it (for a long header line). */
static enum status make_room(struct csv_state *s, struct err *err)
{
	size_t held = s->end - s->start;
	if (s->start) {
		memmove(s->window, s->window + s->start, held);
		s->checked -= s->start;
		s->end = held;
		s->start = 0;
	}
	if (held < s->cap)
		return OK;
	char *grown = arena_grow(s->a, s->window, s->cap, s->cap + 1, 1, &s->cap);
	if (!grown)
		return err_full(err);
	s->window = grown;
	return OK;
}

/* Adds good text behind s->checked. When there is none to be had, *more is false: the end, or a bad byte. */
static enum status read_more(struct csv_state *s, bool *more, struct err *err)
{
	size_t before = s->checked - s->start;
	*more = false;
	/* With four unchecked bytes at hand, a bad one is among them. */
	while (!s->ended && s->end - s->checked < 4) {
		size_t n;
		TRY(make_room(s, err));
		TRY(source_read(s->from, s->window + s->end, s->cap - s->end, &n, err));
		s->ended = n == 0;
		s->end += n;
		check_window(s);
		if (s->checked - s->start > before) {
			*more = true;
			break;
		}
	}
	return OK;
}

/* The byte at the current place, NO_MORE at the end of the source. */
static enum status peek(struct csv_state *s, int *c, struct err *err)
{
	bool more = true;
	if (s->start == s->checked)
		TRY(read_more(s, &more, err));
	if (more) {
		*c = (unsigned char)s->window[s->start];
		return OK;
	}
	if (s->checked == s->end) {
		*c = NO_MORE;
		return OK;
	}
	unsigned bad = (unsigned char)s->window[s->checked];
	err_set(err, E_INVALID, bad ? "text in UTF-8 was expected, not the byte 0x%02X" : "a NUL byte in the text",
		bad);
	err_hint(err, bad ? "save the file as \"CSV UTF-8\"" : "is this a CSV file, and saved as UTF-8, not UTF-16?");
	return fail_at(s, s->line, s->column, err);
}

/* Passes n bytes that hold no line end. */
static void pass(struct csv_state *s, size_t n)
{
	s->start += n;
	s->passed += (int64_t)n;
	s->column += (int64_t)n;
	if (n)
		s->after_cr = false;
}

/* Passes one CR or LF; CR LF count as one line end. */
static void pass_line_end(struct csv_state *s, int c)
{
	bool second = c == '\n' && s->after_cr;
	pass(s, 1);
	s->after_cr = c == '\r';
	s->line += !second;
	s->column = 1;
}

/* Adds text of the current cell; past the cells that are kept it is only counted. */
static enum status keep(struct csv_state *s, struct place *cell, str text, struct err *err)
{
	if (text.n > LIMIT_VALUE_BYTES || cell->n > LIMIT_VALUE_BYTES - text.n) {
		err_set(err, E_TOO_LARGE, "the cell is larger than %zu bytes", LIMIT_VALUE_BYTES);
		err_hint(err, "is a quote missing or too much before this place?");
		(void)fail_at(s, cell->line, cell->column, err);
		return E_TOO_LARGE;
	}
	cell->n += text.n;
	if (s->n_cells < s->max_cells)
		buf_add(&s->text, text);
	return s->text.status == OK ? OK : err_set(err, s->text.status, "the record does not fit into memory");
}

static bool ends_plain(const struct csv_state *s, int c)
{
	return c == s->separator || c == '\n' || c == '\r' || (c == '"' && !s->bare);
}

static enum status read_plain(struct csv_state *s, struct place *cell, struct err *err)
{
	int c;
	for (;;) {
		TRY(peek(s, &c, err));
		if (c == NO_MORE || ends_plain(s, c))
			break;
		size_t n = 1;
		while (s->start + n < s->checked && !ends_plain(s, s->window[s->start + n]))
			n++;
		TRY(keep(s, cell, (str){s->window + s->start, n}, err));
		s->had_bare |= s->bare && memchr(s->window + s->start, '"', n);
		pass(s, n);
	}
	if (c != '"')
		return OK;
	err_set(err, E_INVALID, "a quote inside a cell that does not start with one");
	err_hint(err, "put the whole cell in quotes and double the quotes inside it");
	return fail_at(s, s->line, s->column, err);
}

/* One piece of a quoted cell: a run of bytes, a line end or a quote. *open becomes false behind the closing quote. */
static enum status read_quoted_piece(struct csv_state *s, struct place *cell, bool *open, struct err *err)
{
	int c;
	TRY(peek(s, &c, err));
	if (c == NO_MORE) {
		err_set(err, E_INVALID, "the quote that opens here is never closed");
		err_hint(err, "close the cell with a quote; a quote inside it is doubled");
		return fail_at(s, cell->line, cell->column, err);
	}
	if (c == '\n' || c == '\r') {
		TRY(keep(s, cell, (str){s->window + s->start, 1}, err));
		pass_line_end(s, c);
		return OK;
	}
	if (c == '"') {
		pass(s, 1);
		TRY(peek(s, &c, err));
		*open = c == '"';
		if (*open) {
			TRY(keep(s, cell, S("\""), err));
			pass(s, 1);
		}
		return OK;
	}
	const char *p = s->window + s->start;
	size_t n = 1, left = s->checked - s->start;
	while (n < left && p[n] != '"' && p[n] != '\n' && p[n] != '\r')
		n++;
	TRY(keep(s, cell, (str){p, n}, err));
	pass(s, n);
	return OK;
}

static enum status read_quoted(struct csv_state *s, struct place *cell, struct err *err)
{
	int c;
	pass(s, 1);
	for (bool open = true; open;)
		TRY(read_quoted_piece(s, cell, &open, err));
	TRY(peek(s, &c, err));
	if (c == NO_MORE || c == s->separator || c == '\n' || c == '\r')
		return OK;
	err_set(err, E_INVALID, "a separator or the end of the line was expected after the closing quote");
	err_hint(err, "double the quotes inside a quoted cell");
	return fail_at(s, s->line, s->column, err);
}

/* Reads one cell and what ends it; *last is true at the end of the record. */
static enum status read_cell(struct csv_state *s, bool *last, struct err *err)
{
	int c;
	struct place cell = {.line = s->line, .column = s->column, .at = s->text.n};
	TRY(peek(s, &c, err));
	TRY(c == '"' ? read_quoted(s, &cell, err) : read_plain(s, &cell, err));
	if (s->passed - s->record_from > (int64_t)LIMIT_RECORD_BYTES) {
		err_set(err, E_TOO_LARGE, "the record is larger than %zu bytes", LIMIT_RECORD_BYTES);
		(void)fail_at(s, s->places[0].line, s->places[0].column, err);
		return E_TOO_LARGE;
	}
	if (s->n_cells < s->max_cells)
		s->places[s->n_cells] = cell;
	else if (s->n_cells == s->max_cells)
		s->extra = cell;
	s->n_cells++;
	s->end_place = (struct place){.line = s->line, .column = s->column};
	TRY(peek(s, &c, err));
	*last = c != s->separator;
	if (!*last)
		pass(s, 1);
	else if (c != NO_MORE)
		pass_line_end(s, c);
	return OK;
}

/* Passes empty lines; *more is false at the end of the source. */
static enum status skip_empty_lines(struct csv_state *s, bool *more, struct err *err)
{
	int c;
	for (;;) {
		TRY(peek(s, &c, err));
		if (c != '\r' && c != '\n')
			break;
		pass_line_end(s, c);
	}
	*more = c != NO_MORE;
	return OK;
}

static enum status read_record(struct csv_state *s, struct err *err)
{
	buf_clear(&s->text);
	s->n_cells = 0;
	s->had_bare = false;
	s->record_from = s->passed;
	for (bool last = false; !last;)
		TRY(read_cell(s, &last, err));
	for (size_t i = 0; i < s->max_cells; i++)
		s->cells[i] = i < s->n_cells
				  ? str_slice(buf_str(&s->text), s->places[i].at, s->places[i].at + s->places[i].n)
				  : (str){NULL, 0};
	return OK;
}

/* Counts the separators of the header line that stand outside quotes, and takes the most frequent. The line stays in
   the window. Bad text ends the count; it is refused when it is read. */
static enum status find_separator(struct csv_state *s, struct err *err)
{
	static const char candidates[] = {',', ';', '\t'};
	size_t count[3] = {0}, best = 0;
	bool quoted = false, cell_start = true, more = true;
	for (size_t i = 0; i <= LIMIT_RECORD_BYTES; i++) {
		if (s->start + i == s->checked)
			TRY(read_more(s, &more, err));
		if (!more)
			break;
		char c = s->window[s->start + i];
		if (!quoted && (c == '\n' || c == '\r'))
			break;
		if (c == '"' && (quoted || cell_start))
			quoted = !quoted;
		cell_start = false;
		for (size_t k = 0; !quoted && k < 3; k++) {
			count[k] += c == candidates[k];
			cell_start = cell_start || c == candidates[k];
		}
	}
	for (size_t k = 1; k < 3; k++)
		if (count[k] > count[best])
			best = k;
	s->separator = candidates[best];
	return OK;
}

static enum status check_names(const struct csv_state *s, const str *names, struct err *err)
{
	for (size_t i = 0; i < s->n_cells; i++) {
		if (names[i].n == 0) {
			err_set(err, E_INVALID, "column %zu has no name", i + 1);
			err_hint(err, "name each column in the header line, or remove the separator too much");
			return fail_at(s, s->places[i].line, s->places[i].column, err);
		}
		for (size_t k = 0; k < i; k++) {
			if (!str_eq_fold(names[i], names[k]))
				continue;
			err_set(err, E_INVALID, "the columns %zu and %zu have the same name \"%.*s\"", k + 1, i + 1,
				STR_ARG(names[i]));
			err_hint(err, "rename or remove one; capital letters make no difference");
			return fail_at(s, s->places[i].line, s->places[i].column, err);
		}
	}
	return OK;
}

/* The header's names, copied into the arena; from here on a record has as many cells. */
static enum status take_names(struct csv_state *s, const str **out, struct err *err)
{
	if (s->n_cells > s->max_cells) {
		err_set(err, E_TOO_LARGE, "the header has %zu columns, at most %zu are read", s->n_cells, s->max_cells);
		err_hint(err, "remove the columns that are not needed");
		(void)fail_at(s, s->extra.line, s->extra.column, err);
		return E_TOO_LARGE;
	}
	str *names = arena_new(s->a, str, s->n_cells);
	if (!names)
		return err_full(err);
	for (size_t i = 0; i < s->n_cells; i++) {
		names[i] = str_copy(s->a, str_trim(s->cells[i]));
		if (!names[i].p)
			return err_full(err);
	}
	TRY(check_names(s, names, err));
	s->max_cells = s->n_cells;
	*out = names;
	return OK;
}

static void release_text(void *payload)
{
	buf_release(payload);
}

static enum status new_state(struct source *from, struct arena *a, struct csv_state **out, struct err *err)
{
	struct csv_state *s = arena_new(a, struct csv_state, 1);
	if (!s)
		return err_full(err);
	*s = (struct csv_state){.from = from, .a = a, .cap = WINDOW_BYTES, .line = 1, .column = 1};
	s->max_cells = LIMIT_CSV_COLUMNS;
	s->text = BUF(LIMIT_RECORD_BYTES + LIMIT_VALUE_BYTES);
	s->window = arena_new(a, char, s->cap);
	s->places = arena_new(a, struct place, s->max_cells);
	s->cells = arena_new(a, str, s->max_cells);
	if (!s->window || !s->places || !s->cells || !arena_defer(a, release_text, &s->text))
		return err_full(err);
	*out = s;
	return OK;
}

/* Stands on the first line that is not empty. */
static enum status begin(struct csv_state *s, bool *more, struct err *err)
{
	static const str mark = S("\xEF\xBB\xBF");
	TRY(read_more(s, more, err));
	while (*more && s->checked < mark.n)
		TRY(read_more(s, more, err));
	if (str_starts((str){s->window, s->checked}, mark))
		s->start = mark.n;
	TRY(skip_empty_lines(s, more, err));
	return *more ? find_separator(s, err) : OK;
}

static enum status read_header(struct csv_state *s, const str **names, struct err *err)
{
	bool more;
	TRY(begin(s, &more, err));
	if (!more) {
		err_set(err, E_INVALID, "a header line was expected, but the file is empty");
		err_hint(err, "the first line names the columns");
		return fail_at(s, s->line, s->column, err);
	}
	TRY(read_record(s, err));
	return take_names(s, names, err);
}

enum status csv_open(struct csv_reader *r, struct source *from, struct arena *a, struct err *err)
{
	struct csv_state *s = NULL;
	const str *names = NULL;
	TRY(new_state(from, a, &s, err));
	TRY(read_header(s, &names, err));
	*r = (struct csv_reader){.n_columns = s->n_cells, .columns = names, .separator = s->separator, .state = s};
	r->cells = s->cells;
	r->line = s->places[0].line;
	return OK;
}

enum status csv_open_plain(struct csv_reader *r, struct source *from, struct arena *a, struct err *err)
{
	struct csv_state *s = NULL;
	bool more;
	TRY(new_state(from, a, &s, err));
	TRY(begin(s, &more, err));
	s->plain = true;
	*r = (struct csv_reader){.separator = s->separator, .cells = s->cells, .line = s->line, .state = s};
	return OK;
}

void csv_keep_bare_quotes(struct csv_reader *r)
{
	r->state->bare = true;
}

static enum status refuse_width(const struct csv_state *s, struct err *err)
{
	bool few = s->n_cells < s->max_cells;
	const struct place *at = few ? &s->end_place : &s->extra;
	err_set(err, E_INVALID, "the record has %zu cell%s, %s %zu", s->n_cells, s->n_cells == 1 ? "" : "s",
		s->plain ? "at most" : "the header has", s->max_cells);
	err_detail(err, "the record starts on line %" PRId64, s->places[0].line);
	err_hint(err, few ? "keep the separators of empty cells" : "put a cell that holds the separator in quotes");
	return fail_at(s, at->line, at->column, err);
}

static enum status next_record(struct csv_state *s, bool *more, struct err *err)
{
	TRY(skip_empty_lines(s, more, err));
	if (!*more)
		return OK;
	TRY(read_record(s, err));
	if (s->plain && s->n_cells <= s->max_cells)
		return OK;
	return s->n_cells == s->max_cells ? OK : refuse_width(s, err);
}

enum status csv_next(struct csv_reader *r, bool *more, struct err *err)
{
	struct csv_state *s = r->state;
	struct err own;
	if (!err)
		err = &own;
	if (s->failure.status != OK) {
		*err = s->failure;
		return err->status;
	}
	bool found;
	enum status status = next_record(s, &found, err);
	if (status != OK) {
		s->failure = *err;
		memset(s->cells, 0, s->max_cells * sizeof *s->cells);
		return status;
	}
	if (found) {
		r->record++;
		r->line = s->places[0].line;
		r->bare_quotes = s->had_bare;
		r->n_columns = s->n_cells;
	} else {
		memset(s->cells, 0, s->max_cells * sizeof *s->cells);
	}
	*more = found;
	return OK;
}

int csv_column(const struct csv_reader *r, str name)
{
	for (size_t i = 0; i < r->n_columns; i++)
		if (str_eq_fold(r->columns[i], name))
			return (int)i;
	return -1;
}

static enum status refuse_column(str file, const char *what, const str *names, size_t n, size_t required,
				 struct err *err)
{
	char list[sizeof err->hint];
	size_t used = 0;
	for (size_t i = 0; i < n && used < sizeof list; i++) {
		int more = snprintf(list + used, sizeof list - used, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
		used += more > 0 ? (size_t)more : 0;
	}
	err_set(err, E_INVALID, "%s", what);
	err_at(err, file, 1, 0);
	err_hint(err, "the columns are %s; the first %zu are needed", list, required);
	return E_INVALID;
}

enum status csv_pick(const struct csv_reader *r, str file, const str *names, size_t n, size_t required, int *at,
		     struct err *err)
{
	char what[sizeof err->message];
	for (size_t i = 0; i < n; i++)
		at[i] = csv_column(r, names[i]);
	for (size_t c = 0; c < r->n_columns; c++) {
		bool known = false;
		for (size_t i = 0; i < n; i++)
			known |= at[i] == (int)c;
		(void)snprintf(what, sizeof what, "unknown column \"%.*s\"", STR_ARG(r->columns[c]));
		if (!known)
			return refuse_column(file, what, names, n, required, err);
	}
	for (size_t i = 0; i < required; i++) {
		(void)snprintf(what, sizeof what, "the column \"%.*s\" is missing", STR_ARG(names[i]));
		if (at[i] < 0)
			return refuse_column(file, what, names, n, required, err);
	}
	return OK;
}

void csv_place(const struct csv_reader *r, size_t i, int64_t *line, int64_t *column)
{
	const struct place *cell = &r->state->places[i < r->n_columns ? i : 0];
	*line = cell->line;
	*column = cell->column;
}

enum status csv_at(const struct csv_reader *r, size_t i, struct err *err)
{
	int64_t line, column;
	csv_place(r, i, &line, &column);
	err_at(err, r->state->from->name, line, column);
	return E_INVALID;
}
