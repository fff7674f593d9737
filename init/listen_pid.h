/*
 * Socket activation, see sd_listen_fds(3): the descriptors that the init got are for the command, so
 * LISTEN_PID must be the child's pid. Pure.
 */
#pragma once

#include <sys/types.h>

#define LISTEN_PID_MAX 32

/*
 * If LISTEN_PID is the init's pid, makes that entry point to buf, with the child's pid, and removes
 * LISTEN_PIDFDID, which identifies the init too. buf must live as long as envp.
 */
void listen_pid_hand_over(char **envp, pid_t init, pid_t child, char buf[LISTEN_PID_MAX]);
