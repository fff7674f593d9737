/* See clean.h. */
#include "aptwrap/verb/clean.h"

#include "aptwrap/residue/backups.h"
#include "aptwrap/residue/remove.h"
#include "aptwrap/residue/tree.h"
#include "aptwrap/run/session.h"
#include "common/msg.h"

#include <string.h>
#include <unistd.h>

/* arg is the ending, or NULL for all but locks: a process that waits for one holds the file, not its name. */
static bool is_wanted(const char *name, void *arg)
{
	size_t len = strlen(name), tail = arg ? strlen(arg) : 0;

	if (!arg)
		return strcmp(name, "lock") != 0;
	return len > tail && strcmp(name + len - tail, arg) == 0;
}

static int clean_caches(void)
{
	static char deb[] = ".deb", bin[] = ".bin";
	static const struct {
		const char *directory;
		char *ending;
	} places[] = {
		{"/var/lib/apt/lists", NULL},
		{"/var/lib/apt/lists/partial", NULL},
		{"/var/lib/apt/lists/auxfiles", NULL},
		{"/var/cache/apt/archives", deb},
		{"/var/cache/apt/archives/partial", NULL},
		{"/var/cache/apt", bin},
	};
	int status = 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int directory = -1;
		if (!remove_is_cache_mount(places[i].directory))
			directory = tree_open(places[i].directory);
		if (directory < 0)
			continue;
		if (remove_contents(directory, is_wanted, places[i].ending) < 0) {
			msg_warn_errno("cannot remove files in '%s'", places[i].directory);
			status = STATUS_OURS;
		}
		close(directory);
	}
	return status;
}

int verb_clean(const struct options *options)
{
	struct session session;
	const char *where = "";
	int status = session_lock(&session, options);

	if (status == 0)
		status = clean_caches();
	if (status == 0 && backups_remove(&where) < 0) {
		msg_warn_errno("cannot remove files in '%s'", where);
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
