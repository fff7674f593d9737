/* apt's configuration. See plan.h. */
#include "aptwrap/plan/plan.h"

#include <string.h>

/* Commands that apt runs before and after its work. */
static const char *const hook_keys[CONFIG_HOOKS] = {
	"DPkg::Pre-Invoke",        "DPkg::Post-Invoke",        "DPkg::Pre-Install-Pkgs",
	"APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success",
};

/*
 * The image's own files are included above. apt's own time-outs end one request, and it then tries others for
 * the same file: step.c has one that ends the step. apt-get would delete what it has installed, from a cache
 * mount too. With a terminal of apt's own a maintainer script could ask there and wait for ever.
 */
static const char always[] = "Dir::Etc::parts \"/dev/null\";\n"
			     "Dir::Etc::main \"/dev/null\";\n"
			     "Dir::Cache::pkgcache \"pkgcache.bin\";\n"
			     "Acquire::GzipIndexes \"false\";\n"
			     "APT::Keep-Downloaded-Packages \"true\";\n"
			     "Binary::apt-get::APT::Keep-Downloaded-Packages \"true\";\n"
			     "#clear Acquire::Languages;\n"
			     "Acquire::Languages \"none\";\n"
			     "Acquire::PDiffs \"false\";\n"
			     "APT::Update::Error-Mode \"any\";\n"
			     "APT::Install-Suggests \"false\";\n"
			     "APT::AutoRemove::SuggestsImportant \"false\";\n"
			     "Acquire::http::Timeout \"2000000\";\n"
			     "Acquire::https::Timeout \"2000000\";\n"
			     "Dpkg::Use-Pty \"0\";\n";

/* The value of the line 'KEY "VALUE";', or NULL if it is about another key. apt escapes nothing here. */
static char *value_of(const char *line, const char *key)
{
	size_t key_len = strlen(key), len = strlen(line);

	if (strncasecmp(line, key, key_len) != 0 || !text_starts(line + key_len, " \"") || len < key_len + 4)
		return NULL;
	return text_copy(line + key_len + 2, len - key_len - 4);
}

/* child, in parent unless it is absolute, without a slash at the end. */
static char *join_path(const char *parent, const char *child)
{
	char *path = child[0] == '/' ? text_join(child, NULL) : text_join("/", parent, "/", child, NULL),
	     *to = path;

	for (const char *from = path; *from; from++)
		if (*from != '/' || (from[1] && from[1] != '/'))
			*to++ = *from;
	*to = '\0';
	return path;
}

/* "Acquire::IndexTargets::deb::Contents-deb::MetaKey ..." is an index file; only Packages is needed. */
static void take_index(struct config *config, const char *line)
{
	static const char prefix[] = "Acquire::IndexTargets::";
	const char *end = strstr(line, "::MetaKey ");

	if (!end || !text_starts(line, prefix))
		return;
	char *name = text_copy(line + strlen(prefix), (size_t)(end - line) - strlen(prefix));
	if (strcmp(name, "deb::Packages") != 0)
		list_add(&config->indexes, name);
}

enum key { ETC, MAIN, PARTS, SOURCE_LIST, SOURCE_PARTS, STATE, LISTS, CACHE, ARCHIVES, ARCHITECTURE, KEYS };

void config_parse(struct config *config, const char *dump)
{
	static const char *const keys[KEYS] = {"Dir::Etc",
					       "Dir::Etc::main",
					       "Dir::Etc::parts",
					       "Dir::Etc::sourcelist",
					       "Dir::Etc::sourceparts",
					       "Dir::State",
					       "Dir::State::lists",
					       "Dir::Cache",
					       "Dir::Cache::archives",
					       "APT::Architecture"};
	char *values[KEYS];
	struct list lines = {0};

	*config = (struct config){0};
	for (size_t i = 0; i < KEYS; i++)
		values[i] = text_join("", NULL);
	list_add_lines(&lines, dump);
	for (size_t l = 0; l < lines.count; l++) {
		const char *line = lines.items[l];
		for (size_t i = 0; i < KEYS; i++) {
			char *value = value_of(line, keys[i]);
			values[i] = value ? value : values[i];
		}
		for (size_t i = 0; i < CONFIG_HOOKS; i++) {
			char *hook = value_of(line, text_join(hook_keys[i], "::", NULL));
			if (hook)
				list_add(&config->hooks[i], hook);
		}
		take_index(config, line);
		config->conffile_choice |= strstr(line, "--force-conf") != NULL;
	}
	config->main_file = join_path(values[ETC], values[MAIN]);
	config->parts = join_path(values[ETC], values[PARTS]);
	config->source_list = join_path(values[ETC], values[SOURCE_LIST]);
	config->source_parts = join_path(values[ETC], values[SOURCE_PARTS]);
	config->lists = join_path(values[STATE], values[LISTS]);
	config->cache = join_path("/", values[CACHE]);
	config->archives = join_path(values[CACHE], values[ARCHIVES]);
	config->architecture = values[ARCHITECTURE];
}

