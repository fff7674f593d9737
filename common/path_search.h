/*
 * The files to try for a command's name, by PATH and the rules of execvp(3). Pure.
 *
 *	search->path = PATH;
 *	search->name = the name;
 *	while (path_search_next(search))
 *		try search->file; go on if path_search_absent(errno) or after EACCES, which is to be
 *remembered
 *
 * An empty element stands for the current directory. A name with a slash in it is not for PATH.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>

/* If PATH is not set: musl's default for our own names and su-exec, glibc's for the other inits. */
#define PATH_SEARCH_DEFAULT "/usr/local/bin:/bin:/usr/bin"
#define PATH_SEARCH_GLIBC   "/bin:/usr/bin"

struct path_search {
	const char *path;                   /* the elements that are left; NULL at the end */
	const char *name;                   /* at most NAME_MAX bytes */
	char file[PATH_MAX + NAME_MAX + 1]; /* the candidate, built here */
};

/* Writes the next candidate; returns false at the end. Elements of PATH_MAX bytes or more are skipped. */
__attribute__((cold)) bool path_search_next(struct path_search *search);

/* Whether this errno of execve(2) means that the file does not exist: try the next element. */
__attribute__((cold)) bool path_search_absent(int error);
