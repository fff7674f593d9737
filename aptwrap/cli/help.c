/* --help, --version, and what is wrong with a command line. See cli.h. */
#include "aptwrap/cli/cli.h"

#include "common/msg.h"

#include <unistd.h>

#define INSTALL_OPTIONS                                                                                      \
	"  --virtual NAME       remember the packages as group NAME, for apt-get-purge NAME\n"               \
	"  --runtime-deps[=DIR] also install libraries that programs under DIR (Python's packages) need\n"   \
	"  --snapshot TIME      use snapshot.debian.org as of TIME, such as 20260131T000000Z\n"              \
	"  --recommends         install recommended packages too\n"
#define PURGE_OPTIONS "  --keep-linked DIR    keep the libraries that programs under DIR need\n"
#define COMMON_OPTIONS                                                                                       \
	"  --file PATH          read names from a file, one a line, # begins a comment\n"                    \
	"  --retries N          how often to try a download again (3)\n"                                     \
	"  --timeout S          seconds without a byte before a download fails (30), 0: never\n"             \
	"  --lock-timeout S     seconds to wait for another apt or dpkg (60)\n"                              \
	"  --logs               write and keep the logs of apt and dpkg\n"                                   \
	"  --dry-run            print what would be run, change nothing\n"                                   \
	"  --trace              print each command before it runs\n"                                         \
	"  -v, --verbose        show the output of apt-get\n"                                                \
	"  -q, --quiet          print nothing unless something fails\n"                                      \
	"  -h, --help           print this\n"                                                                \
	"  -V, --version        print the version\n"
#define NAMES "\"-\" reads names from standard input. Other options are passed to apt-get.\n\n"

static const char install_help[] =
	" [OPTION...] PACKAGE...\n"
	"Install Debian packages and leave nothing else behind. A PACKAGE is anything that apt-get install\n"
	"accepts: name, name=version, name/suite, ./file.deb, a glob.\n" NAMES INSTALL_OPTIONS COMMON_OPTIONS;
static const char purge_help[] =
	" [OPTION...] PACKAGE|GROUP...\n"
	"Remove packages with their configuration, and the packages that only they needed. A GROUP is what\n"
	"apt-get-install --virtual made.\n" NAMES PURGE_OPTIONS COMMON_OPTIONS;
static const char general_help[] =
	" install [OPTION...] PACKAGE...  install packages, leave nothing else behind\n"
	"       praekelt-aptwrap purge [OPTION...] PACKAGE...    remove packages and what only they needed\n"
	"       praekelt-aptwrap clean                           remove what apt and killed runs left\n"
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
			 options->minideb ? "Without a PACKAGE it does nothing and succeeds.\n" : "", NULL);
	if (msg_print(STDOUT_FILENO, options->version ? "praekelt-aptwrap " VERSION "\n" : text) == 0)
		return 0;
	msg_warn_errno("cannot write to standard output");
	return STATUS_OURS;
}
