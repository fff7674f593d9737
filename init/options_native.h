/* The options of dinit and praekelt-init. Pure. *config holds the common defaults. */
#pragma once

#include "init/options_common.h"

void options_native(const struct invocation *invocation, struct config *config, struct outcome *outcome);
