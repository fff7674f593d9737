/*
 * Signals as the kernel counts them: sets of 64, no libc in between.
 *
 * sigfillset() of every libc leaves out the signals that it uses itself (32 and 33 with glibc, 32 to 34 with
 * musl), and its sigprocmask() and sigtimedwait() take them out again. An init forwards whatever comes. Each
 * of these calls is also smaller than libc's, and an init's pages are what it costs.
 */
#ifndef INIT_KERNEL_H
#define INIT_KERNEL_H

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* On 32-bit architectures musl has renamed the call that struct kernel_timespec fits. */
#ifndef SYS_clock_gettime
#define SYS_clock_gettime SYS_clock_gettime32
#endif

#define SIGNAL_LAST   64
#define SIGNAL_BIT(n) (UINT64_C(1) << ((n)-1))
#define SIGNALS_ALL   UINT64_MAX
/* glibc's SIGRTMIN and SIGRTMAX, which is what people mean; musl's SIGRTMIN is 35. */
#define SIGNAL_RTMIN 34
#define SIGNAL_RTMAX 64

_Static_assert(SIGUSR1 == 10 && SIGCHLD == 17 && SIGSYS == 31, "the signal numbers of most architectures");

/* What these calls take where time_t may have grown since: two longs. */
struct kernel_timespec {
	long seconds;
	long nanoseconds;
};

/*
 * As syscall(2), with four arguments and a fifth that is 0, and in place: a burst of orphans is little else
 * than wait4(), and a return after a system call, which the processor has to guess anew, makes each cost a
 * quarter more.
 */
static inline __attribute__((always_inline)) long kernel_call(long number, long a, long b, long c, long d)
{
#if defined(__clang_analyzer__) /* which would not see what a call in place writes */
	return syscall(number, a, b, c, d, 0);
#elif defined(__x86_64__) && defined(__LP64__)
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = 0;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
#elif defined(__aarch64__)
	register long x8 __asm__("x8") = number;
	register long result __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = 0;

	__asm__ volatile("svc 0" : "+r"(result) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
#else
	return syscall(number, a, b, c, d, 0);
#endif
#if !defined(__clang_analyzer__) && ((defined(__x86_64__) && defined(__LP64__)) || defined(__aarch64__))
	if (result >= 0 || result < -4095)
		return result;
	errno = (int)-result;
	return -1;
#endif
}

/* Returns whether signal was ignored before. */
static inline bool kernel_set_ignored(int signal, bool ignored)
{
	/* struct sigaction: the handler stands first on all architectures, and what follows is all zero here.
	 */
	struct {
		uintptr_t handler;
		uint64_t rest[8];
	} action = {.handler = (uintptr_t)(ignored ? SIG_IGN : SIG_DFL)}, before = {.handler = 0};

	syscall(SYS_rt_sigaction, signal, &action, &before, sizeof(uint64_t));
	return before.handler == (uintptr_t)SIG_IGN;
}

/* Monotonic milliseconds. The system call: one that is made while a deadline is pending needs no vdso. */
static inline int64_t kernel_now_ms(void)
{
	struct kernel_timespec now = {0, 0};

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return (int64_t)now.seconds * 1000 + now.nanoseconds / 1000000;
}

static inline int kernel_sigprocmask(int how, uint64_t set, uint64_t *old)
{
	return (int)syscall(SYS_rt_sigprocmask, how, &set, old, sizeof(set));
}

static inline int kernel_sigpending(uint64_t *set)
{
	return (int)syscall(SYS_rt_sigpending, set, sizeof(*set));
}

/* The next signal of the set; time-out NULL waits for ever. -1 with errno EAGAIN at its end. */
static inline int kernel_sigtimedwait(uint64_t set, siginfo_t *info, const struct kernel_timespec *timeout)
{
	return (int)kernel_call(SYS_rt_sigtimedwait, (long)&set, (long)info, (long)timeout, sizeof(set));
}

static inline int kernel_sigqueueinfo(pid_t pid, int signal, const siginfo_t *info)
{
	return (int)syscall(SYS_rt_sigqueueinfo, pid, signal, info);
}

/* wait4() itself: libc's waitpid() is a cancellation point, which costs more than the call. */
static inline pid_t kernel_wait(pid_t pid, int *status, int options)
{
	return (pid_t)kernel_call(SYS_wait4, pid, (long)status, options, 0);
}

/* Who has ended or stopped, without reaping; info->si_pid is 0 for nobody. */
static inline int kernel_peek(idtype_t type, pid_t pid, siginfo_t *info, int options)
{
	info->si_pid = 0;
	return (int)kernel_call(SYS_waitid, (long)type, pid, (long)info, options | WNOHANG | WNOWAIT);
}

#endif
