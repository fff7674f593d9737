/* See session.h: one command, and what the user hears of it. */
#include "session.h"

#include "plan.h"
#include "private.h"
#include "view.h"

#include "common/msg.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* A file in memory for a command to write and for us to read. */
static int open_scratch(const char *name)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	/* The command may open it anew, as /dev/stderr. */
	if (fd >= 0 && fcntl(fd, F_SETFL, O_APPEND) < 0) {
		close(fd);
		return -1;
	}
	return fd;
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

/* While apt waits for another apt or dpkg nothing moves, and its own time-out counts. */
static bool waits_for_lock(int output)
{
	char buf[512];
	struct stat st;

	if (fstat(output, &st) < 0)
		return false;
	off_t at = st.st_size > (off_t)sizeof(buf) ? st.st_size - (off_t)sizeof(buf) : 0;
	ssize_t n = pread(output, buf, sizeof(buf), at);
	return n > 0 && text_contains(buf, (size_t)n, "Waiting for cache lock");
}

/* Bytes that arrive show in the files that apt writes them to, whatever its own progress report says. */
static uint64_t download_progress(const struct session *session)
{
	const char *lists = session->kept.lists ? session->config.lists : PRIVATE_DIRECTORY "/lists";
	const char *archives =
		session->kept.cache ? session->config.archives : PRIVATE_DIRECTORY "/cache/archives";
	uint64_t sum = mix(0, lists);

	sum = mix(sum, text_join(lists, "/partial", NULL));
	sum = mix(sum, PRIVATE_DIRECTORY "/cache");
	sum = mix(sum, archives);
	return mix(sum, text_join(archives, "/partial", NULL));
}

struct running {
	struct session *session;
	struct view view;
};

static uint64_t running_progress(void *arg)
{
	const struct running *running = arg;

	return waits_for_lock(running->view.output) ? run_now_ms() : download_progress(running->session);
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
	int output = open_scratch("output"), status = kind == RUN_APT ? open_scratch("status") : -1;

	trace(session, argv);
	drop_output(session);
	if (output < 0 || (kind == RUN_APT && status < 0)) {
		msg_warn_errno("cannot make a file in memory");
		return STATUS_OURS;
	}
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
	if (started < 0) {
		msg_warn_errno("cannot run '%s'", argv->items[0]);
		result.status = STATUS_OURS;
	}
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
