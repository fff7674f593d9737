/*
 * apt's configuration: what is in force in the image, and the one file that we put on top of it. Pure.
 *
 * The file is apt's APT_CONFIG, so that everything a maintainer script starts reads it too. apt reads
 * APT_CONFIG before the image's own files, which would then win: the file therefore includes those itself and
 * tells apt that there are no others.
 */
#ifndef APTWRAP_PLAN_CONFIG_H
#define APTWRAP_PLAN_CONFIG_H

#include "aptwrap/line/options.h"

enum { CONFIG_HOOKS = 6 };

/* Paths are absolute and have no slash at the end. */
struct config {
	char *main_file, *parts; /* apt.conf; apt.conf.d */
	char *source_list, *source_parts;
	char *lists, *archives, *cache;
	char *architecture;              /* the native one, such as amd64; "" if unknown */
	struct list indexes;             /* index files beside Packages, such as deb::Contents-deb */
	struct list hooks[CONFIG_HOOKS]; /* the commands of each kind of hook, see config.c */
	bool conffile_choice;            /* somebody has chosen what happens to changed configuration files */
	/* Set by the caller: these directories are cache mounts, which are used and kept. */
	bool keep_lists, keep_archives, keep_cache;
};

/* Reads the output of "apt-config dump", in which apt's built-in values are too. */
void config_parse(struct config *config, const char *dump, size_t len);

/* Whether dpkg.cfg, or a file of dpkg.cfg.d, chooses what happens to changed configuration files. */
bool config_dpkg_chooses(const char *text, size_t len);

/*
 * The text of our file. directory is the private directory; user_file is the file that APT_CONFIG named
 * before, or NULL; have_main says that apt.conf itself exists.
 */
char *config_text(const struct config *config, const struct options *options, const char *directory,
		  const char *user_file, bool have_main);

#endif
