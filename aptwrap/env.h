/* The environment of the commands. Pure. */
#ifndef APTWRAP_ENV_H
#define APTWRAP_ENV_H

/*
 * A copy of envp, with the system's directories at the end of PATH, no questions from debconf, and messages
 * in English, so that they can be understood here; what else the locale settings do stays as it was. Unless
 * directory is NULL, APT_CONFIG is directory/apt.conf, TMPDIR is in it, and PATH begins with directory/bin.
 */
char **env_for_apt(char *const *envp, const char *directory);

/* The value of name in envp, or NULL. */
const char *env_get(char *const *envp, const char *name);

#endif
