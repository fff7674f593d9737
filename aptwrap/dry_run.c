/* --dry-run: the plan, one command a line, as a shell would take it. */
#include "verbs.h"

#include "library.h"
#include "plan.h"
#include "purge.h"
#include "runtime.h"

#include "common/msg.h"

#include <unistd.h>

static void add_line(struct text *text, const struct list *argv)
{
	text_add(text, plan_line(argv));
}

static void add_mark(struct text *text, const char *how, const struct list *packages)
{
	struct list argv = {0};

	if (packages->count == 0)
		return;
	plan_mark(&argv, how, packages);
	add_line(text, &argv);
}

static int plan_the_purge(struct session *session, const struct list *names, struct text *text)
{
	struct list argv = {0};
	struct purge purge = {0};
	int status = purge_find(session, names, &purge);

	if (status != 0)
		return status;
	add_mark(text, "auto", &purge.members);
	add_mark(text, "manual", &purge.kept);
	plan_purge(&argv, session->request, names, &purge.groups, &purge.kept);
	add_line(text, &argv);
	return 0;
}

/* Which packages have the missing libraries is only known with the index: a comment stands for their names.
 */
static int plan_the_install(struct session *session, const struct list *names, struct text *text)
{
	struct list update = {0}, install = {0}, libraries = {0};
	struct scan missing = {0};
	int status = session->request->runtime_deps ? runtime_missing(session, &missing) : 0;

	if (status != 0)
		return status;
	plan_update(&update);
	add_line(text, &update);
	for (size_t i = 0; i < missing.count; i++)
		/* No other is found; one with a newline would end the comment. */
		if (library_is_name(missing.needs[i].library))
			list_add_new(&libraries, missing.needs[i].library);
	if (libraries.count > 0) {
		plan_add_contents(&update);
		add_line(text, &update);
	}
	plan_install(&install, session->request, names);
	add_line(text, &install);
	if (libraries.count > 0) {
		text->len--;
		text_add(text, " # and what has ");
		add_line(text, &libraries);
	}
	return 0;
}

static int plan_it(struct session *session, const struct list *names, struct text *text)
{
	switch (session->request->verb) {
	case VERB_INSTALL:
		return plan_the_install(session, names, text);
	case VERB_PURGE:
		return plan_the_purge(session, names, text);
	case VERB_CLEAN: /* runs no command */
	case VERB_LIST:
	case VERB_HELP:
	case VERB_VERSION:
		break;
	}
	return 0;
}

int verb_dry_run(const struct request *request, const struct list *names, char *const *envp)
{
	struct session session;
	struct text text = {0};
	int status = session_look(&session, request, envp);

	text_add(&text, "");
	if (status == 0)
		status = plan_it(&session, names, &text);
	if (status == 0 && msg_print(STDOUT_FILENO, text.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
