#include "store/lens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/time.h"
#include "db/db.h"
#include "db/sandbox.h"
#include "store/evidence_sql.h"
#include "store/link.h"

enum {
	ID_COLUMNS = 3,  /* unit_id, id and observed_at stand before the kind's own columns */
	FIRST_VALUE = 4, /* feed_id, unit_id, id and shown_at stand before them in a row */
	VIEW_COLUMNS = ID_COLUMNS + 2 * EVIDENCE_COLUMNS_MAX + 1, /* behind them: named, and when each time was said */
	NAME_BYTES = 64
};

static void close_sandbox(void *payload)
{
	sandbox_close(payload);
}

/* The kind's own columns, what the system is called, and for each time when that was said: begun_at, begun_said_at. */
static enum status make_view(struct sandbox *sb, const struct evidence_kind *kind, int expected, struct err *err)
{
	struct sandbox_column columns[VIEW_COLUMNS] = {
	    {S("unit_id"), true}, {S("id"), true}, {S("observed_at"), false}};
	char names[EVIDENCE_COLUMNS_MAX][NAME_BYTES];
	size_t n = ID_COLUMNS;
	int number;
	for (int c = 0; c < kind->n_columns; c++)
		columns[n++] = (struct sandbox_column){kind->columns[c].name, kind->columns[c].type == EVIDENCE_TEXT};
	if (evidence_system_column((enum evidence_kind_id)expected) >= 0)
		columns[n++] = (struct sandbox_column){S("named"), true};
	for (int c = 0; c < kind->n_columns; c++) {
		str name = kind->columns[c].name;
		if (kind->columns[c].type != EVIDENCE_TIME)
			continue;
		int bytes = snprintf(names[c], NAME_BYTES, "%.*s_said_at", STR_ARG(str_slice(name, 0, name.n - 3)));
		columns[n++] = (struct sandbox_column){{names[c], (size_t)bytes}, false};
	}
	TRY(sandbox_table(sb, kind->name, columns, n, &number, err));
	return number == expected ? OK : err_set(err, E_BUG, "the views are out of order");
}

enum status store_lens_open(struct arena *a, struct store_lens *out, struct err *err)
{
	struct sandbox *sb;
	TRY(sandbox_open(&sb, err));
	if (!arena_defer(a, close_sandbox, sb))
		return err_full(err);
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		TRY(make_view(sb, &evidence_kinds[k], k, err));
	*out = (struct store_lens){.sandbox = sb, .arena = a};
	return OK;
}

/* Who says a value, and since when it was known. Of several the newer one holds, of equals the feed whose name comes
   first; one that only fills in holds where nobody else says anything. */
struct origin {
	str feed;
	int64_t said_ms; /* the last snapshot that showed the row */
	bool fills_in;
	bool remarks; /* as in store_supply: it never grows old */
};

/* What is added to the row of a system, or makes one: a row that a feed has for it under another name or in another
   unit, or a row of another kind that names it. */
struct folded {
	str unit, system; /* of the row it goes into */
	struct origin origin;
	struct evidence_value *values; /* NULL: all that it says is when the system was seen */
	int64_t seen_ms;
	size_t number; /* in the order in which they were found */
	bool used;
};

/* Where a row stands that is folded into another, and is none by itself. */
struct moved {
	int64_t feed_id;
	str unit, id;
};

/* One subject being put together from the rows of several feeds. */
struct merge {
	struct store_lens *lens;
	enum evidence_kind_id kind;
	const struct store_sight *sight;
	int system_column; /* -1: none */
	struct buf text;   /* unit, id and texts of the subject at hand */
	bool open;
	bool shown; /* some feed shows the subject; without that it is none */
	size_t unit_at, unit_n, id_at, id_n;
	struct folded *folded; /* by the row they go into, the newest first; next: the first that may still be used */
	size_t n_folded, folded_cap, next_folded;
	struct moved *moved; /* in the order of the rows; next: the first that did not pass yet */
	size_t n_moved, moved_cap, next_moved;
	int64_t observed_ms; /* the newest snapshot that shows it */
	size_t named_at, named_n;
	bool full; /* the ages found no place */
	struct {
		bool known;
		struct origin origin;
		int64_t i64;
		size_t at, n; /* in text */
	} values[EVIDENCE_COLUMNS_MAX];
};

static size_t keep_text(struct merge *m, str s)
{
	size_t at = m->text.n;
	buf_add(&m->text, s);
	return at;
}

