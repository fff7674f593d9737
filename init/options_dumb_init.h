/* The options of dumb-init. Pure. *config holds the common defaults. */
#pragma once

#include "init/options_common.h"

#define PEER_DUMB_INIT_VERSION "1.2.5"

void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome);
