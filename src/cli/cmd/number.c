#include "cli/cmd/cmd.h"

enum status cmd_number(struct cli *cli, const char *what, str text, int64_t *out, struct err *err)
{
	int64_t n;
	if (!str_to_i64(text, &n) || n < 1)
		return cli_usage(cli, err, "%s is \"%.*s\", not a number from 1", what, STR_ARG(text));
	*out = n;
	return OK;
}
