#include "options.h"

#include <string.h>

#include "common/option_scan.h"
#include "suexec/caps.h"

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
	{"allow-root", 'A'}, /* there is no -A */
	{"", 0},
};

/* An option may be repeated with the same value, not with another one. */
static bool set_once(const char **slot, const char *value, const char *name, struct error *why)
{
	if (*slot && strcmp(*slot, value) != 0)
		return error_set(why, "option --%s is given twice: '%s' and '%s'", name, *slot, value);
	*slot = value;
	return true;
}

static bool apply(struct request *request, int letter, const char *value, struct error *why)
{
	struct wanted *wanted = &request->wanted;
	uint64_t caps;

	switch (letter) {
	case 'n':
		return request->no_new_privs = true;
	case 'k':
		if (!caps_parse(value, &caps, why))
			return false;
		if (request->caps.kept && request->caps.kept != caps)
			return error_set(why,
					 "option --keep-caps is given twice, with different capabilities");
		request->caps.kept = caps;
		return true;
	case 'b':
		return request->caps.limit_bounding = true;
	case 'o':
		return set_once(&wanted->owner_of, value, "owner-of", why);
	case 'A':
		return wanted->allow_root_owner = true;
	case 'g':
		if (wanted->add_count == ADD_GROUPS_MAX)
			return error_set(why, "option --add-group is given more than %d times",
					 ADD_GROUPS_MAX);
		wanted->add_groups[wanted->add_count++] = value;
		return true;
	case 'e':
		return request->login_env = true;
	case 'R':
		return wanted->no_root = true;
	case 's':
		return request->new_session = true;
	case 'C':
		return set_once(&request->chdir, value, "chdir", why);
	default:
		return false; /* the scanner returns no other letter */
	}
}

/* Moves *argv to the first argument after the options. */
static enum options_result native_options(struct request *request, char *const **argv, struct error *why)
{
	struct option_scan scan = {.argv = *argv, .letters = "nk:bo:g:eRsC:Vvh?", .names = names};
	int letter;

	while ((letter = option_scan_next(&scan)) > 0) {
		if (letter == 'h' || letter == '?')
			return OPTIONS_HELP;
		if (letter == 'V' || letter == 'v')
			return OPTIONS_VERSION;
		if (!apply(request, letter, scan.value, why))
			return OPTIONS_WRONG;
	}
	*argv += scan.index;
	if (letter == OPTION_SCAN_END)
		return OPTIONS_RUN;
	error_set(why, "%s", scan.error);
	return OPTIONS_WRONG;
}

/* An empty user, such as from an unset variable in a script, would mean the caller, who is usually root. */
static bool check_native(const struct wanted *wanted, struct error *why)
{
	if (wanted->owner_of ? !*wanted->owner_of : !*wanted->spec || strcmp(wanted->spec, ":") == 0)
		return error_set(why, "the %s is empty", wanted->owner_of ? "path of --owner-of" : "user");
	if (wanted->allow_root_owner && (!wanted->owner_of || wanted->no_root))
		return error_set(why, "--allow-root requires --owner-of and excludes --no-root");
	return true;
}

enum options_result options_parse(const struct dialect *dialect, char *const *argv, struct request *request,
				  struct error *why)
{
	memset(request, 0, sizeof(*request));
	if (*argv)
		argv++;
	if (dialect->has_options) {
		enum options_result result = native_options(request, &argv, why);
		if (result != OPTIONS_RUN)
			return result;
	} else if (dialect->help && *argv) {
		if (strcmp(*argv, "--help") == 0 || strcmp(*argv, "-h") == 0 || strcmp(*argv, "-?") == 0)
			return OPTIONS_HELP;
		if (strcmp(*argv, "--version") == 0 || strcmp(*argv, "-v") == 0)
			return OPTIONS_VERSION;
	}
	if (!request->wanted.owner_of && *argv)
		request->wanted.spec = *argv++;
	if (!*argv)
		return OPTIONS_INCOMPLETE;
	request->command = argv;
	return !dialect->has_options || check_native(&request->wanted, why) ? OPTIONS_RUN : OPTIONS_WRONG;
}
