/* praekelt-aptwrap: apt-get for image builds. Reads the command line, checks it, and has a verb do the work.
 */
#include "aptwrap/line/help.h"
#include "aptwrap/line/options.h"
#include "aptwrap/plan/environment.h"
#include "aptwrap/run/files.h"
#include "aptwrap/run/session.h"
#include "aptwrap/verb/clean.h"
#include "aptwrap/verb/dry_run.h"
#include "aptwrap/verb/install.h"
#include "aptwrap/verb/list.h"
#include "aptwrap/verb/purge.h"
#include "common/msg.h"

#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct options options;
	struct list names = {0};
	const char *about, *wrong = options_parse(&options, argc, argv, &about);
	int status;

	msg_set_prefix(text_join(options.called, ": ", NULL));
	if (wrong)
		return help_error(&options, wrong, about);
	if (options.verb == VERB_HELP || options.verb == VERB_VERSION)
		return help_print(&options);
	status = files_names(&names, &options.files);
	if (status != 0)
		return status;
	if (options.name_count + names.count == 0 && !options.runtime_deps && options.minideb)
		return 0;
	const char *trace = environment_get(environ, "APTWRAP_TRACE");
	options.trace |= trace && strcmp(trace, "1") == 0;
	if (options.verb == VERB_LIST)
		return verb_list(&options, environ);
	if (options.dry_run)
		return verb_dry_run(&options, &names, environ);
	if (geteuid() != 0) {
		msg_warn("only root can do that");
		return STATUS_OURS;
	}
	switch (options.verb) {
	case VERB_INSTALL:
		return verb_install(&options, &names, environ);
	case VERB_PURGE:
		return verb_purge(&options, &names, environ);
	case VERB_CLEAN:
		return verb_clean(&options);
	case VERB_LIST:
	case VERB_HELP:
	case VERB_VERSION:
		break;
	}
	return STATUS_OURS;
}
