/* See list.h. */
#include "aptwrap/verb/list.h"

#include "aptwrap/group/group.h"
#include "aptwrap/run/step.h"
#include "common/msg.h"

#include <string.h>
#include <unistd.h>

/* "installed|.build|gcc, make" to ".build: gcc make"; other packages have an empty second field. */
static void add_group(struct text *text, const char *line, size_t len)
{
	const char *name = memchr(line, '|', len), *end;
	struct list depends = {0};

	if (!name || !text_starts(line, len, "installed|") || name[1] == '|')
		return;
	name++;
	end = memchr(name, '|', len - (size_t)(name - line));
	if (!end)
		return;
	text_add_bytes(text, name, (size_t)(end - name));
	text_add(text, ":");
	group_parse_depends(&depends, end + 1, len - (size_t)(end + 1 - line));
	for (size_t i = 0; i < depends.count; i++)
		text_add(text, text_join(" ", depends.items[i], NULL));
	text_add(text, "\n");
}

int verb_list(const struct options *options, char *const *envp)
{
	struct session session;
	struct list argv = {0};
	struct text text = {0};
	const char *line;
	size_t len;
	int status = session_look(&session, options, envp);

	list_add(&argv, "dpkg-query");
	list_add(&argv, "--show");
	list_add(&argv, "--showformat=${db:Status-Status}|${Aptwrap-Group}|${Depends}\\n");
	if (status == 0)
		status = step_must(&session, &argv, STEP_QUERY, "dpkg-query");
	const char *at = session.output.data;
	size_t left = session.output.len;
	text_add(&text, "");
	while (status == 0 && text_line(&at, &left, &line, &len))
		add_group(&text, line, len);
	if (msg_print(STDOUT_FILENO, text.data) < 0) {
		msg_warn_errno("cannot write to standard output");
		status = STATUS_OURS;
	}
	return session_end(&session, status);
}
