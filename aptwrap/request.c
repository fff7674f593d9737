/* See request.h. */
#include "request.h"

#include "common/name.h"
#include "common/num.h"
#include "groups.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_RETRIES = 3, DEFAULT_LOCK_TIMEOUT_S = 60, DEFAULT_STALL_TIMEOUT_S = 120 };
enum { MAX_RETRIES = 20, MAX_TIMEOUT_S = 24 * 3600 };

/* Options of apt-get whose value is a word of its own. Those that take it only after "=" need no entry. */
static const char *const apt_valued[] = {
	"-a",
	"-c",
	"-o",
	"-t",
	"-P",
	"-S",
	"--host-architecture",
	"--config-file",
	"--option",
	"--target-release",
	"--default-release",
	"--build-profiles",
	"--solver",
	"--planner",
	"--with-source",
	"--error-on",
};

static const char *const apt_simulate[] = {
	"-s", "--simulate", "--just-print", "--recon", "--no-act", "--print-uris", "-d", "--download-only",
};

enum option {
	OPT_FILE,
	OPT_GROUP,
	OPT_KEEP_LINKED,
	OPT_RUNTIME_DEPS,
	OPT_SNAPSHOT,
	OPT_RETRIES,
	OPT_LOCK_TIMEOUT,
	OPT_TIMEOUT,
	OPT_RECOMMENDS,
	OPT_LOGS,
	OPT_TRACE,
	OPT_VERBOSE,
	OPT_QUIET,
	OPT_DRY_RUN,
	OPT_HELP,
	OPT_VERSION,
};

static const struct own {
	const char *name;
	enum option option;
	bool valued;
	int only; /* the verb it belongs to, or -1 */
} own_options[] = {
	{"--file", OPT_FILE, true, -1},
	{"--virtual", OPT_GROUP, true, VERB_INSTALL},
	{"--keep-linked", OPT_KEEP_LINKED, true, VERB_PURGE},
	{"--runtime-deps", OPT_RUNTIME_DEPS, false, VERB_INSTALL},
	{"--snapshot", OPT_SNAPSHOT, true, VERB_INSTALL},
	{"--retries", OPT_RETRIES, true, -1},
	{"--lock-timeout", OPT_LOCK_TIMEOUT, true, -1},
	{"--timeout", OPT_TIMEOUT, true, -1},
	{"--recommends", OPT_RECOMMENDS, false, VERB_INSTALL},
	{"--logs", OPT_LOGS, false, -1},
	{"--trace", OPT_TRACE, false, -1},
	{"--verbose", OPT_VERBOSE, false, -1},
	{"-v", OPT_VERBOSE, false, -1},
	{"--quiet", OPT_QUIET, false, -1},
	{"-q", OPT_QUIET, false, -1},
	{"-qq", OPT_QUIET, false, -1},
	{"--dry-run", OPT_DRY_RUN, false, -1},
	{"--help", OPT_HELP, false, -1},
	{"-h", OPT_HELP, false, -1},
	{"--version", OPT_VERSION, false, -1},
};

static bool is_one_of(const char *word, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, names[i]) == 0)
			return true;
	return false;
}

#define IS_ONE_OF(word, names) is_one_of((word), (names), sizeof(names) / sizeof((names)[0]))

static const struct own *find_own(const char *word, const char **value)
{
	const char *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
	size_t len = equals ? (size_t)(equals - word) : strlen(word);

	*value = equals ? equals + 1 : NULL;
	for (size_t i = 0; i < sizeof(own_options) / sizeof(own_options[0]); i++)
		if (strlen(own_options[i].name) == len && strncmp(own_options[i].name, word, len) == 0)
			return &own_options[i];
	return NULL;
}

static const char *number(const char *value, uint64_t max, unsigned *result)
{
	uint64_t n = 0;

	switch (num_parse(value, strlen(value), max, &n)) {
	case NUM_OK:
		*result = (unsigned)n;
		return NULL;
	case NUM_MALFORMED:
		return "not a number:";
	case NUM_RANGE:
		return "number too large:";
	}
	return NULL;
}

/* The snapshot service names a moment as 20260131T000000Z; a day alone means its first second. */
static bool is_snapshot(const char *value)
{
	size_t digits = strspn(value, "0123456789");

	if (digits != 8)
		return false;
	value += digits;
	return *value == '\0' ||
	       (*value == 'T' && strspn(value + 1, "0123456789") == 6 && strcmp(value + 7, "Z") == 0);
}

static const char *apply(struct request *request, enum option option, const char *value)
{
	/* Only --runtime-deps may come without one. */
	const char *given = value ? value : "";

	switch (option) {
	case OPT_FILE:
		list_add(&request->files, given);
		return NULL;
	case OPT_GROUP:
		request->group = given;
		return groups_valid_name(given) ? NULL : "not a group's name:";
	case OPT_KEEP_LINKED:
		list_add(&request->keep_linked, given);
		return NULL;
	case OPT_RUNTIME_DEPS:
		request->runtime_deps = true;
		if (value)
			list_add(&request->runtime_dirs, value);
		return NULL;
	case OPT_SNAPSHOT:
		request->snapshot = given;
		return is_snapshot(given) ? NULL : "not a moment such as 20260131T000000Z:";
	case OPT_RETRIES:
		return number(given, MAX_RETRIES, &request->retries);
	case OPT_LOCK_TIMEOUT:
		return number(given, MAX_TIMEOUT_S, &request->lock_timeout_s);
	case OPT_TIMEOUT:
		return number(given, MAX_TIMEOUT_S, &request->stall_timeout_s);
	case OPT_RECOMMENDS:
		request->recommends = true;
		return NULL;
	case OPT_LOGS:
		request->logs = true;
		return NULL;
	case OPT_TRACE:
		request->trace = true;
		return NULL;
	case OPT_VERBOSE:
		request->verbose = true;
		return NULL;
	case OPT_QUIET:
		request->quiet = true;
		return NULL;
	case OPT_DRY_RUN:
		request->dry_run = true;
		return NULL;
	case OPT_HELP:
		request->verb = VERB_HELP;
		return NULL;
	case OPT_VERSION:
		request->verb = VERB_VERSION;
		return NULL;
	}
	return NULL;
}

