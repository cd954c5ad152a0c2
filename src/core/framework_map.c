/* The bundled tables of ids that moved between two versions of a framework. */
#include "base/embed.h"
#include "core/framework.h"

enum { CELLS = 7, OLD = 0, NEW = 1, REVIEW = 5 };

#define AICM_OLD S("1.0.3")
#define AICM_NEW S("1.1.0")

static void row_split(str line, str cells[CELLS])
{
	bool more = true;
	for (int i = 0; i < CELLS; i++) {
		cells[i] = (str){NULL, 0};
		if (more)
			more = str_cut(line, '\t', &cells[i], &line);
	}
}

bool framework_moved(str framework, str from, str to, str id, struct framework_move *out)
{
	bool forward = str_eq(from, AICM_OLD) && str_eq(to, AICM_NEW);
	bool back = str_eq(from, AICM_NEW) && str_eq(to, AICM_OLD);
	str rows = embed_find(S("frameworks/aicm_id_map_1.0.3_to_1.1.0.tsv")), line, cells[CELLS];
	if (!str_eq(framework, S("csa-aicm")) || (!forward && !back) || id.n == 0)
		return false;
	(void)str_cut(rows, '\n', &line, &rows); /* its header */
	while (rows.n) {
		(void)str_cut(rows, '\n', &line, &rows);
		row_split(line, cells);
		if (!str_eq(cells[forward ? OLD : NEW], id))
			continue;
		*out = (struct framework_move){cells[forward ? NEW : OLD], str_eq(cells[REVIEW], S("yes"))};
		return true;
	}
	return false;
}
