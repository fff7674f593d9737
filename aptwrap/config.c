/* See config.h. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

/* The value of the line 'KEY "VALUE";', or NULL if the line is about another key. apt writes no escapes here.
 */
static char *value_of(const char *line, size_t len, const char *key)
{
	size_t key_len = strlen(key);

	if (len < key_len + 4 || strncasecmp(line, key, key_len) != 0 ||
	    strncmp(line + key_len, " \"", 2) != 0 || strncmp(line + len - 2, "\";", 2) != 0)
		return NULL;
	struct text value = {0};
	text_add_bytes(&value, line + key_len + 2, len - key_len - 4);
	return value.data;
}

static char *join_path(const char *parent, const char *child)
{
	if (child[0] == '/')
		return text_join(child, NULL);
	size_t len = strlen(parent);
	return text_join(parent[0] == '/' ? "" : "/", parent, len > 0 && parent[len - 1] == '/' ? "" : "/",
			 child, NULL);
}

static char *without_slash(char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	return path;
}

enum key {
	ETC,
	MAIN,
	PARTS,
	SOURCE_LIST,
	SOURCE_PARTS,
	STATE,
	LISTS,
	CACHE,
	ARCHIVES,
	DPKG_PATH,
	ARCHITECTURE,
	KEYS
};

void config_parse(struct config *config, const char *dump, size_t len)
{
	static const struct {
		const char *key, *builtin;
	} keys[KEYS] = {
		[ETC] = {"Dir::Etc", "etc/apt"},
		[MAIN] = {"Dir::Etc::main", "apt.conf"},
		[PARTS] = {"Dir::Etc::parts", "apt.conf.d"},
		[SOURCE_LIST] = {"Dir::Etc::sourcelist", "sources.list"},
		[SOURCE_PARTS] = {"Dir::Etc::sourceparts", "sources.list.d"},
		[STATE] = {"Dir::State", "var/lib/apt"},
		[LISTS] = {"Dir::State::lists", "lists"},
		[CACHE] = {"Dir::Cache", "var/cache/apt"},
		[ARCHIVES] = {"Dir::Cache::archives", "archives"},
		[DPKG_PATH] = {"DPkg::Path", ""},
		[ARCHITECTURE] = {"APT::Architecture", ""},
	};
	char *values[KEYS] = {0};
	const char *line;
	size_t n;

	memset(config, 0, sizeof(*config));
	while (text_line(&dump, &len, &line, &n)) {
		for (size_t i = 0; i < KEYS; i++) {
			char *value = value_of(line, n, keys[i].key);
			if (value)
				values[i] = value;
		}
		char *hook = value_of(line, n, "DPkg::Pre-Install-Pkgs::");
		if (hook && strstr(hook, "dpkg-preconfigure"))
			config->preconfigure = true;
		else if (hook)
			list_add(&config->hooks, hook);
		if (text_contains(line, n, "force-conf"))
			config->conffile_choice = true;
	}
	for (size_t i = 0; i < KEYS; i++)
		if (!values[i])
			values[i] = text_join(keys[i].builtin, NULL);
	config->main_file = join_path(values[ETC], values[MAIN]);
	config->parts = text_join(without_slash(join_path(values[ETC], values[PARTS])), "/", NULL);
	config->source_list = join_path(values[ETC], values[SOURCE_LIST]);
	config->source_parts = without_slash(join_path(values[ETC], values[SOURCE_PARTS]));
	config->lists = without_slash(join_path(values[STATE], values[LISTS]));
	config->cache = without_slash(join_path("/", values[CACHE]));
	config->archives = without_slash(join_path(values[CACHE], values[ARCHIVES]));
	config->dpkg_path = values[DPKG_PATH];
	config->architecture = values[ARCHITECTURE];
}

static void set(struct text *text, const char *key, const char *value)
{
	char *line = text_join(key, " \"", value, "\";\n", NULL);

	text_add(text, line);
}

/* Indexes that an install does not read. What an image defines beyond these is its own affair. */
static const char *const unwanted[] = {
	"deb::Contents-deb",
	"deb::Contents-deb-legacy",
	"deb::Contents-udeb",
	"deb::CNF",
	"deb::DEP-11",
	"deb::DEP-11-icons",
	"deb::DEP-11-icons-small",
	"deb::DEP-11-icons-large",
	"deb::DEP-11-icons-hidpi",
	"deb::DEP-11-icons-large-hidpi",
	"deb-src::Sources",
	"deb-src::Contents-dsc",
};

