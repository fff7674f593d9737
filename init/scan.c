/* See scan.h. */
#include "init/scan.h"

#include <stdbool.h>
#include <string.h>

#include "common/msg.h"

static const char *find_letter(const struct scan *scan, char letter)
{
	return letter == ':' || letter == '\0' ? NULL : strchr(scan->letters, letter);
}

static int next_letter(struct scan *scan, char *error, size_t size)
{
	char letter = *scan->cluster++;
	const char *known = find_letter(scan, letter);
	const char *rest = *scan->cluster ? scan->cluster : NULL;

	if (!rest)
		scan->cluster = NULL;
	if (!known) {
		msg_format(error, size, "%s: invalid option -- '%c'", scan->argv[0], letter);
		return SCAN_ERROR;
	}
	if (known[1] != ':')
		return letter;
	scan->cluster = NULL;
	scan->value = rest ? rest : scan->argv[scan->index];
	if (!scan->value) {
		msg_format(error, size, "%s: option requires an argument -- '%c'", scan->argv[0], letter);
		return SCAN_ERROR;
	}
	if (!rest)
		scan->index++;
	return letter;
}

static void say_ambiguous(const struct scan *scan, const char *word, size_t len, char *error, size_t size)
{
	size_t at = msg_format(error, size, "%s: option '--%s' is ambiguous; possibilities:", scan->argv[0],
			       word);

	for (const struct scan_long *l = scan->longs; l->name[0]; l++)
		if (strncmp(l->name, word, len) == 0)
			at += msg_format(error + at, size - at, " '--%s'", l->name);
}

/* word: what follows the two dashes. */
static int next_word(struct scan *scan, const char *word, char *error, size_t size)
{
	const size_t len = strcspn(word, "=");
	const struct scan_long *found = NULL;
	bool ambiguous = false;

	for (const struct scan_long *l = scan->longs; l->name[0]; l++) {
		if (strncmp(l->name, word, len) != 0)
			continue;
		if (l->name[len] == '\0') {
			found = l;
			ambiguous = false;
			break;
		}
		ambiguous = found != NULL;
		found = l;
	}
	if (ambiguous) {
		say_ambiguous(scan, word, len, error, size);
		return SCAN_ERROR;
	}
	if (!found) {
		msg_format(error, size, "%s: unrecognized option '--%s'", scan->argv[0], word);
		return SCAN_ERROR;
	}
	const char *known = find_letter(scan, found->letter);
	bool takes_value = known && known[1] == ':';
	if (word[len] == '=' && !takes_value) {
		msg_format(error, size, "%s: option '--%s' doesn't allow an argument", scan->argv[0],
			   found->name);
		return SCAN_ERROR;
	}
	if (!takes_value)
		return found->letter;
	scan->value = word[len] == '=' ? word + len + 1 : scan->argv[scan->index];
	if (!scan->value) {
		msg_format(error, size, "%s: option '--%s' requires an argument", scan->argv[0], found->name);
		return SCAN_ERROR;
	}
	if (word[len] != '=')
		scan->index++;
	return found->letter;
}

int scan_next(struct scan *scan, char *error, size_t size)
{
	if (scan->cluster)
		return next_letter(scan, error, size);
	const char *word = scan->argv[scan->index];
	if (!word || word[0] != '-' || word[1] == '\0')
		return SCAN_END;
	scan->index++;
	if (word[1] == '-' && word[2] == '\0')
		return SCAN_END;
	if (word[1] == '-' && scan->longs)
		return next_word(scan, word + 2, error, size);
	scan->cluster = word + 1;
	return next_letter(scan, error, size);
}
