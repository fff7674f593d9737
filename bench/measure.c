/* See measure.h. */
#include "bench/measure.h"

#include <err.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define REALTIME_SIGNAL 40
#define REALTIME_COUNT  200

/* A signal that has not arrived after this time counts as lost. */
#define LOST_MS 100

static void life(struct candidate *candidate, uint64_t *values)
{
	struct rusage usage;
	uint64_t begin = now_ns();

	launch(candidate, false);
	launch_finish(candidate, &usage);
	values[0] = now_ns() - begin;
	values[1] = (uint64_t)usage.ru_minflt;
}

static void start(struct candidate *candidate, uint64_t *values)
{
	launch(candidate, true);
	launch_finish(candidate, NULL);
	values[0] = candidate->page->stamp_ns - candidate->exec_ns;
}

static void end(struct candidate *candidate, uint64_t *values)
{
	launch(candidate, false);
	launch_finish(candidate, NULL);
	values[0] = now_ns() - candidate->page->stamp_ns;
}

static void send(struct candidate *candidate, int number)
{
	if (kill(candidate->pid, number) != 0)
		err(EXIT_FAILURE, "%s: cannot send it signal %d", candidate->label, number);
}

static void latency(struct candidate *candidate, uint64_t *values)
{
	uint64_t begin = now_ns();

	send(candidate, SIGUSR1);
	launch_await(candidate);
	values[0] = candidate->page->stamp_ns - begin;
}

static bool is_forwardable(int number)
{
	return number != SIGKILL && number != SIGSTOP && number != SIGCHLD;
}

/* Job control, faults and libc's two signals are sent one by one only: they affect an init itself. */
static bool is_in_volley(int number)
{
	switch (number) {
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
	case SIGCONT:
	case SIGILL:
	case SIGTRAP:
	case SIGABRT:
	case SIGBUS:
	case SIGFPE:
	case SIGSEGV:
	case SIGSYS:
	case 32:
	case 33:
		return false;
	default:
		return is_forwardable(number);
	}
}

/* Resets the counts, and discards messages that are still under way. */
static void begin_count(struct candidate *candidate)
{
	while (launch_heard(candidate, LOST_MS)) {
		/* from an earlier signal */
	}
	memset(candidate->page->received, 0, sizeof(candidate->page->received));
}

/* Returns a set of the kinds that did not arrive; bit 0 is signal 1. */
static uint64_t lost_alone(struct candidate *candidate)
{
	uint64_t lost = 0;

	for (int number = 1; number <= SIGNALS; number++) {
		if (!is_forwardable(number))
			continue;
		candidate->page->received[number] = 0;
		send(candidate, number);
		while (candidate->page->received[number] == 0 && launch_heard(candidate, LOST_MS)) {
			/* from another signal */
		}
		if (candidate->page->received[number] != 0)
			continue;
		lost |= UINT64_C(1) << (number - 1);
		/* If job control has stopped the command, it must run before the next kind is sent. */
		send(candidate, SIGCONT);
		launch_heard(candidate, LOST_MS);
	}
	return lost;
}

static uint64_t lost_in_volley(struct candidate *candidate)
{
	uint64_t lost = 0;

	begin_count(candidate);
	for (int number = 1; number <= SIGNALS; number++)
		if (is_in_volley(number))
			send(candidate, number);
	while (launch_heard(candidate, LOST_MS)) {
		/* count the next */
	}
	for (int number = 1; number <= SIGNALS; number++)
		if (is_in_volley(number) && candidate->page->received[number] == 0)
			lost |= UINT64_C(1) << (number - 1);
	return lost;
}

static uint64_t lost_of_realtime(struct candidate *candidate)
{
	begin_count(candidate);
	for (int i = 0; i < REALTIME_COUNT; i++)
		send(candidate, REALTIME_SIGNAL);
	while (launch_heard(candidate, LOST_MS)) {
		/* count the next */
	}
	return REALTIME_COUNT - candidate->page->received[REALTIME_SIGNAL];
}

static void lost(struct candidate *candidate, uint64_t *values)
{
	values[0] = lost_alone(candidate);
	values[1] = lost_in_volley(candidate);
	values[2] = lost_of_realtime(candidate);
}

static uint64_t processor_ns(const struct candidate *candidate)
{
	clockid_t clock;
	struct timespec used;

	if (clock_getcpuclockid(candidate->pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
		errx(EXIT_FAILURE, "%s: cannot read its processor time", candidate->label);
	return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

static void orphans(struct candidate *candidate, uint64_t *values)
{
	uint64_t before = processor_ns(candidate);

	launch_tell(candidate);
	launch_await(candidate);
	values[0] = processor_ns(candidate) - before;
	values[1] = candidate->page->wall_ns;
}

const struct measure *measure_find(const char *name)
{
	static const struct measure measures[] = {
		{"life", {"ns", "faults"}, false, life},
		{"start", {"ns"}, false, start},
		{"exit", {"ns"}, false, end},
		{"signal", {"ns"}, true, latency},
		{"lost", {"alone", "volley", "realtime"}, true, lost},
		{"orphans", {"cpu_ns", "wall_ns"}, true, orphans},
	};

	for (size_t i = 0; i < sizeof(measures) / sizeof(*measures); i++)
		if (strcmp(name, measures[i].name) == 0)
			return &measures[i];
	return NULL;
}
