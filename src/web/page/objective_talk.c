#include "web/page/objective.h"

/* The form for an answer, for who may give one at this unit. */
enum status page_objective_answer(const struct page_objective *p, struct err *err)
{
	(void)p, (void)err;
	return OK;
}

/* What people wrote about the objective at this unit. */
enum status page_objective_talk(const struct page_objective *p, struct err *err)
{
	(void)p, (void)err;
	return OK;
}
