/* See session.h. */
#include "session.h"

#include "cleanup.h"
#include "env.h"
#include "plan.h"
#include "private.h"
#include "pycache.h"
#include "residue.h"
#include "sources.h"
#include "stamp.h"
#include "view.h"

#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Maintainer scripts call update-alternatives without a --log of ours, and nothing else can keep it from
 * writing. */
static const char alternatives_shim[] =
	"#!/bin/sh\nexec /usr/bin/update-alternatives --log /dev/null \"$@\"\n";

static int fail(const char *what, const char *name)
{
	msg_warn_errno("cannot %s '%s'", what, name);
	return STATUS_OURS;
}

static void drop_output(struct session *session)
{
	union {
		const char *from;
		void *to;
	} map = {.from = session->output};

	if (session->output_len > 0)
		munmap(map.to, session->output_len);
	session->output = "";
	session->output_len = 0;
}

static void map_output(struct session *session, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || st.st_size <= 0)
		return;
	void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return;
	session->output = map;
	session->output_len = (size_t)st.st_size;
}

static void trace(const struct session *session, const struct list *argv)
{
	if (!session->request->trace)
		return;
	char *line = text_join("+ ", plan_line(argv), NULL);
	if (msg_print(STDERR_FILENO, line) < 0) {
		/* nobody left to tell */
	}
}

