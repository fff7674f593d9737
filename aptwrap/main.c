/* praekelt-aptwrap: apt-get for image builds. Reads the command line, checks it, and has a verb do the work.
 */
#include "aptwrap/line/help.h"
#include "aptwrap/line/names.h"
#include "aptwrap/line/options.h"
#include "aptwrap/verb/clean.h"
#include "aptwrap/verb/dry_run.h"
#include "aptwrap/verb/install.h"
#include "aptwrap/verb/list.h"
#include "aptwrap/verb/purge.h"
#include "common/msg.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct options options;
	const char *about, *wrong = options_parse(&options, argc, argv, &about),
			   *trace = getenv("APTWRAP_TRACE");
	bool acts = options.verb == VERB_INSTALL || options.verb == VERB_PURGE;

	msg_set_prefix(text_join(options.called, ": ", NULL));
	if (wrong)
		return help_error(&options, wrong, about);
	if (options.help || options.version)
		return help_print(&options);
	if (!names_read(&options.names, &options.files))
		return HELP_STATUS;
	if (options.minideb && options.names.count == 0 && !options.runtime_deps)
		return 0;
	options.trace |= trace && strcmp(trace, "1") == 0;
	if (options.verb == VERB_LIST)
		return verb_list(&options);
	if (options.dry_run && acts)
		return verb_dry_run(&options, &options.names);
	if (geteuid() != 0) {
		msg_warn("only root can do that");
		return HELP_STATUS;
	}
	switch (options.verb) {
	case VERB_INSTALL:
		return verb_install(&options, &options.names);
	case VERB_PURGE:
		return verb_purge(&options, &options.names);
	case VERB_CLEAN:
	case VERB_LIST:
		break;
	}
	return options.dry_run ? 0 : verb_clean(&options);
}
