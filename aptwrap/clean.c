/* clean: what killed runs left, and what plain apt-get leaves. */
#include "verbs.h"

#include "cleanup.h"
#include "residue.h"
#include "session.h"
#include "tree.h"

#include "common/msg.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool is_archive(const char *name, void *arg)
{
	size_t len = strlen(name);

	(void)arg;
	return len > 4 && strcmp(name + len - 4, ".deb") == 0;
}

static bool is_package_cache(const char *name, void *arg)
{
	size_t len = strlen(name);

	(void)arg;
	return len > 4 && strcmp(name + len - 4, ".bin") == 0;
}

/* Locks stay: whoever waits for one holds the file, not its name. */
static bool is_no_lock(const char *name, void *arg)
{
	(void)arg;
	return strcmp(name, "lock") != 0;
}

static int clean_caches(void)
{
	static const struct {
		const char *directory;
		bool (*want)(const char *name, void *arg);
	} places[] = {
		{"/var/lib/apt/lists", is_no_lock},
		{"/var/lib/apt/lists/partial", is_no_lock},
		{"/var/lib/apt/lists/auxfiles", is_no_lock},
		{"/var/cache/apt/archives", is_archive},
		{"/var/cache/apt/archives/partial", is_no_lock},
		{"/var/cache/apt", is_package_cache},
	};
	int status = 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int directory = -1;
		if (!cleanup_is_mounted(places[i].directory))
			directory = tree_open(places[i].directory);
		if (directory < 0)
			continue;
		if (cleanup_contents(directory, places[i].want, NULL) < 0) {
			msg_warn_errno("cannot remove files in '%s'", places[i].directory);
			status = STATUS_OURS;
		}
		close(directory);
	}
	return status;
}

int verb_clean(const struct request *request)
{
	struct session session;
	const char *where = "";
	int status = session_lock(&session, request);

	if (status == 0)
		status = clean_caches();
	if (status == 0 && residue_remove(&where) < 0) {
		msg_warn_errno("cannot remove files in '%s'", where);
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