static void start(struct merge *m, str unit, str id)
{
	buf_clear(&m->text);
	memset(m->values, 0, sizeof m->values);
	buf_char(&m->text, ' '); /* so that the text is never NULL */
	m->unit_at = keep_text(m, unit);
	m->unit_n = unit.n;
	m->id_at = keep_text(m, id);
	m->id_n = id.n;
	m->observed_ms = INT64_MIN;
	m->open = true;
	m->shown = false;
}

/* Who shows a row. shown_ms: the last snapshot that showed it, or INT64_MIN: the feed's newest for the kind did. False
   when that is too old to be looked at. */
static bool find_origin(const struct store_sight *s, enum evidence_kind_id kind, int64_t feed_id, int64_t shown_ms,
			struct origin *out)
{
	for (size_t i = 0; i < s->n_supply; i++) {
		if (s->supply[i].feed_id != feed_id || s->supply[i].kind != kind)
			continue;
		int64_t said_ms = shown_ms == INT64_MIN ? s->supply[i].newest_ms : shown_ms;
		*out = (struct origin){.feed = s->supply[i].feed, .said_ms = said_ms, .remarks = s->supply[i].remarks};
		return out->remarks || s->max_age_ms == TIME_FOREVER || s->at_ms - s->max_age_ms <= said_ms;
	}
	return false;
}

/* Of a row of prepare_rows. */
static bool row_origin(const struct merge *m, struct db_stmt *st, struct origin *out)
{
	return find_origin(m->sight, m->kind, db_i64(st, 0), db_is_null(st, 3) ? INT64_MIN : db_i64(st, 3), out);
}

static struct evidence_value read_value(struct db_stmt *st, int column, enum evidence_type type)
{
	if (db_is_null(st, column))
		return (struct evidence_value){0};
	if (type == EVIDENCE_TEXT)
		return (struct evidence_value){.known = true, .text = db_text(st, column)};
	return (struct evidence_value){.known = true, .i64 = db_i64(st, column)};
}

static str resolved(const struct merge *m, int64_t feed_id, str name)
{
	struct link_found found = {0};
	if (m->sight->links)
		found = link_find(m->sight->links, feed_id, name);
	return found.by == LINK_UNRESOLVED ? name : found.system;
}

static bool goes_before(const struct origin *a, const struct origin *b)
{
	if (a->fills_in != b->fills_in)
		return b->fills_in;
	if (a->fills_in || a->said_ms == b->said_ms)
		return !a->fills_in && str_cmp(a->feed, b->feed) < 0;
	return a->said_ms > b->said_ms;
}

/* Whether a value takes the place of the one that is there: the greatest, or that of the newest snapshot. */
static bool takes_place(const struct merge *m, int c, const struct origin *origin, const struct evidence_value *v)
{
	if (!v->known || !m->values[c].known)
		return v->known;
	if (evidence_role(m->kind, c) == EVIDENCE_GREATEST && v->i64 != m->values[c].i64)
		return v->i64 > m->values[c].i64;
	return goes_before(origin, &m->values[c].origin);
}

static void add_value(struct merge *m, int c, int64_t feed_id, const struct origin *origin, struct evidence_value v)
{
	const struct evidence_column *column = &evidence_kinds[m->kind].columns[c];
	if (!takes_place(m, c, origin, &v))
		return;
	m->values[c].known = true;
	m->values[c].origin = *origin;
	m->values[c].i64 = v.i64;
	if (column->type != EVIDENCE_TEXT)
		return;
	if (c == m->system_column) {
		m->named_at = keep_text(m, v.text);
		m->named_n = v.text.n;
		v.text = resolved(m, feed_id, v.text);
	}
	m->values[c].at = keep_text(m, v.text);
	m->values[c].n = v.text.n;
}

static str kept(const struct merge *m, size_t at, size_t n)
{
	return (str){m->text.p + at, n};
}

