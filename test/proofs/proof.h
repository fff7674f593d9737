/* What the proofs share. README.md describes their heads; prove.py runs them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ASSUME(condition) __CPROVER_assume(condition)
/*
 * PROVE: the condition holds in every run that keeps the assumptions. REACH: some such run gets here with the
 * condition true, so that what is proven is not about nothing. prove.py checks the two in runs of their own.
 */
#ifdef REACHABILITY
#define PROVE(condition, words) ((void)(condition))
#define REACH(condition, words) __CPROVER_assert(!(condition), "reach: " words)
#else
#define PROVE(condition, words) __CPROVER_assert(condition, words)
#define REACH(condition, words) ((void)0)
#endif

/* CBMC gives a variable without an initialiser any value; these do so within an expression. */
bool nondet_bool(void);
int nondet_int(void);
int64_t nondet_int64(void);
uint64_t nondet_uint64(void);

/* Any bytes, N at most. They end where their array does, so a read behind them is found. */
#define BYTES(name, N)                                                                                       \
	char name##_array[N];                                                                                \
	size_t name##_len;                                                                                   \
	ASSUME(name##_len <= (N));                                                                           \
	char *name = name##_array + ((N)-name##_len)

/* Any string of N bytes at most; its NUL is the last byte of its array. */
#define STRING(name, N)                                                                                      \
	char name##_array[(N) + 1];                                                                          \
	size_t name##_len;                                                                                   \
	ASSUME(name##_len <= (N));                                                                           \
	name##_array[N] = '\0';                                                                              \
	char *name = name##_array + ((N)-name##_len);                                                        \
	for (size_t name##_i = 0; name##_i < (N); name##_i++)                                                \
	ASSUME(name##_i < (N)-name##_len || name##_array[name##_i] != '\0')
