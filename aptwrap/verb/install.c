/* See install.h. */
#include "aptwrap/verb/install.h"

#include "aptwrap/group/group.h"
#include "aptwrap/linked/runtime.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/step.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* Packages that dpkg was killed in the middle of: only installing them again helps, and apt does not by
 * itself. */
static int reinstall(struct session *session)
{
	struct list argv = {0};

	if (session->before.halves.count == 0 || session->options->simulate)
		return 0;
	command_reinstall(&argv, session->options, &session->before.halves);
	return step_apt(session, &argv, "apt-get install --reinstall");
}

/* The bytes of all package files that apt has. */
static uint64_t archived(const struct session *session)
{
	DIR *dir = opendir(session_archives(session));
	uint64_t bytes = 0;
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (strstr(entry->d_name, ".deb") &&
		    fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			bytes += (uint64_t)st.st_size;
	if (dir)
		closedir(dir);
	return bytes;
}

static int install(struct session *session, struct list *names)
{
	const char *group = session->options->simulate ? NULL : session->options->group;
	struct list manual = {0};
	int status = group ? group_manual(session, &manual) : 0;

	if (status == 0)
		status = step_update(session, false);
	if (status == 0 && session->options->runtime_deps)
		status = runtime_packages(session, names);
	if (status == 0)
		status = reinstall(session);
	uint64_t before = archived(session);
	if (status == 0)
		status = step_install(session, names);
	if (status != 0 || session->signals.got || session->options->simulate)
		return status;
	uint64_t after = archived(session);
	if (group)
		status = group_store(session, &manual);
	const char *fetched = packages_size(after > before ? after - before : 0);
	return status ? status : step_summary(session, text_join(", ", fetched, " fetched", NULL));
}

int verb_install(const struct options *options, struct list *names)
{
	struct session session;
	int status = session_begin(&session, options);

	if (status == 0)
		status = install(&session, names);
	return session_end(&session, status);
}
