/* Stops and continues the init together with the child, so that a shell's job control works. */
#pragma once

#include "init/state.h"

/* The child was stopped by signal. */
void job_control_child_stopped(const struct state *state, int signal);

/* Stops the init as signal would have, and its process group too if group. Returns once it is continued. */
void job_control_suspend(const struct state *state, int signal, bool group);
