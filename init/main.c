/*
 * praekelt-init: a container's first process. Starts one command, passes every signal on to it, reaps every
 * orphan, and ends with its status. The name it is called by picks the dialect: tini, dumb-init, or its own.
 */
#include <alloca.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "common/image.h"
#include "common/msg.h"
#include "init/child.h"
#include "init/config.h"
#include "init/descriptors.h"
#include "init/kernel.h"
#include "init/log.h"
#include "init/options.h"
#include "init/serve.h"
#include "init/shebang.h"
#include "init/tty.h"

/* First of all: from here on no signal is lost, and none stops or ends us. Returns 0 or an errno. */
static int hold_signals(struct inherited *inherited)
{
	int error = kernel_sigprocmask(SIG_SETMASK, SIGNALS_ALL, &inherited->mask) < 0 ? errno : 0;
	/*
	 * Whoever started us may ignore SIGCHLD. The kernel would then reap the child itself: no signal, no
	 * status, a wait that never ends.
	 */
	inherited->sigchld_ignored = kernel_set_ignored(SIGCHLD, false);
	return error;
}

/* Says what there is to say in place of running. */
static int say(const struct outcome *outcome)
{
	if (msg_print(outcome->fd, outcome->head) == 0 &&
	    (!outcome->text || msg_print(outcome->fd, outcome->text) == 0))
		return outcome->status;
	return outcome->status != 0 ? outcome->status : EXIT_FAILURE;
}

/* Returns false if there was something to say instead of running, and it was said: *status is how to exit. */
static __attribute__((noinline)) bool configure(const struct invocation *invocation, struct config *config,
						int *status)
{
	struct outcome outcome;

	options_parse(invocation, config, &outcome);
	if (!outcome.run)
		*status = say(&outcome);
	return outcome.run;
}

/* Returns false if something that was asked for cannot be had. */
static bool prepare(const struct config *config, const struct log *log, pid_t parent)
{
	if (config->pdeathsig != 0) {
		if (prctl(PR_SET_PDEATHSIG, config->pdeathsig) < 0) {
			log_event(log, EVENT_PDEATHSIG_FAILED, &(struct fact){.error = errno});
			return false;
		}
		/* The parent may have died before the call: then this is the signal that it would have
		 * caused. */
		if (getppid() != parent)
			kill(log->self, config->pdeathsig);
	}
	if (config->subreaper != SUBREAPER_NO) {
		if (prctl(PR_SET_CHILD_SUBREAPER, 1) == 0) {
			log_event(log, EVENT_SUBREAPER, NULL);
			return true;
		}
		if (config->subreaper == SUBREAPER_MUST) {
			log_event(log, EVENT_SUBREAPER_FAILED, &(struct fact){.error = errno});
			return false;
		}
	}
	int subreaper = 0;
	if (config->warn_not_reaper && log->self != 1 && prctl(PR_GET_CHILD_SUBREAPER, &subreaper) == 0 &&
	    !subreaper)
		log_event(log, EVENT_NOT_REAPER, NULL);
	return true;
}

/* What the environment has changed behind the back of who wrote the command line. */
static void say_notes(const struct config *config, const struct log *log)
{
	if (config->say_debug_mode)
		log_event(log, EVENT_DEBUG_MODE, NULL);
	if (config->say_no_setsid)
		log_event(log, EVENT_NO_SETSID, NULL);
}

/* Returns the signals that giving the terminal up sends to ourselves. */
static uint64_t give_up_terminal(const struct config *config, const struct log *log)
{
	bool leader = false;

	if (config->placement != PLACE_SESSION)
		return 0;
	int error = tty_detach(&leader);
	log_event(log,
		  error    ? EVENT_DETACH_FAILED
		  : leader ? EVENT_DETACHED_LEADER
			   : EVENT_DETACHED,
		  &(struct fact){.error = error});
	return leader ? SIGNAL_BIT(SIGHUP) | SIGNAL_BIT(SIGCONT) : 0;
}

/* Returns false if there is no child. A command that could not be executed is one that has ended. */
static bool start(const struct config *config, const struct inherited *inherited, const struct log *log,
		  struct child *child)
{
	const char *command = config->command[0];
	int error = child_spawn(config, inherited, child);

	if (error != 0) {
		log_event(log, EVENT_SPAWN_FAILED, &(struct fact){.command = command, .error = error});
		return false;
	}
	log_event(log, EVENT_SPAWNED, &(struct fact){.command = command, .pid = child->pid});
	if (child->attach_error != 0)
		log_event(log, EVENT_ATTACH_FAILED, &(struct fact){.error = child->attach_error});
	if (config->placement == PLACE_SESSION)
		log_event(log, EVENT_SETSID, NULL);
	if (child->exec_error != 0)
		log_event(log, EVENT_EXEC_FAILED,
			  &(struct fact){
				  .speaker = child->pid, .command = command, .error = child->exec_error});
	return true;
}

/* A command that has ended already leaves nothing to serve, and nothing worth tidying up for. */
static bool is_over(const struct config *config, pid_t child)
{
	siginfo_t info;

	if (child == 0 || config->wait_all || config->grace_ms >= 0)
		return false;
	return kernel_peek(P_PID, child, &info, WEXITED) == 0 && info.si_pid == child;
}

/* The child has what it needs: hold neither its file systems nor its pipes. */
static void let_go(const struct config *config)
{
	/* With a command child_spawn() has seen to that. */
	if (!config->command && chdir("/") < 0) {
		/* a directory that is held is no reason to end */
	}
	descriptors_close_from(STDERR_FILENO + 1);
}

int main(int argc, char **argv)
{
	static char own_name[] = "praekelt-init";
	static char *nameless[] = {own_name, NULL};
	const pid_t parent = getppid();
	struct inherited inherited;
	struct config config;
	struct child child = {.pid = 0};
	int status;

	const int error = hold_signals(&inherited);
	image_protect();
	if (argc == 0)
		argv = nameless;
	const size_t words = shebang_words(argv);
	if (words > 0) {
		/* On the stack: the kernel has seen to it that what argv itself takes there is a small part
		 * of it. */
		char **expanded = alloca(((size_t)argc + words) * sizeof(*argv));
		shebang_split(argv, expanded);
		argv = expanded;
		argc += (int)words - 1;
	}
	struct log log = {.self = getpid()};
	if (!configure(&(struct invocation){argc, argv, environ, log.self}, &config, &status))
		return status;
	log.words = config.words;
	log.verbosity = config.verbosity;
	say_notes(&config, &log);
	if (error != 0) {
		log_event(&log, EVENT_WAIT_FAILED, &(struct fact){.error = error});
		return config.codes.failure;
	}
	if (!prepare(&config, &log, parent))
		return config.codes.failure;
	struct relay_state state = {.self = log.self, .handoff = give_up_terminal(&config, &log)};
	inherited.foreground = config.placement == PLACE_GROUP && tty_foreground();
	if (config.command && !start(&config, &inherited, &log, &child))
		return config.codes.spawn;
	if (!is_over(&config, child.pid))
		let_go(&config);
	state.child = child.pid;
	status = serve(&config, &state, &log);
	if (inherited.foreground)
		tty_take_back(child.pid);
	return status;
}