static void set(struct text *text, const char *key, const char *value)
{
	text_add(text, text_join(key, " \"", value, "\";\n", NULL));
}

/*
 * Two kinds of hooks are left out. Images for Docker empty apt's caches, which we do ourselves, and in a
 * cache mount it would be wrong. And debconf asks its questions early: here nobody answers, and it would
 * write its database, which makes an entry in the image's layer even if nothing has changed.
 */
static bool is_unwanted(const char *hook)
{
	static const char *const signs[] = {"dpkg-preconfigure", "/var/cache/apt", "/var/lib/apt/lists",
					    "apt-get clean", "apt clean"};
	bool found = false;

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		found |= strstr(hook, signs[i]) != NULL;
	return found;
}

static void add_hooks(struct text *text, const struct config *config)
{
	for (size_t k = 0; k < CONFIG_HOOKS; k++) {
		const struct list *hooks = &config->hooks[k];
		if (hooks->count > 0)
			text_add(text, text_join("#clear ", hook_keys[k], ";\n", NULL));
		for (size_t i = 0; i < hooks->count; i++)
			if (!is_unwanted(hooks->items[i]))
				set(text, text_join(hook_keys[k], "::", NULL), hooks->items[i]);
	}
}

char *config_text(const struct config *config, const struct options *options, const char *directory,
		  const char *user_file, bool have_main)
{
	struct text text = {0};

	text_add(&text, "// Written by praekelt-aptwrap for one run.\n");
	if (user_file)
		text_add(&text, text_join("#include \"", user_file, "\";\n", NULL));
	text_add(&text, text_join("#include \"", config->parts, "/\";\n", NULL));
	if (have_main)
		text_add(&text, text_join("#include \"", config->main_file, "\";\n", NULL));
	set(&text, "Dir::State::lists", text_join(config->lists, "/", NULL));
	set(&text, "Dir::Cache", text_join(config->cache, "/", NULL));
	set(&text, "Dir::Cache::archives", text_join(config->archives, "/", NULL));
	/* The part of apt's cache that is made of the indexes alone is worth its time only if a later run
	 * finds it. */
	set(&text, "Dir::Cache::srcpkgcache", config->keep_cache ? "srcpkgcache.bin" : "");
	if (options->snapshot) {
		/* All sources are the snapshot service's then: see session.c. */
		set(&text, "Acquire::Check-Valid-Until", "false");
		set(&text, "Dir::Etc::sourcelist", "/dev/null");
		set(&text, "Dir::Etc::sourceparts", text_join(directory, "/sources.list.d/", NULL));
	}
	for (size_t i = 0; i < config->indexes.count; i++)
		set(&text,
		    text_join("Acquire::IndexTargets::", config->indexes.items[i], "::DefaultEnabled", NULL),
		    "false");
	add_hooks(&text, config);
	text_add(&text, always);
	set(&text, "Acquire::Retries", text_number(options->retries));
	set(&text, "DPkg::Lock::Timeout", text_number(options->lock_timeout_s));
	set(&text, "APT::Install-Recommends", options->recommends ? "true" : "false");
	if (!options->logs)
		text_add(&text, text_join("Dir::Log \"", directory, "/log/\";\n",
					  "DPkg::Options { \"--log=/dev/null\"; };\n", NULL));
	if (!config->conffile_choice)
		text_add(&text, "DPkg::Options { \"--force-confdef\"; \"--force-confold\"; };\n");
	return text.data;
}
