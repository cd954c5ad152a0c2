#include "store/link.h"

#include "base/time.h"
#include "store/evidence_sql.h"
#include "store/rows.h"
#include "store/store.h"

enum status store_link_add(struct db *db, const struct store_link *link, int64_t *id, struct err *err)
{
	struct db_stmt *st;
	TRY(store_next_id(db, S("link"), id, err));
	TRY(db_prepare(db,
		       SQL("INSERT INTO link (id, name, system_id, feed_id, reason, recorded_at, actor) "
			   "VALUES ($1, $2, $3, $4, $5, $6, $7)"),
		       &st, err));
	db_bind_i64(st, 1, *id);
	db_bind_text(st, 2, link->name);
	db_bind_text(st, 3, link->system);
	if (link->feed_id)
		db_bind_i64(st, 4, link->feed_id);
	else
		db_bind_null(st, 4);
	db_bind_text(st, 5, link->reason);
	db_bind_i64(st, 6, link->recorded_ms);
	db_bind_text(st, 7, link->actor);
	return db_run(st, err);
}

enum status store_link_end(struct db *db, int64_t id, int64_t at_ms, str actor, struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(db, SQL("UPDATE link SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL"), &st,
		       err));
	db_bind_i64(st, 1, id);
	db_bind_i64(st, 2, at_ms);
	db_bind_text(st, 3, actor);
	return db_run(st, err);
}

static enum status fill_link(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_link *out = to;
	*out = (struct store_link){
	    .id = db_i64(st, 0),
	    .name = str_copy(a, db_text(st, 1)),
	    .system = str_copy(a, db_text(st, 2)),
	    .feed_id = db_i64(st, 3),
	    .reason = str_copy(a, db_text(st, 5)),
	    .recorded_ms = db_i64(st, 6),
	    .actor = str_copy(a, db_text(st, 7)),
	    .ended_ms = db_is_null(st, 8) ? TIME_FOREVER : db_i64(st, 8),
	};
	if (out->feed_id)
		out->feed = str_copy(a, db_text(st, 4));
	if (out->ended_ms != TIME_FOREVER)
		out->ended_by = str_copy(a, db_text(st, 9));
	bool whole = out->name.p && out->system.p && out->reason.p && out->actor.p && (!out->feed_id || out->feed.p) &&
		     (out->ended_ms == TIME_FOREVER || out->ended_by.p);
	return whole ? OK : err_full(err);
}

