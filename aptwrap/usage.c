/* See usage.h. */
#include "usage.h"

#include "session.h"

#include "common/msg.h"

#include <unistd.h>

static const char help[] =
	"usage: apt-get-install [OPTION...] PACKAGE...    install packages, leave nothing else behind\n"
	"       apt-get-purge [OPTION...] PACKAGE...      remove packages and what they alone needed\n"
	"       praekelt-aptwrap install|purge [OPTION...] PACKAGE...\n"
	"       praekelt-aptwrap clean                    remove what apt and killed runs left\n"
	"       praekelt-aptwrap list                     show virtual groups and their packages\n"
	"\n"
	"A PACKAGE is whatever apt-get takes: a name, name=version, name/suite, ./file.deb, a glob; for "
	"purge a\n"
	"group as well. \"-\" reads names from standard input. Options not listed here go to apt-get.\n"
	"\n"
	"  --file PATH          read names from a file, one a line\n"
	"  --virtual NAME       install: remember what is new as group NAME, for apt-get-purge NAME\n"
	"  --runtime-deps[=DIR] install: also the libraries that programs under DIR need (default: Python's "
	"packages)\n"
	"  --snapshot TIME      install: from snapshot.debian.org as of TIME, such as 20260131T000000Z\n"
	"  --recommends         install: recommended packages too\n"
	"  --keep-linked DIR    purge: keep the libraries that programs under DIR need\n"
	"  --retries N          tries after the first one (3)\n"
	"  --timeout S          seconds that a download may stand still (120)\n"
	"  --lock-timeout S     seconds to wait for another apt or dpkg (60)\n"
	"  --logs               keep the logs of apt and dpkg\n"
	"  --dry-run            print the commands, change nothing\n"
	"  --trace              print each command as it is run\n"
	"  -v, --verbose        show what apt says\n"
	"  -q, --quiet          say nothing unless something fails\n"
	"  --help, --version\n";

int usage_error(const struct request *request, const char *wrong, const char *about)
{
	if (about)
		msg_warn("%s '%s' (%s --help shows more)", wrong, about, request->called);
	else
		msg_warn("%s (%s --help shows more)", wrong, request->called);
	return STATUS_OURS;
}

int usage_print(const struct request *request)
{
	const char *text = request->verb == VERB_HELP ? help : "praekelt-aptwrap " VERSION "\n";

	if (msg_print(STDOUT_FILENO, text) < 0) {
		msg_warn_errno("cannot write to standard output");
		return STATUS_OURS;
	}
	return 0;
}
