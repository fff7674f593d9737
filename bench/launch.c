/* See launch.h. */
#include "bench/launch.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STACK_SIZE 65536

/* The driver's own descriptors must not use the numbers that the command expects. */
#define OWN_FD 10

uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int keep(int fd)
{
	int kept = fcntl(fd, F_DUPFD_CLOEXEC, OWN_FD);

	if (fd < 0 || kept < 0)
		err(EXIT_FAILURE, "cannot make a channel");
	close(fd);
	return kept;
}

static void on_alarm(int signal)
{
	(void)signal; /* interrupts the driver's system call */
}

void launch_be_patient(void)
{
	/* It repeats once a second, because the first may arrive just before the driver waits. */
	const struct itimerval patience = {.it_value.tv_sec = LAUNCH_PATIENCE_S, .it_interval.tv_sec = 1};

	if (sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL) != 0 ||
	    setitimer(ITIMER_REAL, &patience, NULL) != 0)
		err(EXIT_FAILURE, "cannot set a timer");
}

void launch_prepare(struct candidate *candidate)
{
	int ends[2] = {-1, -1};
	const size_t size = sizeof(struct page);

	candidate->page_fd = keep(memfd_create("page", 0));
	if (ftruncate(candidate->page_fd, (off_t)size) != 0)
		err(EXIT_FAILURE, "cannot make a channel");
	candidate->page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, candidate->page_fd, 0);
	if (candidate->page == MAP_FAILED || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		err(EXIT_FAILURE, "cannot make a channel");
	candidate->socket = keep(ends[0]);
	candidate->command_socket = keep(ends[1]);
}

/* Runs in the driver's memory, with descriptors of its own. */
static int become_candidate(void *arg)
{
	struct candidate *candidate = arg;
	char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	char *const environment[] = {path, NULL};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(candidate->page_fd, CHANNEL_PAGE);
	dup2(candidate->command_socket, CHANNEL_SOCKET);
	setsid(); /* as an engine does for PID 1; a session also has its own scheduling group, see README.md
		   */
	candidate->exec_ns = now_ns();
	execve(candidate->argv[0], candidate->argv, environment);
	_exit(127);
}

void launch(struct candidate *candidate, bool as_pid_1)
{
	_Alignas(16) char stack[STACK_SIZE];
	int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | (as_pid_1 ? CLONE_NEWPID : 0);

	candidate->pid = clone(become_candidate, stack + sizeof(stack), flags, candidate);
	if (candidate->pid < 0)
		err(EXIT_FAILURE, "%s: cannot be started%s", candidate->label, as_pid_1 ? " as PID 1" : "");
}

static _Noreturn void give_up(const struct candidate *candidate, const char *what)
{
	if (errno == EINTR)
		errx(EXIT_FAILURE, "%s: %s for %d s", candidate->label, what, LAUNCH_PATIENCE_S);
	err(EXIT_FAILURE, "%s: %s", candidate->label, what);
}

void launch_finish(struct candidate *candidate, struct rusage *usage)
{
	int status;

	if (wait4(candidate->pid, &status, 0, usage) < 0)
		give_up(candidate, "cannot wait for its end");
	candidate->pid = 0;
	if (WIFSIGNALED(status))
		errx(EXIT_FAILURE, "%s: ended by signal %d", candidate->label, WTERMSIG(status));
	if (WEXITSTATUS(status) != STATUS_GOOD)
		errx(EXIT_FAILURE, "%s: ended with status %d in place of its command's %d", candidate->label,
		     WEXITSTATUS(status), STATUS_GOOD);
}

void launch_kill(struct candidate *candidate)
{
	if (kill(candidate->pid, SIGKILL) != 0 || waitpid(candidate->pid, NULL, 0) < 0)
		err(EXIT_FAILURE, "%s: cannot be killed", candidate->label);
	candidate->pid = 0;
}

void launch_await(struct candidate *candidate)
{
	char byte;

	if (read(candidate->socket, &byte, 1) != 1)
		give_up(candidate, "nothing heard from its command");
}

bool launch_heard(struct candidate *candidate, int timeout_ms)
{
	struct pollfd pollfd = {.fd = candidate->socket, .events = POLLIN};

	if (poll(&pollfd, 1, timeout_ms) == 0)
		return false;
	launch_await(candidate);
	return true;
}

void launch_tell(struct candidate *candidate)
{
	if (write(candidate->socket, "!", 1) != 1)
		err(EXIT_FAILURE, "%s: its command cannot be told", candidate->label);
}
