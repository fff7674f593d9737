/* See options.h. */
#include "aptwrap/line/options.h"

#include "aptwrap/group/name.h"
#include "common/num.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_RETRIES = 3, DEFAULT_LOCK_TIMEOUT_S = 60, DEFAULT_TIMEOUT_S = 30 };
enum { MAX_RETRIES = 20, MAX_TIMEOUT_S = 24 * 3600 };

/* apt-get's options whose value may be the next word; of the short ones it may also be the rest of the word.
 */
static const char short_valued[] = "acotPS";
static const char *const long_valued[] = {
	"--host-architecture", "--config-file", "--option",  "--target-release", "--default-release",
	"--build-profiles",    "--solver",      "--planner", "--with-source",    "--error-on",
};
static const char *const long_common[] = {"--option", "--config-file"};
static const char *const long_update[] = {
	"--allow-insecure-repositories",
	"--allow-weak-repositories",
	"--allow-downgrade-to-insecure-repositories",
	"--allow-releaseinfo-change",
	"--allow-releaseinfo-change-origin",
	"--allow-releaseinfo-change-label",
	"--allow-releaseinfo-change-version",
	"--allow-releaseinfo-change-codename",
	"--allow-releaseinfo-change-suite",
	"--allow-releaseinfo-change-defaultpin",
	"--list-cleanup",
	"--no-list-cleanup",
	"--error-on",
};
static const char *const long_simulate[] = {
	"--simulate", "--just-print", "--recon", "--no-act", "--print-uris", "--download-only",
};

enum own {
	OWN_FILE,
	OWN_GROUP,
	OWN_KEEP_LINKED,
	OWN_RUNTIME_DEPS,
	OWN_SNAPSHOT,
	OWN_RETRIES,
	OWN_LOCK_TIMEOUT,
	OWN_TIMEOUT,
	OWN_RECOMMENDS,
	OWN_LOGS,
	OWN_TRACE,
	OWN_VERBOSE,
	OWN_DRY_RUN,
	OWN_HELP,
	OWN_VERSION,
};

enum value { VALUE_NONE, VALUE_REQUIRED, VALUE_OPTIONAL };

static const struct own_option {
	const char *name;
	enum own own;
	enum value value;
	int only; /* the verb that has it, or -1 */
} own_options[] = {
	{"--file", OWN_FILE, VALUE_REQUIRED, -1},
	{"--virtual", OWN_GROUP, VALUE_REQUIRED, VERB_INSTALL},
	{"--keep-linked", OWN_KEEP_LINKED, VALUE_REQUIRED, VERB_PURGE},
	{"--runtime-deps", OWN_RUNTIME_DEPS, VALUE_OPTIONAL, VERB_INSTALL},
	{"--snapshot", OWN_SNAPSHOT, VALUE_REQUIRED, VERB_INSTALL},
	{"--retries", OWN_RETRIES, VALUE_REQUIRED, -1},
	{"--lock-timeout", OWN_LOCK_TIMEOUT, VALUE_REQUIRED, -1},
	{"--timeout", OWN_TIMEOUT, VALUE_REQUIRED, -1},
	{"--recommends", OWN_RECOMMENDS, VALUE_NONE, VERB_INSTALL},
	{"--logs", OWN_LOGS, VALUE_NONE, -1},
	{"--trace", OWN_TRACE, VALUE_NONE, -1},
	{"--verbose", OWN_VERBOSE, VALUE_NONE, -1},
	{"--dry-run", OWN_DRY_RUN, VALUE_NONE, -1},
	{"--help", OWN_HELP, VALUE_NONE, -1},
	{"--version", OWN_VERSION, VALUE_NONE, -1},
	{"-v", OWN_VERBOSE, VALUE_NONE, -1},
	{"-h", OWN_HELP, VALUE_NONE, -1},
	{"-V", OWN_VERSION, VALUE_NONE, -1},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(const char *word, size_t len, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == len && strncmp(word, names[i], len) == 0)
			return true;
	return false;
}

