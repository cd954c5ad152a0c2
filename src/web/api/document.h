/**
 * What the OpenAPI document is made of; web/api/document_parts.c.
 */
#ifndef WEB_API_DOCUMENT_H
#define WEB_API_DOCUMENT_H

#include "web/api.h"

struct api_document_answer {
	int status;
	str about;
};
/* Every status but 200. */
extern const struct api_document_answer api_document_answers[];
extern const size_t api_document_answer_count;

/* The topics, in the order in which they are shown. */
struct api_document_topic {
	str title, about;
	str beginnings; /* of the addresses behind /api/v1, with a space between */
};
extern const struct api_document_topic api_document_topics[];
extern const size_t api_document_topic_count;

enum { API_DOCUMENT_STATUS = 3 };
/* "404" */
str api_document_status(int status, char out[API_DOCUMENT_STATUS]);
/* {"$ref":"#/components/schemas/score"}; before: all but the name */
void api_document_ref(struct json_writer *w, str before, str name);
/* "content": {type: …}; example: JSON, or empty */
void api_document_content(struct json_writer *w, str type, str schema, str example);
/* A header of an answer, by its name. */
void api_document_header(struct json_writer *w, str name);
/* The members of a value's schema, inside an open object. */
void api_document_type(struct json_writer *w, const struct route_value *v);
void api_document_parameter(struct json_writer *w, const struct route_value *v, str in);
/* "components": {…} */
void api_document_parts(struct json_writer *w);

#endif
