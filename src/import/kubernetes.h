/**
 * Kubernetes objects, as manifests in YAML or as JSON: what the files of this format share.
 *
 * Each object is read as a tree, judged and forgotten. What is kept to the end are the hosts (workloads that run AI)
 * and the network policies, since a policy may stand behind the pods that it selects: at most LIMIT_KUBERNETES_KEPT of
 * each. Values of environments, secrets and configuration are never kept.
 */
#ifndef IMPORT_KUBERNETES_H
#define IMPORT_KUBERNETES_H

#include "base/yaml.h"
#include "import/formats.h"
#include "import/seen.h"
#include "import/walk.h"

/* What a known image is for. */
enum import_kubernetes_role {
	IMPORT_KUBERNETES_NONE, /* not a known one */
	IMPORT_KUBERNETES_SERVING,
	IMPORT_KUBERNETES_TRAINING,
	IMPORT_KUBERNETES_NOTEBOOK,
	IMPORT_KUBERNETES_STORE,
	IMPORT_KUBERNETES_GATEWAY,
	IMPORT_KUBERNETES_APPLICATION, /* people or agents work with it: a system of its own */
	IMPORT_KUBERNETES_TOOL         /* belongs to AI, and is none of these */
};

struct import_kubernetes_image {
	str name; /* without registry, tag and digest: "vllm/vllm-openai" */
	str tag, digest;
	str product; /* of the table; empty for an unknown one */
	enum import_kubernetes_role role;
};

/* A label that a selector asks for. */
struct import_kubernetes_label {
	struct import_kubernetes_label *next;
	str key, value;
};

struct import_kubernetes_requirement {
	struct import_kubernetes_requirement *next;
	str key;
	enum { IMPORT_KUBERNETES_IN, IMPORT_KUBERNETES_NOT_IN, IMPORT_KUBERNETES_EXISTS, IMPORT_KUBERNETES_MISSING } op;
	struct import_kubernetes_label *values; /* keys are not used */
};

struct import_kubernetes_policy {
	struct import_kubernetes_policy *next;
	str space;
	struct import_kubernetes_requirement *asks; /* none: every pod */
	bool unclear;                               /* a selector that is not understood */
	bool guards_in, guards_out;                 /* it limits what comes in, goes out */
	bool open_in, open_out;                     /* by a rule that lets everything through */
};

/* Known good, known bad or neither. */
enum import_kubernetes_truth { IMPORT_KUBERNETES_UNKNOWN, IMPORT_KUBERNETES_NO, IMPORT_KUBERNETES_YES };

struct import_kubernetes_host {
	struct import_kubernetes_host *next;
	int64_t record, line;
	str id, space, name, kind, system;
	bool gpu, live;
	enum import_kubernetes_truth hardened;
	struct import_kubernetes_label *labels; /* of its pods */
	bool apart;                             /* in the network of its node, where no policy reaches */
	bool labelled;                          /* they are known */
};

struct import_kubernetes {
	struct import_input *in;
	struct import_walk walk;
	struct arena object, list; /* of the current object, and of the list around it */
	int64_t line;              /* of the current object */
	struct import_kubernetes_host *hosts, *last_host;
	struct import_kubernetes_policy *policies;
	int64_t n_hosts, n_policies, n_labels;
	struct import_seen models;
	struct import_seen_rows rows;
	struct import_flaw owned, selector;
};

/* An object under its reading. */
struct import_kubernetes_object {
	struct import_kubernetes *file;
	const struct yaml_node *root;
	int64_t record;
	str kind, api, space, name, id;
	bool live; /* comes from a cluster: only that gives a uid */
};

/* kubernetes_images.c */
struct import_kubernetes_image import_kubernetes_image(str reference);
/* Whether a store's setting says that callers must show who they are: by product, and name and value of a variable. */
enum import_kubernetes_truth import_kubernetes_auth(str product, str name, str value);

/* kubernetes_policy.c */
MUST_USE enum status import_kubernetes_policy(struct import_kubernetes_object *o, struct err *err);
MUST_USE enum status import_kubernetes_labels(struct import_kubernetes *k, const struct yaml_node *map,
					      struct import_kubernetes_label **out, struct err *err);
/* Whether the policies of the file limit who reaches the host (in) or what it reaches. */
enum import_kubernetes_truth import_kubernetes_limited(const struct import_kubernetes *k,
						       const struct import_kubernetes_host *h, bool in);

/* kubernetes_pod.c: standing on an object that may run pods. */
MUST_USE enum status import_kubernetes_workload(struct import_kubernetes_object *o, struct err *err);

/* kubernetes_model.c: the models that the arguments and variables of a container name. */
MUST_USE enum status import_kubernetes_models(struct import_kubernetes_object *o, const struct yaml_node *container,
					      str system, struct err *err);
/* The model of an InferenceService or LLMInferenceService. */
MUST_USE enum status import_kubernetes_served(struct import_kubernetes_object *o, const struct yaml_node *model,
					      struct err *err);

/* kubernetes.c. */
MUST_USE enum status import_kubernetes_push(struct import_kubernetes *k, struct evidence_record *r, struct err *err);
/* E_TOO_LARGE at the current object. */
enum status import_kubernetes_many(const struct import_kubernetes *k, int limit, const char *what, struct err *err);
/* A scalar's text; empty for anything else. */
str import_kubernetes_text(const struct yaml_node *node);
/* true, false or neither, as Kubernetes reads YAML. */
enum import_kubernetes_truth import_kubernetes_truth(const struct yaml_node *node);
/* The node at a path of keys, the last one NULL-terminated by an empty str; NULL when there is none. */
const struct yaml_node *import_kubernetes_at(const struct yaml_node *node, const str *path);

#endif
