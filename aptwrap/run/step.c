/* See step.h. */
#include "aptwrap/run/step.h"

#include "aptwrap/plan/commands.h"
#include "aptwrap/run/files.h"
#include "common/msg.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* apt's own time-outs come first: they end one file, ours ends the step. */
enum { STALL_MARGIN_S = 5 };

static void trace(const struct session *session, const struct list *argv)
{
	if (session->options->trace)
		(void)msg_print(STDERR_FILENO, text_join("+ ", command_line(argv), NULL));
}

/* A file in memory for a command to write and for us to read. It may open it anew, as /dev/stderr. */
static int open_scratch(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd >= 0 && fcntl(fd, F_SETFL, O_APPEND) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Reads it and closes it. */
static void take_scratch(int fd, struct text *text)
{
	free(text->data);
	*text = (struct text){0};
	text_add(text, "");
	if (fd < 0)
		return;
	if (lseek(fd, 0, SEEK_SET) < 0 || files_read_all(fd, SIZE_MAX, text) < 0)
		msg_warn_errno("cannot read the output of a command");
	close(fd);
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

/* Bytes that arrive show in the files that apt writes them to. */
static uint64_t progress(void *arg)
{
	const struct session *session = arg;
	uint64_t sum = mix(0, session_lists(session));

	sum = mix(sum, text_join(session_lists(session), "/partial", NULL));
	sum = mix(sum, session_archives(session));
	return mix(sum, text_join(session_archives(session), "/partial", NULL));
}

/* apt's output is for the user's eyes with -v, on a terminal, and where it is all that was asked for. */
static bool is_shown(const struct options *options, enum step_kind kind)
{
	return kind == STEP_APT && !options->quiet &&
	       (options->verbose || options->simulate || isatty(STDOUT_FILENO));
}

int step_run(struct session *session, const struct list *argv, enum step_kind kind)
{
	const struct options *options = session->options;
	bool shown = is_shown(options, kind);
	int output = shown ? -1 : open_scratch("output");
	int errors = kind == STEP_QUERY ? open_scratch("errors") : -1;
	int status = kind == STEP_APT ? open_scratch("status") : -1;
	struct list words = {0};

	trace(session, argv);
	list_add_all(&words, argv);
	session->last = (struct process_result){.status = STATUS_OURS};
	if ((!shown && output < 0) || (kind == STEP_QUERY && errors < 0) ||
	    (kind == STEP_APT && status < 0)) {
		msg_warn_errno("cannot make a file in memory");
		return STATUS_OURS;
	}
	if (kind == STEP_APT)
		list_insert(&words, 2, "-oAPT::Status-Fd=3");
	struct process process = {
		.argv = &words,
		.envp = session->envp,
		.output = shown ? STDOUT_FILENO : output,
		.errors = kind == STEP_QUERY ? errors : STDERR_FILENO,
		.stoppable = kind != STEP_DPKG,
		.status_fd = status,
		.stall_s =
			kind == STEP_APT && options->timeout_s > 0 ? options->timeout_s + STALL_MARGIN_S : 0,
		.progress = progress,
		.arg = session,
	};
	if (process_run(&process, &session->signals, &session->last) < 0) {
		msg_warn_errno("cannot run '%s'", argv->items[0]);
		session->last.status = STATUS_OURS;
	}
	take_scratch(output, &session->output);
	take_scratch(errors, &session->errors);
	if (status >= 0)
		close(status);
	return session->last.status;
}

void step_failed(const struct session *session, const char *name, int status)
{
	if (session->signals.got)
		return;
	(void)msg_print(STDERR_FILENO, session->output.data);
	(void)msg_print(STDERR_FILENO, session->errors.data);
	if (session->last.stalled)
		msg_warn("%s failed: no byte arrived for %u s", name, session->options->timeout_s);
	else if (status > 128)
		msg_warn("%s failed: ended by signal %d", name, status - 128);
	else
		msg_warn("%s failed with status %d", name, status);
}

int step_must(struct session *session, const struct list *argv, enum step_kind kind, const char *name)
{
	int status = step_run(session, argv, kind);

	if (status != 0)
		step_failed(session, name, status);
	return status;
}

int step_packages(struct session *session, struct packages *packages)
{
	struct list argv = {0};

	packages_query(&argv);
	int status = step_must(session, &argv, STEP_QUERY, "dpkg-query");
	if (status == 0)
		packages_parse(packages, session->config.architecture, session->output.data,
			       session->output.len);
	return status;
}

void step_say(const struct session *session, const char *text)
{
	if (!session->options->quiet)
		/* A closed standard output does not stop an install. */
		(void)msg_print(STDOUT_FILENO, text_join(session->options->called, ": ", text, "\n", NULL));
}
