/* See snapshot.h. */
#include "snapshot.h"

#include "text.h"

#include <string.h>

#define SERVICE "http://snapshot.debian.org/archive/"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_with(const char *s, size_t len, const char *tail)
{
	size_t n = strlen(tail);

	return len >= n && memcmp(s + len - n, tail, n) == 0;
}

/* The archive's name on the service if the word is the URI of one of Debian's mirrors, such as
 * "debian-security". */
static const char *archive_of(const char *word, size_t len)
{
	static const char *const archives[] = {"debian", "debian-security", "debian-debug", "debian-ports"};
	size_t scheme = text_starts(word, len, "http://") ? 7 : text_starts(word, len, "https://") ? 8 : 0;

	if (!scheme)
		return NULL;
	const char *host = word + scheme, *slash = memchr(host, '/', len - scheme);
	size_t host_len = slash ? (size_t)(slash - host) : len - scheme;
	if (!ends_with(host, host_len, ".debian.org"))
		return NULL;
	while (len > 0 && word[len - 1] == '/')
		len--;
	for (size_t i = 0; i < sizeof(archives) / sizeof(archives[0]); i++)
		if (ends_with(word, len, archives[i]) && word[len - strlen(archives[i]) - 1] == '/')
			return archives[i];
	/* Its archive is at the top. */
	return ends_with(host, host_len, "security.debian.org") && len == scheme + host_len
		       ? "debian-security"
		       : NULL;
}

char *snapshot_rewrite(const char *source, size_t len, const char *moment, size_t *changed)
{
	struct text text = {0};

	text_add(&text, "");
	while (len > 0) {
		size_t n = 0;
		while (n < len && is_blank(source[n]))
			n++;
		text_add_bytes(&text, source, n);
		source += n;
		len -= n;
		for (n = 0; n < len && !is_blank(source[n]); n++)
			;
		const char *archive = archive_of(source, n);
		if (archive) {
			text_add(&text, text_join(SERVICE, archive, "/", moment,
						  strchr(moment, 'T') ? "/" : "T000000Z/", NULL));
			++*changed;
		} else {
			text_add_bytes(&text, source, n);
		}
		source += n;
		len -= n;
	}
	return text.data;
}