enum status store_link_list(struct db *db, bool ended, struct arena *a, struct store_link **out, size_t *n,
			    struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT l.id, l.name, l.system_id, coalesce(l.feed_id, 0), f.name, l.reason, l.recorded_at, "
			   "l.actor, l.ended_at, l.ended_by FROM link l LEFT JOIN feed f ON f.id = l.feed_id "
			   "WHERE $1 = 1 OR l.ended_at IS NULL ORDER BY l.name, coalesce(f.name, ''), l.id"),
		       &st, err));
	db_bind_i64(st, 1, ended);
	TRY(store_rows_read(st, a, sizeof **out, fill_link, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

static enum status fill_system(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct link_system *out = to;
	*out = (struct link_system){str_copy(a, db_text(st, 0)), db_i64(st, 1) != 0};
	return out->id.p ? OK : err_full(err);
}

static enum status load_systems(struct db *db, int64_t at_ms, struct arena *a, struct link_system **out, size_t *n,
				struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT s.id, max(coalesce(s.registered, 1)) FROM ev_ai_system s JOIN feed f ON "
			   "f.id = s.feed_id WHERE s.seen_from <= $1 AND s.seen_to > $1 AND (f.retired_at IS NULL OR "
			   "f.retired_at > $1) AND f.remarks = 0 GROUP BY s.id ORDER BY s.id"),
		       &st, err));
	db_bind_i64(st, 1, at_ms);
	TRY(store_rows_read(st, a, sizeof **out, fill_system, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

static enum status fill_model(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct link_model *out = to;
	*out = (struct link_model){str_copy(a, db_text(st, 0)), str_copy(a, db_text(st, 1))};
	return out->id.p && out->system.p ? OK : err_full(err);
}

static enum status load_models(struct db *db, int64_t at_ms, struct arena *a, struct link_model **out, size_t *n,
			       struct err *err)
{
	struct db_stmt *st;
	struct store_rows rows;
	TRY(db_prepare(db,
		       SQL("SELECT DISTINCT s.model_id, s.id FROM ev_ai_system s JOIN feed f ON f.id = s.feed_id WHERE "
			   "s.seen_from <= $1 AND s.seen_to > $1 AND (f.retired_at IS NULL OR f.retired_at > $1) AND "
			   "s.model_id IS NOT NULL AND coalesce(s.registered, 1) = 1 ORDER BY 1, 2"),
		       &st, err));
	db_bind_i64(st, 1, at_ms);
	TRY(store_rows_read(st, a, sizeof **out, fill_model, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_link_book(struct db *db, int64_t at_ms, struct arena *a, struct link_book *out, struct err *err)
{
	struct link_parts parts = {0};
	struct store_link *links = NULL;
	TRY(load_systems(db, at_ms, a, &parts.systems, &parts.n_systems, err));
	TRY(load_models(db, at_ms, a, &parts.models, &parts.n_models, err));
	TRY(store_link_list(db, false, a, &links, &parts.n_rules, err));
	parts.rules = arena_new(a, struct link_rule, parts.n_rules);
	if (!parts.rules)
		return err_full(err);
	for (size_t i = 0; i < parts.n_rules; i++)
		parts.rules[i] = (struct link_rule){links[i].id, links[i].name, links[i].system, links[i].feed_id};
	return link_book_make(&parts, a, out) ? OK : err_full(err);
}

/* NULL: the feed's newest snapshot shows one of the rows; else the last one that did. */
#define SHOWN "CASE WHEN count(*) = count(e.shown_at) THEN max(e.shown_at) END"

static enum status prepare_names(struct db *db, enum evidence_kind_id kind, struct db_stmt **out, struct err *err)
{
	if (kind == EVIDENCE_AI_SYSTEM)
		return db_prepare(
		    db,
		    SQL("SELECT e.id, e.unit_id, e.feed_id, f.name, count(*), NULL, " SHOWN ", 1 FROM ev_ai_system e "
			"JOIN feed f ON f.id = e.feed_id WHERE e.seen_from <= $1 AND e.seen_to > $1 AND "
			"(f.retired_at IS NULL OR f.retired_at > $1) AND e.registered = 0 "
			"GROUP BY e.id, e.unit_id, e.feed_id, f.name ORDER BY e.id, e.unit_id, e.feed_id"),
		    out, err);
	if (!evidence_kinds[kind].event)
		return store_evidence_prepare(
		    db, kind,
		    SQL("SELECT e.system_id, e.unit_id, e.feed_id, f.name, count(*), NULL, " SHOWN
			", 0 FROM ev_@kind@ e "
			"JOIN feed f ON f.id = e.feed_id WHERE e.seen_from <= $1 AND e.seen_to > $1 AND "
			"(f.retired_at IS NULL OR f.retired_at > $1) AND e.system_id IS NOT NULL "
			"GROUP BY e.system_id, e.unit_id, e.feed_id, f.name ORDER BY e.system_id, e.unit_id, "
			"e.feed_id"),
		    out, err);
	return store_evidence_prepare(
	    db, kind,
	    SQL("SELECT e.system_id, e.unit_id, e.feed_id, f.name, count(*), max(e.@own@), " SHOWN
		", 0 FROM ev_@kind@ e "
		"JOIN feed f ON f.id = e.feed_id WHERE e.seen_from <= $1 AND e.seen_to > $1 AND "
		"(f.retired_at IS NULL OR f.retired_at > $1) AND e.system_id IS NOT NULL "
		"GROUP BY e.system_id, e.unit_id, e.feed_id, f.name ORDER BY e.system_id, e.unit_id, e.feed_id"),
	    out, err);
}

static enum status fill_named(struct db_stmt *st, struct arena *a, void *to, struct err *err)
{
	struct store_named *out = to;
	*out = (struct store_named){
	    .name = str_copy(a, db_text(st, 0)),
	    .unit = str_copy(a, db_text(st, 1)),
	    .feed_id = db_i64(st, 2),
	    .feed = str_copy(a, db_text(st, 3)),
	    .rows = db_i64(st, 4),
	    .happened_ms = db_is_null(st, 5) ? INT64_MIN : db_i64(st, 5),
	    .shown_ms = db_is_null(st, 6) ? INT64_MIN : db_i64(st, 6),
	    .discovered = db_i64(st, 7) != 0,
	};
	return out->name.p && out->unit.p && out->feed.p ? OK : err_full(err);
}

static enum status read_names(struct db_stmt *st, struct arena *a, struct store_named **out, size_t *n, struct err *err)
{
	struct store_rows rows;
	TRY(store_rows_read(st, a, sizeof **out, fill_named, &rows, err));
	*out = rows.list;
	*n = rows.n;
	return OK;
}

enum status store_link_names(struct db *db, enum evidence_kind_id kind, int64_t at_ms, struct arena *a,
			     struct store_named **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	if (kind != EVIDENCE_AI_SYSTEM && evidence_system_column(kind) < 0) {
		*out = NULL;
		*n = 0;
		return OK;
	}
	TRY(prepare_names(db, kind, &st, err));
	db_bind_i64(st, 1, at_ms);
	return read_names(st, a, out, n, err);
}

enum status store_link_systems(struct db *db, int64_t at_ms, struct arena *a, struct store_named **out, size_t *n,
			       struct err *err)
{
	struct db_stmt *st;
	TRY(db_prepare(
	    db,
	    SQL("SELECT e.id, e.unit_id, e.feed_id, f.name, 1, NULL, e.shown_at, 1 - coalesce(e.registered, 1) "
		"FROM ev_ai_system e JOIN feed f ON f.id = e.feed_id WHERE e.seen_from <= $1 AND "
		"e.seen_to > $1 AND (f.retired_at IS NULL OR f.retired_at > $1) AND f.remarks = 0 ORDER BY e.id, "
		"e.unit_id, "
		"e.feed_id"),
	    &st, err));
	db_bind_i64(st, 1, at_ms);
	return read_names(st, a, out, n, err);
}

bool store_link_sees(enum evidence_kind_id kind, const struct store_named *named, int64_t at_ms)
{
	int c = evidence_system_column(kind);
	if (c < 0 || evidence_role(kind, c) != EVIDENCE_SIGHTING)
		return false;
	return !evidence_kinds[kind].event || named->happened_ms >= at_ms - STORE_LINK_SIGHTING_DAYS * TIME_DAY_MS;
}

enum status store_link_sightings(struct db *db, enum evidence_kind_id kind, str unit, str name, int64_t at_ms,
				 int64_t limit, struct arena *a, struct store_record **out, size_t *n, struct err *err)
{
	struct db_stmt *st;
	TRY(store_evidence_prepare(
	    db, kind,
	    SQL("SELECT d.name, f.name, f.sha256, e.record, e.line, n.observed_at FROM ev_@kind@ e "
		"JOIN feed d ON d.id = e.feed_id JOIN snapshot_file f ON f.id = e.file_id "
		"JOIN snapshot n ON n.id = f.snapshot_id WHERE e.unit_id = $1 AND e.system_id = $2 AND "
		"e.seen_from <= $3 AND e.seen_to > $3 AND (d.retired_at IS NULL OR d.retired_at > $3) "
		"ORDER BY n.observed_at DESC, f.id DESC, e.record LIMIT $4"),
	    &st, err));
	db_bind_text(st, 1, unit);
	db_bind_text(st, 2, name);
	db_bind_i64(st, 3, at_ms);
	db_bind_i64(st, 4, limit);
	return store_evidence_read_records(st, a, out, n, err);
}
