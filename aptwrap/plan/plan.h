/* From the command line and the image's configuration to apt's configuration and commands. Pure. */
#ifndef APTWRAP_PLAN_PLAN_H
#define APTWRAP_PLAN_PLAN_H

#include "aptwrap/cli/cli.h"

enum { CONFIG_HOOKS = 6 };

/* apt's configuration in the image. Paths are absolute and have no slash at the end. */
struct config {
	char *main_file, *parts; /* apt.conf and apt.conf.d */
	char *source_list, *source_parts;
	const char *lists, *archives, *cache; /* unless they are cache mounts the caller puts ours here */
	char *architecture;                   /* the native one, such as amd64; "" if unknown */
	struct list indexes;                  /* index files beside Packages, such as deb::Contents-deb */
	struct list hooks[CONFIG_HOOKS];      /* the commands of each kind of hook, see apt_conf.c */
	bool conffile_choice; /* somebody has chosen what happens to changed configuration files */
	bool keep_cache;      /* cache is a cache mount */
};

/* Reads the output of "apt-config dump", in which apt's built-in values are too. */
void config_parse(struct config *config, const char *dump);

/*
 * The one file that is put on top of it. It is apt's APT_CONFIG, so that all that a maintainer script starts
 * reads it too. apt reads APT_CONFIG before the image's own files, which would then win: the file therefore
 * includes those itself and tells apt that there are no others. directory is the private directory; user_file
 * what APT_CONFIG named before, or NULL; have_main says that there is an apt.conf.
 */
char *config_text(const struct config *config, const struct options *options, const char *directory,
		  const char *user_file, bool have_main);

/*
 * The commands: each function adds words to an empty list, which is then an argument vector. extra is another
 * option, or NULL. kept are packages that stay, whatever the names match, and become manual. apt-mark reads
 * no index.
 */
#define COMMAND_AGAIN "-oAcquire::Retries=0" /* the step is tried again, and apt does not do that too */
void command_config(struct list *argv, const struct options *options);
void command_update(struct list *argv, const struct options *options, const char *extra);
void command_install(struct list *argv, const struct options *options, const struct list *names,
		     const char *extra);
void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept);
void command_mark(struct list *argv, const char *how, const struct list *names);
void command_dpkg(struct list *argv, const struct options *options, const char *action, const char *argument);
void command_clamp(struct list *argv, const char *since, const char *epoch);
/* Succeeds if dpkg's own configuration chooses what happens to changed configuration files. */
void command_conffiles(struct list *argv);
/* The options that make an apt-get command use the Contents indexes too, as "Created-By: AptwrapContents". */
void command_add_contents(struct list *argv);
/* --snapshot: writes copies of the package sources to the directory, with Debian's mirrors replaced. */
void command_sources(struct list *argv, const struct config *config, const struct options *options,
		     const char *directory);
/* From "apt-get update --print-uris": a URI that is not the service's, "" if there are no URIs, or NULL. */
char *snapshot_foreign(const char *output);

#endif
