/*
 * praekelt-init: the first process of a container. It starts one command, passes every signal on to it, reaps
 * every orphan, and exits with the command's status. The name in argv[0] chooses the dialect: tini,
 * dumb-init, catatonit or its own.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "common/relro.h"
#include "common/msg.h"
#include "init/config.h"
#include "init/kernel.h"
#include "init/log.h"
#include "init/options.h"
#include "init/serve.h"
#include "init/shebang.h"
#include "init/spawn.h"
#include "init/tty.h"

/* The limit may be a billion, but in practice no descriptor that high is open. */
#define DESCRIPTORS_MAX 65536

/* Blocks all signals, so that none is lost and none stops or kills the init. Returns 0 or -errno. */
static int hold_signals(struct inherited *inherited)
{
	const int result = kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, &inherited->mask);
	/*
	 * If SIGCHLD is inherited as ignored, the kernel reaps the child itself: there is no signal and no
	 * status, and the init would wait forever.
	 */
	inherited->sigchld_ignored = kernel_set_ignored(SIGCHLD, false);
	return result;
}

/* Splits the options of a script's first line (shebang.h). Returns false if there is no memory. */
static bool expand_shebang(int argc, char ***argv)
{
	const size_t words = shebang_words(*argv);

	if (words == 0)
		return true;
	char **expanded = mmap(NULL, ((size_t)argc + words) * sizeof(**argv), PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (expanded == MAP_FAILED)
		return false;
	shebang_split(*argv, expanded);
	*argv = expanded;
	return true;
}

/* Prints help, a version or a usage error. Returns the exit status. */
static int print_outcome(const struct outcome *outcome)
{
	if (msg_print(outcome->fd, outcome->head) == 0 &&
	    (!outcome->text || msg_print(outcome->fd, outcome->text) == 0))
		return outcome->status;
	return outcome->status != 0 ? outcome->status : EXIT_FAILURE;
}

/* Requests a signal when the parent dies. Logs and returns false if that is refused. */
static bool watch_parent(const struct config *config, const struct log *log, pid_t parent)
{
	if (config->pdeathsig == 0)
		return true;
	if (prctl(PR_SET_PDEATHSIG, config->pdeathsig) < 0) {
		log_event(log, EVENT_PDEATHSIG_FAILED, &(struct log_fields){.error = errno});
		return false;
	}
	/* If the parent died before the call, the kernel sends no signal. */
	if (getppid() != parent)
		kill(log->self, config->pdeathsig);
	return true;
}

/* Becomes subreaper, if configured. Logs and returns false if it must and cannot. */
static bool adopt_orphans(const struct config *config, const struct log *log)
{
	int subreaper = 0;

	if (config->subreaper != SUBREAPER_NO) {
		if (prctl(PR_SET_CHILD_SUBREAPER, 1) == 0) {
			log_event(log, EVENT_SUBREAPER, NULL);
			return true;
		}
		if (config->subreaper == SUBREAPER_MUST) {
			log_event(log, EVENT_SUBREAPER_FAILED, &(struct log_fields){.error = errno});
			return false;
		}
	}
	if (config->warn_not_reaper && log->self != 1 && prctl(PR_GET_CHILD_SUBREAPER, &subreaper) == 0 &&
	    !subreaper)
		log_event(log, EVENT_NOT_REAPER, NULL);
	return true;
}

/* Detaches from the terminal if the child gets its own session. Returns the signals that this raises. */
static uint64_t detach_from_terminal(const struct config *config, const struct log *log)
{
	bool leader = false;

	if (config->placement != PLACE_SESSION)
		return 0;
	const int error = tty_detach(&leader);
	log_event(log,
		  error    ? EVENT_DETACH_FAILED
		  : leader ? EVENT_DETACHED_LEADER
			   : EVENT_DETACHED,
		  &(struct log_fields){.error = error});
	return leader ? SIGNAL_BIT(SIGHUP) | SIGNAL_BIT(SIGCONT) : 0;
}

/* Logs and returns false if no process can be created. */
static bool start_command(const struct inherited *inherited, struct state *state)
{
	struct log_fields fields = {.command = state->config->command[0]};

	state->child = spawn(state->config, inherited, state->log);
	if (state->child < 0) {
		fields.error = -state->child;
		log_event(state->log, EVENT_SPAWN_FAILED, &fields);
		return false;
	}
	fields.pid = state->child;
	log_event(state->log, EVENT_SPAWNED, &fields);
	return true;
}

/* Leaves the working directory and closes all but the standard descriptors, to keep nothing busy. */
static void release_files(void)
{
	if (chdir("/") < 0) {
		/* a busy file system is no reason to exit */
	}
	if (syscall(SYS_close_range, STDERR_FILENO + 1, UINT_MAX, 0) == 0)
		return;
	/* Before Linux 5.9, or if a filter forbids it. */
	for (int fd = STDERR_FILENO + 1; fd < DESCRIPTORS_MAX; fd++)
		close(fd);
}

int main(int argc, char **argv)
{
	const pid_t parent = getppid();
	char own_name[] = "praekelt-init";
	char *nameless[] = {own_name, NULL};
	struct inherited inherited;
	struct config config;
	struct outcome outcome;

	const int held = hold_signals(&inherited);
	relro_protect();
	if (argc == 0)
		argv = nameless;
	if (!expand_shebang(argc, &argv))
		return EXIT_FAILURE;
	struct log log = {.self = getpid()};
	options_parse(&(struct invocation){argv, environ, log.self}, &config, &outcome);
	if (!outcome.run)
		return print_outcome(&outcome);
	log.message = config.message;
	log.verbosity = config.verbosity;
	if (config.log_debug_mode)
		log_event(&log, EVENT_DEBUG_MODE, NULL);
	if (config.log_no_setsid)
		log_event(&log, EVENT_NO_SETSID, NULL);
	if (held < 0) {
		log_event(&log, EVENT_WAIT_FAILED, &(struct log_fields){.error = -held});
		return config.codes.failure;
	}
	if (!watch_parent(&config, &log, parent) || !adopt_orphans(&config, &log))
		return config.codes.failure;
	struct state state = {.config = &config, .log = &log, .self = log.self};
	state.handoff = detach_from_terminal(&config, &log);
	inherited.foreground = config.placement == PLACE_GROUP && (tty_foreground() || tty_is_free());
	if (config.command && !start_command(&inherited, &state))
		return config.codes.spawn;
	release_files();
	const int status = serve(&state);
	if (inherited.foreground)
		tty_take_back(state.child);
	return status;
}
