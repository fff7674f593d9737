/* See log.h. */
#include "init/log.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "common/msg.h"
#include "init/errwords.h"
#include "init/signame.h"

/* Not in musl 1.2.3, and neither is pwritev2(). */
#ifndef RWF_NOWAIT
#define RWF_NOWAIT 0x00000008
#endif

/* A pipe takes this much in one piece or not at all (PIPE_BUF is 4096). */
#define LOG_LINE_MAX 2048

static const struct line *find(const struct words *words, enum event event)
{
	for (int i = 0; i < words->lines_count; i++)
		if (words->lines[i].event == event)
			return &words->lines[i];
	return NULL;
}

static size_t put_mark(char *buf, size_t size, char mark, pid_t speaker, const struct fact *fact)
{
	char name[SIGNAME_WORDS_MAX];

	switch (mark) {
	case 'i':
		return msg_format(buf, size, "%d", speaker);
	case 'p':
		return msg_format(buf, size, "%d", fact->pid);
	case 'c':
		return msg_format(buf, size, "%s", fact->command);
	case 's':
		return msg_format(buf, size, "%d", fact->signal);
	case 'n':
		return msg_format(buf, size, "%s", signame_short(fact->signal, name));
	case 'w':
		return msg_format(buf, size, "%s", signame_words(fact->signal, name));
	case 't':
		return msg_format(buf, size, "%d", fact->became);
	case 'm':
		return msg_format(buf, size, "%s", signame_short(fact->became, name));
	case 'x':
		return msg_format(buf, size, "%d", fact->status);
	case 'e':
		return msg_format(buf, size, "%d", fact->error);
	case 'r':
		return msg_format(buf, size, "%s", errwords(fact->error, name));
	default:
		return 0;
	}
}

static size_t put_text(char *buf, size_t size, const char *text, pid_t speaker, const struct fact *fact)
{
	size_t len = 0;

	for (; *text && len + 1 < size; text++) {
		if (*text != '$') {
			buf[len++] = *text;
			continue;
		}
		len += put_mark(buf + len, size - len, *++text, speaker, fact);
	}
	return len;
}

size_t log_compose(char *buf, size_t size, const struct log *log, enum event event, const struct fact *fact)
{
	static const struct fact none = {.pid = 0};
	const struct line *line = find(log->words, event);

	if (!line || log->verbosity < line->level)
		return 0;
	if (!fact)
		fact = &none;
	const pid_t speaker = fact->speaker ? fact->speaker : log->self;
	const size_t room = size - 1; /* for the newline */
	size_t len = put_text(buf, room, log->words->prefix[line->level], speaker, fact);
	len += put_text(buf + len, room - len, log->words->texts + line->text, speaker, fact);
	buf[len++] = '\n';
	return len;
}

/*
 * RWF_NOWAIT is the only way not to wait for a reader that leaves the file's flags alone: O_NONBLOCK belongs
 * to the open file, which the child has too. Where the kernel cannot do it, for a terminal or before
 * Linux 5.5, poll() first; then the child may fill a pipe in between, which costs a wait, not a wrong line.
 */
static void write_now(char *text, size_t len)
{
	struct iovec piece = {.iov_base = text, .iov_len = len};
	struct pollfd fd = {.fd = STDERR_FILENO, .events = POLLOUT};

	if (syscall(SYS_pwritev2, STDERR_FILENO, &piece, 1, -1L, -1L, RWF_NOWAIT) >= 0 || errno == EPIPE ||
	    errno == EBADF)
		return;
	if (poll(&fd, 1, 0) == 1 && (fd.revents & POLLOUT) && write(STDERR_FILENO, text, len) < 0) {
		/* nobody left to tell */
	}
}

void log_event(const struct log *log, enum event event, const struct fact *fact)
{
	if (event >= EVENT_CHATTER && log->verbosity < log->words->chatter)
		return;
	int saved = errno;
	char line[LOG_LINE_MAX];
	size_t len = log_compose(line, sizeof(line), log, event, fact);
	if (len > 0)
		write_now(line, len);
	errno = saved;
}
