#include "init/options.h"

#include <string.h>

#include "common/program_name.h"
#include "common/path_search.h"
#include "init/kernel.h"
#include "init/options_catatonit.h"
#include "init/options_dumb_init.h"
#include "init/options_native.h"
#include "init/options_tini.h"

void options_parse(const struct invocation *invocation, struct config *config, struct outcome *outcome)
{
	const char *name = program_name(invocation->argv[0]);

	if (*name == '-') /* as a login shell is called */
		name++;
	*config = (struct config){
		.default_path = PATH_SEARCH_GLIBC, .verbosity = 1, .grace_ms = -1, .kill_after_ms = -1};
	for (int n = 0; n <= SIGNAL_LAST; n++)
		config->rewrite[n] = (uint8_t)n;
	for (int status = 0; status < 256; status++)
		config->remap[status] = (uint8_t)status;
	outcome->run = true;
	outcome->head[0] = '\0';
	outcome->text = NULL;
	if (strcmp(name, "tini") == 0 || strcmp(name, "tini-static") == 0 || strcmp(name, "docker-init") == 0)
		options_tini(invocation, config, outcome);
	else if (strcmp(name, "dumb-init") == 0)
		options_dumb_init(invocation, config, outcome);
	else if (strcmp(name, "catatonit") == 0 || strcmp(name, "podman-init") == 0)
		options_catatonit(invocation, config, outcome);
	else
		options_native(invocation, config, outcome);
}
