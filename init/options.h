/*
 * Parses argv and the environment in the dialect of the name in argv[0]. Pure: changes only *config and
 * *outcome.
 */
#pragma once

#include "init/options_common.h"

/* An unknown name means the native dialect. The command is not looked up here. */
void options_parse(const struct invocation *invocation, struct config *config, struct outcome *outcome);