/* The unit's rows of the kind, each time once; they come unit by unit. */
static void note_age(struct merge *m, int64_t said_ms)
{
	struct store_lens *lens = m->lens;
	str unit = kept(m, m->unit_at, m->unit_n);
	size_t i = lens->n_ages;
	while (i > 0 && lens->ages[i - 1].kind == m->kind && str_eq(lens->ages[i - 1].unit, unit))
		if (lens->ages[--i].said_ms == said_ms)
			return;
	str copy = i < lens->n_ages ? lens->ages[i].unit : str_copy(lens->arena, unit);
	if (lens->n_ages == lens->ages_cap) {
		struct store_age *grown =
		    arena_grow(lens->arena, lens->ages, lens->n_ages, lens->n_ages + 1, sizeof *grown, &lens->ages_cap);
		m->full |= !grown;
		lens->ages = grown ? grown : lens->ages;
	}
	m->full |= !copy.p;
	if (!m->full)
		lens->ages[lens->n_ages++] = (struct store_age){m->kind, copy, said_ms};
}

static void add_seen(struct merge *m, const struct origin *origin)
{
	m->shown = true;
	m->observed_ms = origin->said_ms > m->observed_ms ? origin->said_ms : m->observed_ms;
	if (!origin->remarks)
		note_age(m, origin->said_ms);
}

static void add_row(struct merge *m, struct db_stmt *st, int64_t feed_id, const struct origin *origin)
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	if (m->kind != EVIDENCE_AI_SYSTEM || !origin->remarks)
		add_seen(m, origin);
	for (int c = 0; c < kind->n_columns; c++)
		add_value(m, c, feed_id, origin, read_value(st, FIRST_VALUE + c, kind->columns[c].type));
}

/* Values that hold where the system's own rows say nothing. */
static void add_one_folded(struct merge *m, struct folded *f)
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	f->used = true;
	add_seen(m, &f->origin);
	for (int c = 0; f->values && c < kind->n_columns; c++)
		add_value(m, c, 0, &f->origin, f->values[c]);
	if (f->values)
		return;
	add_value(m, evidence_column_find(kind, S("name")), 0, &f->origin,
		  (struct evidence_value){.known = true, .text = f->system});
	add_value(m, evidence_column_find(kind, S("registered")), 0, &f->origin,
		  (struct evidence_value){.known = true});
	add_value(m, evidence_column_find(kind, S("last_seen_at")), 0, &f->origin,
		  (struct evidence_value){.known = true, .i64 = f->seen_ms});
}

/* What belongs to the subject at hand beside its own rows. */
static void add_folded(struct merge *m)
{
	for (; m->next_folded < m->n_folded && m->text.status == OK; m->next_folded++) {
		struct folded *f = &m->folded[m->next_folded];
		int order = str_cmp(f->unit, kept(m, m->unit_at, m->unit_n));
		if (!order)
			order = str_cmp(f->system, kept(m, m->id_at, m->id_n));
		if (order > 0)
			return;
		if (!order)
			add_one_folded(m, f);
	}
}

/* A feed that only discovered a system does not take away what a register, which need not say so, says by having it. */
static void keep_registered(struct merge *m)
{
	int c = evidence_column_find(&evidence_kinds[m->kind], S("registered"));
	const struct link_system *system = link_system_find(m->sight->links, kept(m, m->id_at, m->id_n));
	if (m->values[c].known && !m->values[c].i64 && system && system->registered)
		m->values[c].known = false;
}

/* Nobody said in which stage a system is that stands in no register. */
static void name_stage(struct merge *m)
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	int registered = evidence_column_find(kind, S("registered")), stage = evidence_column_find(kind, S("stage"));
	const struct origin *origin = &m->values[registered].origin;
	if (m->values[registered].known && !m->values[registered].i64 && !m->values[stage].known)
		add_value(m, stage, 0, origin, (struct evidence_value){.known = true, .text = S("discovered")});
}

/* The subject's row, in the order of make_view. */
static void fill_row(const struct merge *m, struct sandbox_value row[VIEW_COLUMNS])
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	size_t n = ID_COLUMNS;
	row[0] = (struct sandbox_value){.is_text = true, .text = kept(m, m->unit_at, m->unit_n)};
	row[1] = (struct sandbox_value){.is_text = true, .text = kept(m, m->id_at, m->id_n)};
	row[2] = (struct sandbox_value){.i64 = m->observed_ms};
	for (int c = 0; c < kind->n_columns; c++)
		row[n++] = (struct sandbox_value){
		    .is_null = !m->values[c].known,
		    .is_text = kind->columns[c].type == EVIDENCE_TEXT,
		    .i64 = m->values[c].i64,
		    .text = kept(m, m->values[c].at, m->values[c].n),
		};
	if (m->system_column >= 0)
		row[n++] = (struct sandbox_value){.is_null = !m->values[m->system_column].known,
						  .is_text = true,
						  .text = kept(m, m->named_at, m->named_n)};
	for (int c = 0; c < kind->n_columns; c++)
		if (kind->columns[c].type == EVIDENCE_TIME)
			row[n++] =
			    (struct sandbox_value){.is_null = !m->values[c].known, .i64 = m->values[c].origin.said_ms};
}

