/* See command.h. */
#include "command.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/path_search.h"

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
	/* If the file itself exists, its interpreter or dynamic loader does not. */
	const char *hint = error == ENOENT && is_file(file) ? " (its interpreter is missing)" : "";

	problem(why, "cannot run '%s': %s%s", file, strerror(error), hint);
	return error == ENOENT && !*hint ? COMMAND_NOT_FOUND : COMMAND_CANNOT_RUN;
}

/* Whether the candidate depends on the current directory, and must not. */
static bool is_barred(const char *file, const struct command_rules *rules)
{
	return file[0] != '/' && !rules->from_current_dir;
}

static enum command_result search_path(char *const *argv, char *const *envp,
				       const struct command_rules *rules, char *room, struct problem *why)
{
	struct path_search search = {rules->path, argv[0], room};

	while (path_search_next(&search)) {
		if (!is_barred(search.file, rules)) {
			execve(search.file, argv, envp);
			if (errno != EACCES && !path_search_absent(errno))
				return cannot_run(search.file, errno, why);
		} else if (is_program(search.file)) {
			problem(why, "cannot run '%s': PATH finds it by way of the current directory",
				argv[0]);
			return COMMAND_CANNOT_RUN;
		}
	}
	/* Name the first file that is there but cannot run: no permission, no interpreter. */
	search.path = rules->path;
	while (path_search_next(&search)) {
		if (is_barred(search.file, rules) || !is_file(search.file))
			continue;
		execve(search.file, argv, envp);
		return cannot_run(search.file, errno, why);
	}
	problem(why, "cannot run '%s': not found in PATH", argv[0]);
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
	char *room = arena_take(arena, path_search_size(rules->path, name));
	if (!room) {
		problem(why, "no memory to search PATH: %s", strerror(errno));
		return COMMAND_CANNOT_RUN;
	}
	return search_path(argv, envp, rules, room, why);
}
