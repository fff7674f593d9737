/* From the command line and the image's configuration to apt's configuration and the commands. Pure. */
#pragma once

#include "aptwrap/cli/cli.h"

enum { CONFIG_HOOKS = 6 };

/* apt_conf.c. apt's configuration in the image. Paths are absolute, without a slash at the end. */
struct config {
	const char *user_file;         /* the caller's APT_CONFIG, or NULL; config_parse() does not set it */
	const char *main_file, *parts; /* apt.conf and apt.conf.d; main_file may be NULL */
	const char *source_list, *source_parts;
	const char *lists, *archives, *cache; /* the caller replaces those that are not cache mounts */
	const char *architecture;             /* the native one, such as amd64; "" if unknown */
	struct list unused_indexes;           /* the keys of all indexes but Packages */
	struct list hooks[CONFIG_HOOKS];      /* the commands of each kind of hook, see apt_conf.c */
	bool conffile_choice; /* the image or the user chose what happens to changed configuration files */
	bool keep_cache;      /* cache is a cache mount */
};

/* Reads the output of "apt-config dump", which includes apt's built-in values. */
void config_parse(struct config *config, const char *dump);

/*
 * Returns the apt.conf of a run. APT_CONFIG names it, so that apt commands in maintainer scripts read it too.
 * apt reads the file of APT_CONFIG before the image's files, which would override it. So it includes these
 * files and tells apt to read no others. directory is the private directory.
 */
char *config_text(const struct config *config, const struct options *options, const char *directory);

/*
 * commands.c. Each function adds the words of a command to argv, which is empty. extra is one more option, or
 * NULL. purge does not remove the packages in kept, whatever the names match, and marks them manual.
 */
#define COMMAND_AGAIN "-oAcquire::Retries=0" /* for a second attempt: apt itself no longer retries */
void command_config(struct list *argv, const struct options *options);
void command_update(struct list *argv, const struct options *options, const char *extra);
void command_install(struct list *argv, const struct options *options, const struct list *names,
		     const char *extra);
void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept);
/* apt-mark, without reading an index. */
void command_mark(struct list *argv, const char *how, const struct list *names);
void command_dpkg(struct list *argv, const struct options *options, const char *action, const char *argument);
/* Sets later modification times of what changed after since to epoch, both in seconds. */
void command_clamp(struct list *argv, const char *since, const char *epoch);
/* Adds options to an apt-get command: it also uses the Contents indexes, "Created-By: AptwrapContents". */
void command_add_contents(struct list *argv);
/* --snapshot: copies the package sources to the directory, with the snapshot service for Debian's mirrors. */
void command_sources(struct list *argv, const struct config *config, const struct options *options,
		     const char *directory);
/*
 * Reads the output of "apt-get update --print-uris". Returns NULL if every URI is the snapshot service's,
 * otherwise the first that is not, or "" if there is no URI at all.
 */
char *snapshot_foreign(const char *output);
