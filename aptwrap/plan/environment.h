/* The environment of the commands. Pure. */
#ifndef APTWRAP_PLAN_ENVIRONMENT_H
#define APTWRAP_PLAN_ENVIRONMENT_H

/*
 * A copy of envp with DEBIAN_FRONTEND=noninteractive and the system's directories at the end of PATH. Unless
 * directory is NULL, APT_CONFIG is directory/apt.conf and TMPDIR is directory/tmp.
 */
char **environment_for_apt(char *const *envp, const char *directory);

/* The value of name in envp, or NULL. */
const char *environment_get(char *const *envp, const char *name);

#endif
