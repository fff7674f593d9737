/* praekelt-aptwrap: apt-get for image builds. The verbs, and the checks of the command line before them. */
#include "aptwrap/group/group.h"
#include "aptwrap/libraries/libraries.h"
#include "common/msg.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int install(struct session *session)
{
	const struct options *options = session->options;
	bool look = options->simulate || options->dry_run, group = options->group && !look;
	struct list names = {0}, manual = {0}, again = {0};
	struct packages now = {0};
	int status = group ? group_manual(session, &manual) : 0;

	list_add_all(&names, &options->names);
	status = status ? status : step_fetch(session, NULL, false);
	if (status == 0 && options->runtime_deps)
		status = runtime_deps_packages(session, &names);
	uint64_t before = step_bytes(session->config.archives);
	if (status == 0)
		status = step_fetch(session, &names, false);
	if (status != 0 || session->signals.got || look)
		return status;
	/* dpkg was killed while it unpacked these packages. Installing them again repairs them. */
	if (session->before.half_installed.count > 0)
		status = step_packages(session, &now);
	command_install(&again, options, &now.half_installed, "--reinstall");
	if (status == 0 && now.half_installed.count > 0)
		status = step_apt(session, &again);
	uint64_t after = step_bytes(session->config.archives);
	if (status == 0 && group)
		status = group_store(session, &manual);
	const char *size = packages_size(after > before ? after - before : 0);
	return status ? status : step_summary(session, text_join(", ", size, " fetched", NULL));
}

static int purge(struct session *session)
{
	const struct options *options = session->options;
	struct list names = {0}, kept = {0}, query = {0}, argv = {0};
	int status = group_resolve(session, &names, &options->names);

	if (status == 0 && options->keep_linked.count > 0)
		status = keep_linked_packages(session, &options->keep_linked, &kept);
	/* dpkg does not know one of the names. Only with an index can apt tell whether the package exists. */
	packages_query(&query);
	list_add(&query, "--");
	list_add_all(&query, &names);
	if (status == 0 && step_run(session, &query, STEP_QUERY) != 0 && !session->signals.got)
		(void)step_fetch(session, NULL, false);
	command_purge(&argv, options, &names, &kept);
	if (status == 0)
		status = step_apt(session, &argv);
	if (status != 0 || session->signals.got || options->simulate || options->dry_run)
		return status;
	return step_summary(session, NULL);
}

static int clean(struct session *session)
{
	return leftovers_clean(&session->leftovers) ? 0 : STATUS_OURS;
}

static int (*const verbs[])(struct session *) = {
	[VERB_INSTALL] = install,
	[VERB_PURGE] = purge,
	[VERB_CLEAN] = clean,
	[VERB_LIST] = group_list,
};

int main(int argc, char **argv)
{
	struct options options;
	struct session session;
	const char *trace = getenv("APTWRAP_TRACE"), *about;
	const char *wrong = options_parse(&options, argc, argv, &about);

	msg_set_prefix(text_join(options.called, ": ", NULL));
	if (wrong)
		return help_error(&options, wrong, about);
	if (options.help || options.version)
		return help_print(&options);
	if (!package_list_read(&options.names, &options.files))
		return STATUS_OURS;
	bool nothing = options.names.count == 0 && !options.runtime_deps;
	/* An empty list is a success, but install without a list needs a package. */
	if (nothing && (options.minideb || options.verb == VERB_PURGE || options.files.count > 0))
		return 0;
	if (nothing && options.verb == VERB_INSTALL)
		return help_error(&options, "no packages to install", NULL);
	options.trace |= trace && strcmp(trace, "1") == 0;
	if (options.dry_run && options.verb == VERB_CLEAN)
		return 0;
	if (geteuid() != 0 && !options.dry_run && options.verb != VERB_LIST) {
		msg_warn("only root can do that");
		return STATUS_OURS;
	}
	int status = session_begin(&session, &options);
	return session_end(&session, status ? status : verbs[options.verb](&session));
}
