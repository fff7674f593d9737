/* Runs the commands of a run, and apt-get again if a download failed. See run.h. */
#include "aptwrap/run/run.h"

#include "common/msg.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_LOOK_MS = 200, MAX_PAUSE_S = 32, STATUS_APT = 100 };

/* A file in memory for the output of a command. O_APPEND: a command may open it again, as /dev/stderr. */
static int open_scratch(void)
{
	int fd = memfd_create("output", MFD_CLOEXEC);

	return fd < 0 || fcntl(fd, F_SETFL, O_APPEND) < 0 ? -1 : fd;
}

/* Closes it. Reads it first, unless the user has seen it. */
static void take_scratch(int fd, bool shown, struct text *text)
{
	text->len = 0;
	text_add(text, "");
	if (fd >= 0 && !shown && (lseek(fd, 0, SEEK_SET) < 0 || text_read(text, fd) < 0))
		msg_warn_errno("cannot read the output of a command");
	descriptor_close(fd);
}

uint64_t step_bytes(const char *directory)
{
	DIR *dir = opendir(directory);
	uint64_t bytes = 0;
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
			bytes += (uint64_t)st.st_size;
	if (dir)
		closedir(dir);
	return bytes;
}

/* The size of the files that apt downloads to. */
static uint64_t progress(void *arg)
{
	const struct config *config = &((const struct session *)arg)->config;

	return step_bytes(config->lists) + step_bytes(text_join(config->lists, "/partial", NULL)) +
	       step_bytes(config->archives) + step_bytes(text_join(config->archives, "/partial", NULL));
}

int step_run(struct session *session, const struct list *argv, enum step_kind kind)
{
	const struct options *options = session->options;
	bool apt = kind == STEP_APT, terminal = apt && !options->quiet && isatty(STDOUT_FILENO);
	struct list words = {0};
	struct process process = {
		.argv = &words,
		.fds = {terminal ? STDOUT_FILENO : open_scratch(), open_scratch()},
		/* The user sees apt's output with -v, on a terminal, and if it is the result. */
		.copied = {apt && !terminal && !options->quiet && (options->verbose || options->simulate),
			   kind != STEP_QUERY},
		.stoppable = kind != STEP_DPKG,
		.status_fd = apt ? open_scratch() : -1,
		.stall_s = apt ? options->timeout_s : 0,
		.progress = progress,
		.arg = session,
	};

	session->step = text_join(argv->items[0], " ", argv->items[1], NULL);
	session->last = (struct process_result){0};
	if (options->dry_run && kind != STEP_QUERY)
		return msg_print(STDOUT_FILENO, text_join(list_line(argv), "\n", NULL));
	if (options->trace)
		(void)msg_print(STDERR_FILENO, text_join("+ ", list_line(argv), "\n", NULL));
	for (size_t i = 0; i < argv->count; i++) {
		list_add(&words, argv->items[i]);
		if (apt && i == 1)
			list_add(&words, "-oAPT::Status-Fd=3");
	}
	if (process.fds[0] < 0 || process.fds[1] < 0 || (apt && process.status_fd < 0) ||
	    process_run(&process, &session->signals, &session->last) < 0) {
		msg_warn_errno("cannot run '%s'", argv->items[0]);
		session->last.status = STATUS_OURS;
	}
	if (session->last.status == PROCESS_NOT_FOUND) {
		msg_warn("command not found: %s", argv->items[0]);
		session->last.status = STATUS_OURS;
	}
	take_scratch(terminal ? -1 : process.fds[0], process.copied[0], &session->output);
	take_scratch(process.fds[1], process.copied[1], &session->errors);
	descriptor_close(process.status_fd);
	return session->last.status;
}

void step_failed(const struct session *session)
{
	int status = session->last.status;

	if (session->signals.got || status == STATUS_OURS)
		return;
	(void)msg_print(STDERR_FILENO, session->output.data);
	(void)msg_print(STDERR_FILENO, session->errors.data);
	if (session->last.stalled)
		msg_warn("%s failed: no byte arrived for %u s", session->step, session->options->timeout_s);
	else if (status > 128)
		msg_warn("%s failed: ended by signal %d", session->step, status - 128);
	else
		msg_warn("%s failed with status %d", session->step, status);
}

