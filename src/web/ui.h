/**
 * Components: pure functions from plain values to bytes. No query, no clock, no permission; only these files know the
 * names of classes. A page is a struct ui that the parts are appended to.
 */
#ifndef WEB_UI_H
#define WEB_UI_H

#include "app/lens.h"
#include "base/html.h"
#include "core/measure.h"
#include "core/view_frame.h"

struct ui_refused;
struct page_names;

/* A page that is being written. */
struct ui {
	struct buf *b;
	str path;                         /* of this page */
	const struct app_lens *lens;      /* as it stands in the address; links carry it */
	str csrf;                         /* what a form sends back; empty: nobody is signed in */
	int64_t ends_ms;                  /* when the session is over, however much it is used */
	str who;                          /* the name that is shown; empty: nobody is signed in */
	str theme;                        /* "light", "dark"; empty: as the system has it */
	str keys;                         /* "off": no single keys */
	str user;                         /* the name that the person signs in with; empty: nobody does */
	bool owes;                        /* has to set up a second factor before anything else */
	bool locked_out;                  /* once the session is over: there is no password yet */
	bool demo;                        /* the page shows the demo organisation */
	bool today;                       /* is about today: its lens offers no instant */
	const struct view_frame *frame;   /* NULL: a page without one (sign in, errors) */
	const struct ui_refused *refused; /* a form that comes back (ui_form.h); NULL: none */
	bool again;                       /* that form is the one being written: ui_post knows */
	str choosing;                     /* the name of the choice being written there */
	struct page_names *names;         /* who is called what; for page_person */
};

enum ui_icon {
	UI_MET,
	UI_OPEN,
	UI_NOT_MET,
	UI_NOT_APPLICABLE,
	UI_ATTESTED,
	UI_REVIEWED,
	UI_MEASURED,
	UI_SEARCH,
	UI_MENU,
	UI_DOWN,
	UI_NEXT,
	UI_WARNING,
	UI_CLOCK,
	UI_PEOPLE,
	UI_CLIP,
	UI_FILE,
	UI_ADD,
	UI_SAVE,
	UI_HELD,
	UI_UNLINKED,
	UI_FEED,
	UI_FALLS,
	UI_ICONS
};

enum ui_tab {
	UI_TAB_NONE,
	UI_TAB_PROGRAM,
	UI_TAB_ASSESS,
	UI_TAB_REVIEW,
	UI_TAB_UNITS,
	UI_TAB_EVIDENCE,
	UI_TAB_REGISTERS,
	UI_TAB_TARGETS,
	UI_TABS
};

/* ---- the page; web/ui_page.c ---- */
struct ui_head {
	str title;
	enum ui_tab tab;
	bool spine;   /* the categories stand beside the content, which is then closed by ui_page_end */
	str category; /* of the spine, where one is; empty: none */
	bool narrow;  /* for reading: welcome, sign in, help */
};
void ui_page(struct ui *u, const struct ui_head *head);
void ui_page_end(struct ui *u, const struct ui_head *head);
/* A section with a hairline and a heading; note may be empty. Closed with ui_section_end. */
void ui_section(struct ui *u, str id, str title, str note);
/* The same with what stands at the end of the heading, which the caller writes before ui_section_begun. */
void ui_section_begin(struct ui *u, str id, str title, str note);
void ui_section_begun(struct ui *u);
void ui_section_end(struct ui *u);
/* What will be here, why it is empty, the one next act (empty: none). */
void ui_empty(struct ui *u, str title, str text, str path, str act);
/* The same before there is a unit: who may begin is led there, everybody else is told who may. */
void ui_empty_start(struct ui *u, str title, str text);

/* ---- links; web/ui_link.c ---- */
/* May who looks read the whole organisation? Feeds of the whole and their files are closed to others. */
bool ui_sees_whole(const struct ui *u);
/* Percent-encodes all but letters, digits and -._~ */
void ui_url(struct buf *b, str text);
/* ?unit=…&at=… of the lens; nothing when it says nothing. `more`: another query follows or went before. */
void ui_lens_query(struct ui *u);
/* The same not escaped yet: for the address of a chart's link. */
void ui_lens_query_plain(struct ui *u);
/* <a href="BASE + ID?lens"> with the class; base and class are literals. The caller closes it. */
void ui_a(struct ui *u, const char *class, str base, str id);
/* The same with another unit in the lens. */
void ui_a_unit(struct ui *u, const char *class, str base, str id, str unit);
/* The lens as hidden fields of a form. */
void ui_lens_fields(struct ui *u);
/* The instant that a date field of that name shows as its day, as a hidden field, for page_time. */
void ui_exact(struct ui *u, str name, int64_t ms);
/* The token as a hidden field. */
void ui_csrf(struct ui *u);

/* ---- small parts; web/ui.c ---- */
void ui_icon(struct buf *b, enum ui_icon icon, const char *class);
/* Rungs and numeral; with the name when it is big. level 0: not applicable. */
void ui_level(struct buf *b, int level);
void ui_level_big(struct buf *b, int level, str name);
void ui_level_to(struct buf *b, int from, int to);
void ui_verdict(struct buf *b, enum score_verdict verdict);
void ui_basis(struct buf *b, enum measure_basis basis);
/* 2289 -> 2.28; cut, never rounded up. */
void ui_index(struct buf *b, int32_t milli);
/* -40 -> −0.04 in colour, with its sign. */
void ui_change(struct buf *b, int32_t milli);
/* 988 -> 98.8 % */
void ui_share(struct buf *b, int32_t milli);
/* 12345 -> 12 345 with thin spaces */
void ui_count(struct buf *b, int64_t n);
/* "1 unit", "2 units" */
void ui_plural(struct buf *b, int64_t n, str one, str many);
/* 22 Nov 2026; 22 Nov 2026, 06:00 UTC */
void ui_day(struct buf *b, int64_t ms);
void ui_time(struct buf *b, int64_t ms);
/* The message of an error as a sentence: with a capital, unless an id or the name of a file stands first, and a full
   stop where none stands. */
void ui_sentence(struct buf *b, str text);
/* What to try, as whoever sits before a page can (web/hint.h), behind some markup; nothing without it. */
void ui_hint(struct buf *b, str before, const struct err *why);
/* A text of a user: its direction is its own, it breaks anywhere. */
void ui_user(struct buf *b, str text);
/* A unit of which the page has the id, by its name in the tree that is looked at; the id where that has none. */
void ui_unit_name(const struct ui *u, str id);
/* A person by the name that is shown; the id or the name to sign in with, where it is another one, is its title. */
void ui_person(struct buf *b, str id, str shown);
/* Who did something that others answer for: the shown name is everybody's own choice, so the name to sign in with
   stands beside it. */
void ui_author(struct buf *b, str name, str shown);

#endif
