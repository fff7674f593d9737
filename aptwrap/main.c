/* praekelt-aptwrap: apt-get for image builds. Reads the command line, checks it, and has a verb do the work.
 */
#include "aptwrap/verbs.h"
#include "common/msg.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct options options;
	const char *about, *wrong = options_parse(&options, argc, argv, &about),
			   *trace = getenv("APTWRAP_TRACE");

	msg_set_prefix(text_join(options.called, ": ", NULL));
	if (wrong)
		return help_error(&options, wrong, about);
	if (options.help || options.version)
		return help_print(&options);
	if (!names_read(&options.names, &options.files))
		return STATUS_OURS;
	bool nothing = options.names.count == 0 && !options.runtime_deps;
	if (nothing && (options.minideb || options.verb == VERB_PURGE))
		return 0;
	options.trace |= trace && strcmp(trace, "1") == 0;
	if (options.verb == VERB_LIST)
		return verb_list(&options);
	if (geteuid() != 0 && !options.dry_run) {
		msg_warn("only root can do that");
		return STATUS_OURS;
	}
	switch (options.verb) {
	case VERB_INSTALL:
		return verb_install(&options);
	case VERB_PURGE:
		return verb_purge(&options);
	case VERB_CLEAN:
	case VERB_LIST:
		break;
	}
	return options.dry_run ? 0 : verb_clean(&options);
}
