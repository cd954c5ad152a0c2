#include "db/db_pg_connect.h"

#include <string.h>
#include <time.h>

#include "base/str.h"

enum { AGAIN_MS = 1000 };

static void ignore_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* libpq quotes a malformed address, password and all: its words are not passed on. */
static enum status check_url(const char *url, struct err *err)
{
	PQconninfoOption *options = PQconninfoParse(url, NULL);
	if (!options) {
		(void)err_set(err, E_INVALID, "the PostgreSQL address of the store cannot be understood");
		err_hint(err, "write postgresql://user@host:port/database; special characters as %%XX");
		return E_INVALID;
	}
	PQconninfoFree(options);
	return OK;
}

static enum status check_encoding(const PGconn *conn, struct err *err)
{
	const char *encoding = PQparameterStatus(conn, "server_encoding");
	if (encoding && strcmp(encoding, "UTF8") == 0)
		return OK;
	(void)err_set(err, E_IO, "the PostgreSQL database does not keep text as UTF-8");
	err_detail(err, "server_encoding is %s", encoding ? encoding : "unknown");
	err_hint(err, "create the database with ENCODING 'UTF8'");
	return E_IO;
}

enum status db_pg_connect(const char *url, PGconn **out, struct err *err)
{
	/* What stands before dbname the address may say otherwise. A server that is gone without a word, as after a
	   failover, is given up after 30 s or a minute, and not after a quarter of an hour. */
	static const char *const keys[] = {"connect_timeout",     "tcp_user_timeout", "keepalives_idle",
					   "keepalives_interval", "keepalives_count", "dbname",
					   "client_encoding",     "application_name", NULL};
	const char *const values[] = {"10", "30000", "30", "10", "3", url, "UTF8", "aismm", NULL};
	TRY(check_url(url, err));
	PGconn *conn = PQconnectdbParams(keys, values, 1);
	if (conn && PQstatus(conn) == CONNECTION_OK) {
		(void)PQsetNoticeReceiver(conn, ignore_notice, NULL);
		enum status status = check_encoding(conn, err);
		if (status == OK)
			*out = conn;
		else
			PQfinish(conn);
		return status;
	}
	str words = str_trim(str_from(conn ? PQerrorMessage(conn) : "no memory"));
	bool missing = str_find(words, S("database \"")) >= 0 && str_find(words, S("does not exist")) >= 0;
	enum status status = missing ? err_set(err, E_NOT_FOUND, "there is no such PostgreSQL database")
				     : err_set(err, E_IO, "the PostgreSQL server could not be reached");
	err_detail(err, "%.*s", STR_ARG(words));
	PQfinish(conn);
	return status;
}

static int64_t tick_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum status db_pg_connect_again(PGconn *conn, int64_t *again_ms, struct err *err)
{
	if (tick_ms() >= *again_ms) {
		PQreset(conn);
		*again_ms = PQstatus(conn) == CONNECTION_OK ? 0 : tick_ms() + AGAIN_MS;
	}
	if (PQstatus(conn) == CONNECTION_OK)
		return check_encoding(conn, err);
	err_set(err, E_IO, "the connection to the store was lost");
	err_detail(err, "PostgreSQL: %s", PQerrorMessage(conn));
	return E_IO;
}
