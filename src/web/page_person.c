#include "app/user.h"
#include "web/page.h"

/* A page names few people, and often the same ones. */
struct page_name {
	str name, shown;
};

struct page_names {
	struct app *app;
	size_t n, cap;
	struct page_name *list;
};

struct page_names *page_names(struct app *app)
{
	struct page_names *names = arena_new(app->arena, struct page_names, 1);
	if (names)
		*names = (struct page_names){.app = app};
	return names;
}

/* Where it cannot be found out, the name itself is right as well. */
static str shown_of(struct page_names *names, str name)
{
	struct page_name *list = names->list;
	str shown = name;
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(list[i].name, name))
			return list[i].shown;
	if (app_user_called(names->app, name, &shown, NULL) != OK)
		return name;
	if (names->n == names->cap &&
	    !(list = arena_grow(names->app->arena, list, names->n, names->n + 1, sizeof *list, &names->cap)))
		return shown;
	names->list = list;
	list[names->n++] = (struct page_name){name, shown};
	return shown;
}

void page_person(struct ui *u, str name)
{
	ui_person(u->b, name, u->names && name.n ? shown_of(u->names, name) : name);
}
