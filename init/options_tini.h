/* The options of tini, tini-static and docker-init. Pure. *config holds the common defaults. */
#pragma once

#include "init/options_common.h"

void options_tini(const struct invocation *invocation, struct config *config, struct outcome *outcome);
