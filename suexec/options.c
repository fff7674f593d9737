/* See options.h. */
#include "options.h"

#include <string.h>

#include "common/option_scan.h"
#include "suexec/caps.h"

#define LETTERS    "nk:bo:g:eRsC:Vvh?"
#define ALLOW_ROOT 1 /* no letter */

static const struct option_name names[] = {
	{"no-new-privs", 'n'},
	{"keep-caps", 'k'},
	{"drop-bounding", 'b'},
	{"owner-of", 'o'},
	{"add-group", 'g'},
	{"login-env", 'e'},
	{"no-root", 'R'},
	{"setsid", 's'},
	{"chdir", 'C'},
	{"version", 'V'},
	{"help", 'h'},
	{"allow-root", ALLOW_ROOT},
	{"", 0},
};

/* The same again is no harm; something else is. */
static enum options_result set_once(const char **slot, const char *value, const char *name,
				    struct problem *why)
{
	if (*slot && strcmp(*slot, value) != 0) {
		problem(why, "option --%s is given twice: '%s' and '%s'", name, *slot, value);
		return OPTIONS_WRONG;
	}
	*slot = value;
	return OPTIONS_RUN;
}

static enum options_result keep_caps(struct request *request, const char *list, struct problem *why)
{
	uint64_t mask;

	if (!caps_parse(list, &mask, why))
		return OPTIONS_WRONG;
	if (request->caps.keep && request->caps.mask != mask) {
		problem(why, "option --keep-caps is given twice");
		return OPTIONS_WRONG;
	}
	request->caps.keep = true;
	request->caps.mask = mask;
	return OPTIONS_RUN;
}

static enum options_result add_group(struct request *request, const char *group, struct problem *why)
{
	if (request->wanted.add_count == OPTIONS_ADD_MAX) {
		problem(why, "more than %d times --add-group", OPTIONS_ADD_MAX);
		return OPTIONS_WRONG;
	}
	request->add_groups[request->wanted.add_count++] = group;
	return OPTIONS_RUN;
}

static enum options_result apply(struct request *request, int letter, const char *value, struct problem *why)
{
	switch (letter) {
	case 'n':
		request->no_new_privs = true;
		break;
	case 'k':
		return keep_caps(request, value, why);
	case 'b':
		request->caps.limit_bounding = true;
		break;
	case 'o':
		return set_once(&request->wanted.owner_of, value, "owner-of", why);
	case ALLOW_ROOT:
		request->wanted.allow_root_owner = true;
		break;
	case 'g':
		return add_group(request, value, why);
	case 'e':
		request->login_env = true;
		break;
	case 'R':
		request->wanted.no_root = true;
		break;
	case 's':
		request->new_session = true;
		break;
	case 'C':
		return set_once(&request->chdir, value, "chdir", why);
	case 'h':
	case '?':
		return OPTIONS_HELP;
	default:
		return OPTIONS_VERSION;
	}
	return OPTIONS_RUN;
}

/* *argv is moved behind the options. */
static enum options_result native_options(struct request *request, char *const **argv, struct problem *why)
{
	struct option_scan scan = {.argv = *argv, .letters = LETTERS, .names = names};
	int letter;

	while ((letter = option_scan_next(&scan)) > 0) {
		enum options_result result = apply(request, letter, scan.value, why);
		if (result != OPTIONS_RUN)
			return result;
	}
	*argv += scan.index;
	if (letter == OPTION_SCAN_ERROR) {
		problem(why, "%s", scan.error);
		return OPTIONS_WRONG;
	}
	if (request->wanted.allow_root_owner && (!request->wanted.owner_of || request->wanted.no_root)) {
		problem(why, "--allow-root goes with --owner-of and without --no-root");
		return OPTIONS_WRONG;
	}
	return OPTIONS_RUN;
}

static bool is(const char *word, const char *other)
{
	return strcmp(word, other) == 0;
}

enum options_result options_parse(const struct dialect *dialect, char *const *argv, struct request *request,
				  struct problem *why)
{
	memset(request, 0, sizeof(*request));
	request->wanted.add_groups = request->add_groups;
	if (*argv)
		argv++;
	if (dialect->has_options) {
		enum options_result result = native_options(request, &argv, why);
		if (result != OPTIONS_RUN)
			return result;
	} else if (dialect->has_help && *argv) {
		if (is(*argv, "--help") || is(*argv, "-h") || is(*argv, "-?"))
			return OPTIONS_HELP;
		if (is(*argv, "--version") || is(*argv, "-v"))
			return OPTIONS_VERSION;
	}
	if (!request->wanted.owner_of && *argv)
		request->wanted.spec = *argv++;
	if (!*argv)
		return OPTIONS_INCOMPLETE;
	request->command = argv;
	return OPTIONS_RUN;
}
