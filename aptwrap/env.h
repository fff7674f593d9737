/* The environment of the commands. Pure. */
#ifndef APTWRAP_ENV_H
#define APTWRAP_ENV_H

/*
 * A copy of envp, with PATH led by directory/bin, TMPDIR in directory, no questions from debconf, and
 * messages in English, so that they can be understood here; what else the locale settings do stays as it was.
 * APT_CONFIG is directory/apt.conf, or what it was if directory is NULL; then PATH and TMPDIR stay as well.
 */
char **env_for_apt(char *const *envp, const char *directory);

/* The value of name in envp, or NULL. */
const char *env_get(char *const *envp, const char *name);

#endif
