/**
 * Every limit has a name and a sentence. Bytes unless the name says otherwise.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* The size in which an arena asks the system for memory. */
#define ARENA_CHUNK_BYTES (64 << 10)
/* And the first time; each next one is as large as all before it, up to that. */
#define ARENA_FIRST_BYTES (4 << 10)
/* What one command may hold in memory. */
#define LIMIT_COMMAND_BYTES ((size_t)8 << 30)
/* The largest evidence file; a file is read as a stream, so this bounds time, not memory. */
#define LIMIT_IMPORT_BYTES ((int64_t)16 << 30)
/* The longest single text value in an evidence file (JSON string, CSV cell, XML text). */
#define LIMIT_VALUE_BYTES ((size_t)1 << 20)
/* The longest text in one column of evidence. */
#define LIMIT_COLUMN_BYTES (16 << 10)
/* The longest line of a JSON Lines file, the longest record of a CSV file. */
#define LIMIT_RECORD_BYTES ((size_t)64 << 20)
/* How deep JSON, YAML or XML may nest. */
#define LIMIT_DEPTH 128
/* The longest tag, comment or instruction of an XML file; all attributes of one tag together. */
#define LIMIT_XML_TAG_BYTES ((size_t)2 << 20)
/* How many attributes an XML element may have, and how many declared namespaces may be open at once. */
#define LIMIT_XML_ATTRIBUTES 256
#define LIMIT_XML_NAMESPACES 256
/* How many different names and namespaces one XML file may use, and the longest of them. */
#define LIMIT_XML_NAMES 4096
#define LIMIT_XML_NAME_BYTES 512
/* How many columns a CSV file may have. */
#define LIMIT_CSV_COLUMNS 1024
/* The largest archive that is opened, and how many entries it may list. */
#define LIMIT_ARCHIVE_BYTES ((size_t)64 << 20)
#define LIMIT_ARCHIVE_ENTRIES 4096
/* What one entry of an archive may unpack to, and all that are read of it. */
#define LIMIT_ARCHIVE_ENTRY_BYTES ((int64_t)256 << 20)
#define LIMIT_ARCHIVE_INFLATED_BYTES ((int64_t)512 << 20)
/* How many times its packed size an entry may unpack to, behind a first part that may unpack to any. */
#define LIMIT_ARCHIVE_RATIO 200
#define LIMIT_ARCHIVE_FREE ((int64_t)1 << 20)
/* How many sheets a workbook may have, and how many columns one of them. */
#define LIMIT_XLSX_SHEETS 256
#define LIMIT_XLSX_COLUMNS 1024
/* How many shared texts a workbook may have, and how many bytes they may take. */
#define LIMIT_XLSX_STRINGS 1000000
#define LIMIT_XLSX_STRING_BYTES ((size_t)64 << 20)
/* How many aliases a YAML file may use, and how many events an expanded file may give. */
#define LIMIT_YAML_ALIASES 1000
#define LIMIT_YAML_NODES 2000000
/* The largest model file, and all files of a model directory together. */
#define LIMIT_MODEL_BYTES ((size_t)16 << 20)
/* How many objectives one model may have. */
#define LIMIT_OBJECTIVES 4096
/* How many controls one report of a cluster scanner may describe. */
#define LIMIT_CONTROLS 4096
/* How many units one tree may have, and how deep it may be. */
#define LIMIT_UNITS 1000000
#define LIMIT_UNIT_DEPTH 64
/* The longest identifier (unit, feed, source, subject); longer ones are refused by name. */
#define LIMIT_ID_BYTES 512
/* The longest subject a check may give: an id with the name of its kind before it. */
#define LIMIT_SUBJECT_BYTES 576
/* What the rows of one check may take. */
#define LIMIT_CHECK_BYTES ((size_t)1 << 30)
/* The greatest single count of a tally. */
#define LIMIT_COUNT 1000000000
/* The largest map of a file that no format knows. */
#define LIMIT_MAP_BYTES ((size_t)1 << 20)
/* How many records of one file may be left out because they break a rule. */
#define LIMIT_SKIPPED 1000
/* Warnings kept per file; the rest is counted. */
#define LIMIT_WARNINGS 50
/* What one check may cost: rows it may return, virtual machine steps in thousands, milliseconds. */
#define LIMIT_CHECK_ROWS 5000000
#define LIMIT_CHECK_KSTEPS 2000000
#define LIMIT_CHECK_MS 10000
/* How many rules and artifacts of a SARIF log are kept while it is read. */
#define LIMIT_SARIF_KEPT 2000000
/* How many feeds one `watch` may look at. */
#define LIMIT_WATCH_FEEDS 4096
/* How many elements and references of an SPDX document are kept while it is read, each. */
#define LIMIT_SPDX_KEPT 2000000
/* How many hosts and network policies of a Kubernetes export are kept while it is read, each. */
#define LIMIT_KUBERNETES_KEPT 20000
/* How many labels these may have and ask for, all together. */
#define LIMIT_KUBERNETES_LABELS 100000
/* The largest evidence file in YAML, which is read whole. */
#define LIMIT_YAML_BYTES ((size_t)64 << 20)
/* How many rules of XCCDF benchmarks one file may describe. */
#define LIMIT_XCCDF_RULES 65536
/* How many things with a UUID of an OSCAL document are kept while it is read. */
#define LIMIT_OSCAL_KEPT 2000000
/* How many things and references of the attestations in a bill of materials are kept while it is read. */
#define LIMIT_CYCLONEDX_DECLARED 2000000
/* How many points one line of a chart may have, how many numbered events, and how many spokes a radar. */
#define LIMIT_CHART_POINTS 4096
#define LIMIT_CHART_EVENTS 99
#define LIMIT_CHART_SPOKES 24
/* The longest reason, finding, comment or return of a person. */
#define LIMIT_WORDS_BYTES (16 << 10)
/* The largest document that stands behind an answer, and how many one answer may have. */
#define LIMIT_DOCUMENT_BYTES ((int64_t)64 << 20)
#define LIMIT_DOCUMENTS 50
/* How many rows one page of a queue or a discussion holds. */
#define LIMIT_PAGE 200
/* What a server may hold of one store in memory: the model, the tree and the scores of all units; a store that needs
   more is read anew for each question. */
