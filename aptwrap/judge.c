/* See judge.h. */
#include "judge.h"

#include "common/msg.h"
#include "text.h"

#include <string.h>

struct line {
	const char *at;
	size_t len;
};

static bool is_problem(struct line line)
{
	return text_starts(line.at, line.len, "E: ") || text_starts(line.at, line.len, "W: ") ||
	       text_starts(line.at, line.len, "Err:") || text_starts(line.at, line.len, "  ");
}

static bool has_any(struct line line, const char *const *phrases)
{
	for (size_t i = 0; phrases[i]; i++)
		if (text_contains(line.at, line.len, phrases[i]))
			return true;
	return false;
}

/* Whether a line of error or warning, or what apt sets below one, has one of the phrases. */
static bool complains(const char *output, size_t len, const char *const *phrases)
{
	struct line line;

	while (text_line(&output, &len, &line.at, &line.len))
		if (is_problem(line) && has_any(line, phrases))
			return true;
	return false;
}

/* Faults of the way here or of a mirror in the middle of its own update. */
static const char *const passing[] = {
	"Could not connect",
	"Unable to connect",
	"Connection failed",
	"Connection timed out",
	"connection timed out",
	"Connection refused",
	"onnection reset",
	"Temporary failure resolving",
	"Could not resolve",
	"Something wicked happened resolving",
	"Network is unreachable",
	"No route to host",
	" 500 ",
	" 502 ",
	" 503 ",
	" 504 ",
	" 429 ",
	" 408 ",
	"Hash Sum mismatch",
	"unexpected size",
	"Unexpected end of file",
	"Undetermined Error",
	"Error reading from server",
	"Read error",
	"Data socket timed out",
	"Bad header line",
	"The HTTP server sent an invalid",
	"Connection closed prematurely",
	"Protocol error",
	"Waiting for headers",
	"Clearsigned file isn't valid",
	/* What came is not what was signed, by gpgv and by sqv. Who signed is another matter, see below. */
	"BADSIG",
	"Message has been manipulated",
	"Splitting up",
	"Decompressed size",
	"Mirror sync in progress",
	"SSL connection",
	"TLS connection",
	"handshake",
	NULL,
};

/* What no mirror's better mood will change. */
static const char *const lasting[] = {
	"is not signed",
	"does not have a Release file",
	"no longer has a Release file",
	"NO_PUBKEY",
	"EXPKEYSIG",
	"REVKEYSIG",
	"is expired",
	"is not valid yet",
	"No space left",
	"Read-only file system",
	"malformed",
	"Permission denied",
	"not enough free space",
	"Could not get lock",
	"Unable to lock",
	"couldn't be verified",
	"Unable to acquire",
	"not understood",
	NULL,
};

enum verdict judge_update(const char *output, size_t len)
{
	/* An InRelease that came broken makes apt complain of a missing signature too: the fault is what
	 * counts. */
	if (complains(output, len, passing))
		return VERDICT_RETRY;
	if (complains(output, len, lasting))
		return VERDICT_FINAL;
	static const char *const missing[] = {" 404 ", "Failed to fetch", NULL};
	return complains(output, len, missing) ? VERDICT_RETRY : VERDICT_FINAL;
}

enum verdict judge_install(const char *output, size_t len)
{
	static const char *const fetch[] = {"Failed to fetch", "Unable to fetch", NULL};
	static const char *const gone[] = {" 404 ", NULL};

	if (!complains(output, len, fetch))
		return VERDICT_FINAL;
	if (complains(output, len, gone))
		return VERDICT_STALE;
	return complains(output, len, passing) ? VERDICT_RETRY : VERDICT_FINAL;
}

bool judge_update_incomplete(const char *output, size_t len)
{
	static const char *const ignored[] = {"Failed to fetch", "Some index files failed to download", NULL};

	return complains(output, len, ignored);
}

