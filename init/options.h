/*
 * From argv and the environment to a configuration, in the dialect of the name in argv[0]. Pure: changes
 * *config and *outcome only.
 */
#ifndef INIT_OPTIONS_H
#define INIT_OPTIONS_H

#include "init/options_common.h"

/* A name that is not known is native. A command is not looked up here. */
void options_parse(const struct invocation *invocation, struct config *config, struct outcome *outcome);

#endif
