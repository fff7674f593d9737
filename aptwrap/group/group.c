/* Groups of packages. See group.h. */
#include "aptwrap/group/group.h"

#include "common/msg.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	return step_lines(session, &argv, manual);
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
	int status = step_must(session, &build, STEP_QUERY);
	command_dpkg(&install, session->options, "--install", DEB);
	return status ? status : step_must(session, &install, STEP_DPKG);
}

int group_store(struct session *session, const struct list *manual_before)
{
	const char *name = session->options->group, *package = group_package(name);
	struct list manual = {0}, fresh = {0}, depends = {0}, query = {0}, mark = {0};
	unsigned long version = 0;
	int status = group_manual(session, &manual);

	list_add_difference(&fresh, &manual, manual_before);
	list_add_words(&query, "dpkg-query", "--show", "--showformat=${Version} ${Depends}", package, NULL);
	if (status == 0 && list_has(&session->before.groups, package)) {
		char *rest;
		status = step_must(session, &query, STEP_QUERY);
		version = strtoul(session->output.data, &rest, 10);
		for (char *word; (word = strtok_r(rest, ", ", &rest));)
			list_add(&depends, word);
	}
	if (status != 0 || (version > 0 && fresh.count == 0))
		return status;
	list_add_difference(&depends, &fresh, &depends);
	status = install(session, group_control(name, text_number(version + 1), &depends));
	command_mark(&mark, "auto", &fresh);
	return status || fresh.count == 0 ? status : step_must(session, &mark, STEP_DPKG);
}

int group_resolve(const struct session *session, struct list *names, const struct list *words)
{
	const struct list *groups = &session->before.groups;

	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i], *package = group_package(word);
		bool valid = options_valid_group(word), group = valid && list_has(groups, package);
		/* apt would read it as a regular expression. */
		if (valid && !group && word[0] == '.') {
			msg_warn("there is no group '%s'", word);
			return STATUS_OURS;
		}
		list_add(names, group ? package : word);
	}
	return 0;
}

int group_list(struct session *session)
{
	static const char script[] = "[ $# -eq 0 ] || dpkg-query --show --showformat='${Aptwrap-Group}: "
				     "${Depends}\\n' \"$@\" | tr -d ,";
	struct list argv = {0};

	list_add_words(&argv, "sh", "-c", script, "sh", NULL);
	list_add_all(&argv, &session->before.groups);
	int status = step_must(session, &argv, STEP_QUERY);
	if (status == 0 && msg_print(STDOUT_FILENO, session->output.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		return STATUS_OURS;
	}
	return status;
}