#define LIMIT_HELD_BYTES ((size_t)256 << 20)
/* So many new measures are followed one by one; after more the scores are made anew. */
#define LIMIT_HELD_CHANGES 20000
/* The measures that are held between questions: in how many parts, how large they may be together, and after how many
   milliseconds without a question a part is given back. */
#define LIMIT_HELD_PARTS 256
#define LIMIT_HELD_PARTS_BYTES ((size_t)24 << 20)
#define LIMIT_HELD_PART_MS 300000
/* How many scores of past instants are held. */
#define LIMIT_HELD_PAST 64
/* By how many milliseconds the clocks of two questions may differ before the later one is taken for a mistake. */
#define LIMIT_HELD_BACK_MS 10000
/* A raw evidence file is kept in pieces of this size. */
#define LIMIT_BLOB_PIECE (1 << 20)
/* The web server. How many connections are open at once, and the seconds that one may say nothing. */
#define LIMIT_CONNECTIONS 2048
#define LIMIT_CONNECTION_SECONDS 30
/* What the server may take with a thousand slow clients, in MB; beyond it only pages and files that are being made. */
#define LIMIT_SERVER_MB 96
/* Of them, from one address; one more makes the slowest give way, as it does beyond three quarters of all. */
#define LIMIT_CONNECTIONS_ADDRESS 512
/* Files that the server keeps for itself, of all that it may open; connections get the rest. */
#define LIMIT_SERVER_FILES 256
/* In how many seconds the header of a request has to be there, counted from the connection or the last answer. */
#define LIMIT_HEAD_SECONDS 60
/* Who sends a body or reads an answer may fall so many seconds behind this many bytes a second. */
#define LIMIT_SLOW_SECONDS 60
#define LIMIT_SLOW_BYTES 2048
/* For how many seconds the server waits for its turn to write: a large import that is applied takes some. */
#define LIMIT_TURN_SECONDS 60
/* For how many seconds the server, told to end, waits for the requests at hand. */
#define LIMIT_STOP_SECONDS 10
/* The address and the headers of a request. */
#define LIMIT_HEADER_BYTES (32 << 10)
/* One field of a form. */
#define LIMIT_FORM_BYTES (256 << 10)
/* All fields of a form together; also a whole form that brings no files. */
#define LIMIT_FIELDS_BYTES (1 << 20)
/* A form that is taken without asking first who sends it. */
#define LIMIT_BODY_UNASKED_BYTES (64 << 10)
/* All that is sent to the server with one form that brings files, or with one request that is a file. */
#define LIMIT_UPLOAD_BYTES ((int64_t)2 << 30)
/* The JSON that is sent to the API. */
#define LIMIT_API_BODY_BYTES ((int64_t)1 << 20)
/* Rows of one page of a list, and how many there are when nothing is said. */
#define LIMIT_API_ROWS 1000
#define LIMIT_API_ROWS_USUAL 100
/* Requests to the API in a minute: of one token or session, and from one address without a good one. */
#define LIMIT_API_MINUTE 6000
#define LIMIT_API_STRANGER_MINUTE 300
/* What is kept for requests with an Idempotency-Key: bytes of all, how long each, and the key itself. */
#define LIMIT_RETRY_BYTES ((size_t)2 << 20)
#define LIMIT_RETRY_MS 86400000
#define LIMIT_RETRY_KEY_BYTES 200
/* A certificate with its chain, or its key. */
#define LIMIT_PEM_BYTES (256 << 10)
/* What is still read, and thrown away, of a body that was refused on its way; then the connection is cut off. */
#define LIMIT_REFUSED_BYTES (16 << 20)
/* Files that are coming in at one time, all together; and what the disk that they are kept on has to have left. */
#define LIMIT_UPLOAD_COMING_BYTES ((int64_t)4 << 30)
#define LIMIT_UPLOAD_LEFT_BYTES ((int64_t)256 << 20)
/* Files that wait to be imported: all together, for how many minutes, and what is kept to show what came out. */
#define LIMIT_UPLOAD_KEPT_BYTES ((int64_t)4 << 30)
#define LIMIT_UPLOAD_KEEP_MINUTES 30
#define LIMIT_UPLOAD_RECEIPT_BYTES ((size_t)512 << 10)
/* Rows of a table that is handed out as CSV by the server. */
#define LIMIT_PAGE_CSV_ROWS 20000
/* What one request may hold in memory, and the page that answers it. */
#define LIMIT_REQUEST_BYTES ((size_t)256 << 20)
#define LIMIT_PAGE_BYTES ((size_t)8 << 20)
/* A request that took more gives it back to the system at once. */
#define LIMIT_REQUEST_KEPT_BYTES ((size_t)4 << 20)
/* Pages that are kept because the next who asks may have them, plain and packed; and how long one may be shown, since
 * it tells ages in days. */
