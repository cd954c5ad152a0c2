#include "import/mapping.h"

#include "import/near.h"

static enum status refuse_column(const struct import_mapping *map, const struct import_mapping_source *source,
				 const struct csv_reader *csv, str file, struct err *err)
{
	char shown[IMPORT_WALK_SHOW];
	struct import_near near = import_near(source->name);
	for (size_t i = 0; i < csv->n_columns; i++)
		import_near_try(&near, csv->columns[i]);
	err_set(err, E_INVALID, "%.*s has no column \"%s\"", STR_ARG(file), import_walk_show(source->name, shown));
	if (near.found.n)
		err_hint(err, "did you mean \"%s\"?", import_walk_show(near.found, shown));
	else
		err_hint(err, "the first line of the file names its columns");
	return import_mapping_at(map, source->line, source->column, err);
}

/* Where each source stands in a row. */
static enum status find_columns(struct import_mapping_run *run, const struct csv_reader *csv, size_t *columns,
				struct err *err)
{
	const struct import_mapping *map = run->map;
	if (map->records.n) {
		err_set(err, E_INVALID, "records has no effect: the rows of a CSV file are its records");
		return import_mapping_at(map, map->records_at.line, map->records_at.column, err);
	}
	for (size_t i = 0; i < map->n_sources; i++) {
		int c = csv_column(csv, map->sources[i].name);
		if (c < 0)
			return refuse_column(map, &map->sources[i], csv, run->in->from->name, err);
		columns[i] = (size_t)c;
		run->met[i] = true;
	}
	return OK;
}

static void fill_cells(struct import_mapping_run *run, const struct csv_reader *csv, const size_t *columns)
{
	run->record = csv->record;
	run->line = csv->line;
	for (size_t i = 0; i < run->map->n_sources; i++) {
		struct import_mapping_cell *cell = &run->cells[i];
		*cell = (struct import_mapping_cell){.text = str_trim(csv->cells[columns[i]])};
		cell->state = cell->text.n ? IMPORT_MAPPING_TEXT : IMPORT_MAPPING_EMPTY;
		csv_place(csv, columns[i], &cell->line, &cell->column);
	}
}

static enum status read(struct import_input *in, struct err *err)
{
	struct import_mapping_run *run = NULL;
	struct csv_reader csv;
	size_t columns[IMPORT_MAPPING_SOURCES];
	TRY(import_mapping_begin(in, &run, err));
	TRY(csv_open(&csv, in->from, in->arena, err));
	TRY(find_columns(run, &csv, columns, err));
	for (;;) {
		bool more;
		TRY(csv_next(&csv, &more, err));
		if (!more)
			return import_mapping_end(run, err);
		fill_cells(run, &csv, columns);
		enum status status = import_mapping_take(run, err);
		arena_release(&run->scratch);
		TRY(status);
	}
}

static int sniff(str head, bool complete)
{
	(void)head;
	(void)complete;
	return 0;
}

const struct import_format import_mapping_csv = {.name = S("csv"),
						 .title = S("any CSV, read by a map"),
						 .names_units = true,
						 .skips = true,
						 .mapped = true,
						 .kinds = EVIDENCE_BIT(EVIDENCE_KINDS) - 1,
						 .sniff = sniff,
						 .read = read};
