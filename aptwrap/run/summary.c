/* See summary.h. */
#include "aptwrap/run/summary.h"

#include "aptwrap/run/step.h"
#include "common/msg.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

void summary_size(uint64_t bytes, char *buf, size_t size)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
	uint64_t unit = 1;
	size_t i = 0;

	while (bytes / unit >= 1000 && i + 1 < sizeof(units) / sizeof(units[0])) {
		unit *= 1000;
		i++;
	}
	unsigned long whole = (unsigned long)(bytes / unit),
		      tenth = (unsigned long)(bytes % unit * 10 / unit);
	if (i == 0)
		msg_format(buf, size, "%lu B", whole);
	else
		msg_format(buf, size, "%lu.%lu %s", whole, tenth, units[i]);
}

void summary_seconds(uint64_t ms, char *buf, size_t size)
{
	msg_format(buf, size, "%lu.%lu s", (unsigned long)(ms / 1000), (unsigned long)(ms % 1000 / 100));
}

uint64_t summary_archived(const struct session *session)
{
	DIR *dir = opendir(session_archives(session));
	uint64_t bytes = 0;
	struct stat st;

	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (strstr(entry->d_name, ".deb") &&
		    fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			bytes += (uint64_t)st.st_size;
	if (dir)
		closedir(dir);
	return bytes;
}

static void add_count(struct text *text, const char *what, const struct list *packages)
{
	char count[64];

	if (packages->count == 0)
		return;
	msg_format(count, sizeof(count), "%s%s %zu", text->len > 0 ? ", " : "", what, packages->count);
	text_add(text, count);
}

static void add_size(struct text *text, uint64_t bytes, const char *what)
{
	char size[32];

	summary_size(bytes, size, sizeof(size));
	text_add(text, text_join(", ", size, " ", what, NULL));
}

static void add_names(struct text *text, const struct list *packages)
{
	for (size_t i = 0; i < packages->count; i++)
		text_add(text, text_join(i == 0 ? " (" : " ", packages->items[i], NULL));
	text_add(text, packages->count > 0 ? ")" : "");
}

static void print(const struct session *session, const struct packages_change *change, uint64_t fetched)
{
	size_t count = change->installed.count + change->upgraded.count + change->removed.count;
	bool installs = session->options->verb == VERB_INSTALL;
	struct text text = {0};
	char time[32];

	text_add(&text, "");
	add_count(&text, "installed", &change->installed);
	add_count(&text, "upgraded", &change->upgraded);
	add_count(&text, "removed", &change->removed);
	if (count == 0)
		text_add(&text, installs ? "nothing to install" : "nothing to remove");
	else
		text_add(&text, count == 1 ? " package" : " packages");
	add_names(&text, &change->removed);
	if (change->added_bytes > change->freed_bytes)
		add_size(&text, change->added_bytes - change->freed_bytes, "on disk");
	else if (count > 0)
		add_size(&text, change->freed_bytes - change->added_bytes, "freed");
	if (count > 0 && installs)
		add_size(&text, fetched, "fetched");
	summary_seconds(process_now_ms() - session->start_ms, time, sizeof(time));
	text_add(&text, text_join(", ", time, NULL));
	step_say(session, text.data);
}

int summary_print(struct session *session, uint64_t archived)
{
	struct packages_change change;
	struct packages after;
	uint64_t now = summary_archived(session);
	int status = step_packages(session, &after);

	if (status != 0)
		return status;
	packages_compare(&change, &session->before, &after);
	print(session, &change, now > archived ? now - archived : 0);
	if (after.broken.count == 0)
		return 0;
	msg_warn("dpkg left packages that are not whole, such as '%s': dpkg --audit shows them",
		 after.broken.items[0]);
	return STATUS_OURS;
}
