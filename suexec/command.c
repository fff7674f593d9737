/* See command.h. */
#include "command.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_program(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 && S_ISREG(st.st_mode) && access(file, X_OK) == 0;
}

static bool is_file(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 && !S_ISDIR(st.st_mode);
}

static enum command_result cannot_run(const char *file, int error, struct problem *why)
{
	/* The file is there: what is not is the interpreter of its first line, or the loader it names. */
	const char *hint = error == ENOENT && is_file(file) ? " (its interpreter is missing)" : "";

	problem(why, "cannot run '%s': %s%s", file, strerror(error), hint);
	return error == ENOENT && !*hint ? COMMAND_NOT_FOUND : COMMAND_CANNOT_RUN;
}

/* The next file to try, in buf; false at the end of the path. An empty element is the current directory. */
static bool next_file(const char **path, const char *name, char *buf)
{
	const char *element = *path;

	if (!element)
		return false;
	size_t len = strcspn(element, ":");
	*path = element[len] ? element + len + 1 : NULL;
	memcpy(buf, element, len);
	if (len > 0)
		buf[len++] = '/';
	memcpy(buf + len, name, strlen(name) + 1);
	return true;
}

/* Whether the next element may have the file, after this failure. */
static bool try_on(int error)
{
	return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG ||
	       error == ESTALE || error == ENODEV;
}

static enum command_result search(char *const *argv, char *const *envp, const struct command_rules *rules,
				  char *file, struct problem *why)
{
	const char *name = argv[0];

	for (const char *path = rules->path; next_file(&path, name, file);) {
		if (file[0] != '/' && !rules->from_current_dir) {
			if (!is_program(file))
				continue;
			problem(why, "cannot run '%s': PATH finds it by way of the current directory", name);
			return COMMAND_CANNOT_RUN;
		}
		execve(file, argv, envp);
		if (!try_on(errno))
			return cannot_run(file, errno, why);
	}
	/* A file that was passed over, being no program or lacking its interpreter, is worth a word. */
	for (const char *path = rules->path; next_file(&path, name, file);) {
		if (!is_file(file) || (file[0] != '/' && !rules->from_current_dir))
			continue;
		execve(file, argv, envp);
		return cannot_run(file, errno, why);
	}
	problem(why, "cannot run '%s': not found in PATH", name);
	return COMMAND_NOT_FOUND;
}

enum command_result command_run(char *const *argv, char *const *envp, const struct command_rules *rules,
				struct arena *arena, struct problem *why)
{
	const char *name = argv[0];

	if (strchr(name, '/')) {
		execve(name, argv, envp);
		return cannot_run(name, errno, why);
	}
	if (*name == '\0' || !rules->path) {
		problem(why, "cannot run '%s': %s", name, *name ? "PATH is not set" : "not a command name");
		return COMMAND_NOT_FOUND;
	}
	char *file = arena_take(arena, strlen(rules->path) + 1 + strlen(name) + 1);
	if (!file) {
		problem(why, "no memory to search PATH: %s", strerror(errno));
		return COMMAND_CANNOT_RUN;
	}
	return search(argv, envp, rules, file, why);
}
