/*
 * For programs without a libc: the entry point, and system calls by number. The floors and the command that
 * every candidate starts use it, because they must cost as little as possible.
 *
 * The program defines raw_main(); its result is the exit status. A failed call returns -errno.
 */
#pragma once

#include <stdint.h>
#include <sys/syscall.h>

/* stack: argc, then argv and a NULL, then the environment and a NULL, as the kernel lays them out. */
int raw_main(long *stack);

#if defined(__x86_64__)

__asm__(".globl _start\n"
	"_start:\n"
	"	xor %ebp, %ebp\n"
	"	mov %rsp, %rdi\n"
	"	and $-16, %rsp\n"
	"	call raw_main\n"
	"	mov %eax, %edi\n"
	"	mov $231, %eax\n" /* exit_group */
	"	syscall\n");

static inline long raw_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__aarch64__)

__asm__(".globl _start\n"
	"_start:\n"
	"	mov x29, #0\n"
	"	mov x0, sp\n"
	"	bl raw_main\n"
	"	mov x8, #94\n" /* exit_group */
	"	svc #0\n");

static inline long raw_call(long number, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}

#else
#error "raw.h knows x86_64 and aarch64"
#endif

/* The kernel's signal set: 64 bits, the first is signal 1. */
#define RAW_SIGSET_BYTES 8
#define RAW_ALL_SIGNALS  UINT64_MAX

#define RAW_6(number, a, b, c, d, e, f, ...)                                                                 \
	raw_call((number), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
/* RAW(kill, pid, signal): missing arguments are zero. */
#define RAW(name, ...) RAW_6(__NR_##name, __VA_ARGS__, 0, 0, 0, 0, 0, 0)

/*
 * Like vfork(2): the child uses the parent's memory and stack, and the parent sleeps until the child has
 * called execve() or exited. The child's writes change the parent's memory, so it must do almost nothing.
 */
#define RAW_VFORK() RAW(clone, CLONE_VM | CLONE_VFORK | SIGCHLD)

static inline _Noreturn void raw_exit(int status)
{
	for (;;)
		RAW(exit_group, status);
}

static inline char **raw_argv(long *stack)
{
	return (char **)(stack + 1);
}

static inline char **raw_environment(long *stack)
{
	return (char **)(stack + 1 + stack[0] + 1);
}
