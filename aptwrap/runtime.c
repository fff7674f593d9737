/* See runtime.h. */
#include "runtime.h"

#include "contents.h"
#include "keep.h"
#include "library.h"
#include "packages.h"
#include "plan.h"
#include "private.h"

#include "common/msg.h"

#include <string.h>
#include <unistd.h>

/* -B: a look at Python must not leave bytecode behind. */
static const char site_packages[] = "import os, site, sysconfig\n"
				    "for d in dict.fromkeys(site.getsitepackages() + "
				    "[site.getusersitepackages(), sysconfig.get_path('platlib')]):\n"
				    "    if os.path.isdir(d): print(d)\n";

static int python_directories(struct session *session, struct list *directories)
{
	const char *python = run_find("python", session->envp) ? "python" : "python3", *at, *line;
	struct list argv = {0};
	size_t left, len;

	if (!run_find(python, session->envp)) {
		msg_warn("--runtime-deps without a directory looks at Python's packages, but there is no "
			 "python");
		return STATUS_OURS;
	}
	list_add(&argv, python);
	list_add(&argv, "-B");
	list_add(&argv, "-c");
	list_add(&argv, site_packages);
	int status = session_run(session, &argv, RUN_FINISH, NULL);
	if (status != 0) {
		session_blame(session, python, status, false);
		return STATUS_OURS;
	}
	at = session->output;
	left = session->output_len;
	while (text_line(&at, &left, &line, &len))
		if (line[0] == '/')
			list_add_bytes(directories, line, len);
	return 0;
}

/* The files of the Contents indexes, of which there may be none. */
static int list_indexes(struct session *session, struct list *files)
{
	struct list argv = {0};
	const char *at, *line;
	size_t left, len;

	list_add(&argv, "apt-get");
	list_add(&argv, "indextargets");
	plan_add_contents(&argv);
	list_add(&argv, "--format");
	list_add(&argv, "$(FILENAME)");
	list_add(&argv, "Created-By: AptwrapContents");
	int status = session_run(session, &argv, RUN_FINISH, NULL);
	if (status != 0) {
		session_blame(session, "apt-get indextargets", status, false);
		return status;
	}
	at = session->output;
	left = session->output_len;
	while (text_line(&at, &left, &line, &len))
		if (line[0] == '/')
			list_add_bytes(files, line, len);
	return 0;
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
		/* A file may need anything, such as a library whose name is a line that all lines have. */
		if (library_is_name(library))
			text_add(&needles, text_join("/", library, " \n/", library, "\t\n", NULL));
	}
	if (private_write(session->directory, "needles", needles.data, false) < 0) {
		msg_warn_errno("cannot write to '%s'", PRIVATE_DIRECTORY);
		return STATUS_OURS;
	}
	list_add(&argv, "sh");
	list_add(&argv, "-c");
	list_add(&argv, cat);
	list_add(&argv, "sh");
	list_add_all(&argv, indexes);
	/* Nothing found is 1, and no error yet. */
	int status = session_run(session, &argv, RUN_FINISH, NULL);
	if (status > 1)
		session_blame(session, "grep", status, false);
	return status > 1 ? STATUS_OURS : 0;
}

/*
 * Without the Contents indexes: a mirror may lack them, or serve some that do not fit its Release. The
 * policy's name of a library's package is right for nearly all of them; "t64" stands behind it where time_t
 * has grown since.
 */
static int go_by_names(struct session *session, const struct scan *missing)
{
	struct list argv = {0};

	msg_warn("no sound Contents index, going by the libraries' names");
	list_add(&argv, "apt-cache");
	list_add(&argv, "show");
	list_add(&argv, "--no-all-versions");
	for (size_t i = 0; i < missing->count; i++) {
		char *name = library_policy_name(missing->needs[i].library);
		if (!packages_valid_name(name, strlen(name)))
			continue;
		list_add_new(&argv, name);
		list_add_new(&argv, text_join(name, "t64", NULL));
	}
	/* It fails where one of them is no package, which is what is asked here. */
	return session_run(session, &argv, RUN_FETCH, NULL) == STATUS_OURS ? STATUS_OURS : 0;
}

static char *find_by_name(const struct session *session, const struct scan_need *need)
{
	static const char *const tails[] = {"", "t64"};

	for (size_t i = 0; i < 2; i++) {
		const char *at = session->output, *line;
		size_t left = session->output_len, len;
		char *name = text_join(library_policy_name(need->library), tails[i], NULL);
		char *wanted = text_join("Package: ", name, NULL);
		while (text_line(&at, &left, &line, &len))
			if (len == strlen(wanted) && text_starts(line, len, wanted))
				return name;
	}
	return NULL;
}

static int look_up(struct session *session, const struct scan *missing, struct list *packages)
{
	struct list indexes = {0}, unknown = {0}, fresh = {0};
	struct text text = {0};
	int status = session_fetch_contents(session) ? list_indexes(session, &indexes) : 0;

	if (session->signals.got)
		return STATUS_OURS;
	bool contents = indexes.count > 0;
	if (status == 0)
		status = contents ? search(session, missing, &indexes) : go_by_names(session, missing);
	for (size_t i = 0; i < missing->count && status == 0; i++) {
		const struct scan_need *need = &missing->needs[i];
		char *package = contents ? contents_find(need, session->output, session->output_len)
					 : find_by_name(session, need);
		if (package)
			list_add_new(&fresh, package);
		else if (!list_has(&unknown, need->library)) {
			list_add(&unknown, need->library);
			msg_warn("no package has '%s', which '%s' needs", need->library, need->by);
		}
	}
	for (size_t i = 0; i < fresh.count; i++)
		text_add(&text, text_join(" ", fresh.items[i], NULL));
	if (fresh.count > 0)
		session_say(session, "needed at run time:%s", text.data);
	list_add_all(packages, &fresh);
	return status ? status : unknown.count > 0 ? STATUS_OURS : 0;
}

int runtime_missing(struct session *session, struct scan *missing)
{
	struct list directories = {0};
	int status = 0;

	list_add_all(&directories, &session->request->runtime_dirs);
	if (directories.count == 0)
		status = python_directories(session, &directories);
	return status ? status : keep_missing(session, &directories, missing);
}

int runtime_packages(struct session *session, struct list *packages)
{
	struct scan missing = {0};
	int status = runtime_missing(session, &missing);

	if (status == 0 && missing.count > 0)
		status = look_up(session, &missing, packages);
	return status;
}