static void add_word(struct request *request, const char *text, bool name)
{
	request->words[request->word_count++] = (struct request_word){.text = text, .name = name};
	request->name_count += name;
}

/* Puts the word at argv[*i], and its value where it has one, to where it belongs. */
static const char *take_word(struct request *request, char *const *argv, int *i, const char **about)
{
	const char *word = argv[*i], *value = NULL;
	const struct own *own = find_own(word, &value);

	*about = word;
	if (strcmp(word, "-") == 0) {
		list_add(&request->files, word);
		return NULL;
	}
	if (word[0] != '-') {
		add_word(request, word, true);
		return NULL;
	}
	if (!own) {
		add_word(request, word, false);
		request->simulate |= IS_ONE_OF(word, apt_simulate);
		if (IS_ONE_OF(word, apt_valued) && argv[*i + 1])
			add_word(request, argv[++*i], false);
		return NULL;
	}
	if (own->only >= 0 && own->only != (int)request->verb)
		return own->only == VERB_INSTALL ? "only install knows" : "only purge knows";
	if (own->valued && !value) {
		value = argv[*i + 1];
		if (!value)
			return "a value is missing after";
		++*i;
	} else if (own->option == OPT_RUNTIME_DEPS && !value) {
		/* A directory, and not the package that may follow, has a slash or is a dot. */
		const char *next = argv[*i + 1];
		if (next &&
		    (next[0] == '/' || strncmp(next, "./", 2) == 0 || strncmp(next, "../", 3) == 0 ||
		     strcmp(next, ".") == 0) &&
		    !strstr(next, ".deb"))
			value = argv[++*i];
	} else if (!own->valued && own->option != OPT_RUNTIME_DEPS && value) {
		return "no value belongs to";
	}
	if (value)
		*about = value;
	if (value && *value == '\0')
		return "an empty value for an option";
	return apply(request, own->option, value);
}

static const struct called {
	const char *name;
	enum verb verb;
} called_as[] =
	{
		{"apt-get-install", VERB_INSTALL},  {"apt-get-install.sh", VERB_INSTALL},
		{"install_packages", VERB_INSTALL}, {"apt-get-purge", VERB_PURGE},
		{"apt-get-purge.sh", VERB_PURGE},
},
  verbs[] = {
	  {"install", VERB_INSTALL}, {"purge", VERB_PURGE}, {"clean", VERB_CLEAN},       {"list", VERB_LIST},
	  {"help", VERB_HELP},       {"--help", VERB_HELP}, {"--version", VERB_VERSION}, {"-h", VERB_HELP},
};

static const struct called *find_called(const char *name, const struct called *table, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

static const char *find_verb(struct request *request, char *const *argv, int *first, const char **about)
{
	const struct called *found =
		find_called(request->called, called_as, sizeof(called_as) / sizeof(called_as[0]));

	*first = 1;
	request->minideb = strcmp(request->called, "install_packages") == 0;
	if (!found) {
		if (!argv[0] || !argv[1])
			return "no verb: install, purge, clean or list";
		*about = argv[1];
		found = find_called(argv[1], verbs, sizeof(verbs) / sizeof(verbs[0]));
		if (!found)
			return "unknown verb";
		*first = 2;
	}
	request->verb = found->verb;
	return NULL;
}

static const char *check_whole(const struct request *request, const char **about)
{
	*about = NULL;
	switch (request->verb) {
	case VERB_INSTALL:
		if (request->name_count == 0 && request->files.count == 0 && !request->runtime_deps &&
		    !request->minideb)
			return "no packages to install";
		return NULL;
	case VERB_PURGE:
		if (request->name_count == 0 && request->files.count == 0)
			return "no packages to purge";
		return NULL;
	case VERB_CLEAN:
	case VERB_LIST:
		if (request->word_count > 0 || request->files.count > 0) {
			*about = request->word_count > 0 ? request->words[0].text : request->files.items[0];
			return "nothing belongs to this verb:";
		}
		return NULL;
	case VERB_HELP:
	case VERB_VERSION:
		return NULL;
	}
	return NULL;
}

const char *request_parse(struct request *request, int argc, char *const *argv, const char **about)
{
	const char *wrong;
	int first;

	*about = NULL;
	*request = (struct request){
		.called = "praekelt-aptwrap",
		.retries = DEFAULT_RETRIES,
		.lock_timeout_s = DEFAULT_LOCK_TIMEOUT_S,
		.stall_timeout_s = DEFAULT_STALL_TIMEOUT_S,
	};
	if (argc > 0)
		request->called = name_of(argv[0]);
	request->words = calloc((size_t)argc + 1, sizeof(*request->words));
	if (!request->words)
		abort();
	wrong = find_verb(request, argv, &first, about);
	if (wrong)
		return wrong;
	for (int i = first; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			while (++i < argc)
				add_word(request, argv[i], true);
			break;
		}
		wrong = take_word(request, argv, &i, about);
		if (wrong)
			return wrong;
		if (request->verb == VERB_HELP || request->verb == VERB_VERSION)
			return NULL;
	}
	return check_whole(request, about);
}
