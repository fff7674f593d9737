/* The options and words of the command line. See cli.h. */
#include "aptwrap/cli/cli.h"

#include "common/program_name.h"
#include "common/num.h"

#include <string.h>

enum { DEFAULT_RETRIES = 3, DEFAULT_LOCK_TIMEOUT_S = 60, DEFAULT_TIMEOUT_S = 30 };
enum { MAX_NUMBER = 24 * 3600, MAX_GROUP_NAME = 100 };

/* Options of apt-get, each between two blanks. */
static const char valued[] = /* their value is the next argument, unless it is in the same one */
	" -a -c -o -t -P -S --host-architecture --config-file --option --target-release --default-release"
	" --build-profiles --solver --planner --with-source --error-on ";
static const char common[] =
	" -o -c --option --config-file --quiet "; /* for every command of apt, as is -q */
static const char update_only[] =
	" --allow-releaseinfo-change --allow-insecure-repositories --allow-weak-repositories"
	" --allow-downgrade-to-insecure-repositories --list-cleanup --no-list-cleanup --error-on ";
static const char simulating[] =
	" -s -d --simulate --just-print --recon --no-act --print-uris --download-only ";

/* The state of parsing: argv[i] is the current argument, about the part of it that is wrong. */
struct parser {
	struct options *options;
	char *const *argv;
	int i;
	const char *about;
};

enum value { FLAG, NUMBER, LIST, STRING, OPTIONAL };

#define AT(member) offsetof(struct options, member)

static const struct own_option {
	const char *name;
	size_t at; /* the offset in struct options */
	enum value value;
	int only; /* the only verb that has it, or -1 */
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

/* The format of the snapshot service, 20260131T000000Z. A day alone means its start. */
static bool is_snapshot(const char *value)
{
	return strspn(value, "0123456789") == 8 &&
	       (!value[8] ||
		(value[8] == 'T' && strspn(value + 9, "0123456789") == 6 && strcmp(value + 15, "Z") == 0));
}

/* value may be NULL if the option is a FLAG or OPTIONAL. */
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

/* Whether the word after --runtime-deps is its directory. Otherwise it is a package. */
static bool is_directory(const char *word)
{
	return word && !strstr(word, ".deb") &&
	       (word[0] == '/' || text_starts(word, "./") || text_starts(word, "../") ||
		strcmp(word, ".") == 0);
}

/* value is what follows "=" in the same word, or NULL. */
static const char *take_own(struct parser *parser, const struct own_option *own, const char *value)
{
	const char *next = parser->argv[parser->i + 1];

	if (own->only >= 0 && own->only != (int)parser->options->verb)
		return own->only == VERB_INSTALL ? "only install has the option"
						 : "only purge has the option";
	if (own->value == FLAG && value)
		return "a value was given to an option that has none:";
	if (!value && own->value != FLAG && (own->value != OPTIONAL || is_directory(next))) {
		if (!next)
			return "a value is missing after";
		value = next;
		parser->i++;
	}
	if (value && *value == '\0')
		return "an empty value for";
	parser->about = value ? value : parser->about;
	return apply(parser->options, own, value);
}

static const char *take_word(struct parser *parser)
{
	struct options *options = parser->options;
	const char *word = parser->argv[parser->i], *next = parser->argv[parser->i + 1];
	size_t len = strcspn(word, "=");
	const struct own_option *own = find_own(word, len);
	enum apt_option_kind kind = APT_ACTION;

	parser->about = word;
	if (*word == '\0')
		return "an empty word where a package is expected:";
	if (own)
		return take_own(parser, own, word[len] ? word + len + 1 : NULL);
	if (word[0] != '-' || !word[1]) {
		list_add(word[0] == '-' ? &options->files : &options->names, word);
		return NULL;
	}
	/* Short options may be combined, as in -yq, and their value may follow, as in -oKEY=VALUE. */
	bool short_one = word[1] != '-', letters = short_one && !is_one_of(word, 2, valued);
	options->quiet |= is_one_of(word, len, " --quiet ") || (letters && memchr(word, 'q', len));
	options->simulate |= is_one_of(word, len, simulating) || (letters && strcspn(word, "sd") < len);
	if (is_one_of(word, short_one ? 2 : len, common) || strspn(word, "-q") == len)
		kind = APT_COMMON;
	else if (is_one_of(word, len, update_only) || text_starts(word, "--allow-releaseinfo-change"))
		kind = APT_UPDATE;
	list_add(&options->apt_options[kind], word);
	if (!word[len] && next &&
	    (is_one_of(word, len, valued) || (letters && strchr("acotPS", word[len - 1])))) {
		list_add(&options->apt_options[kind], next);
		parser->i++;
	}
	return NULL;
}

static const char *take_verb(struct parser *parser)
{
	static const char *const names[] = {"install", "purge", "clean", "list"}; /* as in enum verb */
	struct options *options = parser->options;

	options->minideb = strcmp(options->called, "install_packages") == 0;
	options->verb = text_starts(options->called, "apt-get-purge") ? VERB_PURGE : VERB_INSTALL;
	if (options->minideb || text_starts(options->called, "apt-get-"))
		return NULL;
	const char *word = parser->argv[0] ? parser->argv[parser->i++] : NULL;
	if (!word)
		return "no verb: install, purge, clean or list";
	parser->about = word;
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
	const char *called = argc > 0 ? program_name(argv[0]) : "";
	struct parser parser = {.options = options, .argv = argv, .i = 1};
	bool only_names = false; /* "--" was read */

	*options = (struct options){
		.called = *called ? called : "praekelt-aptwrap",
		.retries = DEFAULT_RETRIES,
		.lock_timeout_s = DEFAULT_LOCK_TIMEOUT_S,
		.timeout_s = DEFAULT_TIMEOUT_S,
	};
	const char *wrong = take_verb(&parser);
	for (; !wrong && parser.i < argc && !options->help && !options->version; parser.i++)
		if (only_names && argv[parser.i][0])
			list_add(&options->names, argv[parser.i]);
		else if (strcmp(argv[parser.i], "--") == 0)
			only_names = true;
		else
			wrong = take_word(&parser);
	*about = wrong ? parser.about : NULL;
	bool names = options->names.count + options->files.count > 0;
	if (!wrong && !options->help && !options->version && names &&
	    (options->verb == VERB_CLEAN || options->verb == VERB_LIST))
		return "this verb has no arguments";
	return wrong;
}
