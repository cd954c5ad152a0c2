#include "app/import.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "store/feed.h"
#include "store/file.h"

static enum status read_bytes(struct source *from, struct buf *out, struct err *err)
{
	char piece[8192];
	size_t n;
	do {
		TRY(source_read(from, piece, sizeof piece, &n, err));
		buf_add(out, (str){piece, n});
	} while (n && out->status == OK);
	if (out->status == OK)
		return OK;
	err_set(err, out->status, "the map is larger than %zu bytes", LIMIT_MAP_BYTES);
	err_at(err, from->name, 0, 0);
	return out->status;
}

static enum status read_text(struct app *app, str path, str *out, struct err *err)
{
	struct source from;
	struct buf text = BUF(LIMIT_MAP_BYTES);
	const char *z = str_z(app->arena, path);
	if (!z)
		return err_full(err);
	TRY(source_open_file(&from, z, path, err));
	enum status status = read_bytes(&from, &text, err);
	source_close(&from);
	*out = str_copy(app->arena, buf_str(&text));
	buf_release(&text);
	TRY(status);
	return out->p ? OK : err_full(err);
}

enum status app_import_map_load(struct app *app, str path, struct app_import_map *out, struct err *err)
{
	char sum[HASH_TEXT];
	*out = (struct app_import_map){.file = path};
	if (path.n == 0)
		return OK;
	TRY(read_text(app, path, &out->text, err));
	out->sha256 = str_copy(app->arena, hash_of(out->text, sum));
	if (!out->sha256.p)
		return err_full(err);
	return import_mapping_read(path, out->text, app->arena, &out->mapping, err);
}

enum status app_import_map_keep(struct app *app, const struct app_import_map *map, int64_t snapshot, struct err *err)
{
	int64_t id;
	if (!map->mapping)
		return OK;
	struct source from = source_text(map->file, map->text);
	TRY(store_file_add(app->db, &from, map->sha256, (int64_t)map->text.n, app->now_ms, err));
	return store_feed_file(app->db, snapshot, map->sha256, map->file, S("map"), &id, err);
}
