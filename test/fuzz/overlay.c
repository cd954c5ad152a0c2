#include <stdlib.h>

#include "core/model.h"
#include "core/model_coverage.h"
#include "core/model_diff.h"

/* The bytes are an overlay of a small model; up to a NUL, if there is one: what follows is a second file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str base =
    S("schema: aismm.model/1\nid: m\nversion: 1.0.0\ntitle: M\ndomains: [{id: d, title: D}]\n"
      "categories:\n  - id: GOV\n    domain: d\n    title: G\n    objectives:\n"
      "      - {id: GOV-02.1, title: T, kpi: K, threshold: 0.9, window: P30D}\n"
      "      - {id: GOV-02.2, title: T, kpi: K, threshold: 0.5, window: P9D, requires: [GOV-02.1]}\n"
      "      - {id: GOV-03.1, title: T, kpi: K, threshold: 1, window: P30D, deployment: [saas, paas]}\n"
      "      - {id: GOV-04.1, title: T, kpi: K, threshold: 1, window: P30D, max_age: P7D}\n"
      "      - {id: GOV-05.1, title: T, kpi: K, threshold: 1, window: P30D}\n");

static const struct model *read(struct arena *a, const struct model_file *files, size_t n)
{
	struct model_problems problems = {0};
	const struct model *m = NULL;
	struct err err;
	enum status status = model_read(files, n, a, &problems, &m, &err);
	if (status == OK && (m == NULL) != (problems.n_errors > 0))
		abort();
	return status == OK ? m : NULL;
}

/* Nothing is looser than the base without two names for it, and no measure of the base changes its meaning. */
static void use(struct arena *a, const struct model *from, const struct model *to)
{
	struct model_diff d;
	struct model_coverage c;
	struct err err;
	if (to->base.p && (!str_eq(to->line, from->line) || str_eq(to->id, from->id)))
		abort();
	if (model_diff(from, to, a, &d, &err) != OK || model_coverage(to, S("csa-aicm"), S(""), a, &c, &err) != OK)
		return;
	for (size_t i = 0; i < d.n_objectives && to->base.p; i++) {
		const struct model_diff_entry *e = &d.objectives[i];
		bool looser = e->class == MODEL_DIFF_GONE ||
			      (e->from && e->to &&
			       (e->to->threshold_milli < e->from->threshold_milli ||
				e->to->max_age_ms > e->from->max_age_ms || e->from->deployment != e->to->deployment));
		if (e->class == MODEL_DIFF_MEANING || e->carries == MODEL_DIFF_WRONG || e->carries == MODEL_DIFF_JUDGE)
			abort();
		if (looser && !(e->overlaid && e->overlaid->approver.n && e->overlaid->because.n))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = {(const char *)data, size}, head, rest, wanted;
	bool two = str_cut(text, '\0', &head, &rest), is;
	struct model_file files[3] = {{S("base.yaml"), base}, {S("overlay.yaml"), head}, {S("more.yaml"), rest}};
	struct arena a = ARENA((size_t)256 << 20);
	struct err err;
	const struct model *from = read(&a, files, 1);
	if (!from)
		abort();
	(void)model_overlay_base(&files[1], &a, &is, &wanted, &err);
	const struct model *to = read(&a, files, two ? 3 : 2);
	if (to)
		use(&a, from, to);
	arena_release(&a);
	return 0;
}
