#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- calls ---- */

/* The leak checker of the sanitizers stops its own threads with ptrace when a test program ends. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static const int forbidden[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(acct),
    SCMP_SYS(quotactl),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
#ifndef SANITIZED
    SCMP_SYS(ptrace),
    SCMP_SYS(personality),
#endif
};

static enum status confine_calls(struct confined *out, struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int code = filter ? 0 : -ENOMEM;
	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0] && !code; i++)
		code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forbidden[i], 0);
	code = code ? code : seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	if (code)
		return err_set(err, E_IO, "seccomp cannot be used: %s", strerror(-code));
	out->calls = true;
	return OK;
}

/* ---- files ---- */

#define LANDLOCK_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define LANDLOCK_WRITE                                                                                                 \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |              \
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR)
#define LANDLOCK_ALL                                                                                                   \
	(LANDLOCK_READ | LANDLOCK_WRITE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |                  \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |                 \
	 LANDLOCK_ACCESS_FS_MAKE_SYM)

/* A rule for one path; false: the system refused. A file takes only the rights that files have. */
static bool allow(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};
	int folder = open(path, O_PATH | O_CLOEXEC | O_DIRECTORY);
	rule.parent_fd = folder >= 0 ? folder : open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return true;
	if (folder < 0)
		rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
	bool good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	(void)close(rule.parent_fd);
	return good;
}

static enum status confine_files(const struct confine *what, struct confined *out, struct err *err)
{
	struct landlock_ruleset_attr all = {.handled_access_fs = LANDLOCK_ALL};
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (version < 1)
		return OK;
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	bool good = rules >= 0;
	for (int i = 0; i < CONFINE_PATHS && what->writable[i] && good; i++)
		good = allow(rules, what->writable[i], LANDLOCK_READ | LANDLOCK_WRITE);
	for (int i = 0; i < CONFINE_PATHS && what->readable[i] && good; i++)
		good = allow(rules, what->readable[i], LANDLOCK_READ);
	good = good && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	int code = errno;
	if (rules >= 0)
		(void)close(rules);
	if (!good)
		return err_set(err, E_IO, "Landlock cannot be used: %s", strerror(code));
	out->files = (int)version;
	return OK;
}

enum status confine_process(const struct confine *what, struct confined *out, struct err *err)
{
	*out = (struct confined){0};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set(err, E_IO, "the process cannot be confined: %s", strerror(errno));
	TRY(confine_files(what, out, err));
	return confine_calls(out, err);
}
