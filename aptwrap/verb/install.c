/* See install.h. */
#include "aptwrap/verb/install.h"

#include "aptwrap/group/group.h"
#include "aptwrap/linked/runtime.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/fetch.h"
#include "aptwrap/run/summary.h"

/* Packages that dpkg was killed in the middle of: only installing them again helps, and apt does not by
 * itself. */
static int reinstall(struct session *session)
{
	struct list argv = {0};

	if (session->before.halves.count == 0 || session->options->simulate)
		return 0;
	command_reinstall(&argv, session->options, &session->before.halves);
	return fetch_run(session, &argv, "apt-get install --reinstall");
}

static int install(struct session *session, const struct list *names)
{
	struct list manual = {0}, all = {0};
	uint64_t archived;
	int status = 0;

	if (session->options->group && !session->options->simulate)
		status = group_manual(session, &manual);
	if (status == 0)
		status = fetch_indexes(session, false);
	options_names(session->options, &all);
	list_add_all(&all, names);
	if (status == 0 && session->options->runtime_deps)
		status = runtime_packages(session, &all);
	if (status == 0)
		status = reinstall(session);
	if (status != 0 || session->signals.got)
		return status;
	archived = summary_archived(session);
	status = fetch_install(session, &all);
	if (status != 0 || session->signals.got || session->options->simulate)
		return status;
	if (session->options->group)
		status = group_store(session, &manual);
	return status ? status : summary_print(session, archived);
}

int verb_install(const struct options *options, const struct list *names, char *const *envp)
{
	struct session session;
	int status = session_begin(&session, options, envp);

	if (status == 0)
		status = install(&session, names);
	return session_end(&session, status);
}
