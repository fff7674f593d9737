/* See commands.h. */
#include "aptwrap/plan/commands.h"

#include <string.h>

static void add_options(struct list *argv, const struct options *options, enum word_kind kind)
{
	for (size_t i = 0; i < options->word_count; i++)
		if (options->words[i].kind == WORD_COMMON || options->words[i].kind == kind)
			list_add(argv, options->words[i].text);
}

static void add_all(struct list *argv, const char *const *words)
{
	for (; *words; words++)
		list_add(argv, *words);
}

static void set(struct list *argv, const char *setting)
{
	list_add(argv, "-o");
	list_add(argv, setting);
}

void command_config(struct list *argv, const struct options *options)
{
	add_all(argv, (const char *const[]){"apt-config", "dump", NULL});
	for (size_t i = 0; i < options->word_count; i++)
		/* apt-config has no -q. */
		if (options->words[i].kind == WORD_COMMON && strncmp(options->words[i].text, "-q", 2) != 0 &&
		    strncmp(options->words[i].text, "--quiet", 7) != 0)
			list_add(argv, options->words[i].text);
}

void command_update(struct list *argv, const struct options *options, bool again)
{
	add_all(argv, (const char *const[]){"apt-get", "update", NULL});
	if (again)
		set(argv, "Acquire::Retries=0");
	add_options(argv, options, WORD_UPDATE);
}

void command_add_contents(struct list *argv)
{
	static const char *const settings[] = {
		"MetaKey=$(COMPONENT)/Contents-$(NATIVE_ARCHITECTURE)",
		"ShortDescription=Contents-$(NATIVE_ARCHITECTURE)",
		"Description=$(RELEASE)/$(COMPONENT) $(NATIVE_ARCHITECTURE) Contents",
		/* Unpacked it is a gigabyte. */
		"KeepCompressed=true",
	};

	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		set(argv, text_join("Acquire::IndexTargets::deb::AptwrapContents::", settings[i], NULL));
}

/* Names come last, behind "--": one may begin with "-". */
void command_install(struct list *argv, const struct options *options, const struct list *names, bool again)
{
	add_all(argv, (const char *const[]){"apt-get", "install", "-y", NULL});
	if (again)
		set(argv, "Acquire::Retries=0");
	add_options(argv, options, WORD_ACTION);
	list_add(argv, "--");
	list_add_all(argv, names);
}

void command_reinstall(struct list *argv, const struct options *options, const struct list *packages)
{
	add_all(argv, (const char *const[]){"apt-get", "install", "-y", "--reinstall", NULL});
	add_options(argv, options, WORD_COMMON);
	list_add(argv, "--");
	list_add_all(argv, packages);
}

void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept)
{
	add_all(argv, (const char *const[]){"apt-get", "purge", "-y", "--auto-remove", NULL});
	/* "name+" would otherwise upgrade it where an index has a newer version. */
	if (kept->count > 0)
		list_add(argv, "--no-upgrade");
	add_options(argv, options, WORD_ACTION);
	list_add(argv, "--");
	list_add_all(argv, names);
	for (size_t i = 0; i < kept->count; i++)
		list_add(argv, text_join(kept->items[i], "+", NULL));
}

void command_mark(struct list *argv, const char *how, const struct list *packages)
{
	add_all(argv, (const char *const[]){"apt-mark", how, NULL});
	set(argv, "Dir::State::lists=/dev/null");
	set(argv, "Dir::Cache::pkgcache=");
	set(argv, "Dir::Cache::srcpkgcache=");
	list_add_all(argv, packages);
}

void command_configure(struct list *argv, const struct options *options)
{
	add_all(argv, (const char *const[]){"dpkg", "--configure", "-a", NULL});
	if (!options->logs)
		list_add(argv, "--log=/dev/null");
}

char *command_line(const struct list *argv)
{
	struct text text = {0};

	for (size_t i = 0; i < argv->count; i++) {
		if (i > 0)
			text_add(&text, " ");
		text_add_quoted(&text, argv->items[i]);
	}
	text_add(&text, "\n");
	return text.data;
}
