/* See help.h. */
#include "aptwrap/line/help.h"

#include "common/msg.h"

#include <string.h>
#include <unistd.h>

#define INSTALL_OPTIONS                                                                                      \
	"  --virtual NAME       remember the packages as group NAME, for apt-get-purge NAME\n"               \
	"  --runtime-deps[=DIR] also install the libraries that programs under DIR need\n"                   \
	"                       (default: Python's packages)\n"                                              \
	"  --snapshot TIME      use snapshot.debian.org as of TIME, such as 20260131T000000Z\n"              \
	"  --recommends         install recommended packages too\n"

#define PURGE_OPTIONS "  --keep-linked DIR    keep the libraries that programs under DIR need\n"

#define COMMON_OPTIONS                                                                                       \
	"  --file PATH          read names from a file, one a line, # begins a comment\n"                    \
	"  --retries N          how often to try a download again (3)\n"                                     \
	"  --timeout S          seconds without a byte before a download fails (30), 0 for ever\n"           \
	"  --lock-timeout S     seconds to wait for another apt or dpkg (60)\n"                              \
	"  --logs               write and keep the logs of apt and dpkg\n"                                   \
	"  --dry-run            print what would be run, change nothing\n"                                   \
	"  --trace              print each command before it runs\n"                                         \
	"  -v, --verbose        show the output of apt-get\n"                                                \
	"  -q, --quiet          print nothing unless something fails\n"                                      \
	"  -h, --help           print this\n"                                                                \
	"  -V, --version        print the version\n"

static const char install_help[] =
	" [OPTION...] PACKAGE...\n"
	"Install Debian packages and leave nothing else behind. A PACKAGE is anything that apt-get install\n"
	"accepts: name, name=version, name/suite, ./file.deb, a glob. \"-\" reads names from standard "
	"input.\n"
	"Other options are passed to apt-get.\n"
	"\n" INSTALL_OPTIONS COMMON_OPTIONS;

static const char purge_help[] =
	" [OPTION...] PACKAGE|GROUP...\n"
	"Remove packages with their configuration, and the packages that only they needed. A GROUP is what\n"
	"apt-get-install --virtual made. \"-\" reads names from standard input. Other options are passed to\n"
	"apt-get.\n"
	"\n" PURGE_OPTIONS COMMON_OPTIONS;

static const char general_help[] =
	"usage: praekelt-aptwrap install [OPTION...] PACKAGE...   install packages, leave nothing else "
	"behind\n"
	"       praekelt-aptwrap purge [OPTION...] PACKAGE...     remove packages and what only they needed\n"
	"       praekelt-aptwrap clean                            remove what apt and killed runs left\n"
	"       praekelt-aptwrap list                             print the groups and their packages\n"
	"\n"
	"install:\n" INSTALL_OPTIONS "purge:\n" PURGE_OPTIONS "all verbs:\n" COMMON_OPTIONS;

static bool starts(const char *s, const char *what)
{
	return strncmp(s, what, strlen(what)) == 0;
}

static char *help_text(const char *called)
{
	const char *text = starts(called, "apt-get-purge") ? purge_help : install_help;

	if (starts(called, "apt-get-") || strcmp(called, "install_packages") == 0)
		return text_join(
			"usage: ", called, text,
			called[0] == 'i' ? "\nWithout a PACKAGE nothing is done, successfully.\n" : "", NULL);
	return text_join(general_help, NULL);
}

int help_error(const struct options *options, const char *wrong, const char *about)
{
	if (about)
		msg_warn("%s '%s' (see %s --help)", wrong, about, options->called);
	else
		msg_warn("%s (see %s --help)", wrong, options->called);
	return HELP_STATUS;
}

int help_print(const struct options *options)
{
	const char *text = options->help ? help_text(options->called) : "praekelt-aptwrap " VERSION "\n";

	if (msg_print(STDOUT_FILENO, text) < 0) {
		msg_warn_errno("cannot write to standard output");
		return HELP_STATUS;
	}
	return 0;
}