/* Puts the finished subject into its view. */
static enum status flush(struct merge *m, struct err *err)
{
	struct sandbox_value row[VIEW_COLUMNS];
	if (!m->open)
		return OK;
	if (m->kind == EVIDENCE_AI_SYSTEM && m->sight->links && m->text.status == OK) {
		add_folded(m);
		keep_registered(m);
		name_stage(m);
	}
	if (m->full)
		return err_full(err);
	if (!m->shown) {
		m->open = false;
		return OK;
	}
	if (m->text.status != OK)
		return err_set(err, m->text.status, "one subject of %.*s is too large",
			       STR_ARG(evidence_kinds[m->kind].name));
	str unit = {m->text.p + m->unit_at, m->unit_n};
	if (m->lens->shows && !m->lens->shows(m->lens->shows_ctx, unit)) {
		m->open = false;
		return OK;
	}
	fill_row(m, row);
	m->open = false;
	return sandbox_add(m->lens->sandbox, (int)m->kind, row, err);
}

static enum status prepare_rows(struct db *db, enum evidence_kind_id kind, struct db_stmt **out, struct err *err)
{
	struct buf columns = BUF(8192);
	struct db_sql sql;
	for (int c = 0; c < evidence_kinds[kind].n_columns; c++)
		buf_printf(&columns, ", %.*s", STR_ARG(evidence_kinds[kind].columns[c].name));
	struct db_part parts[] = {{"@kind@", evidence_kinds[kind].name}, {"@columns@", buf_str(&columns)}};
	enum status status =
	    db_sql_table(db,
			 SQL("SELECT feed_id, unit_id, id, shown_at@columns@ FROM ev_@kind@ WHERE seen_from <= $1 AND "
			     "seen_to > $1 ORDER BY unit_id, id, feed_id"),
			 parts, 2, &sql, err);
	buf_release(&columns);
	return status == OK ? db_prepare(db, sql, out, err) : status;
}

/* Is this row one that was folded into another? The rows come in the order in which they were looked at before. */
static bool is_moved(struct merge *m, int64_t feed_id, str unit, str id)
{
	const struct moved *next = m->next_moved < m->n_moved ? &m->moved[m->next_moved] : NULL;
	if (!next || next->feed_id != feed_id || !str_eq(next->unit, unit) || !str_eq(next->id, id))
		return false;
	m->next_moved++;
	return true;
}

static enum status merge_rows(struct merge *m, struct db_stmt *st, struct err *err)
{
	for (;;) {
		struct origin origin;
		bool row;
		TRY(db_step(st, &row, err));
		if (!row)
			return flush(m, err);
		int64_t feed_id = db_i64(st, 0);
		if (!row_origin(m, st, &origin) || is_moved(m, feed_id, db_text(st, 1), db_text(st, 2)))
			continue;
		str unit = db_text(st, 1), id = db_text(st, 2);
		if (m->open &&
		    (!str_eq(unit, kept(m, m->unit_at, m->unit_n)) || !str_eq(id, kept(m, m->id_at, m->id_n))))
			TRY(flush(m, err));
		if (!m->open)
			start(m, unit, id);
		add_row(m, st, feed_id, &origin);
	}
}

/* ---- systems under other names ---- */

/* The unit whose row of a system takes what was discovered in `unit`: that one, else the first. p NULL: none is seen.
 */
static enum status find_home(struct merge *m, struct db *db, str system, str unit, struct arena *a, str *out,
			     struct err *err)
{
	struct db_stmt *st;
	struct origin origin;
	bool row = true;
	TRY(db_prepare(db,
		       SQL("SELECT feed_id, unit_id, id, shown_at FROM ev_ai_system WHERE id = $1 AND seen_from <= $2 "
			   "AND seen_to > $2 "
			   "AND coalesce(registered, 1) = 1 "
			   "ORDER BY CASE WHEN unit_id = $3 THEN 0 ELSE 1 END, unit_id, feed_id"),
		       &st, err));
	db_bind_text(st, 1, system);
	db_bind_i64(st, 2, m->sight->at_ms);
	db_bind_text(st, 3, unit);
	*out = (str){NULL, 0};
	while (row && !out->p) {
		TRY(db_step(st, &row, err));
		if (!row || !row_origin(m, st, &origin) || origin.remarks)
			continue;
		*out = str_copy(a, db_text(st, 1));
		if (!out->p)
			return err_full(err);
	}
	db_reset(st);
	return OK;
}

