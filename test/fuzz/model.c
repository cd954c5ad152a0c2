#include <stdlib.h>

#include "core/model.h"

/* The bytes up to a NUL are model.yaml, those after it a second file; without a NUL the model is one file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void model_use(const struct model *m)
{
	for (size_t i = 0; i < m->n_objectives; i++) {
		const struct model_objective *o = &m->objectives[i];
		if (model_objective_find(m, o->id) != o || o->threshold_milli < 1 || o->threshold_milli > 1000 ||
		    o->window_ms <= 0 || o->max_age_ms <= 0 || o->deployment == 0)
			abort();
		for (size_t k = 0; k < o->n_requires; k++)
			if (m->objectives[o->requires[k]].level > o->level)
				abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size}, head, rest;
	bool two = str_cut(text, '\0', &head, &rest);
	struct model_file files[2] = {{S("model.yaml"), head}, {S("GOV.yaml"), rest}};
	struct arena a = ARENA((size_t)256 << 20);
	struct model_problems problems = {0};
	const struct model *m = NULL;
	struct err err;
	enum status status = model_read(files, two ? 2 : 1, &a, &problems, &m, &err);
	if (status == OK && (m == NULL) != (problems.n_errors > 0))
		abort();
	if (status == OK && m)
		model_use(m);
	arena_release(&a);
	return 0;
}
