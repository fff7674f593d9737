/* See snapshot.h. */
#include "aptwrap/plan/snapshot.h"

#include "aptwrap/text.h"

#include <string.h>

#define SERVICE "http://snapshot.debian.org/archive/"

struct pin {
	struct text text; /* the new file */
	const char *moment;
	size_t count;
	char *unknown;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t blanks(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && is_blank(s[n]))
		n++;
	return n;
}

static size_t word(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && !is_blank(s[n]))
		n++;
	return n;
}

static bool ends_with(const char *s, size_t len, const char *tail)
{
	size_t n = strlen(tail);

	return len >= n && memcmp(s + len - n, tail, n) == 0;
}

/* The archive's name on the service, such as "debian-security", if the URI is that of one of Debian's
 * mirrors. */
static const char *archive_of(const char *uri, size_t len)
{
	static const char *const archives[] = {"/debian", "/debian-security", "/debian-debug",
					       "/debian-ports"};
	size_t scheme = text_starts(uri, len, "http://") ? 7 : text_starts(uri, len, "https://") ? 8 : 0;

	if (!scheme)
		return NULL;
	while (len > scheme && uri[len - 1] == '/')
		len--;
	const char *host = uri + scheme, *slash = memchr(host, '/', len - scheme);
	size_t host_len = slash ? (size_t)(slash - host) : len - scheme;
	if (!ends_with(host, host_len, ".debian.org"))
		return NULL;
	for (size_t i = 0; i < sizeof(archives) / sizeof(archives[0]); i++)
		if (ends_with(uri, len, archives[i]))
			return archives[i] + 1;
	/* Its archive is at the top. */
	return ends_with(host, host_len, "security.debian.org") && !slash ? "debian-security" : NULL;
}

static void add_uri(struct pin *pin, const char *uri, size_t len)
{
	const char *archive = archive_of(uri, len);
	struct text unknown = {0};

	if (archive) {
		pin->count++;
		text_add(&pin->text, text_join(SERVICE, archive, "/", pin->moment,
					       strchr(pin->moment, 'T') ? "/" : "T000000Z/", NULL));
		return;
	}
	text_add_bytes(&unknown, uri, len);
	pin->unknown = unknown.data;
}

/* "deb [OPTIONS] URI SUITE COMPONENT..."; apt complains about any other line. */
static void pin_line(struct pin *pin, const char *line, size_t len)
{
	const char *comment = memchr(line, '#', len);

	len = comment ? (size_t)(comment - line) : len;
	size_t at = blanks(line, len), n = word(line + at, len - at);
	if (n == 0)
		return;
	text_add_bytes(&pin->text, line + at, n);
	at += n;
	at += blanks(line + at, len - at);
	text_add(&pin->text, " [");
	if (at < len && line[at] == '[') {
		const char *end = memchr(line + at, ']', len - at);
		n = end ? (size_t)(end - line) - at : len - at;
		text_add_bytes(&pin->text, line + at + 1, n - 1);
		at += end ? n + 1 : n;
		at += blanks(line + at, len - at);
	}
	text_add(&pin->text, " check-valid-until=no ] ");
	n = word(line + at, len - at);
	add_uri(pin, line + at, n);
	text_add_bytes(&pin->text, line + at + n, len - at - n);
	text_add(&pin->text, "\n");
}

static bool is_field(const char *line, size_t len, const char *name)
{
	size_t n = strlen(name);

	return len > n && strncasecmp(line, name, n) == 0 && line[n] == ':';
}

static void add_uris(struct pin *pin, const char *words, size_t len)
{
	while (len > 0) {
		size_t skip = blanks(words, len), n = word(words + skip, len - skip);
		text_add_bytes(&pin->text, words, skip);
		if (n > 0)
			add_uri(pin, words + skip, n);
		words += skip + n;
		len -= skip + n;
	}
	text_add(&pin->text, "\n");
}

static bool is_disabled(const char *stanza, size_t len)
{
	const char *line;
	size_t n;

	while (text_line(&stanza, &len, &line, &n))
		if (is_field(line, n, "Enabled")) {
			size_t at = strlen("Enabled:");
			at += blanks(line + at, n - at);
			return !text_starts(line + at, n - at, "yes");
		}
	return false;
}

/* Lines up to an empty one. A line that begins with a blank goes on with the field before it. */
static void pin_stanza(struct pin *pin, const char *stanza, size_t len)
{
	const char *line;
	bool disabled = is_disabled(stanza, len), uris = false, dropped = false;
	size_t n;

	while (!disabled && text_line(&stanza, &len, &line, &n)) {
		bool goes_on = n > 0 && is_blank(line[0]);
		size_t name = goes_on ? 0 : strlen("URIs:");
		if (n > 0 && line[0] == '#')
			continue;
		uris = goes_on ? uris : is_field(line, n, "URIs");
		dropped = goes_on ? dropped : is_field(line, n, "Check-Valid-Until");
		if (dropped)
			continue;
		if (uris) {
			text_add(&pin->text, goes_on ? "" : "Check-Valid-Until: no\nURIs:");
			add_uris(pin, line + name, n - name);
			continue;
		}
		text_add_bytes(&pin->text, line, n);
		text_add(&pin->text, "\n");
	}
	text_add(&pin->text, "\n");
}

char *snapshot_pin(const char *source, size_t len, bool deb822, const char *moment, size_t *count,
		   char **unknown)
{
	struct pin pin = {.moment = moment};
	const char *line, *stanza = source;
	size_t n;

	text_add(&pin.text, "");
	while (text_line(&source, &len, &line, &n)) {
		if (!deb822)
			pin_line(&pin, line, n);
		if (deb822 && (blanks(line, n) == n || len == 0)) {
			pin_stanza(&pin, stanza, (size_t)(source - stanza));
			stanza = source;
		}
	}
	*count += pin.count;
	*unknown = pin.unknown;
	return pin.unknown ? NULL : pin.text.data;
}
