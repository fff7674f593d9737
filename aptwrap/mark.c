/* See mark.h. */
#include "mark.h"

#include "plan.h"

static int run(struct session *session, const struct list *argv, const char *step)
{
	int status = session_run(session, argv, RUN_FINISH, NULL);

	if (status != 0)
		session_blame(session, step, status, false);
	return status;
}

int mark_installed(struct session *session, struct packages *packages)
{
	struct list argv = {0};

	packages_query(&argv);
	int status = run(session, &argv, "dpkg-query");
	if (status == 0)
		packages_parse(packages, session->config.architecture, session->output, session->output_len);
	return status;
}

int mark_manual(struct session *session, struct list *packages)
{
	struct list argv = {0};

	list_add(&argv, "apt-mark");
	list_add(&argv, "showmanual");
	int status = run(session, &argv, "apt-mark showmanual");
	if (status == 0)
		packages_parse_names(packages, session->output, session->output_len);
	return status;
}

int mark_as(struct session *session, const char *how, const struct list *packages)
{
	struct list argv = {0};

	if (packages->count == 0)
		return 0;
	plan_mark(&argv, how, packages);
	return run(session, &argv, "apt-mark");
}
