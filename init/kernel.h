/*
 * System calls without libc. Each returns the kernel's result or -errno.
 *
 * They do not change errno, because the child shares the init's memory until execve() (spawn.c). Signal sets
 * are the kernel's 64 bits: sigfillset() leaves out the signals that libc uses itself (32 and 33 in glibc, 32
 * to 34 in musl), and an init forwards those too.
 */
#pragma once

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* musl's name on 32-bit architectures for the call that takes struct kernel_timespec. */
#ifndef SYS_clock_gettime
#define SYS_clock_gettime SYS_clock_gettime32
#endif

#define SIGNAL_LAST   64
#define SIGNAL_BIT(n) (UINT64_C(1) << ((n)-1))
#define SIGNALS_ALL   UINT64_MAX
/* As in glibc, which users expect; musl's SIGRTMIN is 35. */
#define SIGNAL_RTMIN 34
#define SIGNAL_RTMAX 64

_Static_assert(SIGUSR1 == 10 && SIGCHLD == 17 && SIGSYS == 31, "the signal numbers of most architectures");

/* For the system calls without a 64-bit time. */
struct kernel_timespec {
	long seconds;
	long nanoseconds;
};

/* Whether kernel_call() leaves errno alone. On other architectures it is libc's syscall(), which does not. */
#if !defined(__clang_analyzer__) && ((defined(__x86_64__) && defined(__LP64__)) || defined(__aarch64__))
#define KERNEL_CALLS_IN_PLACE 1
#else
#define KERNEL_CALLS_IN_PLACE 0
#endif

/*
 * A system call with up to six arguments. Inline, because a function return right after a system call is
 * mispredicted: that costs a quarter of a wait4(), and a burst of orphans is mostly that.
 */
static inline __attribute__((always_inline)) long kernel_call6(long number, long a, long b, long c, long d,
							       long e, long f)
{
#if KERNEL_CALLS_IN_PLACE && defined(__x86_64__)
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
#elif KERNEL_CALLS_IN_PLACE
	register long x8 __asm__("x8") = number;
	register long result __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0"
			 : "+r"(result)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return result;
#else
	long result = syscall(number, a, b, c, d, e, f);

	return result < 0 ? -errno : result;
#endif
}

static inline __attribute__((always_inline)) long kernel_call(long number, long a, long b, long c, long d)
{
	return kernel_call6(number, a, b, c, d, 0, 0);
}

/* Returns whether signal was ignored before. */
static inline bool kernel_set_ignored(int signal, bool ignored)
{
	/* struct sigaction: on all architectures the handler comes first. All that follows is zero here. */
	struct {
		uintptr_t handler;
		uint64_t rest[8];
	} action = {.handler = (uintptr_t)(ignored ? SIG_IGN : SIG_DFL)}, before = {.handler = 0};

	kernel_call(SYS_rt_sigaction, signal, (long)&action, (long)&before, sizeof(uint64_t));
	return before.handler == (uintptr_t)SIG_IGN;
}

/* Monotonic milliseconds. Called only while a deadline is pending, so it needs no vdso. */
static inline int64_t kernel_now_ms(void)
{
	struct kernel_timespec now = {0, 0};

	kernel_call(SYS_clock_gettime, CLOCK_MONOTONIC, (long)&now, 0, 0);
	return (int64_t)now.seconds * 1000 + now.nanoseconds / 1000000;
}

static inline int kernel_sigprocmask(int how, uint64_t set, uint64_t *old)
{
	return (int)kernel_call(SYS_rt_sigprocmask, how, (long)&set, (long)old, sizeof(set));
}

static inline uint64_t kernel_sigpending(void)
{
	uint64_t set = 0;

	kernel_call(SYS_rt_sigpending, (long)&set, sizeof(set), 0, 0);
	return set;
}

/* Returns the next signal of the set, or -EAGAIN after the time-out. NULL: no time-out. */
static inline int kernel_sigtimedwait(uint64_t set, siginfo_t *info, const struct kernel_timespec *timeout)
{
	return (int)kernel_call(SYS_rt_sigtimedwait, (long)&set, (long)info, (long)timeout, sizeof(set));
}

static inline int kernel_kill(pid_t pid, int signal)
{
	return (int)kernel_call(SYS_kill, pid, signal, 0, 0);
}

static inline int kernel_sigqueueinfo(pid_t pid, int signal, const siginfo_t *info)
{
	return (int)kernel_call(SYS_rt_sigqueueinfo, pid, signal, (long)info, 0);
}

static inline pid_t kernel_wait(pid_t pid, int *status, int options)
{
	return (pid_t)kernel_call(SYS_wait4, pid, (long)status, options, 0);
}

/* Returns the pid of a child that has ended, without reaping it; 0: none has. */
static inline pid_t kernel_peek_ended(void)
{
	siginfo_t info;

	info.si_pid = 0;
	const long result = kernel_call(SYS_waitid, P_ALL, 0, (long)&info, WEXITED | WNOHANG | WNOWAIT);
	return result < 0 ? (pid_t)result : info.si_pid;
}