static struct folded *next_folded(struct merge *m, struct arena *a)
{
	if (m->n_folded == m->folded_cap &&
	    !(m->folded = arena_grow(a, m->folded, m->n_folded, m->n_folded + 1, sizeof *m->folded, &m->folded_cap)))
		return NULL;
	m->folded[m->n_folded] = (struct folded){.number = m->n_folded};
	return &m->folded[m->n_folded++];
}

/* The row passes into the one of `home`; where that is not to be seen it is left out. */
static enum status move_row(struct merge *m, struct db_stmt *st, const struct origin *origin, str system, str home,
			    struct arena *a, struct err *err)
{
	const struct evidence_kind *kind = &evidence_kinds[m->kind];
	if (m->n_moved == m->moved_cap &&
	    !(m->moved = arena_grow(a, m->moved, m->n_moved, m->n_moved + 1, sizeof *m->moved, &m->moved_cap)))
		return err_full(err);
	struct moved *moved = &m->moved[m->n_moved++];
	*moved = (struct moved){db_i64(st, 0), str_copy(a, db_text(st, 1)), str_copy(a, db_text(st, 2))};
	if (!moved->unit.p || !moved->id.p)
		return err_full(err);
	if (!home.p)
		return OK;
	struct evidence_value *values = arena_new(a, struct evidence_value, (size_t)kind->n_columns);
	struct folded *f = next_folded(m, a);
	if (!f || !values)
		return err_full(err);
	f->unit = home;
	f->system = system;
	f->origin = *origin;
	f->origin.fills_in = true;
	f->values = values;
	for (int c = 0; c < kind->n_columns; c++) {
		values[c] = read_value(st, FIRST_VALUE + c, kind->columns[c].type);
		if (values[c].known && kind->columns[c].type == EVIDENCE_TEXT &&
		    !(values[c].text = str_copy(a, values[c].text)).p)
			return err_full(err);
	}
	return OK;
}

/* Linked rows pass into those of the system they mean; a discovered one into that of the register, whatever its unit.
 */
static enum status look_at_row(struct merge *m, struct db *db, struct db_stmt *st, const struct origin *origin,
			       struct arena *a, struct err *err)
{
	int c = evidence_column_find(&evidence_kinds[m->kind], S("registered"));
	struct link_found found = link_find(m->sight->links, db_i64(st, 0), db_text(st, 2));
	struct evidence_value registered = read_value(st, FIRST_VALUE + c, EVIDENCE_BOOL);
	bool linked = found.by == LINK_ALIAS || found.by == LINK_PATTERN;
	bool discovered = found.by == LINK_EXACT && registered.known && !registered.i64;
	str home, system;
	if (!linked && !discovered)
		return OK;
	system = str_copy(a, found.system);
	if (!system.p)
		return err_full(err);
	TRY(find_home(m, db, system, db_text(st, 1), a, &home, err));
	if (discovered && (!home.p || str_eq(home, db_text(st, 1))))
		return OK;
	return move_row(m, st, origin, system, home, a, err);
}

static int order_folded(const void *left, const void *right)
{
	const struct folded *a = left, *b = right;
	int units = str_cmp(a->unit, b->unit), systems = str_cmp(a->system, b->system);
	if (units || systems)
		return units ? units : systems;
	if (a->origin.said_ms != b->origin.said_ms)
		return a->origin.said_ms > b->origin.said_ms ? -1 : 1;
	int feeds = str_cmp(a->origin.feed, b->origin.feed);
	return feeds ? feeds : (a->number > b->number) - (a->number < b->number);
}

/* Looks for the rows that are another system's, before the rows are merged. */
static enum status find_moved(struct merge *m, struct db *db, struct arena *a, struct err *err)
{
	struct db_stmt *st;
	struct origin origin;
	bool row;
	TRY(prepare_rows(db, m->kind, &st, err));
	db_bind_i64(st, 1, m->sight->at_ms);
	for (;;) {
		TRY(db_step(st, &row, err));
		if (!row)
			return OK;
		if (row_origin(m, st, &origin))
			TRY(look_at_row(m, db, st, &origin, a, err));
	}
}

