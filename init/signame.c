#include "init/signame.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "common/msg.h"
#include "common/num.h"
#include "init/kernel.h"

#define NAMED_LAST 31

/* Strings in one array: pointers would need relocations, and these make a page dirty at every start. */
static const char names[] =
	"HUP\0INT\0QUIT\0ILL\0TRAP\0ABRT\0BUS\0FPE\0KILL\0USR1\0SEGV\0USR2\0PIPE\0ALRM\0TERM\0"
	"STKFLT\0CHLD\0CONT\0STOP\0TSTP\0TTIN\0TTOU\0URG\0XCPU\0XFSZ\0VTALRM\0PROF\0WINCH\0"
	"IO\0PWR\0SYS";

static const char descriptions[] =
	"Hangup\0Interrupt\0Quit\0Illegal instruction\0Trace/breakpoint trap\0Aborted\0Bus error\0"
	"Floating point exception\0Killed\0User defined signal 1\0Segmentation fault\0User defined signal 2\0"
	"Broken pipe\0Alarm clock\0Terminated\0Stack fault\0Child exited\0Continued\0Stopped "
	"(signal)\0Stopped\0"
	"Stopped (tty input)\0Stopped (tty output)\0Urgent I/O condition\0CPU time limit exceeded\0"
	"File size limit exceeded\0Virtual timer expired\0Profiling timer expired\0Window changed\0"
	"I/O possible\0Power failure\0Bad system call";

/* Returns string n of a list, counted from 1. */
static const char *nth(const char *list, int n)
{
	while (--n > 0)
		list += strlen(list) + 1;
	return list;
}

const char *signame_short(int signal, char buf[SIGNAME_MAX])
{
	if (signal >= 1 && signal <= NAMED_LAST)
		return nth(names, signal);
	if (signal == SIGNAL_RTMIN)
		msg_format(buf, SIGNAME_MAX, "RTMIN");
	else if (signal > SIGNAL_RTMIN && signal <= SIGNAL_RTMAX)
		msg_format(buf, SIGNAME_MAX, "RTMIN+%d", signal - SIGNAL_RTMIN);
	else
		msg_format(buf, SIGNAME_MAX, "%d", signal);
	return buf;
}

const char *signame_words(int signal, char buf[SIGNAME_WORDS_MAX])
{
	if (signal >= 1 && signal <= NAMED_LAST)
		return nth(descriptions, signal);
	if (signal >= SIGNAL_RTMIN && signal <= SIGNAL_RTMAX)
		msg_format(buf, SIGNAME_WORDS_MAX, "Real-time signal %d", signal - SIGNAL_RTMIN);
	else
		msg_format(buf, SIGNAME_WORDS_MAX, "Unknown signal %d", signal);
	return buf;
}

int signame_exact(const char *name)
{
	if (strncmp(name, "SIG", 3) != 0)
		return -1;
	for (int n = 1; n <= NAMED_LAST; n++)
		if (strcmp(name + 3, nth(names, n)) == 0)
			return n;
	return -1;
}

/* Parses "RTMIN", "RTMIN+3", "RTMAX-3". */
static int realtime(const char *text, size_t len, const char *base, char sign)
{
	const size_t base_len = strlen(base);
	uint64_t distance = 0;

	if (len < base_len || strncasecmp(text, base, base_len) != 0)
		return -1;
	if (len > base_len &&
	    (text[base_len] != sign || num_parse(text + base_len + 1, len - base_len - 1,
						 SIGNAL_RTMAX - SIGNAL_RTMIN, &distance) != NUM_OK))
		return -1;
	return sign == '+' ? SIGNAL_RTMIN + (int)distance : SIGNAL_RTMAX - (int)distance;
}

int signame_parse(const char *text, size_t len)
{
	uint64_t number;

	if (num_parse(text, len, SIGNAL_LAST, &number) == NUM_OK)
		return number > 0 ? (int)number : -1;
	if (len > 3 && strncasecmp(text, "SIG", 3) == 0) {
		text += 3;
		len -= 3;
	}
	for (int n = 1; n <= NAMED_LAST; n++) {
		const char *name = nth(names, n);
		if (strlen(name) == len && strncasecmp(text, name, len) == 0)
			return n;
	}
	int n = realtime(text, len, "RTMIN", '+');
	return n > 0 ? n : realtime(text, len, "RTMAX", '-');
}
