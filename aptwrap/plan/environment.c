/* See environment.h. */
#include "aptwrap/plan/environment.h"

#include "aptwrap/text.h"

#include <string.h>

/* The caller's PATH may lack the directories of dpkg and of what maintainer scripts start. */
#define SYSTEM_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

const char *environment_get(char *const *envp, const char *name)
{
	size_t len = strlen(name);

	for (; *envp; envp++)
		if (strncmp(*envp, name, len) == 0 && (*envp)[len] == '=')
			return *envp + len + 1;
	return NULL;
}

char **environment_for_apt(char *const *envp, const char *directory)
{
	static const char *const ours[] = {"PATH=", "DEBIAN_FRONTEND=", "APT_CONFIG=", "TMPDIR="};
	const char *path = environment_get(envp, "PATH");
	struct list result = {0};

	for (; *envp; envp++) {
		bool replaced = false;
		for (size_t i = 0; i < (directory ? 4 : 2); i++)
			replaced |= strncmp(*envp, ours[i], strlen(ours[i])) == 0;
		if (!replaced)
			list_add(&result, *envp);
	}
	list_add(&result, text_join("PATH=", path && *path ? path : SYSTEM_PATH,
				    path && *path ? ":" SYSTEM_PATH : "", NULL));
	list_add(&result, "DEBIAN_FRONTEND=noninteractive");
	if (directory) {
		list_add(&result, text_join("APT_CONFIG=", directory, "/apt.conf", NULL));
		list_add(&result, text_join("TMPDIR=", directory, "/tmp", NULL));
	}
	return result.items;
}
