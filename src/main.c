#include <signal.h>
#include <sys/resource.h>

#include "cli/cli.h"

/* Reaching a limit of the system is an error with a message, not a sudden end: a file that may not grow gives EFBIG,
   and a command may open as many files as the system lets it. */
static void settle_limits(void)
{
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct rlimit files;
	(void)sigaction(SIGXFSZ, &ignore, NULL);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
}

int main(int argc, char **argv)
{
	settle_limits();
	return cli_main(argc, argv);
}
