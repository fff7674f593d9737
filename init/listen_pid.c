#include "init/listen_pid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/msg.h"
#include "common/num.h"

static const char *value_of(const char *entry, const char *name)
{
	const size_t len = strlen(name);

	return strncmp(entry, name, len) == 0 && entry[len] == '=' ? entry + len + 1 : NULL;
}

static bool is_pid(const char *text, pid_t pid)
{
	uint64_t number;

	return num_parse(text, strlen(text), INT32_MAX, &number) == NUM_OK && (pid_t)number == pid;
}

void listen_pid_hand_over(char **envp, pid_t init, pid_t child, char buf[LISTEN_PID_MAX])
{
	bool ours = false;
	char **to = envp;

	for (char **e = envp; *e; e++) {
		const char *pid = value_of(*e, "LISTEN_PID");
		if (pid && is_pid(pid, init)) {
			msg_format(buf, LISTEN_PID_MAX, "LISTEN_PID=%d", child);
			*e = buf;
			ours = true;
		}
	}
	for (char **e = envp; ours && *e; e++)
		if (!value_of(*e, "LISTEN_PIDFDID"))
			*to++ = *e;
	if (ours)
		*to = NULL;
}