/* Opens a file of the private directory for a command to write and for us to read. */
static int open_scratch(struct session *session, const char *name)
{
	return openat(session->directory, name,
		      O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static uint64_t mix(uint64_t sum, const char *path)
{
	DIR *dir = opendir(path);
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			sum = sum * 31 + (uint64_t)st.st_size + (uint64_t)st.st_mtim.tv_nsec;
	if (dir)
		closedir(dir);
	return sum;
}

/* Bytes that arrive show in the files that apt writes them to, whatever its own progress report says. */
static uint64_t download_progress(void *arg)
{
	const struct session *session = arg;
	const char *lists = session->kept.lists ? session->config.lists : PRIVATE_DIRECTORY "/lists";
	const char *archives =
		session->kept.cache ? session->config.archives : PRIVATE_DIRECTORY "/cache/archives";
	uint64_t sum = mix(0, lists);

	sum = mix(sum, text_join(lists, "/partial", NULL));
	sum = mix(sum, archives);
	return mix(sum, text_join(archives, "/partial", NULL));
}

struct running {
	struct session *session;
	struct view view;
};

static uint64_t running_progress(void *arg)
{
	return download_progress(((struct running *)arg)->session);
}

static void running_tick(void *arg)
{
	view_tick(&((struct running *)arg)->view);
}

/* What the user is shown of a command while it runs. */
static struct view make_view(const struct request *request, enum run_kind kind, int output, int status)
{
	bool told = kind != RUN_FINISH && !request->quiet;

	return (struct view){
		.output = output,
		.status = status,
		.tail = told && (request->verbose || (request->simulate && kind == RUN_APT)),
		.bar = told && !request->verbose && !request->simulate && status >= 0 &&
		       isatty(STDOUT_FILENO),
	};
}

int session_run(struct session *session, const struct list *argv, enum run_kind kind, bool *stalled)
{
	struct running running = {.session = session};
	struct run_result result = {0};
	struct list with_status = {0};
	int output = open_scratch(session, "output"),
	    status = kind == RUN_APT ? open_scratch(session, "status") : -1;

	trace(session, argv);
	drop_output(session);
	if (output < 0 || (kind == RUN_APT && status < 0))
		return fail("write to", PRIVATE_DIRECTORY);
	for (size_t i = 0; i < argv->count; i++) {
		list_add(&with_status, argv->items[i]);
		if (i == 1 && kind == RUN_APT) {
			list_add(&with_status, "-o");
			list_add(&with_status, "APT::Status-Fd=3");
		}
	}
	running.view = make_view(session->request, kind, output, status);
	struct run_command command = {
		.argv = &with_status,
		.envp = session->envp,
		.kind = kind,
		.output = output,
		.status = status,
		.stall_s = kind == RUN_FINISH ? 0 : session->request->stall_timeout_s,
		.progress = running_progress,
		.tick = running.view.tail || running.view.bar ? running_tick : NULL,
		.arg = &running,
	};
	int started = run_command(&command, &session->signals, &result);
	view_end(&running.view);
	session->output_shown = running.view.tail;
	if (started < 0)
		result.status = fail("run", argv->items[0]);
	map_output(session, output);
	close(output);
	if (status >= 0)
		close(status);
	if (stalled)
		*stalled = result.stalled;
	return result.status;
}

void session_blame(struct session *session, const char *step, int status, bool stalled)
{
	char reason[600];

	if (session->signals.got)
		return;
	if (!session->output_shown && session->output_len > 0) {
		struct text text = {0};
		text_add_bytes(&text, session->output, session->output_len);
		if (msg_print(STDERR_FILENO, text.data) < 0) {
			/* nobody left to tell */
		}
	}
	judge_reason(session->output, session->output_len, reason, sizeof(reason));
	if (stalled)
		msg_warn("%s failed: no progress for %u s", step, session->request->stall_timeout_s);
	else if (*reason)
		msg_warn("%s failed: %s", step, reason);
	else if (status > 128)
		msg_warn("%s failed: ended by signal %d", step, status - 128);
	else
		msg_warn("%s failed with status %d", step, status);
}

void session_say(const struct session *session, const char *format, ...)
{
	char text[MSG_MAX], *line;
	va_list args;

	if (session->request->quiet)
		return;
	va_start(args, format);
	msg_vformat(text, sizeof(text), format, args);
	va_end(args);
	line = text_join(session->request->called, ": ", text, "\n", NULL);
	if (msg_print(STDOUT_FILENO, line) < 0) {
		/* A closed pipe does not stop an install. */
	}
}

static void forget_lists(struct session *session)
{
	int lists = session->kept.lists
			    ? -1
			    : openat(session->directory, "lists", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (lists < 0)
		return;
	cleanup_contents(lists, NULL, NULL);
	if (mkdirat(lists, "partial", 0755) < 0) {
		/* apt makes it as well, and says so where it cannot */
	}
	close(lists);
}

bool session_again(struct session *session, const char *step, unsigned try, bool stalled)
{
	char reason[600];
	unsigned pause_s = 1U << (try < 5 ? try : 5);

	if (try >= session->request->retries || session->signals.got)
		return false;
	judge_reason(session->output, session->output_len, reason, sizeof(reason));
	msg_warn("%s failed (%s), trying again in %u s", step, stalled ? "no progress" : reason, pause_s);
	return !run_pause(&session->signals, pause_s * 1000);
}

int session_update(struct session *session)
{
	uint64_t start_ms = run_now_ms();
	struct list argv = {0};

	plan_update(&argv);
	for (unsigned try = 0;; try++) {
		bool stalled = false;
		int status = session_run(session, &argv, RUN_FETCH, &stalled);
		if (session->signals.got)
			return STATUS_OURS;
		if (status == 0 && judge_update_incomplete(session->output, session->output_len))
			status = STATUS_APT;
		if (status == 0) {
			struct judge_counts counts;
			char size[32], time[32];
			judge_counts(session->output, session->output_len, &counts);
			judge_size(counts.fetched_bytes, size, sizeof(size));
			judge_seconds(run_now_ms() - start_ms, time, sizeof(time));
			session_say(session, "fetched the package lists, %s, %s", size, time);
			return 0;
		}
		bool worth = stalled || judge_update(session->output, session->output_len) != VERDICT_FINAL;
		if (status == STATUS_OURS || !worth ||
		    !session_again(session, "apt-get update", try, stalled)) {
			session_blame(session, "apt-get update", status, stalled);
			return stalled ? STATUS_APT : status;
		}
		forget_lists(session);
	}
}

static bool has_lists(const char *path)
{
	DIR *dir = opendir(path);
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));)
		found = strstr(entry->d_name, "_Packages") != NULL;
	if (dir)
		closedir(dir);
	return found;
}