#define LIMIT_CACHE_BYTES ((size_t)12 << 20)
#define LIMIT_CACHE_MS 300000
/* A new password: characters at least, bytes at most. */
#define LIMIT_PASSWORD_CHARACTERS 12
#define LIMIT_PASSWORD_BYTES 256
/* The longest name of a user, as it signs in. */
#define LIMIT_USER_NAME_BYTES 128
/* The longest name of a user, as it is shown. */
#define LIMIT_SHOWN_CHARACTERS 300
/* How many users there may be, and how many grants and assignments each may have at once. */
#define LIMIT_USERS 10000
#define LIMIT_USER_GRANTS 1000
#define LIMIT_USER_ASSIGNMENTS 10000
/* For how many minutes a one-time sign-in link is good. */
#define LIMIT_LINK_MINUTES 15
/* How many hours a session lasts at most, and how many minutes unused. */
#define LIMIT_SESSION_HOURS 12
#define LIMIT_SESSION_IDLE_MINUTES 30
/* After how many seconds the use of a session or token is noted again. */
#define LIMIT_SESSION_NOTE_SECONDS 60
/* How many minutes a session waits for its second factor. */
#define LIMIT_SESSION_WAITS_MINUTES 10
/* How many sessions a user may have at once; the oldest ends when there is one more. */
#define LIMIT_USER_SESSIONS 50
/* How many days a session that is over is kept. */
#define LIMIT_SESSION_KEPT_DAYS 30
/* The longest address and name of a browser that are kept with a session; the rest is cut off. */
#define LIMIT_SESSION_TEXT_BYTES 256
/* How many sign-ins may fail in a row before the next has to wait: for one name, from one address. */
#define LIMIT_SIGN_IN_NAME 5
#define LIMIT_SIGN_IN_ADDRESS 20
/* The longest such wait in seconds (it begins with one and doubles), and for how many hours failures count. */
#define LIMIT_SIGN_IN_WAIT_SECONDS 900
#define LIMIT_SIGN_IN_KEPT_HOURS 24
/* How many one-time codes stand in for a lost second factor. */
#define LIMIT_RECOVERY_CODES 10
/* For how many days a token is good at most, and when nothing is said; how many a user may have at once. */
#define LIMIT_TOKEN_DAYS 366
#define LIMIT_TOKEN_DEFAULT_DAYS 90
#define LIMIT_USER_TOKENS 100
/* The longest text of a QR code: so it stays one that a telephone reads from a screen (version 20). */
#define LIMIT_QR_BYTES 666
/* How many preferences a user may have; the longest name and value of one, and of a setting. */
#define LIMIT_PREFERENCES 64
#define LIMIT_SETTING_NAME_BYTES 64
#define LIMIT_SETTING_VALUE_BYTES 4096
/* How many rows of the audit trail are shown at once. */
#define LIMIT_AUDIT_ROWS 1000

#endif
