/* --runtime-deps: the packages of missing libraries. See linked.h. */
#include "aptwrap/linked/linked.h"

#include "common/msg.h"

#include <string.h>

/* -B: a look at Python must not leave bytecode behind. */
static const char site_packages[] = "import os, site, sysconfig\n"
				    "for d in dict.fromkeys(site.getsitepackages() + "
				    "[site.getusersitepackages(), sysconfig.get_path('platlib')]):\n"
				    "    if os.path.isdir(d): print(d)\n";

/* Whether it can be in an index: not a path, nothing but visible characters. A file may name anything. */
static bool is_file_name(const char *library)
{
	for (const char *p = library; *p; p++)
		if (*p <= ' ' || *p > '~' || *p == '/')
			return false;
	return *library != '\0';
}

/* Adds the lines of the last command's output that are paths. */
static void take_paths(const struct session *session, struct list *paths)
{
	const char *at = session->output.data, *line;
	size_t left = session->output.len, len;

	while (text_line(&at, &left, &line, &len))
		if (line[0] == '/')
			list_add(paths, text_copy(line, len));
}

static int python_directories(struct session *session, struct list *directories)
{
	const char *python = process_find("python") ? "python" : "python3";
	struct list argv = {0};

	if (!process_find(python)) {
		msg_warn("--runtime-deps without a directory looks at Python's packages, but there is no "
			 "python");
		return STATUS_OURS;
	}
	list_add_words(&argv, python, "-B", "-c", site_packages, NULL);
	if (step_must(session, &argv, STEP_QUERY, python) != 0)
		return STATUS_OURS;
	take_paths(session, directories);
	return 0;
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

int runtime_missing(struct session *session, struct list *libraries)
{
	struct scan missing = {0};
	int status = find_missing(session, &missing);

	for (size_t i = 0; i < missing.count; i++)
		if (is_file_name(missing.needs[i].library))
			list_add_new(libraries, missing.needs[i].library);
	return status;
}

/* The files of the Contents indexes. */
static int list_indexes(struct session *session, struct list *files)
{
	struct list argv = {0};

	list_add_words(&argv, "apt-get", "indextargets", NULL);
	command_add_contents(&argv);
	list_add_words(&argv, "--format", "$(FILENAME)", "Created-By: AptwrapContents", NULL);
	int status = step_must(session, &argv, STEP_QUERY, "apt-get indextargets");
	if (status != 0)
		return status;
	take_paths(session, files);
	if (files->count > 0)
		return 0;
	msg_warn("--runtime-deps: none of the package sources has a Contents index");
	return STATUS_OURS;
}

/* The lines of them that may matter: grep is faster than anything that would be written here. */
static int search(struct session *session, const struct scan *missing, const struct list *indexes)
{
	static const char cat[] =
		"/usr/lib/apt/apt-helper cat-file \"$@\" | LC_ALL=C grep -F -f " PRIVATE_DIRECTORY "/needles";
	struct list argv = {0};
	struct text needles = {0};

	text_add(&needles, "");
	for (size_t i = 0; i < missing->count; i++) {
		const char *library = missing->needs[i].library;
		if (is_file_name(library))
			text_add(&needles, text_join("/", library, " \n/", library, "\t\n", NULL));
	}
	if (private_write(session->directory, "needles", needles.data) < 0) {
		msg_warn_errno("cannot write to '%s'", PRIVATE_DIRECTORY);
		return STATUS_OURS;
	}
	list_add_words(&argv, "sh", "-c", cat, "sh", NULL);
	list_add_all(&argv, indexes);
	/* grep's status for nothing found is 1. */
	int status = step_run(session, &argv, STEP_QUERY);
	if (status > 1)
		step_failed(session, "reading the Contents indexes", status);
	return status > 1 ? STATUS_OURS : 0;
}

/* From the last command's output. Returns 0 or the status to end with after a message. */
static int choose(const struct session *session, const struct scan *missing, struct list *packages)
{
	struct list unknown = {0}, fresh = {0};
	struct text text = {0};

	text_add(&text, "needed at run time:");
	for (size_t i = 0; i < missing->count; i++) {
		const struct scan_need *need = &missing->needs[i];
		/* The index is about the architecture that dpkg's own programs have. */
		char *package =
			scan_is_kind("/usr/bin/dpkg", &need->kind)
				? contents_find(need->library, session->output.data, session->output.len)
				: NULL;
		if (package) {
			list_add_new(&fresh, package);
		} else if (!list_has(&unknown, need->library)) {
			list_add(&unknown, need->library);
			msg_warn("no package has '%s', which '%s' needs", need->library, need->by);
		}
	}
	for (size_t i = 0; i < fresh.count; i++)
		text_add(&text, text_join(" ", fresh.items[i], NULL));
	if (fresh.count > 0)
		step_say(session, text.data);
	list_add_all(packages, &fresh);
	return unknown.count > 0 ? STATUS_OURS : 0;
}

int runtime_packages(struct session *session, struct list *packages)
{
	struct scan missing = {0};
	struct list indexes = {0};
	int status = find_missing(session, &missing);

	if (status != 0 || missing.count == 0)
		return status;
	status = step_update(session, true);
	if (status == 0)
		status = list_indexes(session, &indexes);
	if (status == 0)
		status = search(session, &missing, &indexes);
	return status ? status : choose(session, &missing, packages);
}
