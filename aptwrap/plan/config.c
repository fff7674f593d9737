/* apt's configuration. See plan.h. */
#include "aptwrap/plan/plan.h"

#include <string.h>

/* Commands that apt runs before and after its work. */
static const char *const hook_keys[CONFIG_HOOKS] = {
	"DPkg::Pre-Invoke",        "DPkg::Post-Invoke",        "DPkg::Pre-Install-Pkgs",
	"APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success",
};

/* 24 days without a byte: apt takes 0 for no time at all, and counts in milliseconds. */
#define FOR_EVER "2000000"

/* The value of the line 'KEY "VALUE";', or NULL if it is about another key. apt escapes nothing here. */
static char *value_of(const char *line, size_t len, const char *key)
{
	size_t key_len = strlen(key);

	if (len < key_len + 4 || strncasecmp(line, key, key_len) != 0 ||
	    strncmp(line + key_len, " \"", 2) != 0 || strncmp(line + len - 2, "\";", 2) != 0)
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
static void take_index(struct config *config, const char *line, size_t len)
{
	static const char prefix[] = "Acquire::IndexTargets::", key[] = "::MetaKey ";
	const char *end = memmem(line, len, key, strlen(key));

	if (!end || !text_starts(line, len, prefix))
		return;
	char *name = text_copy(line + strlen(prefix), (size_t)(end - line) - strlen(prefix));
	if (strcmp(name, "deb::Packages") != 0)
		list_add(&config->indexes, name);
}

enum key { ETC, MAIN, PARTS, SOURCE_LIST, SOURCE_PARTS, STATE, LISTS, CACHE, ARCHIVES, ARCHITECTURE, KEYS };

void config_parse(struct config *config, const char *dump, size_t len)
{
	static const char *const keys[KEYS] = {
		"Dir::Etc",
		"Dir::Etc::main",
		"Dir::Etc::parts",
		"Dir::Etc::sourcelist",
		"Dir::Etc::sourceparts",
		"Dir::State",
		"Dir::State::lists",
		"Dir::Cache",
		"Dir::Cache::archives",
		"APT::Architecture",
	};
	char *values[KEYS] = {0};
	const char *line;
	size_t n;

	*config = (struct config){0};
	while (text_line(&dump, &len, &line, &n)) {
		for (size_t i = 0; i < KEYS; i++) {
			char *value = value_of(line, n, keys[i]);
			values[i] = value ? value : values[i];
		}
		for (size_t i = 0; i < CONFIG_HOOKS; i++) {
			char *hook = value_of(line, n, text_join(hook_keys[i], "::", NULL));
			if (hook)
				list_add(&config->hooks[i], hook);
		}
		take_index(config, line, n);
		config->conffile_choice |= text_contains(line, n, "--force-conf");
	}
	for (size_t i = 0; i < KEYS; i++)
		values[i] = values[i] ? values[i] : text_join("", NULL);
	config->main_file = join_path(values[ETC], values[MAIN]);
	config->parts = join_path(values[ETC], values[PARTS]);
	config->source_list = join_path(values[ETC], values[SOURCE_LIST]);
	config->source_parts = join_path(values[ETC], values[SOURCE_PARTS]);
	config->lists = join_path(values[STATE], values[LISTS]);
	config->cache = join_path("/", values[CACHE]);
	config->archives = join_path(values[CACHE], values[ARCHIVES]);
	config->architecture = values[ARCHITECTURE];
}

bool config_dpkg_chooses(const char *text, size_t len)
{
	const char *line;
	size_t n;

	while (text_line(&text, &len, &line, &n)) {
		const char *comment = memchr(line, '#', n);
		if (text_contains(line, comment ? (size_t)(comment - line) : n, "force-conf"))
			return true;
	}
	return false;
}

static void set(struct text *text, const char *key, const char *value)
{
	text_add(text, text_join(key, " \"", value, "\";\n", NULL));
}

static void add_places(struct text *text, const struct config *config, const char *directory)
{
	const char *cache = config->keep_cache ? config->cache : text_join(directory, "/cache", NULL);

	set(text, "Dir::State::lists",
	    text_join(config->keep_lists ? config->lists : text_join(directory, "/lists", NULL), "/", NULL));
	set(text, "Dir::Cache", text_join(cache, "/", NULL));
	set(text, "Dir::Cache::archives",
	    text_join(config->keep_archives ? config->archives : text_join(cache, "/archives", NULL), "/",
		      NULL));
	set(text, "Dir::Cache::pkgcache", "pkgcache.bin");
	/* The part of apt's cache that is made of the indexes alone is worth its time only if a later run
	 * finds it. */
	set(text, "Dir::Cache::srcpkgcache", config->keep_cache ? "srcpkgcache.bin" : "");
	set(text, "Acquire::GzipIndexes", "false");
	/* apt-get would otherwise delete what it has installed, from a cache mount too. */
	set(text, "APT::Keep-Downloaded-Packages", "true");
	set(text, "Binary::apt-get::APT::Keep-Downloaded-Packages", "true");
}

static void add_indexes(struct text *text, const struct config *config)
{
	text_add(text, "#clear Acquire::Languages;\n");
	set(text, "Acquire::Languages", "none");
	set(text, "Acquire::PDiffs", "false");
	for (size_t i = 0; i < config->indexes.count; i++)
		set(text,
		    text_join("Acquire::IndexTargets::", config->indexes.items[i], "::DefaultEnabled", NULL),
		    "false");
	set(text, "APT::Update::Error-Mode", "any");
}

/*
 * Two kinds of hooks are left out. Images for Docker empty apt's caches, which we do ourselves, and in a
 * cache mount it would be wrong. And debconf asks its questions early: here nobody answers, and it would
 * write its database, which makes an entry in the image's layer even if nothing has changed.
 */
static bool is_unwanted(const struct config *config, const char *hook)
{
	return strstr(hook, "dpkg-preconfigure") || strstr(hook, "/var/cache/apt") ||
	       strstr(hook, config->cache) || strstr(hook, config->archives) || strstr(hook, config->lists) ||
	       strstr(hook, "apt-get clean") || strstr(hook, "apt clean");
}

static void add_hooks(struct text *text, const struct config *config)
{
	for (size_t k = 0; k < CONFIG_HOOKS; k++) {
		const struct list *hooks = &config->hooks[k];
		bool unwanted = false, writable = true;
		for (size_t i = 0; i < hooks->count; i++) {
			unwanted |= is_unwanted(config, hooks->items[i]);
			/* These cannot be written back as they were. */
			writable &= !strpbrk(hooks->items[i], "\"\\");
		}
		if (!unwanted || !writable)
			continue;
		text_add(text, text_join("#clear ", hook_keys[k], ";\n", NULL));
		for (size_t i = 0; i < hooks->count; i++)
			if (!is_unwanted(config, hooks->items[i]))
				set(text, text_join(hook_keys[k], "::", NULL), hooks->items[i]);
	}
}

char *config_text(const struct config *config, const struct options *options, const char *directory,
		  const char *user_file, bool have_main)
{
	const char *timeout = options->timeout_s > 0 ? text_number(options->timeout_s) : FOR_EVER;
	struct text text = {0};

	text_add(&text, "// Written by praekelt-aptwrap for one run.\n");
	if (user_file)
		text_add(&text, text_join("#include \"", user_file, "\";\n", NULL));
	text_add(&text, text_join("#include \"", config->parts, "/\";\n", NULL));
	if (have_main)
		text_add(&text, text_join("#include \"", config->main_file, "\";\n", NULL));
	set(&text, "Dir::Etc::parts", "/dev/null");
	set(&text, "Dir::Etc::main", "/dev/null");
	add_places(&text, config, directory);
	if (options->snapshot) {
		/* All sources are the snapshot service's then: see session.c. */
		set(&text, "Acquire::Check-Valid-Until", "false");
		set(&text, "Dir::Etc::sourcelist", text_join(directory, "/sources.list", NULL));
		set(&text, "Dir::Etc::sourceparts", text_join(directory, "/sources.list.d/", NULL));
	}
	add_indexes(&text, config);
	add_hooks(&text, config);
	set(&text, "Acquire::Retries", text_number(options->retries));
	set(&text, "Acquire::http::Timeout", timeout);
	set(&text, "Acquire::https::Timeout", timeout);
	set(&text, "DPkg::Lock::Timeout", text_number(options->lock_timeout_s));
	/* With a terminal of apt's own, a maintainer script could ask there and wait for ever. */
	set(&text, "Dpkg::Use-Pty", "0");
	set(&text, "APT::Install-Recommends", options->recommends ? "true" : "false");
	set(&text, "APT::Install-Suggests", "false");
	if (!options->logs) {
		set(&text, "Dir::Log", text_join(directory, "/log/", NULL));
		text_add(&text, "DPkg::Options { \"--log=/dev/null\"; };\n");
	}
	if (!config->conffile_choice)
		text_add(&text, "DPkg::Options { \"--force-confdef\"; \"--force-confold\"; };\n");
	return text.data;
}
