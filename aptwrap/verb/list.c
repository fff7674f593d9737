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
	const char *name = line + strlen("installed|"), *end;
	struct list depends = {0};

	if (!text_starts(line, len, "installed|") || *name == '|')
		return;
	end = memchr(name, '|', len - (size_t)(name - line));
	group_parse_depends(&depends, end + 1, len - (size_t)(end + 1 - line));
	text_add(text,
		 text_join(text_copy(name, (size_t)(end - name)), ": ", list_line(&depends), "\n", NULL));
}

int verb_list(const struct options *options)
{
	struct session session;
	struct list argv = {0};
	struct text text = {0};
	const char *line;
	size_t len;
	int status = session_look(&session, options);

	list_add_words(&argv, "dpkg-query", "--show",
		       "--showformat=${db:Status-Status}|${Aptwrap-Group}|${Depends}\\n", NULL);
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
