/* --dry-run: the plan, one command a line, as a shell would take it. */
#include "verbs.h"

#include "groups.h"
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

/* What is not known before the run is shown as a comment. */
static int print_purge(const struct request *request, const struct list *names)
{
	struct list argv = {0}, mark = {0}, groups = {0}, members = {0}, none = {0};
	struct group group = {0};
	struct text text = {0};

	for (size_t i = 0; i < request->word_count; i++)
		if (request->words[i].name && groups_valid_name(request->words[i].text) &&
		    groups_load(&group, request->words[i].text) == GROUP_OK)
			list_add(&groups, request->words[i].text);
	for (size_t i = 0; i < names->count; i++)
		if (groups_valid_name(names->items[i]) && groups_load(&group, names->items[i]) == GROUP_OK)
			list_add(&groups, names->items[i]);
	list_add_all(&members, &group.fresh);
	list_add_all(&members, &group.manual);
	if (members.count > 0) {
		plan_mark(&mark, "auto", &members);
		text_add(&text, plan_line(&mark));
	}
	for (size_t i = 0; i < request->keep_linked.count; i++) {
		text_add(&text, "# apt-mark manual: what is linked with under ");
		text_add_quoted(&text, request->keep_linked.items[i]);
		text_add(&text, "\n");
	}
	plan_purge(&argv, request, names, &groups, &none);
	text_add(&text, plan_line(&argv));
	return print(text.data);
}

static int print_install(const struct request *request, const struct list *names)
{
	struct list update = {0}, argv = {0};

	plan_update(&update);
	plan_install(&argv, request, names);
	return print(text_join(
		plan_line(&update),
		request->runtime_deps ? "# and the packages of the libraries that are missing\n" : "",
		plan_line(&argv), NULL));
}

int verb_dry_run(const struct request *request, const struct list *names)
{
	switch (request->verb) {
	case VERB_INSTALL:
		return print_install(request, names);
	case VERB_PURGE:
		return print_purge(request, names);
	case VERB_CLEAN:
	case VERB_LIST:
	case VERB_HELP:
	case VERB_VERSION:
		break;
	}
	return 0;
}
