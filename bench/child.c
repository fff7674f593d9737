/*
 * The command that every candidate starts, in the role that argv[1] names. It has no libc, so that it adds
 * the same small amount to each candidate's time.
 */
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <time.h>

#include "bench/raw.h"
#include "bench/shared.h"

/* The time between two polls, which lets other processes on the processor run. */
#define POLL_NS 50000

static bool equal(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static long number(const char *digits)
{
	long n = 0;

	while (*digits >= '0' && *digits <= '9')
		n = n * 10 + (*digits++ - '0');
	return n;
}

static uint64_t now_ns(void)
{
	struct timespec now = {0};

	RAW(clock_gettime, CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static struct page *map_page(void)
{
	long address = RAW(mmap, 0, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, CHANNEL_PAGE, 0);

	if (address < 0)
		raw_exit(STATUS_BROKEN);
	return (struct page *)address; /* NOLINT(performance-no-int-to-ptr): the kernel returns a number */
}

static void tell_driver(void)
{
	RAW(write, CHANNEL_SOCKET, "!", 1);
}

static void wait_for_driver(void)
{
	char byte;

	if (RAW(read, CHANNEL_SOCKET, &byte, 1) != 1)
		raw_exit(STATUS_BROKEN);
}

/* Checks that every id is nobody's and that root's group is gone. */
static int check_ids(void)
{
	uint32_t id[6] = {0}, groups[64];

	RAW(getresuid, id, id + 1, id + 2);
	RAW(getresgid, id + 3, id + 4, id + 5);
	for (size_t i = 0; i < 6; i++)
		if (id[i] != NOBODY)
			return STATUS_WRONG_ID;
	long count = RAW(getgroups, 64, groups);
	for (long i = 0; i < count; i++)
		if (groups[i] == 0)
			return STATUS_WRONG_ID;
	return count < 0 ? STATUS_BROKEN : STATUS_GOOD;
}

/* Counts every signal. All are blocked and waited for, so that none is lost and none stops or kills us. */
static _Noreturn void take_signals(struct page *page)
{
	uint64_t all = RAW_ALL_SIGNALS;

	RAW(rt_sigprocmask, SIG_SETMASK, &all, 0, RAW_SIGSET_BYTES);
	tell_driver();
	for (;;) {
		long signal = RAW(rt_sigtimedwait, &all, 0, 0, RAW_SIGSET_BYTES);
		if (signal <= 0 || signal > SIGNALS)
			continue;
		page->stamp_ns = now_ns();
		page->received[signal]++;
		tell_driver();
	}
}

/*
 * Makes count zombies and exits, which makes all of them orphans at once. It runs on its parent's stack; it
 * never returns and is not inlined, so that the parent's frame stays intact.
 */
static __attribute__((noinline)) _Noreturn void leave_orphans(struct page *page, long count)
{
	for (long i = 0; i < count; i++) {
		long pid = RAW_VFORK();
		if (pid == 0)
			raw_exit(0);
		page->orphans[i] = (int32_t)pid;
		if (pid < 0)
			raw_exit(STATUS_BROKEN);
	}
	page->stamp_ns = now_ns();
	raw_exit(0);
}

static void make_orphans(struct page *page, long count)
{
	int status = 0;
	long parent = RAW_VFORK();

	if (parent == 0)
		leave_orphans(page, count);
	if (parent < 0 || RAW(wait4, parent, &status, 0) != parent || status != 0)
		raw_exit(STATUS_BROKEN);
}

static bool is_left(int32_t pid)
{
	return RAW(kill, pid, 0) == 0;
}

/* Each orphan is reaped before the next is made. */
static void orphans_in_a_stream(struct page *page, long count)
{
	uint64_t begin = now_ns();

	for (long i = 0; i < count; i++) {
		make_orphans(page, 1);
		while (is_left(page->orphans[0]))
			RAW(sched_yield, 0);
	}
	page->wall_ns = now_ns() - begin;
}

/* Up to BURST_MAX at once. The init finds them in the order in which they were made, so the last is reaped
 * last. */
static void orphans_in_a_burst(struct page *page, long count)
{
	struct timespec nap = {.tv_nsec = POLL_NS};

	page->wall_ns = 0;
	for (long left = count, burst; left > 0; left -= burst) {
		burst = left < BURST_MAX ? left : BURST_MAX;
		make_orphans(page, burst);
		while (is_left(page->orphans[burst - 1]))
			RAW(nanosleep, &nap, 0);
		page->wall_ns += now_ns() - page->stamp_ns;
		for (long i = 0; i < burst; i++)
			while (is_left(page->orphans[i]))
				RAW(nanosleep, &nap, 0);
	}
}

/* Makes count orphans each time that the driver asks for them, until the driver kills the init. */
static int with_orphans(void (*make)(struct page *, long), const char *count)
{
	struct page *page = map_page();
	long n = count ? number(count) : 0;

	if (n < 1)
		return STATUS_BROKEN;
	for (;;) {
		tell_driver();
		wait_for_driver();
		make(page, n);
	}
}

int raw_main(long *stack)
{
	uint64_t begin = now_ns();
	char **argv = raw_argv(stack);
	const char *role = stack[0] > 1 ? argv[1] : "";

	if (equal(role, "noop"))
		return STATUS_GOOD;
	if (equal(role, "nobody"))
		return check_ids();
	if (equal(role, "stamp-start")) {
		map_page()->stamp_ns = begin;
		return STATUS_GOOD;
	}
	if (equal(role, "stamp-end")) {
		struct page *page = map_page();
		page->stamp_ns = now_ns();
		return STATUS_GOOD;
	}
	if (equal(role, "signals"))
		take_signals(map_page());
	if (equal(role, "sleep")) {
		tell_driver();
		wait_for_driver();
		return STATUS_GOOD;
	}
	if (equal(role, "stream"))
		return with_orphans(orphans_in_a_stream, argv[2]);
	if (equal(role, "burst"))
		return with_orphans(orphans_in_a_burst, argv[2]);
	return STATUS_BROKEN;
}
