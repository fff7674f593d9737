/* list: the groups and their packages. */
#include "verbs.h"

#include "groups.h"
#include "session.h"

#include "common/msg.h"

#include <unistd.h>

static int load(struct text *text, const char *name)
{
	struct group group = {0};
	struct list packages = {0};

	switch (groups_load(&group, name)) {
	case GROUP_OK:
		break;
	case GROUP_ABSENT:
		return 0;
	case GROUP_BROKEN:
		msg_warn("not a group's file: '%s/%s'", GROUPS_DIRECTORY, name);
		return STATUS_OURS;
	case GROUP_ERROR:
		msg_warn_errno("cannot read '%s/%s'", GROUPS_DIRECTORY, name);
		return STATUS_OURS;
	}
	list_add_all(&packages, &group.fresh);
	list_add_all(&packages, &group.manual);
	list_sort(&packages);
	text_add(text, name);
	text_add(text, ":");
	for (size_t i = 0; i < packages.count; i++)
		text_add(text, text_join(" ", packages.items[i], NULL));
	text_add(text, "\n");
	return 0;
}

int verb_list(void)
{
	struct list names = {0};
	struct text text = {0};
	int status = 0;

	if (groups_names(&names) < 0) {
		msg_warn_errno("cannot read '%s'", GROUPS_DIRECTORY);
		return STATUS_OURS;
	}
	text_add(&text, "");
	for (size_t i = 0; i < names.count; i++)
		if (load(&text, names.items[i]) != 0)
			status = STATUS_OURS;
	if (msg_print(STDOUT_FILENO, text.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		status = STATUS_OURS;
	}
	return status;
}
