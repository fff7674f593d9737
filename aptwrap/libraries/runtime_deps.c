/* --runtime-deps: the packages of the libraries that are missing. See libraries.h. */
#include "aptwrap/libraries/libraries.h"

#include "common/msg.h"

#include <string.h>
#include <unistd.h>

/* Prints the directories in which Python looks for packages. */
static const char site_packages[] = "import os, site, sysconfig\n"
				    "for d in dict.fromkeys(site.getsitepackages() + "
				    "[site.getusersitepackages(), sysconfig.get_path('platlib')]):\n"
				    "    if os.path.isdir(d): print(d)\n";

/* -B: this must not leave bytecode behind. */
static int python_directories(struct session *session, struct list *directories)
{
	static const char run[] = "p=$(command -v python || command -v python3) && exec \"$p\" -B -c \"$0\"";
	struct list argv = {0};

	list_add_words(&argv, "sh", "-c", run, site_packages, NULL);
	if (step_lines(session, &argv, directories) == 0)
		return 0;
	msg_warn("--runtime-deps without a directory needs python or python3, which failed");
	return STATUS_OURS;
}

/* Fetches the Contents indexes and lets grep search them, which is faster than code here would be. */
static int search(struct session *session, const struct list *libraries)
{
	static const char cat[] = "/usr/lib/apt/apt-helper cat-file \"$@\" | LC_ALL=C grep -F -e \"$0\"";
	struct list targets = {0}, files = {0}, argv = {0};
	struct text patterns = {0};

	list_add_words(&targets, "apt-get", "indextargets", NULL);
	command_add_contents(&targets);
	list_add_words(&targets, "--format", "$(FILENAME)", "Created-By: AptwrapContents", NULL);
	int status = step_fetch(session, NULL, true);
	/* The packages are unknown until the indexes are fetched, so a comment takes their place. */
	if (status == 0 && session->options->dry_run)
		(void)msg_print(STDOUT_FILENO,
				text_join("# and the packages of ", list_line(libraries), ":\n", NULL));
	else if (status == 0)
		status = step_lines(session, &targets, &files);
	if (status != 0 || session->options->dry_run)
		return status;
	if (files.count == 0) {
		msg_warn("--runtime-deps: no package source has a Contents index");
		return STATUS_OURS;
	}
	text_add(&patterns, "no such library");
	for (size_t i = 0; i < libraries->count; i++)
		text_add(&patterns, text_join("\n/", libraries->items[i], NULL));
	list_add_words(&argv, "sh", "-c", cat, patterns.data, NULL);
	list_add_all(&argv, &files);
	/* If grep finds nothing, its status is 1. */
	status = step_run(session, &argv, STEP_QUERY);
	if (status > 1)
		step_failed(session);
	return status > 1 ? STATUS_OURS : 0;
}

int runtime_deps_packages(struct session *session, struct list *packages)
{
	struct list directories = session->options->runtime_dirs;
	struct list libraries = {0}, unknown = {0}, fresh = {0};
	struct needs missing = {0};
	int status = directories.count == 0 ? python_directories(session, &directories) : 0;

	if (status == 0)
		status = needs_read(session, &directories, &missing);
	needs_drop_found(&missing);
	for (size_t i = 0; i < missing.count; i++)
		/* A hostile file may need a path, or several lines. */
		if (!strpbrk(missing.items[i].library, "/\n"))
			list_add_new(&libraries, missing.items[i].library);
	if (status == 0 && missing.count > 0)
		status = search(session, &libraries);
	for (size_t i = 0; status == 0 && i < missing.count && !session->options->dry_run; i++) {
		const struct need *need = &missing.items[i];
		/* The Contents index is that of the native architecture, which dpkg itself has. */
		bool native = elf_is_kind("/usr/bin/dpkg", need->kind);
		char *package = native ? contents_index_find(need->library, session->output.data) : NULL;
		if (package)
			list_add_new(&fresh, package);
		else if (!list_has(&unknown, need->library))
			msg_warn("no package has '%s', which '%s' needs", need->library, need->by);
		if (!package)
			list_add_new(&unknown, need->library);
	}
	if (fresh.count > 0)
		step_say(session, text_join("needed at run time: ", list_line(&fresh), NULL));
	list_add_all(packages, &fresh);
	return status ? status : unknown.count > 0 ? STATUS_OURS : 0;
}
