#include "cli/out.h"

enum { GAP = 2 };

struct out_table out_table(struct out *o, struct arena *a, const struct out_column *columns, int n)
{
	return (struct out_table){.out = o, .arena = a, .n_columns = n, .columns = columns, .indent = 2};
}

void out_table_row(struct out_table *t, const struct out_cell *cells)
{
	size_t n = (size_t)t->n_columns;
	if (t->n_rows == t->cap) {
		struct out_cell *grown =
		    arena_grow(t->arena, t->cells, t->n_rows * n, (t->n_rows + 1) * n, sizeof *t->cells, &t->cap);
		if (!grown) {
			t->full = true;
			return;
		}
		t->cells = grown;
		t->cap /= n;
	}
	for (size_t i = 0; i < n; i++) {
		t->cells[t->n_rows * n + i] = cells[i];
		if (cells[i].columns == 0)
			t->cells[t->n_rows * n + i].columns = -1 - out_width(cells[i].text);
	}
	t->n_rows++;
}

/* The columns a cell asks for; a negative number keeps the measured width of a text from outside. */
static int cell_width(const struct out_cell *cell)
{
	return cell->columns < 0 ? -1 - cell->columns : cell->columns;
}

static int line_width(const struct out_table *t, const int *widths)
{
	int sum = t->indent, shown = 0;
	for (int i = 0; i < t->n_columns; i++)
		if (widths[i]) {
			sum += widths[i];
			shown++;
		}
	return sum + (shown > 1 ? GAP * (shown - 1) : 0);
}

/* Takes from the widest column that may be cut, one by one, until the line fits or none can give more. */
static void shrink(const struct out_table *t, int *widths)
{
	for (int over = line_width(t, widths) - t->out->width; over > 0; over--) {
		int widest = -1;
		for (int i = 0; i < t->n_columns; i++) {
			int least = t->columns[i].shrink;
			if (least && widths[i] > least && (widest < 0 || widths[i] > widths[widest]))
				widest = i;
		}
		if (widest < 0)
			return;
		widths[widest]--;
	}
}

static void measure(const struct out_table *t, int *widths)
{
	for (int i = 0; i < t->n_columns; i++) {
		int wide = 0;
		for (size_t r = 0; r < t->n_rows; r++) {
			if (t->cells[r * (size_t)t->n_columns].span)
				continue;
			int cell = cell_width(&t->cells[r * (size_t)t->n_columns + (size_t)i]);
			wide = cell > wide ? cell : wide;
		}
		int head = out_width(t->columns[i].head);
		widths[i] = wide == 0 ? 0 : wide > head ? wide : head;
		/* Longer than any line: what is above it would only slow down the search. */
		widths[i] = widths[i] > 4 * OUT_WIDTH_MAX ? 4 * OUT_WIDTH_MAX : widths[i];
	}
}

static void fit(const struct out_table *t, int *widths)
{
	int whole[OUT_COLUMNS_MAX];
	measure(t, whole);
	for (;;) {
		for (int i = 0; i < t->n_columns; i++)
			widths[i] = whole[i];
		shrink(t, widths);
		if (line_width(t, widths) <= t->out->width)
			return;
		int next = -1;
		for (int i = 0; i < t->n_columns; i++)
			if (whole[i] && t->columns[i].drop && (next < 0 || t->columns[i].drop > t->columns[next].drop))
				next = i;
		if (next < 0)
			break;
		whole[next] = 0;
	}
	/* Nothing left to drop: the first columns win, the rest is cut by the end of the line. */
	int left = t->out->width - t->indent;
	for (int i = 0; i < t->n_columns; i++) {
		widths[i] = widths[i] < left ? widths[i] : left > 0 ? left : 0;
		left -= widths[i] ? widths[i] + GAP : 0;
	}
}

static void put_cell(struct out *o, const struct out_cell *cell, int width, bool right)
{
	if (cell->style != OUT_PLAIN)
		out_style(o, cell->style);
	if (cell->columns > 0 && cell->columns <= width) {
		buf_add(&o->text, cell->text);
		out_spaces(o, width - cell->columns);
	} else if (right) {
		out_right(o, cell->text, width);
	} else {
		out_left(o, cell->text, width);
	}
	if (cell->style != OUT_PLAIN)
		out_style(o, OUT_PLAIN);
}

static void put_span(struct out *o, const struct out_cell *cells)
{
	struct out_paragraph how = {.indent = cells[0].span - 1, .style = cells[0].style};
	if (!cells[1].text.n) {
		out_wrap(o, cells[0].text, how);
		return;
	}
	out_spaces(o, how.indent);
	out_style(o, cells[0].style);
	how.at = how.indent + out_cut(o, cells[0].text, o->width - how.indent);
	out_style(o, OUT_PLAIN);
	out_spaces(o, GAP);
	how.at += GAP;
	how.hang = GAP;
	how.style = cells[1].style;
	out_wrap(o, cells[1].text, how);
}

static void put_row(const struct out_table *t, const int *widths, const struct out_cell *cells)
{
	struct out *o = t->out;
	bool first = true;
	if (cells[0].span) {
		put_span(o, cells);
		return;
	}
	out_spaces(o, t->indent);
	for (int i = 0; i < t->n_columns; i++) {
		if (!widths[i])
			continue;
		if (!first)
			out_spaces(o, GAP);
		put_cell(o, &cells[i], widths[i], t->columns[i].right);
		first = false;
	}
	out_line(o);
}

enum status out_table_end(struct out_table *t, struct err *err)
{
	int widths[OUT_COLUMNS_MAX] = {0};
	struct out_cell heads[OUT_COLUMNS_MAX];
	bool any_head = false;
	if (t->full)
		return err_full(err);
	fit(t, widths);
	for (int i = 0; i < t->n_columns; i++) {
		heads[i] = (struct out_cell){.text = t->columns[i].head, .style = OUT_DIM};
		any_head = any_head || t->columns[i].head.n;
	}
	if (any_head && t->n_rows)
		put_row(t, widths, heads);
	for (size_t r = 0; r < t->n_rows; r++)
		put_row(t, widths, &t->cells[r * (size_t)t->n_columns]);
	return OK;
}
