/* Parses the command line. Pure. */
#pragma once

#include "suexec/become.h"
#include "suexec/dialect.h"
#include "suexec/lookup.h"

struct request {
	struct wanted wanted;
	struct become_caps caps;
	bool no_new_privs;
	bool login_env;
	bool new_session;
	const char *chdir;
	char *const *command; /* never empty */
};

enum options_result {
	OPTIONS_RUN,
	OPTIONS_HELP,
	OPTIONS_VERSION,
	OPTIONS_INCOMPLETE, /* no user or no command */
	OPTIONS_WRONG,      /* *why says what */
};

/* *request is complete only after OPTIONS_RUN; it points into argv. */
enum options_result options_parse(const struct dialect *dialect, char *const *argv, struct request *request,
				  struct error *why);
