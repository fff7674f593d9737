/* The options and words of the command line. See cli.h. */
#include "aptwrap/cli/cli.h"

#include "common/program_name.h"
#include "common/num.h"

#include <string.h>

enum { DEFAULT_RETRIES = 3, DEFAULT_LOCK_TIMEOUT_S = 60, DEFAULT_TIMEOUT_S = 30 };
enum { MAX_NUMBER = 24 * 3600, MAX_GROUP_NAME = 100 };

/* Options of apt-get, in words that begin and end with a blank. */
static const char valued[] = /* the value is the next word, unless it is in the same word */
	" -a -c -o -t -P -S --host-architecture --config-file --option --target-release --default-release"
	" --build-profiles --solver --planner --with-source --error-on ";
static const char common[] =
	" -o -c --option --config-file --quiet "; /* every command of apt has these, and -q */
static const char update_only[] =
	" --allow-releaseinfo-change --allow-insecure-repositories --allow-weak-repositories"
	" --allow-downgrade-to-insecure-repositories --list-cleanup --no-list-cleanup --error-on ";
static const char simulating[] =
	" -s -d --simulate --just-print --recon --no-act --print-uris --download-only ";

enum value { FLAG, NUMBER, LIST, STRING, OPTIONAL };

#define AT(member) offsetof(struct options, member)

static const struct own_option {
	const char *name;
	size_t at; /* where in struct options it is kept */
	enum value value;
	int only; /* the verb that has it, or -1 */
} own_options[] = {
	{"--file", AT(files), LIST, -1},
	{"--virtual", AT(group), STRING, VERB_INSTALL},
	{"--keep-linked", AT(keep_linked), LIST, VERB_PURGE},
	{"--runtime-deps", AT(runtime_dirs), OPTIONAL, VERB_INSTALL},
	{"--snapshot", AT(snapshot), STRING, VERB_INSTALL},
	{"--retries", AT(retries), NUMBER, -1},
	{"--lock-timeout", AT(lock_timeout_s), NUMBER, -1},
	{"--timeout", AT(timeout_s), NUMBER, -1},
	{"--recommends", AT(recommends), FLAG, VERB_INSTALL},
	{"--logs", AT(logs), FLAG, -1},
	{"--trace", AT(trace), FLAG, -1},
	{"--verbose", AT(verbose), FLAG, -1},
	{"-v", AT(verbose), FLAG, -1},
	{"--dry-run", AT(dry_run), FLAG, -1},
	{"--help", AT(help), FLAG, -1},
	{"-h", AT(help), FLAG, -1},
	{"--version", AT(version), FLAG, -1},
	{"-V", AT(version), FLAG, -1},
};

static bool is_one_of(const char *word, size_t len, const char *words)
{
	return strstr(words, text_join(" ", text_copy(word, len), " ", NULL)) != NULL;
}

static const struct own_option *find_own(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(own_options) / sizeof(own_options[0]); i++)
		if (strlen(own_options[i].name) == len && strncmp(own_options[i].name, word, len) == 0)
			return &own_options[i];
	return NULL;
}

bool options_valid_group(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= MAX_GROUP_NAME && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	       name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.+_-")] == '\0';
}

/* The snapshot service's own format, 20260131T000000Z; a day alone means its first second. */
static bool is_snapshot(const char *value)
{
	return strspn(value, "0123456789") == 8 &&
	       (!value[8] ||
		(value[8] == 'T' && strspn(value + 9, "0123456789") == 6 && strcmp(value + 15, "Z") == 0));
}

/* value is NULL for a flag, and may be for OPTIONAL. */
static const char *apply(struct options *options, const struct own_option *own, const char *value)
{
	void *at = (char *)options + own->at;
	uint64_t number = 0;

	switch (own->value) {
	case FLAG:
		*(bool *)at = true;
		return NULL;
	case NUMBER:
		if (num_parse(value, strlen(value), MAX_NUMBER, &number) != NUM_OK)
			return "not a number, or too large:";
		*(unsigned *)at = (unsigned)number;
		return NULL;
	case OPTIONAL:
		options->runtime_deps = true;
		if (value)
			list_add(at, value);
		return NULL;
	case LIST:
		list_add(at, value);
		return NULL;
	case STRING:
		*(const char **)at = value;
		if (at == &options->snapshot)
			return is_snapshot(value) ? NULL : "not a time such as 20260131T000000Z:";
		return options_valid_group(value) ? NULL : "not a valid name of a group:";
	}
	return NULL;
}

