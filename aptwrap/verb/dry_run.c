/* See dry_run.h. */
#include "aptwrap/verb/dry_run.h"

#include "aptwrap/linked/runtime.h"
#include "aptwrap/plan/commands.h"
#include "aptwrap/run/private.h"
#include "aptwrap/verb/purge.h"
#include "common/msg.h"

#include <unistd.h>

static void add_file(struct text *text, const char *name, const char *content)
{
	text_add(text, text_join("cat >" PRIVATE_DIRECTORY "/", name, " <<'END'\n", content, "END\n", NULL));
}

static void add_command(struct text *text, const struct list *argv)
{
	text_add(text, text_join(list_line(argv), "\n", NULL));
}

/* The private directory with apt's configuration in it, and with --snapshot the package sources. */
static int add_files(struct session *session, struct text *text)
{
	struct list names = {0}, texts = {0};
	int status = session->options->snapshot ? session_sources(session, &names, &texts) : 0;

	text_add(text, "mkdir -p " PRIVATE_DIRECTORY "\ncd " PRIVATE_DIRECTORY "\n"
		       "mkdir -p lists/partial cache/archives/partial log sources.list.d\n");
	add_file(text, "apt.conf", session_config(session));
	for (size_t i = 0; status == 0 && i < names.count; i++)
		add_file(text, names.items[i], texts.items[i]);
	text_add(text, "export APT_CONFIG=" PRIVATE_DIRECTORY "/apt.conf DEBIAN_FRONTEND=noninteractive\n");
	return status;
}

/* Only the indexes tell which packages have the missing libraries: a comment stands for their names. */
static int add_install(struct session *session, const struct list *names, struct text *text)
{
	struct list update = {0}, install = {0}, libraries = {0};
	int status = session->options->runtime_deps ? runtime_missing(session, &libraries) : 0;

	command_update(&update, session->options, false);
	add_command(text, &update);
	if (libraries.count > 0) {
		command_add_contents(&update);
		add_command(text, &update);
		text_add(text, text_join("# and the packages of ", list_line(&libraries), ":\n", NULL));
	}
	command_install(&install, session->options, names, false);
	add_command(text, &install);
	return status;
}

int verb_dry_run(const struct options *options, const struct list *names)
{
	struct session session;
	struct list argv = {0};
	struct text text = {0};
	int status = session_look(&session, options);

	text_add(&text, "");
	if (status == 0)
		status = add_files(&session, &text);
	if (status == 0 && options->verb == VERB_INSTALL) {
		status = add_install(&session, names, &text);
	} else if (status == 0) {
		status = purge_command(&session, names, &argv);
		add_command(&text, &argv);
	}
	if (status == 0 && msg_print(STDOUT_FILENO, text.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
