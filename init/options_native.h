/* The options of dinit and praekelt-init. Pure. *config holds the common defaults. */
#ifndef INIT_OPTIONS_NATIVE_H
#define INIT_OPTIONS_NATIVE_H

#include "init/options_common.h"

void options_native(const struct invocation *invocation, struct config *config, struct outcome *outcome);

#endif
