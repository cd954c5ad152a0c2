/**
 * What the commands take that run on: serve and watch. For cli/table.c alone.
 */
#ifndef CLI_TABLE_SERVE_H
#define CLI_TABLE_SERVE_H

#include "cli/table.h"

static const struct table_option serve_options[] = {
    {.name = S("listen"),
     .value = S("ADDR:PORT"),
     .kind = TABLE_TEXT,
     .help = S("where to listen; without it 127.0.0.1:8080; port 0 is any that is free")},
    {.name = S("sign-in"),
     .value = S("USER"),
     .kind = TABLE_TEXT,
     .help = S("print a link that signs this user in once")},
    {.name = S("tls-certificate"), .value = S("FILE"), .kind = TABLE_FILE, .help = S("certificate and chain, PEM")},
    {.name = S("tls-key"), .value = S("FILE"), .kind = TABLE_FILE, .help = S("its key, PEM")},
    {.name = S("tls-self-made"), .help = S("a certificate made at each start, for a trial")},
    {.name = S("unconfined"), .help = S("do without the sandbox of seccomp and Landlock, where it does not work")},
    {.name = S("trust-proxy"),
     .value = S("ADDRESS"),
     .kind = TABLE_TEXT,
     .help = S("the proxy whose X-Forwarded-For and X-Forwarded-Proto are believed")},
};
static const struct table_example serve_examples[] = {
    {S("aismm serve"), S("on this machine alone")},
    {S("aismm serve --listen 0.0.0.0:8443 --tls-certificate chain.pem --tls-key key.pem"),
     S("for everybody who can reach the machine")},
};

static const struct table_argument watch_arguments[] = {
    {.name = S("DIR"), .kind = TABLE_FILE, .help = S("the directory with a directory for each feed")},
};
static const struct table_option watch_options[] = {
    {.name = S("once"), .help = S("deal with what is there, and end; exit 3 when a file failed")},
    {.name = S("evaluate"), .help = S("run every check when files were imported and no more are waiting")},
};
static const struct table_example watch_examples[] = {
    {S("aismm watch --evaluate /srv/aismm/drop"), S("as a service")},
    {S("aismm watch --once --json /srv/aismm/drop >>receipts.jsonl"), S("from a scheduler")},
};

#endif
