#include "dialect.h"

#include <string.h>
#include <unistd.h>

#include "common/program_name.h"

#define NATIVE_USAGE                                                                                         \
	"Usage: praekelt-suexec [OPTION...] USER[:GROUP] COMMAND [ARGUMENT...]\n"                            \
	"       praekelt-suexec [OPTION...] --owner-of PATH COMMAND [ARGUMENT...]\n"

#define NATIVE_HELP                                                                                          \
	NATIVE_USAGE "\n"                                                                                    \
		     "Permanently drops to USER and executes COMMAND in the same process.\n"                 \
		     "USER and GROUP are names or numbers. Without GROUP, COMMAND has all groups\n"          \
		     "of USER.\n"                                                                            \
		     "\n"                                                                                    \
		     "  -n, --no-new-privs     COMMAND gains no rights from setuid programs\n"               \
		     "  -k, --keep-caps LIST   keep these capabilities (net_bind_service,sys_nice)\n"        \
		     "  -b, --drop-bounding    remove all others from the bounding set\n"                    \
		     "  -o, --owner-of PATH    switch to the owner and group of PATH\n"                      \
		     "      --allow-root       allow PATH to belong to root\n"                               \
		     "  -g, --add-group GROUP  add a supplementary group; may be repeated\n"                 \
		     "  -e, --login-env        also set USER, LOGNAME and SHELL\n"                           \
		     "  -R, --no-root          fail if the user id or a group id is 0\n"                     \
		     "  -s, --setsid           run COMMAND in a new session without a terminal\n"            \
		     "  -C, --chdir DIR        change to DIR as the new user\n"                              \
		     "  -V, --version          print the version\n"                                          \
		     "  -h, --help             print this help\n"                                            \
		     "\n"                                                                                    \
		     "Exit status: that of COMMAND; 125 if praekelt-suexec itself fails, 126 if\n"           \
		     "COMMAND cannot be executed, 127 if it is not found.\n"

#define GOSU_HELP                                                                                            \
	"Usage: gosu user-spec command [args]\n"                                                             \
	"  user-spec is user[:group], names or numbers: gosu vumi:www-data id\n"                             \
	"  gosu --help prints this, gosu --version prints the version\n"

static const struct dialect dialects[] = {
	{
		.name = "gosu",
		.prefix = "error: ",
		.usage = GOSU_HELP,
		.usage_fd = STDERR_FILENO,
		.help = GOSU_HELP,
		.version = VERSION " (praekelt-suexec)\n",
		.needs_path = true,
		.failed = 1,
		.not_found = 1,
		.cannot_run = 1,
	},
	{
		.name = "su-exec",
		.prefix = "su-exec: ",
		.usage = "Usage: su-exec user-spec command [args]\n",
		.usage_fd = STDOUT_FILENO,
		.from_current_dir = true,
		.failed = 1,
		.not_found = 1,
		.cannot_run = 1,
	},
	{
		.name = NULL,
		.prefix = "praekelt-suexec: ",
		.usage = NATIVE_USAGE,
		.usage_fd = STDERR_FILENO,
		.help = NATIVE_HELP,
		.version = "praekelt-suexec " VERSION "\n",
		.has_options = true,
		.failed = 125,
		.not_found = 127,
		.cannot_run = 126,
	},
};

const struct dialect *dialect_of(const char *argv0)
{
	const char *name = program_name(argv0);
	const struct dialect *dialect = dialects;

	while (dialect->name && strcmp(name, dialect->name) != 0)
		dialect++;
	return dialect;
}
