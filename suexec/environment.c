#include "environment.h"

#include <unistd.h>

#include "common/msg.h"

void environment_set(char **env, char *entry)
{
	const size_t name_len = strcspn(entry, "=") + 1;
	char **to = env;
	bool is_set = false;

	for (char **from = env; *from; from++) {
		if (strncmp(*from, entry, name_len) != 0) {
			*to++ = *from;
		} else if (!is_set) {
			*to++ = entry;
			is_set = true;
		}
	}
	if (!is_set)
		*to++ = entry;
	*to = NULL;
}

bool environment_prepare(const struct identity *who, bool login_env, struct arena *arena, struct error *why)
{
	char number[16];
	msg_format(number, sizeof(number), "%u", who->uid);
	const struct span user = who->name.len > 0 ? who->name : span_of(number);
	const char *const names[] = {"HOME=", "USER=", "LOGNAME=", "SHELL="};
	const struct span values[] = {who->home, user, user, who->shell};
	const size_t set = login_env ? 4 : 1;
	size_t count = 0;

	while (environ[count])
		count++;
	char **env = arena_take(arena, (count + set + 1) * sizeof(*env), why);
	if (!env)
		return false;
	memcpy(env, environ, (count + 1) * sizeof(*env));
	for (size_t i = 0; i < set; i++) {
		char *entry = arena_take(arena, strlen(names[i]) + values[i].len + 1, why);
		if (!entry)
			return false;
		char *end = mempcpy(stpcpy(entry, names[i]), values[i].at, values[i].len);
		*end = '\0';
		environment_set(env, entry);
	}
	environ = env;
	return true;
}
