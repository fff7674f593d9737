/* See env.h. */
#include "env.h"

#include "text.h"

#include <stdbool.h>
#include <string.h>

/* Where apt, dpkg and what they start are, whatever the PATH of whoever called us. */
#define SYSTEM_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

const char *env_get(char *const *envp, const char *name)
{
	size_t len = strlen(name);

	for (; *envp; envp++)
		if (strncmp(*envp, name, len) == 0 && (*envp)[len] == '=')
			return *envp + len + 1;
	return NULL;
}

static bool is_one_of(const char *variable, const char *const *names)
{
	for (; *names; names++)
		if (strncmp(variable, *names, strlen(*names)) == 0 && variable[strlen(*names)] == '=')
			return true;
	return false;
}

char **env_for_apt(char *const *envp, const char *directory)
{
	static const char *const ours[] = {"APT_CONFIG", "TMPDIR", NULL};
	static const char *const always[] = {"LC_ALL",          "LC_MESSAGES", "LANGUAGE",
					     "DEBIAN_FRONTEND", "PATH",        NULL};
	const char *all = env_get(envp, "LC_ALL"), *path = env_get(envp, "PATH");
	struct list result = {0};

	/* LC_ALL outranks LC_MESSAGES. It becomes LANG, and what it had outranked goes with it. */
	if (all && !*all)
		all = NULL;
	for (; *envp; envp++) {
		if ((directory && is_one_of(*envp, ours)) || is_one_of(*envp, always))
			continue;
		if (all && (strncmp(*envp, "LC_", 3) == 0 || strncmp(*envp, "LANG=", 5) == 0))
			continue;
		list_add(&result, *envp);
	}
	if (all)
		list_add(&result, text_join("LANG=", all, NULL));
	list_add(&result, "LC_MESSAGES=C");
	list_add(&result, "DEBIAN_FRONTEND=noninteractive");
	if (directory) {
		list_add(&result, text_join("APT_CONFIG=", directory, "/apt.conf", NULL));
		list_add(&result, text_join("TMPDIR=", directory, "/tmp", NULL));
	}
	list_add(&result,
		 text_join("PATH=", directory ? directory : "", directory ? "/bin:" : "",
			   path && *path ? path : SYSTEM_PATH, path && *path ? ":" SYSTEM_PATH : "", NULL));
	return result.items;
}
