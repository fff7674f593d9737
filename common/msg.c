/* See msg.h. The prefix is the only file-scope variable of the three programs. */
#include "msg.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static const char *msg_prefix = "";

struct out {
	char *buf;
	size_t size;
	size_t len;
};

static void put_char(struct out *out, char c)
{
	if (out->len + 1 < out->size)
		out->buf[out->len++] = c;
}

static void put_string(struct out *out, const char *s)
{
	for (; *s; s++) {
		bool control = (unsigned char)*s < ' ' || *s == 0x7f;
		if (control)
			put_char(out, '?');
		else
			put_char(out, *s);
	}
}

static void put_number(struct out *out, unsigned long n)
{
	char digits[24];
	size_t i = sizeof(digits) - 1;

	digits[i] = '\0';
	do
		digits[--i] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	put_string(out, digits + i);
}

static void put_signed(struct out *out, long n)
{
	if (n < 0)
		put_char(out, '-');
	/* -(n + 1) + 1: the most negative number has no positive counterpart. */
	put_number(out, n < 0 ? (unsigned long)-(n + 1) + 1 : (unsigned long)n);
}

size_t msg_vformat(char *buf, size_t size, const char *format, va_list args)
{
	struct out out = {.buf = buf, .size = size, .len = 0};

	for (const char *p = format; *p; p++) {
		if (*p != '%') {
			put_char(&out, *p);
			continue;
		}
		bool is_long = p[1] == 'l' || p[1] == 'z';
		p += is_long ? 2 : 1;
		switch (*p) {
		case 's': {
			const char *s = va_arg(args, const char *);
			put_string(&out, s ? s : "(null)");
			break;
		}
		case 'd':
		case 'i':
			put_signed(&out, is_long ? va_arg(args, long) : va_arg(args, int));
			break;
		case 'u':
			put_number(&out, is_long ? va_arg(args, unsigned long) : va_arg(args, unsigned int));
			break;
		case 'c':
			put_char(&out, (char)va_arg(args, int));
			break;
		case '\0':
			p--;
			break;
		default:
			put_char(&out, *p);
		}
	}
	if (size > 0)
		buf[out.len] = '\0';
	return out.len;
}

size_t msg_format(char *buf, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	size_t len = msg_vformat(buf, size, format, args);
	va_end(args);
	return len;
}

static void __attribute__((format(printf, 1, 0))) emit(const char *format, va_list args, const char *reason)
{
	int saved = errno;
	char line[MSG_MAX];
	const size_t room = sizeof(line) - 1; /* for the newline */
	size_t len = msg_format(line, room, "%s", msg_prefix);

	len += msg_vformat(line + len, room - len, format, args);
	if (reason)
		len += msg_format(line + len, room - len, ": %s", reason);
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0) {
		/* there is nowhere to report it */
	}
	errno = saved;
}

void msg_set_prefix(const char *prefix)
{
	msg_prefix = prefix;
}

void msg_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	emit(format, args, NULL);
	va_end(args);
}

void msg_warn_errno(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	emit(format, args, strerror(errno));
	va_end(args);
}

int msg_print(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ssize_t n = write(fd, text, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		text += n;
		left -= (size_t)n;
	}
	return 0;
}
