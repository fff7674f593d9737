/* See view.h. */
#include "view.h"

#include "text.h"

#include "common/msg.h"

#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 79 };

static void show(const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, text, len);
		/* A closed pipe does not stop an install. */
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

bool view_progress(const char *line, size_t len, char *buf, size_t size)
{
	const char *field[3];
	size_t field_len[3];

	if (!text_starts(line, len, "pmstatus:") && !text_starts(line, len, "dlstatus:"))
		return false;
	line += strlen("pmstatus:");
	len -= strlen("pmstatus:");
	for (int i = 0; i < 3; i++) {
		const char *colon = i < 2 ? memchr(line, ':', len) : NULL;
		field[i] = line;
		field_len[i] = colon ? (size_t)(colon - line) : len;
		/* A foreign architecture stands behind a colon of its own: pmstatus:libc6:i386:20.0:... */
		if (i == 1 && colon && (field[1][0] < '0' || field[1][0] > '9')) {
			line = colon + 1;
			len -= field_len[1] + 1;
			i--;
			continue;
		}
		if (i < 2 && !colon)
			return false;
		line += field_len[i] + (colon != NULL);
		len -= field_len[i] + (colon != NULL);
	}
	const char *dot = memchr(field[1], '.', field_len[1]);
	struct text text = {0};
	text_add_bytes(&text, field[1], dot ? (size_t)(dot - field[1]) : field_len[1]);
	text_add(&text, "% ");
	text_add_bytes(&text, field[2], field_len[2]);
	msg_format(buf, size, "%s", text.data);
	return true;
}

static void show_output(struct view *view)
{
	char buf[16384];
	ssize_t n;

	while ((n = pread(view->output, buf, sizeof(buf), view->shown)) > 0) {
		show(buf, (size_t)n);
		view->shown += n;
	}
}

static void show_bar(struct view *view)
{
	char buf[16384], text[BAR_WIDTH + 1] = "";
	const char *at = buf, *line;
	size_t left, len;
	ssize_t n = view->status < 0 ? 0 : pread(view->status, buf, sizeof(buf), view->told);

	if (n <= 0)
		return;
	/* Whole lines only; the rest is read again. */
	const char *end = memrchr(buf, '\n', (size_t)n);
	if (!end)
		return;
	left = (size_t)(end - buf) + 1;
	view->told += (off_t)left;
	bool any = false;
	while (text_line(&at, &left, &line, &len))
		any |= view_progress(line, len, text, sizeof(text));
	if (!any)
		return;
	show("\r", 1);
	show(text, strlen(text));
	show("\033[K", 3);
}

void view_tick(struct view *view)
{
	if (view->tail)
		show_output(view);
	if (view->bar)
		show_bar(view);
}

void view_end(struct view *view)
{
	if (view->tail)
		show_output(view);
	if (view->bar)
		show("\r\033[K", 4);
}