static void add_indexes(struct text *text, const struct request *request)
{
	text_add(text, "#clear Acquire::Languages;\n");
	set(text, "Acquire::Languages", "none");
	set(text, "Acquire::PDiffs", "false");
	for (size_t i = 0; i < sizeof(unwanted) / sizeof(unwanted[0]); i++)
		set(text, text_join("Acquire::IndexTargets::", unwanted[i], "::DefaultEnabled", NULL),
		    "false");
	if (request->snapshot)
		set(text, "Acquire::Check-Valid-Until", "false");
}

static void add_places(struct text *text, const struct request *request, const struct config_kept *kept,
		       const char *directory)
{
	if (!kept->lists) {
		set(text, "Dir::State::lists", text_join(directory, "/lists/", NULL));
		/* Images for Docker have the indexes packed again; these are gone in a moment. */
		set(text, "Acquire::GzipIndexes", "false");
	}
	if (!kept->cache) {
		set(text, "Dir::Cache", text_join(directory, "/cache/", NULL));
		set(text, "Dir::Cache::archives", "archives/");
	} else {
		set(text, "APT::Keep-Downloaded-Packages", "true");
		set(text, "Binary::apt-get::APT::Keep-Downloaded-Packages", "true");
	}
	set(text, "Dir::Cache::pkgcache", "pkgcache.bin");
	set(text, "Dir::Cache::srcpkgcache", "");
	if (request->snapshot) {
		set(text, "Dir::Etc::sourcelist", text_join(directory, "/sources.list", NULL));
		set(text, "Dir::Etc::sourceparts", text_join(directory, "/sources.list.d/", NULL));
	}
	if (request->logs)
		return;
	set(text, "Dir::Log", text_join(directory, "/log/", NULL));
	text_add(text, "DPkg::Options { \"--log=/dev/null\"; };\n");
}

/*
 * Nobody answers a question here, so none need be asked early. debconf would open its database for it, which
 * makes all of it an entry of the image's layer even if nothing changes. Other hooks stay, unless they could
 * not be written down again as they were.
 */
static void add_hooks(struct text *text, const struct config *config)
{
	if (!config->preconfigure)
		return;
	for (size_t i = 0; i < config->hooks.count; i++)
		if (strpbrk(config->hooks.items[i], "\"\\"))
			return;
	text_add(text, "#clear DPkg::Pre-Install-Pkgs;\n");
	for (size_t i = 0; i < config->hooks.count; i++)
		set(text, "DPkg::Pre-Install-Pkgs::", config->hooks.items[i]);
}

static bool user_chooses_conffiles(const struct request *request)
{
	for (size_t i = 0; i < request->word_count; i++)
		if (strstr(request->words[i].text, "force-conf"))
			return true;
	return false;
}

char *config_text(const struct config *config, const struct request *request, const struct config_kept *kept,
		  const char *directory, const char *user_config, const struct list *parts)
{
	struct text text = {0};

	text_add(&text, "// Written by praekelt-aptwrap for one run.\n");
	if (user_config)
		text_add(&text, text_join("#include \"", user_config, "\";\n", NULL));
	for (size_t i = 0; i < parts->count; i++)
		text_add(&text, text_join("#include \"", config->parts, parts->items[i], "\";\n", NULL));
	if (config->main_file)
		text_add(&text, text_join("#include \"", config->main_file, "\";\n", NULL));
	set(&text, "Dir::Etc::parts", "/dev/null");
	set(&text, "Dir::Etc::main", "/dev/null");

	add_places(&text, request, kept, directory);
	add_indexes(&text, request);
	add_hooks(&text, config);
	/* We try again ourselves, the whole step: apt's own way never retries a checksum that does not fit.
	 */
	set(&text, "Acquire::Retries", "0");
	set(&text, "APT::Update::Error-Mode", "any");
	set(&text, "DPkg::Lock::Timeout", text_number(request->lock_timeout_s));
	set(&text, "Dpkg::Use-Pty", "0");
	set(&text, "APT::Install-Recommends", request->recommends ? "true" : "false");
	set(&text, "APT::Install-Suggests", "false");
	/* What was only recommended or suggested does not keep a package from being removed with its purpose.
	 */
	if (request->verb == VERB_PURGE) {
		set(&text, "APT::AutoRemove::RecommendsImportant", "false");
		set(&text, "APT::AutoRemove::SuggestsImportant", "false");
	}
	if (!config->conffile_choice && !user_chooses_conffiles(request))
		text_add(&text, "DPkg::Options { \"--force-confdef\"; \"--force-confold\"; };\n");
	if (config->dpkg_path && *config->dpkg_path)
		set(&text, "DPkg::Path", text_join(directory, "/bin:", config->dpkg_path, NULL));
	return text.data;
}
