/* --help, --version, and errors in the command line. See cli.h. */
#include "aptwrap/cli/cli.h"

#include "common/msg.h"

#include <unistd.h>

#define INSTALL_OPTIONS                                                                                      \
	"  --virtual NAME       put the packages into the group NAME, for apt-get-purge NAME\n"              \
	"  --runtime-deps[=DIR] also install missing libraries that programs in DIR (or Python packages) "   \
	"need\n"                                                                                             \
	"  --snapshot TIME      use snapshot.debian.org as of TIME, such as 20260131T000000Z\n"              \
	"  --recommends         also install recommended packages\n"
#define PURGE_OPTIONS "  --keep-linked DIR    keep the libraries that programs in DIR need\n"
#define COMMON_OPTIONS                                                                                       \
	"  --file PATH          read names from a file, one per line; # starts a comment\n"                  \
	"  --retries N          how often to retry a download (default: 3)\n"                                \
	"  --timeout S          seconds without data until a download fails (default: 30); 0: never\n"       \
	"  --lock-timeout S     seconds to wait for another apt or dpkg (default: 60)\n"                     \
	"  --logs               write and keep the logs of apt and dpkg\n"                                   \
	"  --dry-run            print the commands as a shell script, change nothing\n"                      \
	"  --trace              print each command before it runs\n"                                         \
	"  -v, --verbose        show the output of apt-get\n"                                                \
	"  -q, --quiet          print nothing unless something fails\n"                                      \
	"  -h, --help           print this help\n"                                                           \
	"  -V, --version        print the version\n"
#define NAMES "\"-\" reads names from standard input. Other options are passed to apt-get.\n\n"

static const char install_help[] =
	" [OPTION...] PACKAGE...\n"
	"Install Debian packages and leave nothing else behind. PACKAGE is whatever apt-get install "
	"accepts:\n"
	"name, name=version, name/suite, ./file.deb or a glob.\n" NAMES INSTALL_OPTIONS COMMON_OPTIONS;
static const char purge_help[] = " [OPTION...] PACKAGE|GROUP...\n"
				 "Remove packages with their configuration, and the packages that only they "
				 "needed. apt-get-install --virtual\n"
				 "creates a GROUP.\n" NAMES PURGE_OPTIONS COMMON_OPTIONS;
static const char general_help[] =
	" install [OPTION...] PACKAGE...  install packages, leave nothing else behind\n"
	"       praekelt-aptwrap purge [OPTION...] PACKAGE...    remove packages and those that only they "
	"needed\n"
	"       praekelt-aptwrap clean                           remove what apt-get and killed runs left "
	"behind\n"
	"       praekelt-aptwrap list                            print the groups and their packages\n"
	"\n"
	"install:\n" INSTALL_OPTIONS "purge:\n" PURGE_OPTIONS "all verbs:\n" COMMON_OPTIONS;

int help_error(const struct options *options, const char *wrong, const char *about)
{
	if (about)
		msg_warn("%s '%s' (see %s --help)", wrong, about, options->called);
	else
		msg_warn("%s (see %s --help)", wrong, options->called);
	return STATUS_OURS;
}

int help_print(const struct options *options)
{
	bool install = options->minideb || text_starts(options->called, "apt-get-install");
	const char *text = install                                         ? install_help
			   : text_starts(options->called, "apt-get-purge") ? purge_help
									   : general_help;

	text = text_join("usage: ", options->called, text,
			 options->minideb ? "Without a PACKAGE, nothing is done, and the exit status is 0.\n"
					  : "",
			 NULL);
	if (msg_print(STDOUT_FILENO, options->version ? "praekelt-aptwrap " VERSION "\n" : text) == 0)
		return 0;
	msg_warn_errno("cannot write to standard output");
	return STATUS_OURS;
}
