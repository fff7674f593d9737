/* See clean.h. */
#include "aptwrap/verb/clean.h"

#include "aptwrap/run/session.h"
#include "common/msg.h"

int verb_clean(const struct options *options)
{
	struct session session;
	const char *where = "";
	int status = session_lock(&session, options);

	if (status == 0 && backups_clean(&where) < 0) {
		msg_warn_errno("cannot remove files in '%s'", where);
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