static const struct own_option *find_own(const char *word, size_t len)
{
	for (size_t i = 0; i < COUNT(own_options); i++)
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

/* The snapshot service's own format, 20260131T000000Z; a day alone means its first second. */
static bool is_snapshot(const char *value)
{
	if (strspn(value, "0123456789") != 8)
		return false;
	value += 8;
	return *value == '\0' ||
	       (*value == 'T' && strspn(value + 1, "0123456789") == 6 && strcmp(value + 7, "Z") == 0);
}

/* value is NULL where the option has none. */
static const char *apply(struct options *options, enum own own, const char *value)
{
	switch (own) {
	case OWN_FILE:
		list_add(&options->files, value);
		return NULL;
	case OWN_GROUP:
		options->group = value;
		return group_valid_name(value) ? NULL : "not a valid group name:";
	case OWN_KEEP_LINKED:
		list_add(&options->keep_linked, value);
		return NULL;
	case OWN_RUNTIME_DEPS:
		options->runtime_deps = true;
		if (value)
			list_add(&options->runtime_dirs, value);
		return NULL;
	case OWN_SNAPSHOT:
		options->snapshot = value;
		return is_snapshot(value) ? NULL : "not a time such as 20260131T000000Z:";
	case OWN_RETRIES:
		return number(value, MAX_RETRIES, &options->retries);
	case OWN_LOCK_TIMEOUT:
		return number(value, MAX_TIMEOUT_S, &options->lock_timeout_s);
	case OWN_TIMEOUT:
		return number(value, MAX_TIMEOUT_S, &options->timeout_s);
	case OWN_RECOMMENDS:
		options->recommends = true;
		return NULL;
	case OWN_LOGS:
		options->logs = true;
		return NULL;
	case OWN_TRACE:
		options->trace = true;
		return NULL;
	case OWN_VERBOSE:
		options->verbose = true;
		return NULL;
	case OWN_DRY_RUN:
		options->dry_run = true;
		return NULL;
	case OWN_HELP:
		options->verb = VERB_HELP;
		return NULL;
	case OWN_VERSION:
		options->verb = VERB_VERSION;
		return NULL;
	}
	return NULL;
}

static void add_word(struct options *options, const char *text, enum word_kind kind)
{
	options->words[options->word_count++] = (struct word){.text = text, .kind = kind};
	options->name_count += kind == WORD_NAME;
}

/* A directory has a slash at its beginning or is relative to "."; a package that may follow has not. */
static bool is_directory(const char *word)
{
	return word && !strstr(word, ".deb") &&
	       (word[0] == '/' || strncmp(word, "./", 2) == 0 || strncmp(word, "../", 3) == 0 ||
		strcmp(word, ".") == 0);
}

/* next is the word behind this one; *used is set where it is the value. */
static const char *take_own(struct options *options, const struct own_option *own, const char *value,
			    const char *next, bool *used, const char **about)
{
	if (own->only >= 0 && own->only != (int)options->verb)
		return own->only == VERB_INSTALL ? "only install has the option"
						 : "only purge has the option";
	if (own->value == VALUE_NONE && value)
		return "a value was given to an option that has none:";
	if (!value &&
	    (own->value == VALUE_REQUIRED || (own->value == VALUE_OPTIONAL && is_directory(next)))) {
		if (!next)
			return "a value is missing after";
		value = next;
		*used = true;
	}
	if (value && *value == '\0')
		return "an empty value for";
	if (value)
		*about = value;
	return apply(options, own->own, value);
}

static const char *take_long(struct options *options, const char *word, const char *next, bool *used,
			     const char **about)
{
	size_t len = strcspn(word, "=");
	const struct own_option *own = find_own(word, len);
	enum word_kind kind = WORD_ACTION;

	if (own)
		return take_own(options, own, word[len] ? word + len + 1 : NULL, next, used, about);
	if (len == strlen("--quiet") && strncmp(word, "--quiet", len) == 0) {
		options->quiet = true;
		kind = WORD_COMMON;
	}
	if (is_one_of(word, len, long_common, COUNT(long_common)))
		kind = WORD_COMMON;
	if (is_one_of(word, len, long_update, COUNT(long_update)))
		kind = WORD_UPDATE;
	options->simulate |= is_one_of(word, len, long_simulate, COUNT(long_simulate));
	add_word(options, word, kind);
	if (!word[len] && is_one_of(word, len, long_valued, COUNT(long_valued)) && next) {
		add_word(options, next, kind);
		*used = true;
	}
	return NULL;
}

/* A word such as -yq or -oKEY=VALUE, letter by letter, for some of them are ours. */
static const char *take_short(struct options *options, const char *word, const char *next, bool *used,
			      const char **about)
{
	for (const char *at = word + 1; *at; at++) {
		const char letter[] = {'-', *at, '\0'};
		const struct own_option *own = find_own(letter, 2);
		enum word_kind kind = strchr("ocq", *at) ? WORD_COMMON : WORD_ACTION;
		bool whole = at[1] == '=';

		if (own) {
			const char *wrong = take_own(options, own, NULL, NULL, used, about);
			if (wrong)
				return wrong;
			continue;
		}
		options->quiet |= *at == 'q';
		options->simulate |= *at == 's' || *at == 'd';
		add_word(options, text_join(letter, whole ? at + 1 : "", NULL), kind);
		if (whole)
			return NULL;
		if (!strchr(short_valued, *at))
			continue;
		if (at[1])
			add_word(options, at + 1, kind);
		else if (next)
			add_word(options, next, kind);
		*used = !at[1] && next;
		return NULL;
	}
	return NULL;
}

static const char *take_word(struct options *options, char *const *argv, int *i, const char **about)
{
	const char *word = argv[*i], *wrong;
	bool used = false;

	*about = word;
	if (*word == '\0')
		return "an empty word among the packages:";
	if (strcmp(word, "-") == 0) {
		list_add(&options->files, word);
		return NULL;
	}
	if (word[0] != '-') {
		add_word(options, word, WORD_NAME);
		return NULL;
	}
	wrong = word[1] == '-' ? take_long(options, word, argv[*i + 1], &used, about)
			       : take_short(options, word, argv[*i + 1], &used, about);
	*i += used;
	return wrong;
}

static const struct verb_name {
	const char *name;
	enum verb verb;
} called_as[] =
	{
		{"apt-get-install", VERB_INSTALL},  {"apt-get-install.sh", VERB_INSTALL},
		{"install_packages", VERB_INSTALL}, {"apt-get-purge", VERB_PURGE},
		{"apt-get-purge.sh", VERB_PURGE},
},
  verbs[] = {
	  {"install", VERB_INSTALL}, {"purge", VERB_PURGE}, {"clean", VERB_CLEAN},
	  {"list", VERB_LIST},       {"help", VERB_HELP},   {"--help", VERB_HELP},
	  {"-h", VERB_HELP},         {"-V", VERB_VERSION},  {"--version", VERB_VERSION},
};

static const struct verb_name *find_verb(const char *name, const struct verb_name *table, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

static const char *take_verb(struct options *options, char *const *argv, int *first, const char **about)
{
	const struct verb_name *found = find_verb(options->called, called_as, COUNT(called_as));

	*first = 1;
	options->minideb = strcmp(options->called, "install_packages") == 0;
	if (!found) {
		if (!argv[0] || !argv[1])
			return "no verb: install, purge, clean or list";
		*about = argv[1];
		found = find_verb(argv[1], verbs, COUNT(verbs));
		if (!found)
			return "unknown verb";
		*first = 2;
	}
	options->verb = found->verb;
	return NULL;
}

static const char *check_whole(const struct options *options, const char **about)
{
	bool nothing = options->name_count == 0 && options->files.count == 0;

	*about = NULL;
	switch (options->verb) {
	case VERB_INSTALL:
		return nothing && !options->runtime_deps && !options->minideb ? "no packages to install"
									      : NULL;
	case VERB_PURGE:
		return nothing ? "no packages to purge" : NULL;
	case VERB_CLEAN:
	case VERB_LIST:
		if (nothing)
			return NULL;
		*about = options->name_count > 0 ? options->words[0].text : options->files.items[0];
		return "this verb has no arguments:";
	case VERB_HELP:
	case VERB_VERSION:
		return NULL;
	}
	return NULL;
}

/* Each letter of a bundle may become a word of its own, with its value. */
static size_t most_words(int argc, char *const *argv)
{
	size_t most = 1;

	for (int i = 0; i < argc; i++)
		most += argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) + 1 : 1;
	return most;
}

const char *options_parse(struct options *options, int argc, char *const *argv, const char **about)
{
	const char *wrong;
	int first;

	*about = NULL;
	*options = (struct options){
		.called = "praekelt-aptwrap",
		.retries = DEFAULT_RETRIES,
		.lock_timeout_s = DEFAULT_LOCK_TIMEOUT_S,
		.timeout_s = DEFAULT_TIMEOUT_S,
	};
	if (argc > 0) {
		const char *slash = strrchr(argv[0], '/');
		options->called = slash ? slash + 1 : argv[0];
	}
	options->words = calloc(most_words(argc, argv), sizeof(*options->words));
	if (!options->words)
		abort();
	wrong = take_verb(options, argv, &first, about);
	for (int i = first; !wrong && i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			for (i++; i < argc && argv[i][0]; i++)
				add_word(options, argv[i], WORD_NAME);
			if (i < argc)
				return "an empty word among the packages";
			break;
		}
		wrong = take_word(options, argv, &i, about);
		if (!wrong && (options->verb == VERB_HELP || options->verb == VERB_VERSION))
			return NULL;
	}
	return wrong ? wrong : check_whole(options, about);
}

void options_names(const struct options *options, struct list *names)
{
	for (size_t i = 0; i < options->word_count; i++)
		if (options->words[i].kind == WORD_NAME)
			list_add(names, options->words[i].text);
}
