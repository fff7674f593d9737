/* The verbs. See verbs.h. */
#include "aptwrap/verbs.h"

#include "aptwrap/group/group.h"
#include "aptwrap/linked/linked.h"
#include "common/msg.h"

#include <unistd.h>

static int install(struct session *session, struct list *names)
{
	const struct options *options = session->options;
	bool look = options->simulate || options->dry_run, group = options->group && !look;
	struct list manual = {0}, again = {0};
	int status = group ? group_manual(session, &manual) : 0;

	if (status == 0)
		status = step_update(session, false);
	if (status == 0 && options->runtime_deps)
		status = runtime_packages(session, names);
	/* dpkg was killed in the middle of these: only installing them again helps, and apt does not by
	 * itself. */
	command_reinstall(&again, options, &session->before.halves);
	if (status == 0 && session->before.halves.count > 0 && !look)
		status = step_apt(session, &again, "apt-get install --reinstall");
	uint64_t before = step_bytes(session->config.archives);
	if (status == 0)
		status = step_install(session, names);
	if (status != 0 || session->signals.got || look)
		return status;
	uint64_t after = step_bytes(session->config.archives);
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

static int purge(struct session *session)
{
	const struct options *options = session->options;
	struct list names = {0}, kept = {0}, query = {0}, argv = {0};
	int status = group_resolve(session, &names, &options->names);

	if (status == 0 && options->keep_linked.count > 0)
		status = owners_of(session, &options->keep_linked, &kept);
	/*
	 * A package that is not installed is no error, a name that does not exist is one. Only an index tells
	 * them apart: it is fetched only where dpkg does not know a name. If that fails apt cannot find the
	 * name.
	 */
	packages_query(&query);
	list_add(&query, "--");
	list_add_all(&query, &names);
	if (status == 0 && step_run(session, &query, STEP_QUERY) != 0 && !session->signals.got)
		(void)step_update(session, false);
	command_purge(&argv, options, &names, &kept);
	if (status == 0)
		status = step_apt(session, &argv, "apt-get purge");
	if (status != 0 || session->signals.got || options->simulate || options->dry_run)
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

	if (status == 0 && !backups_clean(&session.backups))
		status = STATUS_OURS;
	return session_end(&session, status);
}

int verb_list(const struct options *options)
{
	struct session session;
	struct text text = {0};
	int status = session_look(&session, options);

	if (status == 0)
		status = group_list(&session, &text);
	if (status == 0 && msg_print(STDOUT_FILENO, text.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
