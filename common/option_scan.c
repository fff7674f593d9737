#include "common/option_scan.h"

#include <stdbool.h>
#include <string.h>

#include "common/msg.h"

/* For "return fail(scan, ...)". */
static int __attribute__((format(printf, 2, 3))) fail(struct option_scan *scan, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	msg_vformat(scan->error, sizeof(scan->error), format, args);
	va_end(args);
	return OPTION_SCAN_ERROR;
}

/* attached: the value within the option's own argument, or NULL. Returns false if there is no value. */
static bool take_value(struct option_scan *scan, const char *attached)
{
	scan->value = attached ? attached : scan->argv[scan->index];
	if (!attached && scan->value)
		scan->index++;
	return scan->value != NULL;
}

static int next_letter(struct option_scan *scan)
{
	const char letter = *scan->cluster++;
	const char *known = letter == ':' ? NULL : strchr(scan->letters, letter);
	const char *rest = *scan->cluster ? scan->cluster : NULL;

	scan->cluster = rest;
	if (!known)
		return fail(scan, "invalid option -- '%c'", letter);
	if (known[1] != ':')
		return letter;
	scan->cluster = NULL;
	return take_value(scan, rest) ? letter : fail(scan, "option requires an argument -- '%c'", letter);
}

static int fail_ambiguous(struct option_scan *scan, const char *word, size_t len)
{
	size_t at = msg_format(scan->error, sizeof(scan->error),
			       "option '--%s' is ambiguous; possibilities:", word);

	for (const struct option_name *n = scan->names; n->name[0]; n++)
		if (strncmp(n->name, word, len) == 0)
			at += msg_format(scan->error + at, sizeof(scan->error) - at, " '--%s'", n->name);
	return OPTION_SCAN_ERROR;
}

/* word: what follows the two dashes. */
static int next_word(struct option_scan *scan, const char *word)
{
	const size_t len = strcspn(word, "=");
	const char *attached = word[len] ? word + len + 1 : NULL;
	const struct option_name *found = NULL;
	bool ambiguous = false;

	for (const struct option_name *n = scan->names; n->name[0]; n++) {
		if (strncmp(n->name, word, len) != 0)
			continue;
		ambiguous = found && n->name[len] != '\0';
		found = n;
		if (n->name[len] == '\0')
			break;
	}
	if (ambiguous)
		return fail_ambiguous(scan, word, len);
	if (!found)
		return fail(scan, "unrecognized option '--%s'", word);
	const char *known = strchr(scan->letters, found->letter);
	if (known && known[1] == ':')
		return take_value(scan, attached)
			       ? found->letter
			       : fail(scan, "option '--%s' requires an argument", found->name);
	return attached ? fail(scan, "option '--%s' doesn't allow an argument", found->name) : found->letter;
}

int option_scan_next(struct option_scan *scan)
{
	if (scan->cluster)
		return next_letter(scan);
	const char *word = scan->argv[scan->index];
	if (!word || word[0] != '-' || word[1] == '\0')
		return OPTION_SCAN_END;
	scan->index++;
	if (word[1] == '-' && word[2] == '\0')
		return OPTION_SCAN_END;
	if (word[1] == '-' && scan->names)
		return next_word(scan, word + 2);
	scan->cluster = word + 1;
	return next_letter(scan);
}
