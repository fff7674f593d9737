/* Package sources as of some day: a sources file with Debian's archives replaced by the snapshot service.
 * Pure. */
#ifndef APTWRAP_PLAN_SNAPSHOT_H
#define APTWRAP_PLAN_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The text of a sources file, one line each (*.list) or deb822 stanzas (*.sources), with the sources' URIs
 * replaced and their check of Valid-Until switched off. moment is as for --snapshot. *count is raised by the
 * number of URIs that were replaced. NULL if one cannot be: it is then in *unknown.
 */
char *snapshot_pin(const char *source, size_t len, bool deb822, const char *moment, size_t *count,
		   char **unknown);

#endif
