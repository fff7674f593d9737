#include "exec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/path_search.h"

static bool is_file(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 && !S_ISDIR(st.st_mode);
}

static int cannot_run(const struct dialect *dialect, const char *file, int error, struct error *why)
{
	/* If the file itself exists, its interpreter or dynamic loader does not. */
	const char *hint = error == ENOENT && is_file(file) ? " (its interpreter is missing)" : "";

	error_set(why, "cannot run '%s': %s%s", file, strerror(error), hint);
	return error == ENOENT && !*hint ? dialect->not_found : dialect->cannot_run;
}

static int search_path(const struct dialect *dialect, struct path_search *search, char *const *argv,
		       struct error *why)
{
	const char *file = search->file;
	int status = 0;

	while (path_search_next(search)) {
		if (file[0] != '/' && !dialect->from_current_dir) {
			if (!is_file(file) || access(file, X_OK) < 0)
				continue;
			error_set(why, "cannot run '%s': found relative to the current directory", argv[0]);
			return dialect->cannot_run;
		}
		execv(file, argv);
		const int error = errno;
		if (error != EACCES && !path_search_absent(error))
			return cannot_run(dialect, file, error, why);
		/* Name the first file that is there but cannot run: no permission, no interpreter. */
		if (status == 0 && is_file(file))
			status = cannot_run(dialect, file, error, why);
	}
	if (status != 0)
		return status;
	error_set(why, "cannot run '%s': not found in PATH", argv[0]);
	return dialect->not_found;
}

int exec_command(const struct dialect *dialect, char *const *argv, struct arena *arena, struct error *why)
{
	const char *name = argv[0], *path = getenv("PATH");

	if (strchr(name, '/')) {
		execv(name, argv);
		return cannot_run(dialect, name, errno, why);
	}
	if (!path && !dialect->needs_path)
		path = PATH_SEARCH_DEFAULT;
	if (*name == '\0' || !path) {
		error_set(why, "cannot run '%s': %s", name, *name ? "PATH is not set" : "not a command name");
		return dialect->not_found;
	}
	if (strlen(name) > NAME_MAX)
		return cannot_run(dialect, name, ENAMETOOLONG, why);
	struct path_search *search = arena_take(arena, sizeof(*search), why);
	if (!search)
		return dialect->cannot_run;
	search->path = path;
	search->name = name;
	return search_path(dialect, search, argv, why);
}