/* ---- systems that no register knows ---- */

/* What other kinds see, in the unit of the row that shows it. */
static enum status find_sightings(struct merge *m, struct db *db, enum evidence_kind_id kind, struct arena *a,
				  struct err *err)
{
	struct store_named *named = NULL;
	size_t n = 0;
	TRY(store_link_names(db, kind, m->sight->at_ms, a, &named, &n, err));
	for (size_t i = 0; i < n; i++) {
		const struct store_named *x = &named[i];
		struct origin origin;
		enum link_by by = link_find(m->sight->links, x->feed_id, x->name).by;
		if ((by != LINK_UNRESOLVED && by != LINK_DISCOVERED) ||
		    !find_origin(m->sight, kind, x->feed_id, x->shown_ms, &origin) ||
		    !store_link_sees(kind, x, m->sight->at_ms))
			continue;
		origin.fills_in = true;
		struct folded *f = next_folded(m, a);
		if (!f)
			return err_full(err);
		f->unit = x->unit;
		f->system = x->name;
		f->origin = origin;
		f->seen_ms = evidence_kinds[kind].event ? x->happened_ms : origin.said_ms;
	}
	return OK;
}

static enum status find_folded(struct merge *m, struct db *db, struct arena *a, struct err *err)
{
	if (m->kind != EVIDENCE_AI_SYSTEM || !m->sight->links)
		return OK;
	TRY(find_moved(m, db, a, err));
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if (k != EVIDENCE_AI_SYSTEM)
			TRY(find_sightings(m, db, (enum evidence_kind_id)k, a, err));
	if (m->n_folded)
		qsort(m->folded, m->n_folded, sizeof *m->folded, order_folded);
	return OK;
}

/* After the rows of the register: what was seen and has no row, once for each unit and name. */
static enum status show_rest(struct merge *m, struct err *err)
{
	for (size_t i = 0; i < m->n_folded; i++) {
		const struct folded *f = &m->folded[i];
		if (f->used)
			continue;
		start(m, f->unit, f->system);
		m->next_folded = i;
		TRY(flush(m, err));
	}
	return OK;
}

/* ---- */

static enum status merge_kind(struct merge *m, struct db *db, struct arena *a, struct err *err)
{
	struct db_stmt *st;
	TRY(find_folded(m, db, a, err));
	TRY(prepare_rows(db, m->kind, &st, err));
	db_bind_i64(st, 1, m->sight->at_ms);
	enum status status = merge_rows(m, st, err);
	if (status != OK)
		db_reset(st);
	return status == OK ? show_rest(m, err) : status;
}

static enum status fill_kind(struct store_lens *lens, struct db *db, const struct store_sight *sight,
			     enum evidence_kind_id kind, struct err *err)
{
	struct merge m = {.lens = lens,
			  .kind = kind,
			  .sight = sight,
			  .system_column = evidence_system_column(kind),
			  .text = BUF(LIMIT_RECORD_BYTES)};
	struct arena a = ARENA(LIMIT_COMMAND_BYTES);
	enum status status = merge_kind(&m, db, &a, err);
	arena_release(&a);
	buf_release(&m.text);
	TRY(status);
	lens->filled |= EVIDENCE_BIT(kind);
	return sandbox_index(lens->sandbox, (int)kind, S("id"), err);
}

enum status store_lens_fill(struct store_lens *lens, struct db *db, const struct store_sight *sight, uint64_t kinds,
			    struct err *err)
{
	for (int k = 0; k < EVIDENCE_KINDS; k++)
		if ((kinds & ~lens->filled) >> k & 1)
			TRY(fill_kind(lens, db, sight, (enum evidence_kind_id)k, err));
	return OK;
}

enum status store_lens_compile(struct store_lens *lens, str sql, uint64_t *kinds, int *offset, struct err *err)
{
	return sandbox_compile(lens->sandbox, sql, kinds, offset, err);
}

enum status store_lens_run(struct store_lens *lens, str sql, int64_t as_of_ms, int64_t since_ms, store_lens_row_fn *row,
			   void *ctx, struct err *err)
{
	static const struct sandbox_budget defaults = {0};
	return sandbox_run(lens->sandbox, sql, as_of_ms, since_ms, &defaults, row, ctx, err);
}
