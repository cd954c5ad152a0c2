/**
 * The bundled catalogues of control frameworks: which ids a version has, and their titles.
 *
 * Ids mean nothing without their version (AICM reused 54 ids between 1.0.3 and 1.1.0), so every question here names
 * framework, version and id. The catalogues are content/frameworks, embedded at build time; every text returned here
 * lives as long as the program. Pure and stateless.
 *
 * Spellings: versions `1.1.1` of csa-aicm and `2024/1689` of eu-ai-act stand for 1.1.0 and 2024. Ids are matched
 * exactly, but
 * - owasp: `LLM01` and `LLM01:2025` (`ASI01` and `ASI01:2026`) are the same in the edition that is named;
 * - eu-ai-act: `Art. 15`, `Art 15`, `Article 15` are the same, and `Art. 15(5)` falls under Art. 15;
 * - iso-42001: `Clause 6.1` is 6.1.
 * Groups are ids too where the framework has them: `GOVERN`, `GOVERN 1`, `PR`, `PR.AA`, `A.6`; AICM domains are not.
 */
#ifndef CORE_FRAMEWORK_H
#define CORE_FRAMEWORK_H

#include "base/str.h"

enum { FRAMEWORKS = 8 };

struct framework {
	str id, title; /* "csa-aicm", "CSA AI Controls Matrix" */
	size_t n_versions;
	const str *versions; /* the bundled ones, oldest first */
};

extern const struct framework framework_all[FRAMEWORKS];

/* NULL when there is no such framework. */
const struct framework *framework_find(str id);
/* The bundled version that this text stands for; p NULL when none is. */
str framework_version(str framework, str version);
/* The catalogue's own spelling of an id; p NULL when that version does not have it. */
str framework_id(str framework, str version, str id);
/* The title of an id; p NULL when that version does not have it. */
str framework_title(str framework, str version, str id);
bool framework_has(str framework, str version, str id);

struct framework_entry {
	str id, title;
	bool group; /* a heading over other ids */
	/* What it stands under (AICM domain, CSF function, ATLAS tactic, of several the first …); its own id when it is
	   that group itself; may be empty. */
	str of, of_title;
};

/* What an id stands under in its catalogue: the domain of a control, the chapter of an article. id may be empty. */
struct framework_heading {
	str id, title;
};

/* false when the catalogue has no headings over that id. */
bool framework_heading(str framework, str version, str id, struct framework_heading *out);

/* Walks all entries of one version, groups first: fill framework and version, zero the rest, call until false. */
struct framework_walk {
	str framework, version;
	size_t catalogue, at;
	str group;
};

bool framework_next(struct framework_walk *w, struct framework_entry *out);

/* Where an id of one version of csa-aicm is in another one. */
struct framework_move {
	str id;      /* the id there; empty: no control of that version is it */
	bool review; /* the match was found by comparing texts: look at both before relying on it */
};

/* false when no table of the two versions is bundled, or it does not have the id. */
bool framework_moved(str framework, str from, str to, str id, struct framework_move *out);

#endif
