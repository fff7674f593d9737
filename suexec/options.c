/* See options.h. */
#include "options.h"

#include <string.h>

#include "suexec/caps.h"

enum {
	ALLOW_ROOT = 1, /* no letter */
};

static const struct option {
	char letter;
	bool takes_value;
	char name[14];
} table[] = {
	{'n', false, "no-new-privs"},  {'k', true, "keep-caps"},
	{'b', false, "drop-bounding"}, {'o', true, "owner-of"},
	{'g', true, "add-group"},      {'e', false, "login-env"},
	{'R', false, "no-root"},       {'s', false, "setsid"},
	{'C', true, "chdir"},          {'V', false, "version"},
	{'v', false, "version"},       {'h', false, "help"},
	{'?', false, "help"},          {ALLOW_ROOT, false, "allow-root"},
};

#define OPTIONS (sizeof(table) / sizeof(table[0]))

static const struct option *find_letter(char letter)
{
	for (size_t i = 0; i < OPTIONS; i++)
		if (table[i].letter == letter && letter != ALLOW_ROOT)
			return &table[i];
	return NULL;
}

/* name may be cut short; *doubtful says that more than one option begins so. */
static const struct option *find_name(const char *name, size_t len, bool *doubtful)
{
	const struct option *found = NULL;

	*doubtful = false;
	for (size_t i = 0; i < OPTIONS; i++) {
		if (strncmp(table[i].name, name, len) != 0)
			continue;
		if (table[i].name[len] == '\0')
			return &table[i];
		*doubtful = found && strcmp(found->name, table[i].name) != 0;
		found = &table[i];
	}
	return found;
}

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

static enum options_result apply(struct request *request, const struct option *option, const char *value,
				 struct problem *why)
{
	switch (option->letter) {
	case 'n':
		request->no_new_privs = true;
		break;
	case 'k':
		return keep_caps(request, value, why);
	case 'b':
		request->caps.limit_bounding = true;
		break;
	case 'o':
		return set_once(&request->wanted.owner_of, value, option->name, why);
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
		return set_once(&request->chdir, value, option->name, why);
	case 'h':
	case '?':
		return OPTIONS_HELP;
	default:
		return OPTIONS_VERSION;
	}
	return OPTIONS_RUN;
}

static enum options_result no_value(const struct option *option, struct problem *why)
{
	problem(why, "option --%s takes a value", option->name);
	return OPTIONS_WRONG;
}

/* One word "--name", "--name=value" or "--name" and the next word; *argv is moved behind what was taken. */
static enum options_result long_option(struct request *request, char *const **argv, struct problem *why)
{
	const char *word = *(*argv)++, *name = word + 2;
	size_t len = strcspn(name, "=");
	const char *value = name[len] ? name + len + 1 : NULL;
	bool doubtful;
	const struct option *option = find_name(name, len, &doubtful);

	if (!option || doubtful) {
		problem(why, "%s option '%s'", option ? "ambiguous" : "unknown", word);
		return OPTIONS_WRONG;
	}
	if (!option->takes_value && value) {
		problem(why, "option --%s takes no value", option->name);
		return OPTIONS_WRONG;
	}
	if (option->takes_value && !value)
		value = *(*argv)++;
	if (option->takes_value && !value)
		return no_value(option, why);
	return apply(request, option, option->takes_value ? value : "", why);
}

/* One word of letters, the last with its value behind it or in the next word. */
static enum options_result short_options(struct request *request, char *const **argv, struct problem *why)
{
	enum options_result result = OPTIONS_RUN;

	for (const char *letter = *(*argv)++ + 1; *letter && result == OPTIONS_RUN; letter++) {
		const struct option *option = find_letter(*letter);
		if (!option) {
			problem(why, "unknown option '-%c'", *letter < ' ' || *letter > '~' ? '?' : *letter);
			return OPTIONS_WRONG;
		}
		if (option->takes_value) {
			const char *value = letter[1] ? letter + 1 : *(*argv)++;
			return value ? apply(request, option, value, why) : no_value(option, why);
		}
		result = apply(request, option, "", why);
	}
	return result;
}

static enum options_result native_options(struct request *request, char *const **argv, struct problem *why)
{
	enum options_result result = OPTIONS_RUN;

	while (result == OPTIONS_RUN && **argv && (**argv)[0] == '-' && (**argv)[1] != '\0') {
		if (strcmp(**argv, "--") == 0) {
			(*argv)++;
			break;
		}
		result = (**argv)[1] == '-' ? long_option(request, argv, why)
					    : short_options(request, argv, why);
	}
	if (result != OPTIONS_RUN)
		return result;
	if (request->wanted.allow_root_owner && (!request->wanted.owner_of || request->wanted.no_root)) {
		problem(why, "--allow-root goes with --owner-of and without --no-root");
		return OPTIONS_WRONG;
	}
	return OPTIONS_RUN;
}

static bool is_one_of(const char *word, const char *a, const char *b, const char *c)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0 || strcmp(word, c) == 0;
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
		if (is_one_of(*argv, "--help", "-h", "-?"))
			return OPTIONS_HELP;
		if (is_one_of(*argv, "--version", "-v", "-v"))
			return OPTIONS_VERSION;
	}
	if (!request->wanted.owner_of && *argv)
		request->wanted.spec = *argv++;
	if (!*argv)
		return OPTIONS_INCOMPLETE;
	request->command = argv;
	return OPTIONS_RUN;
}