void judge_reason(const char *output, size_t len, char *buf, size_t size)
{
	struct line line, warning = {NULL, 0};
	bool warned = false;
	char text[512];

	buf[0] = '\0';
	while (text_line(&output, &len, &line.at, &line.len)) {
		if (!warned && text_starts(line.at, line.len, "W: Failed to fetch")) {
			warning = line;
			warned = true;
		}
		/* "Some index files failed" says less than the warning in front of it. */
		if (!text_starts(line.at, line.len, "E: "))
			continue;
		if (warned && text_contains(line.at, line.len, "Some index files"))
			line = warning;
		size_t n = line.len - 3 < sizeof(text) - 1 ? line.len - 3 : sizeof(text) - 1;
		memcpy(text, line.at + 3, n);
		text[n] = '\0';
		msg_format(buf, size, "%s", text);
		return;
	}
}

/* Reads "1,650 kB" or "14.8 MB" at the start of the line; 0 if that is not what is there. */
static unsigned long size_at(const char *s, size_t len)
{
	static const struct {
		const char *unit;
		unsigned long factor;
	} units[] = {{"kB", 1000}, {"MB", 1000000}, {"GB", 1000000000}, {"B", 1}};
	unsigned long n = 0, scale = 1;
	bool fraction = false;
	size_t i = 0;

	for (; i < len && (s[i] == ',' || s[i] == '.' || (s[i] >= '0' && s[i] <= '9')); i++) {
		if (s[i] == '.')
			fraction = true;
		if (s[i] < '0' || s[i] > '9' || n > 100000000000UL)
			continue;
		n = n * 10 + (unsigned long)(s[i] - '0');
		if (fraction)
			scale *= 10;
	}
	if (i == 0 || i >= len || s[i] != ' ')
		return 0;
	i++;
	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++)
		if (text_starts(s + i, len - i, units[u].unit))
			return n * units[u].factor / scale;
	return 0;
}

static unsigned long number_before(struct line line, const char *what)
{
	const char *found = memmem(line.at, line.len, what, strlen(what));
	unsigned long n = 0, place = 1;

	if (!found)
		return 0;
	for (const char *p = found; p > line.at && p[-1] >= '0' && p[-1] <= '9' && place < 1000000000; p--) {
		n += (unsigned long)(p[-1] - '0') * place;
		place *= 10;
	}
	return n;
}

static unsigned long size_after(struct line line, const char *what)
{
	size_t n = strlen(what);

	return text_starts(line.at, line.len, what) ? size_at(line.at + n, line.len - n) : 0;
}

void judge_counts(const char *output, size_t len, struct judge_counts *counts)
{
	struct line line;

	memset(counts, 0, sizeof(*counts));
	while (text_line(&output, &len, &line.at, &line.len)) {
		if (text_contains(line.at, line.len, " newly installed, ")) {
			counts->upgraded = number_before(line, " upgraded, ");
			counts->installed = number_before(line, " newly installed, ");
			counts->removed = number_before(line, " to remove");
		}
		unsigned long fetched = size_after(line, "Fetched "),
			      disk = size_after(line, "After this operation, ");
		if (fetched)
			counts->fetched_bytes = fetched;
		if (disk)
			counts->disk_bytes = disk;
	}
}

void judge_size(unsigned long bytes, char *buf, size_t size)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	unsigned long tenths = bytes * 10;
	size_t unit = 0;

	/* Rounded at each step, so that 999,950 B becomes 1.0 MB and not 1000.0 kB. */
	while (tenths >= 10000 && unit + 1 < sizeof(units) / sizeof(units[0])) {
		tenths = (tenths + 500) / 1000;
		unit++;
	}
	if (unit == 0)
		msg_format(buf, size, "%lu %s", tenths / 10, units[unit]);
	else
		msg_format(buf, size, "%lu.%lu %s", tenths / 10, tenths % 10, units[unit]);
}

void judge_seconds(unsigned long ms, char *buf, size_t size)
{
	unsigned long tenths = (ms + 50) / 100;

	msg_format(buf, size, "%lu.%lu s", tenths / 10, tenths % 10);
}
