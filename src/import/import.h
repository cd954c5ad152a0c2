/**
 * Bytes → evidence records. One file per format; a format knows nothing of a database: it pushes records into a sink.
 *
 * The sink may fail (its status is passed on). A format refuses a wrong or half file whole, with E_INVALID and the
 * place (file, line, column or record) and what was expected; a known real-world flaw is accepted with one warning that
 * says what and how often, not one per record.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/source.h"
#include "core/evidence.h"

/* What is said about the file as a whole, filled while reading. */
struct import_facts {
	str identity; /* of the source, as a feed name: "prowler:aws:1234"; empty = the file does not tell, or speaks of
			 several */
	bool has_time;
	int64_t observed_ms; /* the latest time inside the file at which something was observed */
	int64_t records;     /* the format's own records read */
	bool partial;        /* what the file does not show may be there all the same: it ends nothing */
	uint64_t glimpses;   /* as those of the format, of this file alone */
};

struct import_sink {
	void *ctx;
	/* Every record; memory of the record is the caller's. */
	enum status (*record)(void *ctx, const struct evidence_record *r, struct err *err);
	/* A flaw that was accepted. Printed text without a final stop. */
	enum status (*warn)(void *ctx, str message, struct err *err);
};

struct import_input {
	struct source *from;
	struct arena *arena; /* for what lives as long as the file: windows, identity text */
	struct import_facts *facts;
	const struct import_sink *sink;
	const void *options;     /* of the format; see there */
	const int64_t *given_ms; /* the time of observation that the caller names; NULL when none does */
	/* A record that breaks a rule; err says where and which, ctx is the sink's. OK: it was noted and is left out.
	   NULL: no record may be left out. For import_skip. */
	enum status (*skip)(void *ctx, int64_t record, struct err *err);
};

struct import_format {
	str name;         /* as in --format and in the receipt */
	str title;        /* "Prowler OCSF JSON" */
	bool names_units; /* rows say which unit they belong to */
	bool secrets;     /* a file may hold keys: its hash is kept, the file is not */
	bool skips;       /* can go on behind a record that breaks a rule; see import_skip */
	bool
	    remarks; /* kept by the program itself: says something about AI systems that other feeds show, shows none */
	bool mapped; /* read by a map alone (import/mapping.h), which names the kind out of `kinds` */
	uint64_t kinds;  /* evidence kinds it can supply: bit per evidence_kind_id */
	uint64_t always; /* of those, the ones a file of this format always speaks for, even with no rows */
	uint64_t
	    glimpses; /* of those, the ones it shows only some of: what it does not show may be there all the same */
	/* How sure the format is from the first bytes (up to IMPORT_HEAD, whole file if `complete`) that the file is
	 * its own: 0 no … 100. */
	int (*sniff)(str head, bool complete);
	enum status (*read)(struct import_input *in, struct err *err);
};

enum { IMPORT_HEAD = 65536 };

/* All formats, in the order of --help; NULL ends. */
extern const struct import_format *const import_formats[];

/* By name or alias ("people" = "person"); NULL when there is none. */
const struct import_format *import_format_find(str name);
/**
 * By content. E_INVALID when none fits or two fit equally well: the message names the candidates and --format.
 */
MUST_USE enum status import_detect(str head, bool complete, str file, const struct import_format **out,
				   struct err *err);

/**
 * What a format that skips does with a status of reading one record, when it can go on with the next: OK when the
 * record is left out, else the status. For E_INVALID that is about the record alone: broken syntax is passed on by the
 * format itself, and so is what concerns two records. The record counts as read.
 */
MUST_USE enum status import_skip(const struct import_input *in, enum status status, int64_t record, struct err *err);

/* Helpers for formats: one warning however often it happens. */
struct import_flaw {
	int64_t count;
	int64_t first_line; /* 0 = not known */
};
void import_flaw_note(struct import_flaw *flaw, int64_t line);
/* "message (3 times, first on line 17)"; nothing when it never happened. */
MUST_USE enum status import_flaw_warn(const struct import_input *in, const struct import_flaw *flaw, str message,
				      struct err *err);

#endif
