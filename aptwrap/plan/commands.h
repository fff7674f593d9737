/*
 * The commands of a run. Pure: each function adds words to an empty list, which is then an argument vector.
 * What the commands have in common is in the configuration file, not here.
 */
#ifndef APTWRAP_PLAN_COMMANDS_H
#define APTWRAP_PLAN_COMMANDS_H

#include "aptwrap/line/options.h"

/* apt-config dump */
void command_config(struct list *argv, const struct options *options);

/* apt-get update. again: without apt's own retries. */
void command_update(struct list *argv, const struct options *options, bool again);

/* The options that make an apt-get command use the Contents indexes too, as "Created-By: AptwrapContents". */
void command_add_contents(struct list *argv);

/* apt-get install. again: without apt's own retries. */
void command_install(struct list *argv, const struct options *options, const struct list *names, bool again);

/* apt-get install --reinstall */
void command_reinstall(struct list *argv, const struct options *options, const struct list *packages);

/* apt-get purge; packages in kept stay, whatever the names match, and become manual. */
void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept);

/* apt-mark auto PACKAGES, or apt-mark showmanual, without reading an index. */
void command_mark(struct list *argv, const char *how, const struct list *packages);

/* dpkg with an action such as --install and an argument. */
void command_dpkg(struct list *argv, const struct options *options, const char *action, const char *argument);

#endif
