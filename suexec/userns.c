#include "userns.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "common/num.h"

/* Reads a small file of /proc; text is empty if that is not possible, and always terminated. */
static void read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? 0 : read(fd, text, size - 1);

	text[len > 0 ? len : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

bool userns_denies_setgroups(void)
{
	char text[8];

	read_text("/proc/self/setgroups", text, sizeof(text));
	return strncmp(text, "deny", strlen("deny")) == 0;
}

/* How many ids a map holds. Each of its lines ends with the length of a range. */
static uint64_t count_mapped(const char *map)
{
	uint64_t sum = 0, length = 0;

	for (const char *end; (end = strchr(map, '\n')) != NULL; map = end + 1) {
		const char *space = memrchr(map, ' ', (size_t)(end - map));
		const char *number = space ? space + 1 : map;
		if (num_parse(number, (size_t)(end - number), UINT32_MAX, &length) == NUM_OK)
			sum += length;
	}
	return sum;
}

static bool hides(uint32_t id, const char *map_path, const char *overflow_path)
{
	uint64_t overflow = 65534; /* unless the administrator has chosen another */
	char text[4096];

	read_text(overflow_path, text, sizeof(text));
	num_parse(text, strcspn(text, "\n"), UINT32_MAX, &overflow);
	if (id != overflow)
		return false;
	/* All ids but (uid_t)-1 are mapped outside of any user namespace. */
	read_text(map_path, text, sizeof(text));
	return *text && count_mapped(text) < UINT32_MAX;
}

bool userns_hides(uid_t uid, gid_t gid)
{
	return hides(uid, "/proc/self/uid_map", "/proc/sys/kernel/overflowuid") ||
	       hides(gid, "/proc/self/gid_map", "/proc/sys/kernel/overflowgid");
}
