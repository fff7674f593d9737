/* What the user sees of a running command: its output as it comes, or one line of progress on a terminal. */
#ifndef APTWRAP_VIEW_H
#define APTWRAP_VIEW_H

#include <stdbool.h>
#include <sys/types.h>

struct view {
	int output, status; /* the command's output and apt's status lines, both readable files; status may be
			       -1 */
	bool tail;          /* copy the output to standard output */
	bool bar;           /* show progress there */
	off_t shown, told;  /* how far each was read */
};

/* Shows what is new. */
void view_tick(struct view *view);

/* Shows what is left, and takes the progress line away. */
void view_end(struct view *view);

/*
 * What apt says about its progress, for people: "42% Unpacking curl (amd64)" into buf from a line
 * "pmstatus:curl:42.0000:Unpacking curl (amd64)" or "dlstatus:...". Returns false for any other line. Pure.
 */
bool view_progress(const char *line, size_t len, char *buf, size_t size);

#endif
