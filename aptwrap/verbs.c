/* The verbs. See verbs.h. */
#include "aptwrap/verbs.h"

#include "aptwrap/group/group.h"
#include "aptwrap/linked/linked.h"
#include "common/msg.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Packages that dpkg was killed in the middle of: only installing them again helps, and apt does not by
 * itself. */
static int reinstall(struct session *session)
{
	struct list argv = {0};

	if (session->before.halves.count == 0 || session->options->simulate)
		return 0;
	command_reinstall(&argv, session->options, &session->before.halves);
	return step_apt(session, &argv, "apt-get install --reinstall");
}

/* The bytes of all package files that apt has. */
static uint64_t archived(const struct session *session)
{
	DIR *dir = opendir(session_archives(session));
	uint64_t bytes = 0;
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (strstr(entry->d_name, ".deb") && fstatat(dirfd(dir), entry->d_name, &st, 0) == 0)
			bytes += (uint64_t)st.st_size;
	if (dir)
		closedir(dir);
	return bytes;
}

static int install(struct session *session, struct list *names)
{
	const struct options *options = session->options;
	bool group = options->group && !options->simulate;
	struct list manual = {0};
	int status = group ? group_manual(session, &manual) : 0;

	if (status == 0)
		status = step_update(session, false);
	if (status == 0 && options->runtime_deps)
		status = runtime_packages(session, names);
	if (status == 0)
		status = reinstall(session);
	uint64_t before = archived(session);
	if (status == 0)
		status = step_install(session, names);
	if (status != 0 || session->signals.got || options->simulate)
		return status;
	uint64_t after = archived(session);
	if (group)
		status = group_store(session, &manual);
	const char *size = packages_size(after > before ? after - before : 0);
	return status ? status : step_summary(session, text_join(", ", size, " fetched", NULL));
}

int verb_install(struct options *options)
{
	struct session session;
	int status = session_begin(&session, options);

	return session_end(&session, status ? status : install(&session, &options->names));
}

static int purge_command(struct session *session, struct list *argv)
{
	const struct options *options = session->options;
	struct list names = {0}, kept = {0};
	int status = group_resolve(session, &names, &options->names);

	if (status == 0 && options->keep_linked.count > 0)
		status = owners_of(session, &options->keep_linked, &kept);
	command_purge(argv, options, &names, &kept);
	return status;
}

/*
 * A package that is not installed is no error, a name that does not exist is one. Only an index tells them
 * apart: it is fetched only where dpkg does not know a name. If that fails apt says that it cannot find the
 * name.
 */
static void fetch_if_needed(struct session *session)
{
	struct list argv = {0}, names = {0};

	(void)group_resolve(session, &names, &session->options->names);
	packages_query(&argv);
	list_add(&argv, "--");
	for (size_t i = 0; i < names.count; i++) {
		const char *word = names.items[i];
		size_t len = strlen(word);
		/* "name-" and "name+" */
		bool suffixed =
			len > 1 && strchr("+-", word[len - 1]) && !list_has(&session->before.names, word);
		list_add(&argv, text_copy(word, len - suffixed));
	}
	if (step_run(session, &argv, STEP_QUERY) != 0 && !session->signals.got)
		(void)step_update(session, false);
}

static int purge(struct session *session)
{
	struct list argv = {0};
	int status = purge_command(session, &argv);

	if (status == 0)
		fetch_if_needed(session);
	if (status == 0)
		status = step_apt(session, &argv, "apt-get purge");
	if (status != 0 || session->signals.got || session->options->simulate)
		return status;
	return step_summary(session, NULL);
}

int verb_purge(const struct options *options)
{
	struct session session;
	int status = session_begin(&session, options);

	return session_end(&session, status ? status : purge(&session));
}

int verb_clean(const struct options *options)
{
	struct session session;
	int status = session_lock(&session, options);

	if (status == 0 && backups_clean(&session.backups) < 0) {
		msg_warn_errno("cannot remove files in '%s'", session.backups.where);
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}

static int print(int status, const struct text *text)
{
	if (status != 0 || msg_print(STDOUT_FILENO, text->data) == 0)
		return status;
	msg_warn_errno("cannot write to standard output");
	return STATUS_OURS;
}

int verb_list(const struct options *options)
{
	struct session session;
	struct text text = {0};
	int status = session_look(&session, options);

	return session_end(&session, print(status ? status : group_list(&session, &text), &text));
}

static void add_command(struct text *text, const struct list *argv)
{
	text_add(text, text_join(list_line(argv), "\n", NULL));
}

/* Only the indexes tell which packages have the missing libraries: a comment stands for their names. */
static int add_install(struct session *session, struct text *text)
{
	const struct options *options = session->options;
	struct list update = {0}, install = {0}, libraries = {0};
	int status = options->runtime_deps ? runtime_missing(session, &libraries) : 0;

	command_update(&update, options, false);
	add_command(text, &update);
	if (libraries.count > 0) {
		command_add_contents(&update);
		add_command(text, &update);
		text_add(text, text_join("# and the packages of ", list_line(&libraries), ":\n", NULL));
	}
	command_install(&install, options, &options->names, false);
	add_command(text, &install);
	return status;
}

static int add_purge(struct session *session, struct text *text)
{
	struct list argv = {0};
	int status = purge_command(session, &argv);

	add_command(text, &argv);
	return status;
}

int verb_dry_run(const struct options *options)
{
	struct session session;
	struct list sources = {0};
	struct text text = {0};
	int status = session_look(&session, options);

	text_add(&text, "mkdir -p " PRIVATE_DIRECTORY "\ncd " PRIVATE_DIRECTORY "\n"
			"mkdir -p lists/partial cache/archives/partial log sources.list.d\n");
	if (status == 0 && options->snapshot) {
		command_sources(&sources, &session.config, options->snapshot, "sources.list.d");
		add_command(&text, &sources);
	}
	if (status == 0) {
		text_add(&text, text_join("cat >apt.conf <<'END'\n", session_config(&session),
					  "END\n"
					  "export APT_CONFIG=$PWD/apt.conf DEBIAN_FRONTEND=noninteractive\n",
					  NULL));
		status = options->verb == VERB_INSTALL ? add_install(&session, &text)
						       : add_purge(&session, &text);
	}
	return session_end(&session, print(status, &text));
}
