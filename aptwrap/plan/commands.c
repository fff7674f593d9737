/* The commands of a run. See plan.h. */
#include "aptwrap/plan/plan.h"

#include <string.h>

#define SERVICE "http://snapshot.debian.org/archive/"

static void add_options(struct list *argv, const struct options *options, enum apt_option_kind kind)
{
	list_add_all(argv, &options->apt_options[APT_COMMON]);
	list_add_all(argv, &options->apt_options[kind]);
}

void command_config(struct list *argv, const struct options *options)
{
	const struct list *words = &options->apt_options[APT_COMMON];

	list_add_words(argv, "apt-config", "dump", NULL);
	for (size_t i = 0; i < words->count; i++)
		/* apt-config does not accept -q. */
		if (!text_starts(words->items[i], "-q") && !text_starts(words->items[i], "--quiet"))
			list_add(argv, words->items[i]);
}

void command_update(struct list *argv, const struct options *options, const char *extra)
{
	/* The next apt-get that reads the lists generates apt's cache. */
	list_add_words(argv, "apt-get", "update", "-opkgCacheFile::Generate=false", extra, NULL);
	add_options(argv, options, APT_UPDATE);
}

void command_add_contents(struct list *argv)
{
#define CONTENTS "-oAcquire::IndexTargets::deb::AptwrapContents::"
	list_add_words(argv, CONTENTS "MetaKey=$(COMPONENT)/Contents-$(NATIVE_ARCHITECTURE)",
		       CONTENTS "ShortDescription=Contents-$(NATIVE_ARCHITECTURE)",
		       CONTENTS "Description=$(RELEASE)/$(COMPONENT) $(NATIVE_ARCHITECTURE) Contents",
		       /* An unpacked Contents index takes a gigabyte. */
		       CONTENTS "KeepCompressed=true", NULL);
}

void command_install(struct list *argv, const struct options *options, const struct list *names,
		     const char *extra)
{
	list_add_words(argv, "apt-get", "install", "-y", extra, NULL);
	add_options(argv, options, APT_ACTION);
	list_add(argv, "--");
	list_add_all(argv, names);
}

void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept)
{
	/* The release "now" is what is installed: a package that stays is not upgraded. */
	list_add_words(argv, "apt-get", "purge", "-y", "--auto-remove", "-oAPT::Default-Release=now", NULL);
	add_options(argv, options, APT_ACTION);
	list_add(argv, "--");
	list_add_all(argv, names);
	for (size_t i = 0; i < kept->count; i++)
		list_add(argv, text_join(kept->items[i], "+", NULL));
}

void command_mark(struct list *argv, const char *how, const struct list *names)
{
	list_add_words(argv, "apt-mark", how, "-oDir::State::lists=/dev/null",
		       "-oDir::Cache::pkgcache=", "-oDir::Cache::srcpkgcache=", NULL);
	list_add_all(argv, names);
}

void command_dpkg(struct list *argv, const struct options *options, const char *action, const char *argument)
{
	list_add_words(argv, "dpkg", options->logs ? "--log=/var/log/dpkg.log" : "--log=/dev/null", action,
		       argument, NULL);
}

/*
 * -xdev stays on the root's own file system. find compares the devices of directories only: on an overlay,
 * files of different layers have different devices.
 */
void command_clamp(struct list *argv, const char *since, const char *epoch)
{
	list_add_words(argv, "find", "/", "-xdev", "-regextype", "egrep", "-regex",
		       "/(dev|proc|run|sys|tmp|home)", "-prune", "-o", "-newerct",
		       text_join("@", since, NULL), "-newermt", text_join("@", epoch, NULL), "-exec", "touch",
		       "--no-dereference", "--no-create", text_join("--date=@", epoch, NULL), "{}", "+",
		       NULL);
}

/* Both formats, sources.list and .sources, write the URI of a mirror in the same way. */
void command_sources(struct list *argv, const struct config *config, const struct options *options,
		     const char *directory)
{
	static const char script[] = "for f in \"$1\" \"$2\"/*.list \"$2\"/*.sources; do [ ! -f \"$f\" ] || "
				     "sed -E \"$4\" \"$f\" >\"$3/${f##*/}\" || exit; done";
	const char *moment = options->snapshot ? options->snapshot : "";
	const char *at = text_join("/", moment, strchr(moment, 'T') ? "" : "T000000Z", "/\\", NULL);

	list_add_words(argv, "sh", "-c", script, "sh", config->source_list, config->source_parts, directory,
		       text_join("s,https?://([a-z0-9.-]*[.])?debian[.]org/(debian(-[a-z]+)?)/"
				 "?([[:space:]]|$)," SERVICE "\\2",
				 at,
				 "4,g;s,https?://security[.]debian[.]org/?([[:space:]]|$)," SERVICE
				 "debian-security",
				 at, "1,g", NULL),
		       NULL);
}

char *snapshot_foreign(const char *output)
{
	struct list lines = list_split(output, "\n");
	char *foreign = text_join("", NULL);

	for (size_t i = 0; i < lines.count; i++) {
		const char *line = lines.items[i];
		if (text_starts(line, "'" SERVICE))
			foreign = NULL;
		else if (line[0] == '\'')
			return text_copy(line + 1, strcspn(line + 1, "'"));
	}
	return foreign;
}