/* A directory begins with a slash or a dot; a package that may follow --runtime-deps does not. */
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
	if (own->value == FLAG && value)
		return "a value was given to an option that has none:";
	if (!value && own->value != FLAG && (own->value != OPTIONAL || is_directory(next))) {
		if (!next)
			return "a value is missing after";
		value = next;
		*used = true;
	}
	if (value && *value == '\0')
		return "an empty value for";
	*about = value ? value : *about;
	return apply(options, own, value);
}

static const char *take_word(struct options *options, char *const *argv, int *i, const char **about)
{
	const char *word = argv[*i], *next = argv[*i + 1];
	size_t len = strcspn(word, "=");
	const struct own_option *own = find_own(word, len);
	enum apt_option_kind kind = APT_ACTION;
	bool used = false;

	*about = word;
	if (*word == '\0')
		return "an empty word where a package is expected:";
	if (own) {
		const char *wrong =
			take_own(options, own, word[len] ? word + len + 1 : NULL, next, &used, about);
		*i += used;
		return wrong;
	}
	if (word[0] != '-' || !word[1]) {
		list_add(word[0] == '-' ? &options->files : &options->names, word);
		return NULL;
	}
	/* Short ones may stand together, as in -yq, and have their value behind them, as in -oKEY=VALUE. */
	bool short_one = word[1] != '-', letters = short_one && !is_one_of(word, 2, valued);
	options->quiet |= is_one_of(word, len, " --quiet ") || (letters && memchr(word, 'q', len));
	options->simulate |= is_one_of(word, len, simulating) || (letters && strcspn(word, "sd") < len);
	if (is_one_of(word, short_one ? 2 : len, common) || strspn(word, "-q") == len)
		kind = APT_COMMON;
	else if (is_one_of(word, len, update_only) || strncmp(word, "--allow-releaseinfo-change", 26) == 0)
		kind = APT_UPDATE;
	list_add(&options->apt_options[kind], word);
	if (!word[len] && next &&
	    (is_one_of(word, len, valued) || (letters && strchr("acotPS", word[len - 1])))) {
		list_add(&options->apt_options[kind], next);
		++*i;
	}
	return NULL;
}

static const char *take_verb(struct options *options, char *const *argv, int *first, const char **about)
{
	static const char *const names[] = {"install", "purge", "clean", "list"}; /* as in enum verb */
	const char *word = argv[0] ? argv[1] : NULL;

	*first = 1;
	options->minideb = strcmp(options->called, "install_packages") == 0;
	options->verb = text_starts(options->called, "apt-get-purge") ? VERB_PURGE : VERB_INSTALL;
	if (options->minideb || text_starts(options->called, "apt-get-"))
		return NULL;
	if (!word)
		return "no verb: install, purge, clean or list";
	*about = word;
	*first = 2;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(word, names[i]) == 0) {
			options->verb = (enum verb)i;
			return NULL;
		}
	options->help = is_one_of(word, strlen(word), " help --help -h ");
	options->version = is_one_of(word, strlen(word), " --version -V ");
	return options->help || options->version ? NULL : "unknown verb";
}

const char *options_parse(struct options *options, int argc, char *const *argv, const char **about)
{
	const char *called = argc > 0 ? program_name(argv[0]) : "", *wrong;
	bool names = false; /* the rest is */
	int i;

	*options = (struct options){
		.called = *called ? called : "praekelt-aptwrap",
		.retries = DEFAULT_RETRIES,
		.lock_timeout_s = DEFAULT_LOCK_TIMEOUT_S,
		.timeout_s = DEFAULT_TIMEOUT_S,
	};
	*about = NULL;
	wrong = take_verb(options, argv, &i, about);
	for (; !wrong && i < argc && !options->help && !options->version; i++)
		if (names && argv[i][0])
			list_add(&options->names, argv[i]);
		else if (strcmp(argv[i], "--") == 0)
			names = true;
		else
			wrong = take_word(options, argv, &i, about);
	if (wrong || options->help || options->version)
		return wrong;
	*about = NULL;
	names = options->names.count + options->files.count > 0;
	return names && (options->verb == VERB_CLEAN || options->verb == VERB_LIST)
		       ? "this verb has no arguments"
		       : NULL;
}
