/**
 * Inside db/: a connection to a PostgreSQL server.
 */
#ifndef DB_DB_PG_CONNECT_H
#define DB_DB_PG_CONNECT_H

#include <libpq-fe.h>

#include "base/err.h"

/* The caller ends it with PQfinish. E_INVALID: the address cannot be understood; E_NOT_FOUND: there is no such
   database; E_IO: the server could not be reached. No error shows a password. */
MUST_USE enum status db_pg_connect(const char *url, PGconn **out, struct err *err);
/* The same one anew, after it was lost. E_IO: it cannot be had now. An attempt can take as long as a network's
   patience, so after one that failed there is none for a second; *again_ms is for it to remember, at first 0. */
MUST_USE enum status db_pg_connect_again(PGconn *conn, int64_t *again_ms, struct err *err);

#endif
