/* praekelt-aptwrap: apt-get for image builds. Reads the request, sees that it can be done, and has a verb do
 * it. */
#include "env.h"
#include "files.h"
#include "request.h"
#include "session.h"
#include "usage.h"
#include "verbs.h"

#include "common/msg.h"

#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct request request;
	struct list names = {0};
	const char *about, *wrong = request_parse(&request, argc, argv, &about);
	int status;

	msg_set_prefix(text_join(request.called, ": ", NULL));
	if (wrong)
		return usage_error(&request, wrong, about);
	if (request.verb == VERB_HELP || request.verb == VERB_VERSION)
		return usage_print(&request);
	status = files_names(&names, &request.files);
	if (status != 0)
		return status;
	if (request.minideb && request.name_count + names.count == 0 && !request.runtime_deps)
		return 0;
	const char *trace = env_get(environ, "APTWRAP_TRACE");
	request.trace |= trace && strcmp(trace, "1") == 0;
	if (request.verb == VERB_LIST)
		return verb_list();
	if (request.dry_run)
		return verb_dry_run(&request, &names, environ);
	if (geteuid() != 0)
		msg_die(STATUS_OURS, "only root can do that");
	switch (request.verb) {
	case VERB_INSTALL:
		return verb_install(&request, &names, environ);
	case VERB_PURGE:
		return verb_purge(&request, &names, environ);
	case VERB_CLEAN:
		return verb_clean(&request);
	case VERB_LIST:
	case VERB_HELP:
	case VERB_VERSION:
		break;
	}
	return STATUS_OURS;
}
