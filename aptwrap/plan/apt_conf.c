/* apt's configuration: what the image has, and the file that a run adds. See plan.h. */
#include "aptwrap/plan/plan.h"

#include <string.h>

/* The hooks: commands that apt runs before and after its work. */
static const char *const hook_keys[CONFIG_HOOKS] = {
	"DPkg::Pre-Invoke",        "DPkg::Post-Invoke",        "DPkg::Pre-Install-Pkgs",
	"APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success",
};

/*
 * Dir::Etc: the file includes the image's own files itself. Keep-Downloaded-Packages: apt-get would delete
 * the packages that it installed, even from a cache mount. Timeout: after apt's own time-out apt asks for the
 * same file again, so step.c has a time-out that ends the command. Use-Pty: with a terminal of apt's, a
 * maintainer script could ask a question there and wait for ever.
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

/* The value in the line 'KEY "VALUE";', or NULL if it has another key. apt-config escapes nothing. */
static char *value_of(const char *line, const char *key)
{
	size_t key_len = strlen(key), len = strlen(line);

	if (strncasecmp(line, key, key_len) != 0 || !text_starts(line + key_len, " \"") || len < key_len + 4)
		return NULL;
	return text_copy(line + key_len + 2, len - key_len - 4);
}

/* The last value of the key, or "". */
static const char *find(const struct list *lines, const char *key)
{
	const char *found = "", *value;

	for (size_t i = 0; i < lines->count; i++)
		if ((value = value_of(lines->items[i], key)))
			found = value;
	return found;
}

/* The path in the directory, unless it is absolute. No slash is doubled, and none is at the end. */
static char *join_path(const char *directory, const char *path)
{
	char *joined = path[0] == '/' ? text_join(path, NULL) : text_join("/", directory, "/", path, NULL);
	char *to = joined;

	for (const char *from = joined; *from; from++)
		if (*from != '/' || (from[1] && from[1] != '/'))
			*to++ = *from;
	*to = '\0';
	return joined;
}

void config_parse(struct config *config, const char *dump)
{
	struct list lines = list_split(dump, "\n");
	const char *etc = find(&lines, "Dir::Etc"), *cache = find(&lines, "Dir::Cache");

	*config = (struct config){
		.main_file = join_path(etc, find(&lines, "Dir::Etc::main")),
		.parts = join_path(etc, find(&lines, "Dir::Etc::parts")),
		.source_list = join_path(etc, find(&lines, "Dir::Etc::sourcelist")),
		.source_parts = join_path(etc, find(&lines, "Dir::Etc::sourceparts")),
		.lists = join_path(find(&lines, "Dir::State"), find(&lines, "Dir::State::lists")),
		.cache = join_path("/", cache),
		.archives = join_path(cache, find(&lines, "Dir::Cache::archives")),
		.architecture = find(&lines, "APT::Architecture"),
	};
	for (size_t l = 0; l < lines.count; l++) {
		const char *line = lines.items[l], *hook, *end = strstr(line, "::MetaKey ");
		for (size_t i = 0; i < CONFIG_HOOKS; i++)
			if ((hook = value_of(line, text_join(hook_keys[i], "::", NULL))))
				list_add(&config->hooks[i], hook);
		/* "Acquire::IndexTargets::deb::Contents-deb::MetaKey ..." defines an index. */
		if (end && text_starts(line, "Acquire::IndexTargets::") &&
		    !text_starts(line, "Acquire::IndexTargets::deb::Packages::"))
			list_add(&config->unused_indexes, text_copy(line, (size_t)(end - line)));
		config->conffile_choice |= strstr(line, "--force-conf") != NULL;
	}
}

static void set(struct text *text, const char *key, const char *value)
{
	text_add(text, text_join(key, " \"", value, "\";\n", NULL));
}

/*
 * Hooks that are not run: those of container images that empty apt's caches, as this program does that,
 * except in cache mounts; and debconf's early questions, as nobody answers, and as debconf would write its
 * database, which adds an entry to the image's layer even if nothing changed.
 */
static bool is_unwanted(const char *hook)
{
	static const char *const signs[] = {"dpkg-preconfigure", "/var/cache/apt", "/var/lib/apt/lists",
					    "apt-get clean", "apt clean"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strstr(hook, signs[i]))
			return true;
	return false;
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

char *config_text(const struct config *config, const struct options *options, const char *directory)
{
	struct text text = {0};

	text_add(&text, "// Written by praekelt-aptwrap for one run.\n");
	if (config->user_file)
		set(&text, "#include", config->user_file);
	set(&text, "#include", text_join(config->parts, "/", NULL));
	if (config->main_file)
		set(&text, "#include", config->main_file);
	set(&text, "Dir::State::lists", text_join(config->lists, "/", NULL));
	set(&text, "Dir::Cache", text_join(config->cache, "/", NULL));
	set(&text, "Dir::Cache::archives", text_join(config->archives, "/", NULL));
	/* apt's cache of the indexes alone is only worth its time if a later run finds it. */
	set(&text, "Dir::Cache::srcpkgcache", config->keep_cache ? "srcpkgcache.bin" : "");
	if (options->snapshot) {
		/* This is safe: session.c checks that every source is the snapshot service's. */
		set(&text, "Acquire::Check-Valid-Until", "false");
		set(&text, "Dir::Etc::sourcelist", "/dev/null");
		set(&text, "Dir::Etc::sourceparts", text_join(directory, "/sources.list.d/", NULL));
	}
	for (size_t i = 0; i < config->unused_indexes.count; i++)
		set(&text, text_join(config->unused_indexes.items[i], "::DefaultEnabled", NULL), "false");
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
