/* --dry-run: the plan, one command a line, as a shell would take it. */
#include "verbs.h"

#include "plan.h"
#include "session.h"

#include "common/msg.h"

#include <unistd.h>

static int print(const char *text)
{
	if (msg_print(STDOUT_FILENO, text) == 0)
		return 0;
	msg_warn_errno("cannot write to standard output");
	return STATUS_OURS;
}

int verb_dry_run(const struct request *request, const struct list *names)
{
	struct list update = {0}, argv = {0}, none = {0};

	switch (request->verb) {
	case VERB_INSTALL:
		plan_update(&update);
		plan_install(&argv, request, names);
		return print(text_join(plan_line(&update), plan_line(&argv), NULL));
	case VERB_PURGE:
		plan_purge(&argv, request, names, &none, &none);
		return print(plan_line(&argv));
	case VERB_CLEAN:
	case VERB_LIST:
	case VERB_HELP:
	case VERB_VERSION:
		break;
	}
	return 0;
}
