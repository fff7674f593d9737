/* --runtime-deps: the packages of missing libraries. See linked.h. */
#include "aptwrap/linked/linked.h"

#include "common/msg.h"

#include <string.h>
#include <unistd.h>

/* -B: a look at Python must not leave bytecode behind. */
static const char site_packages[] = "import os, site, sysconfig\n"
				    "for d in dict.fromkeys(site.getsitepackages() + "
				    "[site.getusersitepackages(), sysconfig.get_path('platlib')]):\n"
				    "    if os.path.isdir(d): print(d)\n";

/* Adds the directories in which Python looks for packages. */
static int python_directories(struct session *session, struct list *directories)
{
	static const char *const names[] = {"python", "python3"};
	int status = PROCESS_NOT_FOUND;

	for (size_t i = 0; i < 2 && status == PROCESS_NOT_FOUND; i++) {
		struct list argv = {0};
		list_add_words(&argv, names[i], "-B", "-c", site_packages, NULL);
		status = step_run(session, &argv, STEP_QUERY);
	}
	if (status == PROCESS_NOT_FOUND)
		msg_warn("--runtime-deps without a directory looks at Python's packages, but there is no "
			 "python");
	else if (status != 0)
		step_failed(session, "python", status);
	list_add_lines(directories, status == 0 ? session->output.data : "");
	return status == 0 ? 0 : STATUS_OURS;
}

static int find_missing(struct session *session, struct scan *missing)
{
	struct list directories = {0};
	int status = 0;

	list_add_all(&directories, &session->options->runtime_dirs);
	if (directories.count == 0)
		status = python_directories(session, &directories);
	return status ? status : owners_missing(session, &directories, missing);
}

/*
 * Fetches the Contents indexes and reads the lines that may matter: grep is faster than anything that would
 * be written here.
 */
static int search(struct session *session, const struct list *libraries)
{
	static const char cat[] =
		"/usr/lib/apt/apt-helper cat-file \"$@\" | LC_ALL=C grep -F -f " PRIVATE_DIRECTORY "/needles";
	struct list targets = {0}, files = {0}, argv = {0};
	struct text needles = {0};

	list_add_words(&targets, "apt-get", "indextargets", NULL);
	command_add_contents(&targets);
	list_add_words(&targets, "--format", "$(FILENAME)", "Created-By: AptwrapContents", NULL);
	int status = step_update(session, true);
	/* Only the indexes tell the packages: a comment stands for them. */
	if (status == 0 && session->options->dry_run)
		return msg_print(STDOUT_FILENO,
				 text_join("# and the packages of ", list_line(libraries), ":\n", NULL)) < 0
			       ? STATUS_OURS
			       : 0;
	if (status == 0)
		status = step_lines(session, &targets, "apt-get indextargets", &files);
	for (size_t i = 0; i < libraries->count; i++)
		text_add(&needles,
			 text_join("/", libraries->items[i], " \n/", libraries->items[i], "\t\n", NULL));
	if (status != 0)
		return status;
	if (files.count == 0 || private_write(session->directory, "needles", needles.data) < 0) {
		msg_warn("--runtime-deps: no package source has a Contents index, or it cannot be searched");
		return STATUS_OURS;
	}
	list_add_words(&argv, "sh", "-c", cat, "sh", NULL);
	list_add_all(&argv, &files);
	/* grep's status for nothing found is 1. */
	status = step_run(session, &argv, STEP_QUERY);
	if (status > 1)
		step_failed(session, "reading the Contents indexes", status);
	return status > 1 ? STATUS_OURS : 0;
}

int runtime_packages(struct session *session, struct list *packages)
{
	struct scan missing = {0};
	struct list libraries = {0}, unknown = {0}, fresh = {0};
	int status = find_missing(session, &missing);

	for (size_t i = 0; i < missing.count; i++)
		/* A file may name anything: a path, or several lines. */
		if (!strpbrk(missing.needs[i].library, "/\n"))
			list_add_new(&libraries, missing.needs[i].library);
	if (status == 0 && missing.count > 0)
		status = search(session, &libraries);
	if (session->options->dry_run)
		return status;
	for (size_t i = 0; status == 0 && i < missing.count; i++) {
		const struct scan_need *need = &missing.needs[i];
		/* The index is about the architecture that dpkg's own programs have. */
		bool native = scan_is_kind("/usr/bin/dpkg", &need->kind);
		char *package = native ? contents_find(need->library, session->output.data) : NULL;
		if (package) {
			list_add_new(&fresh, package);
		} else if (!list_has(&unknown, need->library)) {
			list_add(&unknown, need->library);
			msg_warn("no package has '%s', which '%s' needs", need->library, need->by);
		}
	}
	if (fresh.count > 0)
		step_say(session, text_join("needed at run time: ", list_line(&fresh), NULL));
	list_add_all(packages, &fresh);
	return status ? status : unknown.count > 0 ? STATUS_OURS : 0;
}
