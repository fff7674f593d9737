/* See dry_run.h. */
#include "aptwrap/verb/dry_run.h"

#include "aptwrap/linked/runtime.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/private.h"
#include "aptwrap/run/sources.h"
#include "aptwrap/verb/purge.h"
#include "common/msg.h"

#include <unistd.h>

static void add_file(struct text *text, const char *name, const char *content)
{
	text_add(text, text_join("cat >" PRIVATE_DIRECTORY "/", name, " <<'END'\n", content, "END\n", NULL));
}

/* The private directory with apt's configuration, and where --snapshot is given the package sources. */
static int add_files(struct session *session, char *const *envp, struct text *text)
{
	struct list names = {0}, texts = {0};
	int status = session->options->snapshot ? sources_pin(session, &names, &texts) : 0;

	text_add(text,
		 "mkdir -p " PRIVATE_DIRECTORY "/lists/partial " PRIVATE_DIRECTORY
		 "/cache/archives/partial " PRIVATE_DIRECTORY "/log " PRIVATE_DIRECTORY "/sources.list.d\n");
	add_file(text, "apt.conf", session_config(session, envp));
	for (size_t i = 0; status == 0 && i < names.count; i++)
		add_file(text, names.items[i], texts.items[i]);
	text_add(text, "export APT_CONFIG=" PRIVATE_DIRECTORY "/apt.conf DEBIAN_FRONTEND=noninteractive\n");
	return status;
}

/* Only the indexes tell which packages have the missing libraries: a comment stands for their names. */
static int add_install(struct session *session, const struct list *names, struct text *text)
{
	struct list update = {0}, install = {0}, all = {0}, libraries = {0};
	int status = session->options->runtime_deps ? runtime_missing(session, &libraries) : 0;

	command_update(&update, session->options, false);
	text_add(text, command_line(&update));
	if (libraries.count > 0) {
		command_add_contents(&update);
		text_add(text, command_line(&update));
	}
	options_names(session->options, &all);
	list_add_all(&all, names);
	command_install(&install, session->options, &all, false);
	text_add(text, command_line(&install));
	if (libraries.count > 0) {
		text->len--;
		text_add(text, text_join(" # and the packages of ", command_line(&libraries), NULL));
	}
	return status;
}

static int add_purge(struct session *session, const struct list *names, struct text *text)
{
	struct list purged = {0}, kept = {0}, argv = {0};
	int status = purge_find(session, names, &purged, &kept);

	command_purge(&argv, session->options, &purged, &kept);
	text_add(text, command_line(&argv));
	return status;
}

int verb_dry_run(const struct options *options, const struct list *names, char *const *envp)
{
	struct session session;
	struct text text = {0};
	int status = session_look(&session, options, envp);

	text_add(&text, "");
	if (status == 0 && options->verb != VERB_CLEAN)
		status = add_files(&session, envp, &text);
	if (status == 0 && options->verb == VERB_INSTALL)
		status = add_install(&session, names, &text);
	if (status == 0 && options->verb == VERB_PURGE)
		status = add_purge(&session, names, &text);
	if (status == 0 && msg_print(STDOUT_FILENO, text.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
