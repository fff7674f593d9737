/* praekelt-aptwrap: apt-get for image builds. main() checks the command line; verbs.c does the work. */
#include "aptwrap/verbs.h"
#include "common/msg.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct options options;
	const char *trace = getenv("APTWRAP_TRACE"), *about;
	const char *wrong = options_parse(&options, argc, argv, &about);

	msg_set_prefix(text_join(options.called, ": ", NULL));
	if (wrong)
		return help_error(&options, wrong, about);
	if (options.help || options.version)
		return help_print(&options);
	if (!package_list_read(&options.names, &options.files))
		return STATUS_OURS;
	bool nothing = options.names.count == 0 && !options.runtime_deps;
	/* An empty list is a success, but install without a list needs a package. */
	if (nothing && (options.minideb || options.verb == VERB_PURGE || options.files.count > 0))
		return 0;
	if (nothing && options.verb == VERB_INSTALL)
		return help_error(&options, "no packages to install", NULL);
	options.trace |= trace && strcmp(trace, "1") == 0;
	if (options.dry_run && options.verb == VERB_CLEAN)
		return 0;
	if (geteuid() != 0 && !options.dry_run && options.verb != VERB_LIST) {
		msg_warn("only root can do that");
		return STATUS_OURS;
	}
	return verb_run(&options);
}
