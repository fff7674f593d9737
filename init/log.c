#include "init/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/uio.h>
#include <unistd.h>

#include "common/msg.h"
#include "init/errno_text.h"
#include "init/kernel.h"
#include "init/signame.h"

/* Not in musl 1.2.3. */
#ifndef RWF_NOWAIT
#define RWF_NOWAIT 0x00000008
#endif

/* A write of this size to a pipe is atomic (PIPE_BUF is 4096). */
#define LOG_LINE_MAX 1024

/* How long a line waits for the end of another process's write to the terminal, and for how many of them. */
#define WRITER_MS    100
#define WRITERS_MOST 20

static size_t put_field(char *buf, size_t size, char mark, const struct log *log,
			const struct log_fields *fields)
{
	char name[SIGNAME_WORDS_MAX];

	switch (mark) {
	case 'i':
		return msg_format(buf, size, "%d", fields->speaker ? fields->speaker : log->self);
	case 'p':
		return msg_format(buf, size, "%d", fields->pid);
	case 'c':
		return msg_format(buf, size, "%s", fields->command);
	case 's':
		return msg_format(buf, size, "%d", fields->signal);
	case 'n':
		return msg_format(buf, size, "%s", signame_short(fields->signal, name));
	case 'w':
		return msg_format(buf, size, "%s", signame_words(fields->signal, name));
	case 't':
		return msg_format(buf, size, "%d", fields->sent_signal);
	case 'm':
		return msg_format(buf, size, "%s", signame_short(fields->sent_signal, name));
	case 'x':
		return msg_format(buf, size, "%d", fields->status);
	case 'e':
		return msg_format(buf, size, "%d", fields->error);
	case 'r':
		return msg_format(buf, size, "%s", errno_text(fields->error, name));
	default:
		return 0;
	}
}

size_t log_compose(char *buf, size_t size, const struct log *log, enum event event,
		   const struct log_fields *fields)
{
	static const struct log_fields none = {.pid = 0};
	const char *text = log->message(event);
	size_t len = 0;

	if (!text || log->verbosity < (unsigned)(*text - '0'))
		return 0;
	/* One byte is for the newline, and one for the NUL of msg_format(). */
	while (*++text && len + 2 < size)
		if (*text != '$')
			buf[len++] = *text;
		else
			len += put_field(buf + len, size - 1 - len, *++text, log, fields ? fields : &none);
	buf[len++] = '\n';
	return len;
}

/*
 * Returns result. A write that failed with EPIPE or EFBIG has raised a signal, which is consumed here; the
 * same signal from another process is queued again.
 */
static long written(long result)
{
	const struct kernel_timespec at_once = {0, 0};
	siginfo_t info;

	if (result != -EPIPE && result != -EFBIG)
		return result;
	const int signal = kernel_sigtimedwait(SIGNAL_BIT(SIGPIPE) | SIGNAL_BIT(SIGXFSZ), &info, &at_once);
	if (signal > 0 && (info.si_code != SI_USER || info.si_pid != getpid()))
		kernel_sigqueueinfo(getpid(), signal, &info);
	return result;
}

/*
 * O_NONBLOCK would change the open file, which the child shares. RWF_NOWAIT applies to one write only, but
 * terminals and kernels before 5.5 lack it. Then the file is opened again, with O_NONBLOCK.
 *
 * A terminal cannot be written while another process writes to it. That is waited for, but only once for a
 * terminal that stays full.
 */
static void write_or_drop(char *text, size_t len)
{
	static bool full; /* the child writes it too, until execve() */
	struct iovec piece = {.iov_base = text, .iov_len = len};
	struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};
	int tries = full ? 1 : WRITERS_MOST;

	long result = written(kernel_call6(SYS_pwritev2, STDERR_FILENO, (long)&piece, 1, -1, -1, RWF_NOWAIT));
	/* EPERM: a system call filter refused it. */
	if (result != -EOPNOTSUPP && result != -ENOSYS && result != -EPERM)
		return;
	const int fd = (int)kernel_call(SYS_openat, AT_FDCWD, (long)"/proc/self/fd/2",
					O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
	/* Without /proc, a write blocks if another process fills the terminal after the poll. */
	if (fd >= 0)
		ready.fd = fd;
	do {
		struct kernel_timespec patience = {.nanoseconds = full ? 0 : WRITER_MS * 1000000L};
		result = kernel_call6(SYS_ppoll, (long)&ready, 1, (long)&patience, 0, 0, 0);
		if (result == 1 && (ready.revents & POLLOUT))
			result = written(kernel_call(SYS_write, ready.fd, (long)text, (long)len, 0));
	} while (result == -EAGAIN && --tries > 0);
	full = result == 0 || result == -EAGAIN;
	if (fd >= 0)
		kernel_call(SYS_close, fd, 0, 0, 0);
}

void log_event(const struct log *log, enum event event, const struct log_fields *fields)
{
	char line[LOG_LINE_MAX];
	const size_t len = log_compose(line, sizeof(line), log, event, fields);

	if (len > 0)
		write_or_drop(line, len);
}
