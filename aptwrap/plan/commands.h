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

/* Options that make an apt-get command use the Contents indexes too, as "Created-By: AptwrapContents". */
void command_add_contents(struct list *argv);

/* apt-get install; names follow those of the command line. again: without apt's own retries. */
void command_install(struct list *argv, const struct options *options, const struct list *names, bool again);

/* apt-get install --reinstall of packages that dpkg was killed in the middle of */
void command_reinstall(struct list *argv, const struct options *options, const struct list *packages);

/* apt-get purge; words are names and options of the command line with groups replaced, kept is what must
 * stay. */
void command_purge(struct list *argv, const struct options *options, const struct list *names,
		   const struct list *kept);

/* apt-mark, without reading any index. how: auto, manual, showmanual */
void command_mark(struct list *argv, const char *how, const struct list *packages);

/* dpkg --configure -a */
void command_configure(struct list *argv, const struct options *options);

/* One line of shell. */
char *command_line(const struct list *argv);

#endif
