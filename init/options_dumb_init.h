/* The options of dumb-init. Pure. *config holds the common defaults. */
#pragma once

#include "init/options_common.h"

void options_dumb_init(const struct invocation *invocation, struct config *config, struct outcome *outcome);
