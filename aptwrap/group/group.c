/* See group.h. */
#include "aptwrap/group/group.h"

#include "aptwrap/group/name.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/private.h"
#include "aptwrap/run/step.h"
#include "common/msg.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TREE      PRIVATE_DIRECTORY "/group"
#define FILE_NAME PRIVATE_DIRECTORY "/group.deb"

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

void group_parse_depends(struct list *names, const char *text, size_t len)
{
	while (len > 0) {
		size_t n = 0;
		while (n < len && text[n] != ',' && text[n] != ' ')
			n++;
		if (packages_valid_name(text, n))
			list_add_bytes(names, text, n);
		n += n < len;
		text += n;
		len -= n;
	}
}

int group_manual(struct session *session, struct list *manual)
{
	struct list argv = {0};

	command_mark(&argv, "showmanual", &(struct list){0});
	int status = step_must(session, &argv, STEP_QUERY, "apt-mark showmanual");
	if (status == 0)
		packages_parse_names(manual, session->output.data, session->output.len);
	return status;
}

/* What the group holds so far, and the version of its package, 0 if there is none. */
static int load(struct session *session, const char *package, struct list *depends, unsigned long *version)
{
	struct list argv = {0};

	*version = 0;
	if (!list_has(&session->before.names, package))
		return 0;
	list_add(&argv, "dpkg-query");
	list_add(&argv, "--show");
	list_add(&argv, "--showformat=${Version} ${Depends}\\n");
	list_add(&argv, package);
	int status = step_must(session, &argv, STEP_QUERY, "dpkg-query");
	if (status != 0)
		return status;
	char *end;
	*version = strtoul(session->output.data, &end, 10);
	group_parse_depends(depends, end, session->output.len - (size_t)(end - session->output.data));
	return 0;
}

static int build(struct session *session, const char *control)
{
	static const char *const words[] = {"dpkg-deb", "--root-owner-group", "-Znone", "--build", TREE,
					    FILE_NAME};
	struct list argv = {0};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		list_add(&argv, words[i]);
	if (mkdirat(session->directory, "group", 0755) < 0 ||
	    mkdirat(session->directory, "group/DEBIAN", 0755) < 0 ||
	    fchmodat(session->directory, "group", 0755, 0) < 0 ||
	    fchmodat(session->directory, "group/DEBIAN", 0755, 0) < 0 ||
	    private_write(session->directory, "group/DEBIAN/control", control) < 0) {
		msg_warn_errno("cannot write to '%s'", PRIVATE_DIRECTORY);
		return STATUS_OURS;
	}
	return step_must(session, &argv, STEP_QUERY, "dpkg-deb --build");
}

static int install(struct session *session)
{
	struct list argv = {0};

	list_add(&argv, "dpkg");
	if (!session->options->logs)
		list_add(&argv, "--log=/dev/null");
	list_add(&argv, "--install");
	list_add(&argv, FILE_NAME);
	return step_must(session, &argv, STEP_DPKG, "dpkg --install of the group's package");
}

int group_store(struct session *session, const struct list *manual_before)
{
	const char *name = session->options->group;
	struct list manual = {0}, fresh = {0}, depends = {0}, mark = {0};
	unsigned long version;
	int status = group_manual(session, &manual);

	if (status == 0)
		status = load(session, group_package(name), &depends, &version);
	if (status != 0)
		return status;
	packages_new(&fresh, &manual, manual_before);
	if (version > 0 && fresh.count == 0)
		return 0;
	for (size_t i = 0; i < fresh.count; i++)
		list_add_new(&depends, fresh.items[i]);
	/* Sorted, so that the same packages make the same bytes. */
	list_sort(&depends);
	status = build(session, group_control(name, text_number(version + 1), &depends));
	if (status == 0)
		status = install(session);
	command_mark(&mark, "auto", &fresh);
	if (status == 0 && fresh.count > 0)
		status = step_must(session, &mark, STEP_DPKG, "apt-mark auto");
	return status;
}

int group_resolve(const struct session *session, struct list *names, const struct list *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];
		const char *package = group_valid_name(word) ? group_package(word) : NULL;
		if (package && list_has(&session->before.names, package)) {
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
