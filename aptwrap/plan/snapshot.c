/* Package sources as of some day. See plan.h. */
#include "aptwrap/plan/plan.h"

#include <string.h>

#define SERVICE "http://snapshot.debian.org/archive/"

static bool ends_with(const char *s, size_t len, const char *tail)
{
	size_t n = strlen(tail);

	return len >= n && memcmp(s + len - n, tail, n) == 0;
}

/* The archive's name on the service, such as "debian-security", if the word is the URI of a mirror of
 * Debian's. */
static const char *archive_of(const char *word, size_t len)
{
	static const char *const archives[] = {"/debian", "/debian-security", "/debian-debug",
					       "/debian-ports"};
	size_t scheme = text_starts(word, len, "http://") ? 7 : text_starts(word, len, "https://") ? 8 : len;

	while (len > scheme && word[len - 1] == '/')
		len--;
	const char *host = word + scheme, *slash = memchr(host, '/', len - scheme);
	size_t host_len = slash ? (size_t)(slash - host) : len - scheme;
	if (!ends_with(host, host_len, ".debian.org"))
		return NULL;
	for (size_t i = 0; i < sizeof(archives) / sizeof(archives[0]); i++)
		if (ends_with(word, len, archives[i]))
			return archives[i] + 1;
	/* Its archive is at the top. */
	return ends_with(host, host_len, "security.debian.org") && !slash ? "debian-security" : NULL;
}

char *snapshot_rewrite(const char *source, size_t len, const char *moment)
{
	struct text text = {0};

	text_add(&text, "");
	for (const char *end = source + len; source < end;) {
		size_t left = (size_t)(end - source), n = 0;
		bool blank = strchr(" \t\r\n", *source) != NULL;
		while (n < left && (strchr(" \t\r\n", source[n]) != NULL) == blank)
			n++;
		/* A deb822 field needs no blank behind its name. */
		size_t name = text_starts(source, n, "URIs:") ? strlen("URIs:") : 0;
		const char *archive = archive_of(source + name, n - name);
		text_add_bytes(&text, source, archive ? name : n);
		if (archive)
			text_add(&text, text_join(SERVICE, archive, "/", moment,
						  strchr(moment, 'T') ? "/" : "T000000Z/", NULL));
		source += n;
	}
	return text.data;
}

char *snapshot_foreign(const char *output, size_t len)
{
	const char *line;
	char *first = text_join("", NULL);
	size_t n;

	while (text_line(&output, &len, &line, &n)) {
		const char *end = n > 0 && line[0] == '\'' ? memchr(line + 1, '\'', n - 1) : NULL;
		if (!end)
			continue;
		if (!text_starts(line + 1, n - 1, SERVICE))
			return text_copy(line + 1, (size_t)(end - line) - 1);
		first = NULL;
	}
	return first;
}