int step_must(struct session *session, const struct list *argv, enum step_kind kind)
{
	int status = step_run(session, argv, kind);

	if (status != 0)
		step_failed(session);
	return status;
}

int step_lines(struct session *session, const struct list *argv, struct list *lines)
{
	int status = step_must(session, argv, STEP_QUERY);

	*lines = list_split(status == 0 ? session->output.data : "", "\n");
	return status;
}

bool step_is_locked(const char *path)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;

	descriptor_close(fd);
	return locked;
}

/*
 * Another build may hold the lock of a directory in a cache mount, for which apt's DPkg::Lock::Timeout does
 * not wait. After our own time-out apt runs all the same, and prints the reason.
 */
static int run_unlocked(struct session *session, const struct list *argv, const char *directory)
{
	const char *lock = text_join(directory, "/lock", NULL);
	uint64_t end_ms = process_now_ms() + (uint64_t)session->options->lock_timeout_s * 1000;

	do {
		while (step_is_locked(lock) && process_now_ms() < end_ms &&
		       !signals_pause(&session->signals, LOCK_LOOK_MS)) {
		}
		if (session->signals.got)
			return STATUS_OURS;
		/* Another process may have taken the lock first. */
	} while (step_run(session, argv, STEP_APT) != 0 && !session->last.fetched && step_is_locked(lock) &&
		 process_now_ms() < end_ms);
	/* Its own status is that of our signal. */
	return session->last.stalled ? STATUS_APT : session->last.status;
}

/* One attempt of step_fetch(). */
static int attempt(struct session *session, const struct list *names, bool contents, const char *extra)
{
	struct list argv = {0};

	if (names)
		command_install(&argv, session->options, names, extra);
	else
		command_update(&argv, session->options, extra);
	if (contents)
		command_add_contents(&argv);
	return run_unlocked(session, &argv, names ? session->config.archives : session->config.lists);
}

int step_fetch(struct session *session, const struct list *names, bool contents)
{
	const struct process_result *last = &session->last;
	unsigned retries = session->options->retries;
	int status = attempt(session, names, contents, NULL);

	for (unsigned i = 0; status != 0 && last->fetched && !last->dpkg_began && i < retries; i++) {
		unsigned pause_s = i < 5 ? 1U << i : MAX_PAUSE_S;
		if (!session->signals.got)
			msg_warn("%s failed, trying again in %u s", session->step, pause_s);
		if (signals_pause(&session->signals, pause_s * 1000))
			return status;
		/* The indexes may be older than the archive. If this update fails, the packages may work. */
		if (names)
			(void)attempt(session, NULL, false, COMMAND_AGAIN);
		status = attempt(session, names, contents, COMMAND_AGAIN);
	}
	if (status != 0)
		step_failed(session);
	return status;
}

int step_apt(struct session *session, const struct list *argv)
{
	int status = run_unlocked(session, argv, session->config.archives);

	if (status != 0)
		step_failed(session);
	return status;
}

int step_packages(struct session *session, struct packages *packages)
{
	struct list argv = {0};

	packages_query(&argv);
	int status = step_must(session, &argv, STEP_QUERY);
	if (status == 0)
		packages_parse(packages, session->config.architecture, session->output.data);
	return status;
}

void step_say(const struct session *session, const char *text)
{
	if (!session->options->quiet)
		/* A failure is ignored: the packages are installed. */
		(void)msg_print(STDOUT_FILENO, text_join(session->options->called, ": ", text, "\n", NULL));
}

int step_summary(struct session *session, const char *more)
{
	struct packages after;
	int status = step_packages(session, &after);

	if (status != 0)
		return status;
	unsigned long ms = (unsigned long)(process_now_ms() - session->start_ms);
	const char *seconds = text_number(ms / 1000), *tenth = text_number(ms % 1000 / 100);
	const char *changes = packages_changes(&session->before, &after);
	if (!*changes)
		changes = session->options->verb == VERB_INSTALL ? "nothing to install" : "nothing to remove",
		more = NULL;
	step_say(session, text_join(changes, more ? more : "", ", ", seconds, ".", tenth, " s", NULL));
	if (after.broken.count == 0)
		return 0;
	msg_warn("dpkg left incompletely installed packages, such as '%s': see dpkg --audit",
		 after.broken.items[0]);
	return STATUS_OURS;
}
