/*
 * apt's configuration: what is in force in this image, and the file that we lay on top of it. Pure.
 *
 * The file is given to apt as APT_CONFIG, so that whatever a maintainer script starts sees it as well. apt
 * reads APT_CONFIG before the image's own files, which would then win: the file therefore includes them
 * itself, and tells apt that there are no others.
 */
#ifndef APTWRAP_CONFIG_H
#define APTWRAP_CONFIG_H

#include "request.h"
#include "text.h"

/* What matters here of apt's configuration, paths absolute. */
struct config {
	char *main_file, *parts; /* apt.conf and apt.conf.d; parts ends with a slash */
	char *source_list, *source_parts;
	char *lists, *archives, *cache; /* directories without a slash at the end */
	char *architecture;             /* the native one, such as amd64; "" if unknown */
	char *dpkg_path;                /* the PATH that dpkg gets, "" for apt's own */
	bool preconfigure;              /* debconf's questions are asked before the unpacking */
	struct list hooks;              /* the other DPkg::Pre-Install-Pkgs */
	bool conffile_choice; /* the image says itself what becomes of changed configuration files */
};

/* What of apt's directories is to be used and kept: a cache that the builder has mounted, lists that purge
 * reads. */
struct config_kept {
	bool lists, cache;
};

/* Reads the output of "apt-config dump". What is missing gets apt's built-in value. */
void config_parse(struct config *config, const char *dump, size_t len);

/*
 * The text of our file. directory is the private directory of this run; user_config what APT_CONFIG named
 * before, or NULL; parts are the files of apt.conf.d to include, in order.
 */
char *config_text(const struct config *config, const struct request *request, const struct config_kept *kept,
		  const char *directory, const char *user_config, const struct list *parts);

#endif
