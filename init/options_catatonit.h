/* The options of catatonit and podman-init. Pure. *config holds the common defaults. */
#pragma once

#include "init/options_common.h"

void options_catatonit(const struct invocation *invocation, struct config *config, struct outcome *outcome);
