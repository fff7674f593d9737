/*
 * Socket activation, see sd_listen_fds(3): descriptors that were passed to the init are for the command. The
 * pid in LISTEN_PID has to become the child's. Pure.
 */
#ifndef INIT_LISTEN_PID_H
#define INIT_LISTEN_PID_H

#include <sys/types.h>

#define LISTEN_PID_MAX 32

/*
 * In the child: where LISTEN_PID is the init's pid, points that entry at buf, filled with the child's pid,
 * and takes LISTEN_PIDFDID out, which names the init as well. buf has to live as long as envp.
 */
void listen_pid_hand_over(char **envp, pid_t init, pid_t child, char buf[LISTEN_PID_MAX]);

#endif
