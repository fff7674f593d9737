/*
 * A private /etc for one run of the program, in a mount namespace of its own: passwd, group, the programs in
 * /etc/bin and the probe at /etc/probe, where every user can reach them. Nothing on the machine changes.
 *
 * For an ordinary user it is in a user namespace that maps that user only, in which one can run as oneself
 * but not switch.
 */
#pragma once

#include "test/support/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct sandbox {
	const char *passwd; /* NULL: no such file */
	const char *group;
	void (*then)(const struct sandbox *sandbox); /* runs inside, last before the program */
	const char *text;                            /* for then() */
	uid_t uid;                                   /* for then() */
};

#define SANDBOX_PASSWD                                                                                       \
	"root:x:0:0:root:/root:/bin/sh\n"                                                                    \
	"alice:x:1000:1000:Alice:/home/alice:/bin/ash\n"                                                     \
	"bob:x:1001:1001::/home/bob:/bin/sh\n"                                                               \
	"nobody:x:65534:65534::/nonexistent:/bin/false\n"
#define SANDBOX_GROUP                                                                                        \
	"root:x:0:\n"                                                                                        \
	"staff:x:50:alice,bob\n"                                                                             \
	"video:x:44:bob,alice\n"                                                                             \
	"www:x:33:\n"                                                                                        \
	"alice:x:1000:\n"                                                                                    \
	"nogroup:x:65534:\n"

static inline _Noreturn void sandbox_fail(const char *what)
{
	fprintf(stderr, "sandbox: %s: %s\n", what, strerror(errno));
	_exit(120);
}

static inline void sandbox_write(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0)
		sandbox_fail(path);
	while (len > 0) {
		ssize_t n = write(fd, text, len);
		if (n <= 0)
			sandbox_fail(path);
		text += n;
		len -= (size_t)n;
	}
	close(fd);
}

/* Maps only this user and group in the new user namespace. */
static inline void sandbox_map_self(uid_t uid, gid_t gid)
{
	char map[64];

	sandbox_write("/proc/self/setgroups", "deny", 4);
	snprintf(map, sizeof(map), "%u %u 1", uid, uid);
	sandbox_write("/proc/self/uid_map", map, strlen(map));
	snprintf(map, sizeof(map), "%u %u 1", gid, gid);
	sandbox_write("/proc/self/gid_map", map, strlen(map));
}

/* A harness_spec's before_exec; arg is a struct sandbox. */
static inline void sandbox_enter(void *arg)
{
	const struct sandbox *sandbox = arg;
	uid_t uid = geteuid();
	gid_t gid = getegid();
	const char *bin = getenv("BIN"), *probe = harness_probe();

	/* A sanitizer in the program would catch signals, and cannot look for leaks once the rights changed.
	 */
	setenv("ASAN_OPTIONS", "handle_sigfpe=0:handle_sigill=0:detect_leaks=0", 1);
	umask(022);
	if (unshare(CLONE_NEWNS | (uid != 0 ? CLONE_NEWUSER : 0)) < 0)
		sandbox_fail("unshare");
	if (uid != 0)
		sandbox_map_self(uid, gid);
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		sandbox_fail("private mounts");
	if (mount("tmpfs", "/etc", "tmpfs", 0, "mode=0755") < 0)
		sandbox_fail("tmpfs");
	if (sandbox->passwd)
		sandbox_write("/etc/passwd", sandbox->passwd, strlen(sandbox->passwd));
	if (sandbox->group)
		sandbox_write("/etc/group", sandbox->group, strlen(sandbox->group));
	sandbox_write("/etc/probe", "", 0);
	if (mkdir("/etc/bin", 0755) < 0 || mount(bin, "/etc/bin", NULL, MS_BIND, NULL) < 0 ||
	    mount(probe, "/etc/probe", NULL, MS_BIND, NULL) < 0)
		sandbox_fail("bind mounts");
	if (sandbox->then)
		sandbox->then(sandbox);
}

/* For then(): an ordinary user, sandbox->uid with the group of the same number alone. */
static inline void sandbox_become(const struct sandbox *sandbox)
{
	gid_t gid = sandbox->uid;

	if (geteuid() == 0 && (setgroups(1, &gid) < 0 || setresgid(gid, gid, gid) < 0 ||
			       setresuid(sandbox->uid, sandbox->uid, sandbox->uid) < 0))
		sandbox_fail("become");
}

/* Skips the test if no sandbox can be made, or, with privileged, none in which to switch users. */
static inline void sandbox_need(bool privileged)
{
	int status = -1;
	pid_t pid;

	if (privileged && geteuid() != 0) {
		print_message("# SKIP needs root\n");
		skip();
	}
	pid = fork();
	if (pid == 0)
		_exit(unshare(CLONE_NEWNS | (geteuid() != 0 ? CLONE_NEWUSER : 0)) < 0);
	if (waitpid(pid, &status, 0) != pid || status != 0) {
		print_message("# SKIP no mount namespaces here\n");
		skip();
	}
}

/* Runs argv[0] of /etc/bin. */
static inline int sandbox_run(struct harness_proc *proc, const struct sandbox *sandbox,
			      const char *const *argv)
{
	char file[256];
	union {
		const struct sandbox *from;
		void *to;
	} arg = {.from = sandbox};

	snprintf(file, sizeof(file), "/etc/bin/%s", argv[0]);
	return harness_run(proc,
			   &(struct harness_spec){
				   .argv = argv, .file = file, .before_exec = sandbox_enter, .arg = arg.to});
}

#define SANDBOX_RUN(proc, sandbox, ...)                                                                      \
	sandbox_run((proc), (sandbox), (const char *const[]){__VA_ARGS__, NULL})

/* The number of a field of /proc/self/status, which the command has printed. */
static inline uint64_t sandbox_hex(const struct harness_proc *proc, const char *field)
{
	const char *line = strstr(proc->out_text, field);

	if (!line) {
		fail_msg("no %s in %s%s", field, proc->out_text, proc->err_text);
		return 0;
	}
	return strtoull(line + strlen(field), NULL, 16);
}
