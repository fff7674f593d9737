/* See group.h. */
#include "aptwrap/group/group.h"

#include "common/msg.h"

#include <stdlib.h>
#include <string.h>

#define DEB PRIVATE_DIRECTORY "/group.deb"

char *group_package(const char *name)
{
	struct text text = {0};

	text_add(&text, PACKAGES_GROUP);
	for (; *name; name++)
		text_add(&text, *name == '_' ? "+u" : *name == '+' ? "+p" : text_copy(name, 1));
	return text.data;
}

char *group_control(const char *name, const char *version, const struct list *depends)
{
	struct text text = {0};

	text_add(&text, text_join("Package: ", group_package(name), "\nVersion: ", version,
				  "\nArchitecture: all\nMaintainer: praekelt-aptwrap\n"
				  "Description: packages of the group ",
				  name, "\nAptwrap-Group: ", name, "\n", NULL));
	for (size_t i = 0; i < depends->count; i++)
		text_add(&text, text_join(i == 0 ? "Depends: " : ", ", depends->items[i], NULL));
	text_add(&text, depends->count > 0 ? "\n" : "");
	return text.data;
}

int group_manual(struct session *session, struct list *manual)
{
	struct list argv = {0};

	command_mark(&argv, "showmanual", &(struct list){0});
	return step_lines(session, &argv, "apt-mark showmanual", manual);
}

/* What the group holds so far, and the version of its package, 0 if there is none. */
static int load(struct session *session, const char *package, struct list *depends, unsigned long *version)
{
	struct list argv = {0};
	char *end;

	*version = 0;
	if (!list_has(&session->before.groups, package))
		return 0;
	list_add_words(&argv, "dpkg-query", "--show", "--showformat=${Version} ${Depends}", package, NULL);
	int status = step_must(session, &argv, STEP_QUERY, "dpkg-query");
	if (status != 0)
		return status;
	*version = strtoul(session->output.data, &end, 10);
	for (char *name = strtok(end, ", "); name; name = strtok(NULL, ", "))
		list_add(depends, name);
	return 0;
}

static int install(struct session *session, const char *control)
{
	struct list build = {0}, install = {0};

	if (private_write(session->directory, "group/DEBIAN/control", control) < 0) {
		msg_warn_errno("cannot write to '%s'", PRIVATE_DIRECTORY);
		return STATUS_OURS;
	}
	list_add_words(&build, "dpkg-deb", "--root-owner-group", "-Znone", "--build",
		       PRIVATE_DIRECTORY "/group", DEB, NULL);
	int status = step_must(session, &build, STEP_QUERY, "dpkg-deb --build");
	command_dpkg(&install, session->options, "--install", DEB);
	return status ? status : step_must(session, &install, STEP_DPKG, "dpkg --install");
}

int group_store(struct session *session, const struct list *manual_before)
{
	const char *name = session->options->group;
	struct list manual = {0}, fresh = {0}, depends = {0}, mark = {0};
	unsigned long version;
	int status = group_manual(session, &manual);

	if (status == 0)
		status = load(session, group_package(name), &depends, &version);
	list_add_difference(&fresh, &manual, manual_before);
	if (status != 0 || (version > 0 && fresh.count == 0))
		return status;
	list_add_difference(&depends, &fresh, &depends);
	/* Sorted, so that the same packages make the same bytes. */
	list_sort(&depends);
	status = install(session, group_control(name, text_number(version + 1), &depends));
	command_mark(&mark, "auto", &fresh);
	return status || fresh.count == 0 ? status : step_must(session, &mark, STEP_DPKG, "apt-mark auto");
}

int group_resolve(const struct session *session, struct list *names, const struct list *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];
		const char *package = options_valid_group(word) ? group_package(word) : NULL;
		if (package && list_has(&session->before.groups, package)) {
			list_add(names, package);
		} else if (package && word[0] == '.') {
			/* To apt it would be a regular expression. */
			msg_warn("there is no group '%s'", word);
			return STATUS_OURS;
		} else {
			list_add(names, word);
		}
	}
	return 0;
}

int group_list(struct session *session, struct text *text)
{
	struct list argv = {0};

	text_add(text, "");
	if (session->before.groups.count == 0)
		return 0;
	list_add_words(&argv, "dpkg-query", "--show", "--showformat=${Aptwrap-Group}: ${Depends}\\n", NULL);
	list_add_all(&argv, &session->before.groups);
	int status = step_must(session, &argv, STEP_QUERY, "dpkg-query");
	for (const char *at = session->output.data; *at; at++)
		if (*at != ',')
			text_add_bytes(text, at, 1);
	return status;
}