bool session_fetch_if_none(struct session *session)
{
	struct list argv = {0};

	if (session->kept.lists || session->fetched)
		return false;
	session->fetched = true;
	plan_update(&argv);
	return session_run(session, &argv, RUN_FETCH, NULL) == 0;
}

bool session_fetch_contents(struct session *session)
{
	static const char target[] =
		"Acquire::IndexTargets::deb::AptwrapContents {\n"
		" MetaKey \"$(COMPONENT)/Contents-$(NATIVE_ARCHITECTURE)\";\n"
		" ShortDescription \"Contents-$(NATIVE_ARCHITECTURE)\";\n"
		" Description \"$(RELEASE)/$(COMPONENT) $(NATIVE_ARCHITECTURE) Contents\";\n"
		" KeepCompressed \"true\"; PDiffs \"false\"; Optional \"true\";\n};\n";
	struct list argv = {0};
	int fd = openat(session->directory, "apt.conf", O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
	int written = fd < 0 ? -1 : msg_print(fd, target);

	if (fd >= 0)
		close(fd);
	plan_update(&argv);
	return written == 0 && session_run(session, &argv, RUN_FETCH, NULL) == 0;
}

static int read_config(struct session *session, char *const *envp)
{
	struct list argv = {0};

	list_add(&argv, "apt-config");
	list_add(&argv, "dump");
	session->envp = env_for_apt(envp, NULL);
	int status = session_run(session, &argv, RUN_FINISH, NULL);
	if (status != 0) {
		session_blame(session, "apt-config dump", status, false);
		return status == STATUS_OURS ? status : STATUS_APT;
	}
	config_parse(&session->config, session->output, session->output_len);
	return 0;
}

/* Images for Docker empty apt's caches after each run of dpkg: not when the cache is one to keep. */
static int list_parts(const char *directory, struct list *parts)
{
	DIR *dir = opendir(directory);

	if (!dir)
		return errno == ENOENT ? 0 : -1;
	for (struct dirent *entry; (entry = readdir(dir));) {
		const char *dot = strrchr(entry->d_name, '.');
		if (entry->d_name[0] == '.' || (dot && strcmp(dot, ".conf") != 0) ||
		    strcmp(entry->d_name, "docker-clean") == 0)
			continue;
		list_add(parts, entry->d_name);
	}
	closedir(dir);
	list_sort(parts);
	return 0;
}

static int write_config(struct session *session, char *const *envp)
{
	struct list parts = {0};
	const char *user = env_get(envp, "APT_CONFIG");

	if (list_parts(session->config.parts, &parts) < 0)
		return fail("read", session->config.parts);
	if (access(session->config.main_file, R_OK) < 0)
		session->config.main_file = NULL;
	char *text = config_text(&session->config, session->request, &session->kept, PRIVATE_DIRECTORY,
				 user && *user ? user : NULL, &parts);
	if (private_write(session->directory, "apt.conf", text, false) < 0)
		return fail("write to", PRIVATE_DIRECTORY);
	if (!session->request->logs &&
	    private_write(session->directory, "bin/update-alternatives", alternatives_shim, true) < 0)
		return fail("write to", PRIVATE_DIRECTORY);
	return 0;
}

/* dpkg's journal has entries only if dpkg was killed; apt-get would refuse to work. */
static bool dpkg_was_interrupted(void)
{
	DIR *dir = opendir("/var/lib/dpkg/updates");
	bool found = false;

	for (struct dirent *entry; dir && !found && (entry = readdir(dir));)
		found = entry->d_name[0] >= '0' && entry->d_name[0] <= '9';
	if (dir)
		closedir(dir);
	return found;
}

int session_configure(struct session *session)
{
	struct list argv = {0};

	list_add(&argv, "dpkg");
	list_add(&argv, "--configure");
	list_add(&argv, "-a");
	if (!session->request->logs)
		list_add(&argv, "--log=/dev/null");
	return session_run(session, &argv, RUN_FINISH, NULL);
}

/* The file system's own clock, which may lag behind the one that clock_gettime() tells. */
static void note_beginning(struct session *session)
{
	struct stat st;

	if (session->began.tv_sec == 0 && fstatat(session->directory, "bin", &st, AT_SYMLINK_NOFOLLOW) == 0)
		session->began = st.st_ctim;
}

/* apt makes this directory beside lists that it only reads. */
static void note_auxfiles(struct session *session)
{
	char *path = text_join(session->config.lists, "/auxfiles", NULL);

	if (session->kept.lists && access(path, F_OK) < 0)
		session->new_directory = path;
}

static int lock_directory(struct session *session)
{
	const char *where = NULL;
	bool stale;

	session->directory = private_open(session->request->lock_timeout_s, &session->signals, &stale);
	if (session->directory < 0 && errno == EWOULDBLOCK) {
		msg_warn("another run still holds '%s' after %u s", PRIVATE_DIRECTORY,
			 session->request->lock_timeout_s);
		return STATUS_OURS;
	}
	if (session->directory < 0 && errno == EINTR)
		return STATUS_OURS;
	if (session->directory < 0)
		return fail("make", PRIVATE_DIRECTORY);
	if (stale && residue_restore(session->directory, &where) < 0)
		return fail("tidy up after a killed run in", where);
	if (stale)
		note_beginning(session);
	if (stale && private_empty(session->directory) < 0)
		return fail("empty", PRIVATE_DIRECTORY);
	return 0;
}

int session_lock(struct session *session, const struct request *request)
{
	*session =
		(struct session){.request = request, .directory = -1, .output = "", .start_ms = run_now_ms()};
	if (run_signals_open(&session->signals) < 0) {
		msg_warn_errno("cannot watch for signals");
		return STATUS_OURS;
	}
	return lock_directory(session);
}

int session_begin(struct session *session, const struct request *request, char *const *envp)
{
	const char *what = "";
	int status = session_lock(session, request);

	if (status != 0)
		return status;
	if (private_populate(session->directory, &what) < 0)
		return fail("make", text_join(PRIVATE_DIRECTORY "/", what, NULL));
	note_beginning(session);
	const char *epoch = env_get(envp, "SOURCE_DATE_EPOCH");
	session->clamp = epoch && stamp_parse(epoch, &session->epoch);
	if (epoch && !session->clamp) {
		msg_warn("SOURCE_DATE_EPOCH is no number of seconds: '%s'", epoch);
		return STATUS_OURS;
	}
	status = read_config(session, envp);
	if (status != 0)
		return status;
	/* purge need not fetch what is there already. */
	session->kept.lists = cleanup_is_mounted(session->config.lists) ||
			      (request->verb == VERB_PURGE && has_lists(session->config.lists));
	note_auxfiles(session);
	session->kept.cache = cleanup_is_mounted(session->config.archives);
	status = write_config(session, envp);
	if (status == 0 && request->snapshot)
		status = sources_write(session);
	if (status != 0)
		return status;
	session->envp = env_for_apt(envp, PRIVATE_DIRECTORY);
	if (residue_save(session->directory, request->logs) < 0)
		return fail("copy what is there into", PRIVATE_DIRECTORY);
	if (dpkg_was_interrupted()) {
		session_say(session, "dpkg was interrupted, finishing its work");
		/* What it cannot repair apt will tell. */
		session_configure(session);
	}
	return session->signals.got ? STATUS_OURS : 0;
}

int session_end(struct session *session, int status)
{
	const char *where = NULL;

	if (session->directory >= 0) {
		if (residue_restore(session->directory, &where) < 0) {
			msg_warn_errno("cannot put back files in '%s'", where);
			status = status ? status : STATUS_OURS;
		}
		if (session->new_directory)
			rmdir(session->new_directory);
		if (session->began.tv_sec != 0)
			pycache_remove(&session->began);
		if (private_remove(session->directory) < 0) {
			msg_warn_errno("cannot remove '%s'", PRIVATE_DIRECTORY);
			status = status ? status : STATUS_OURS;
		}
	}
	if (session->clamp)
		stamp_clamp(&session->began, &session->epoch);
	if (session->signals.got)
		run_die(&session->signals);
	return status;
}
