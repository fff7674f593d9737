/* See sources.h. */
#include "sources.h"

#include "files.h"
#include "private.h"
#include "snapshot.h"

#include "common/msg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MAX_SOURCES = 1 << 20 };

static int copy(struct session *session, const char *from, const char *to, size_t *changed)
{
	struct text text = {0};
	int fd = open(from, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return 0;
	int result = fd < 0 ? -1 : files_read_all(fd, MAX_SOURCES, &text);
	int why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	if (result < 0) {
		msg_warn_errno("cannot read '%s'", from);
		return STATUS_OURS;
	}
	char *pinned = snapshot_rewrite(text.data, text.len, session->request->snapshot, changed);
	if (private_write(session->directory, to, pinned, false) < 0) {
		msg_warn_errno("cannot write to '%s'", PRIVATE_DIRECTORY);
		return STATUS_OURS;
	}
	return 0;
}

static int copy_parts(struct session *session, size_t *changed)
{
	const char *parts = session->config.source_parts;
	DIR *dir = opendir(parts);
	int status = 0;

	if (!dir)
		return 0;
	for (struct dirent *entry; status == 0 && (entry = readdir(dir));) {
		const char *dot = strrchr(entry->d_name, '.');
		if (dot && (strcmp(dot, ".list") == 0 || strcmp(dot, ".sources") == 0))
			status = copy(session, text_join(parts, "/", entry->d_name, NULL),
				      text_join("sources.list.d/", entry->d_name, NULL), changed);
	}
	closedir(dir);
	return status;
}

int sources_write(struct session *session)
{
	const struct config *config = &session->config;
	size_t changed = 0;
	int status = copy(session, config->source_list, "sources.list", &changed);

	if (status == 0)
		status = copy_parts(session, &changed);
	if (status == 0 && changed == 0) {
		msg_warn("--snapshot: none of the package sources is Debian's archive");
		return STATUS_OURS;
	}
	return status;
}
