/* See commands.h. */
#include "aptwrap/plan/commands.h"

#include <string.h>

static void add_options(struct list *argv, const struct options *options, enum word_kind kind)
{
	for (size_t i = 0; i < options->word_count; i++)
		if (options->words[i].kind == WORD_COMMON || options->words[i].kind == kind)
			list_add(argv, options->words[i].text);
}

void command_config(struct list *argv, const struct options *options)
{
	list_add_words(argv, "apt-config", "dump", NULL);
	for (size_t i = 0; i < options->word_count; i++) {
		const char *text = options->words[i].text;
		/* apt-config has no -q. */
		if (options->words[i].kind == WORD_COMMON && strncmp(text, "-q", 2) != 0 &&
		    strncmp(text, "--quiet", 7) != 0)
			list_add(argv, text);
	}
}

void command_update(struct list *argv, const struct options *options, bool again)
{
	list_add_words(argv, "apt-get", "update", NULL);
	if (again)
		list_add(argv, "-oAcquire::Retries=0");
	add_options(argv, options, WORD_UPDATE);
}

void command_add_contents(struct list *argv)
{
#define CONTENTS "-oAcquire::IndexTargets::deb::AptwrapContents::"
	list_add_words(argv, CONTENTS "MetaKey=$(COMPONENT)/Contents-$(NATIVE_ARCHITECTURE)",
		       CONTENTS "ShortDescription=Contents-$(NATIVE_ARCHITECTURE)",
		       CONTENTS "Description=$(RELEASE)/$(COMPONENT) $(NATIVE_ARCHITECTURE) Contents",
		       /* Unpacked it is a gigabyte. */
		       CONTENTS "KeepCompressed=true", NULL);
}

/* Names come last, behind "--": one may begin with "-". */
void command_install(struct list *argv, const struct options *options, const struct list *names, bool again)
{
	list_add_words(argv, "apt-get", "install", "-y", NULL);
	if (again)
		list_add(argv, "-oAcquire::Retries=0");
	add_options(argv, options, WORD_ACTION);
	list_add(argv, "--");
	list_add_all(argv, names);
}

void command_reinstall(struct list *argv, const struct options *options, const struct list *packages)
{
	list_add_words(argv, "apt-get", "install", "-y", "--reinstall", NULL);
	add_options(argv, options, WORD_COMMON);
	list_add(argv, "--");
	list_add_all(argv, packages);
}

void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept)
{
	list_add_words(argv, "apt-get", "purge", "-y", "--auto-remove", NULL);
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
	list_add_words(argv, "apt-mark", how, "-oDir::State::lists=/dev/null",
		       "-oDir::Cache::pkgcache=", "-oDir::Cache::srcpkgcache=", NULL);
	list_add_all(argv, packages);
}

void command_dpkg(struct list *argv, const struct options *options, const char *action, const char *argument)
{
	list_add(argv, "dpkg");
	if (!options->logs)
		list_add(argv, "--log=/dev/null");
	list_add_words(argv, action, argument, NULL);
}
