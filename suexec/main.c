/*
 * praekelt-suexec: permanently drops to a user and executes a command, in the same process.
 *
 *     praekelt-suexec [OPTION...] USER[:GROUP] COMMAND [ARGUMENT...]
 *
 * The steps: check that it is not setuid, parse, look up the user, switch and verify, execute. Only environ
 * changes before the switch. After it, only the command is looked up.
 */
#include <sys/prctl.h>
#include <unistd.h>

#include "common/msg.h"
#include "common/relro.h"
#include "suexec/arena.h"
#include "suexec/become.h"
#include "suexec/dialect.h"
#include "suexec/environment.h"
#include "suexec/exec.h"
#include "suexec/lookup.h"
#include "suexec/new_session.h"
#include "suexec/options.h"
#include "suexec/setuid_check.h"

/* Prints help, the version or the usage, and returns the exit status. */
static int print(const struct dialect *dialect, int fd, const char *text, int status)
{
	if (msg_print(fd, text) == 0)
		return status;
	msg_warn_errno("cannot write");
	return dialect->failed;
}

/* Prints the error and returns the exit status. */
static int fail(int status, const struct error *why)
{
	msg_warn("%s", why->text);
	return status;
}

static bool switch_user(const struct request *request, struct arena *arena, struct error *why)
{
	struct identity who;

	return lookup(&request->wanted, arena, &who, why) &&
	       environment_prepare(&who, request->login_env, arena, why) &&
	       become(&who, &request->caps, arena, why);
}

/* The options that take effect after the switch. */
static bool finish(const struct request *request, struct error *why)
{
	if (request->no_new_privs && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return error_set_errno(why, "PR_SET_NO_NEW_PRIVS");
	if (request->new_session && !new_session_start(why))
		return false;
	if (request->chdir && chdir(request->chdir) < 0)
		return error_set_errno(why, "cannot change to '%s'", request->chdir);
	return true;
}

int main(int argc, char **argv)
{
	const struct dialect *dialect = dialect_of(argc > 0 ? argv[0] : NULL);
	struct arena arena = arena_start();
	struct request request;
	struct error why;

	relro_protect();
	msg_set_prefix(dialect->prefix);
	if (!setuid_check(&why))
		return fail(dialect->failed, &why);

	switch (options_parse(dialect, argv, &request, &why)) {
	case OPTIONS_RUN:
		break;
	case OPTIONS_HELP:
		return print(dialect, STDOUT_FILENO, dialect->help, 0);
	case OPTIONS_VERSION:
		return print(dialect, STDOUT_FILENO, dialect->version, 0);
	case OPTIONS_WRONG:
		msg_warn("%s", why.text);
		return print(dialect, dialect->usage_fd, dialect->usage, dialect->failed);
	case OPTIONS_INCOMPLETE:
		return print(dialect, dialect->usage_fd, dialect->usage, dialect->failed);
	}

	if (!switch_user(&request, &arena, &why)) {
		msg_warn("cannot switch to %s '%s': %s", request.wanted.spec ? "user" : "the owner of",
			 request.wanted.spec ? request.wanted.spec : request.wanted.owner_of, why.text);
		return dialect->failed;
	}
	if (!finish(&request, &why))
		return fail(dialect->failed, &why);
	return fail(exec_command(dialect, request.command, &arena, &why), &why);
}
