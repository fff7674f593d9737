/* See elevated.h. */
#include "elevated.h"

#include <stddef.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#define SELF "/proc/self/exe"

/*
 * The path that we were started by, or SELF where it is not ours: a script with us in its first line hands
 * its own path on as the first or second argument. SELF is always right, but the kernel then makes the
 * directory of this new process in /proc, and takes it down at the end: 25 us, a seventh of a whole start.
 */
static const char *own_path(char *const *argv)
{
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): the auxiliary vector consists of numbers */
	const char *path = (const char *)getauxval(AT_EXECFN);

	if (!path)
		return SELF;
	for (int i = 0; i < 3 && argv[i]; i++)
		if (i > 0 && strcmp(argv[i], path) == 0)
			return SELF;
	return path;
}

bool elevated_check(char *const *argv, struct problem *why)
{
	const char *path = own_path(argv);
	struct stat st;

	/* What the kernel said at the start, which nobody else can write: no need to ask again. */
	if (getauxval(AT_UID) != getauxval(AT_EUID) || getauxval(AT_GID) != getauxval(AT_EGID))
		return problem(why, "refused: the real and the effective ids differ");
	if (getauxval(AT_SECURE))
		return problem(why, "refused: started with raised privileges");
	/*
	 * Nobody gained anything so far. But root never does by a setuid bit, nor anyone under no_new_privs
	 * or on a nosuid mount; the next caller may be another, so the file itself has to be in order.
	 */
	if (stat(path, &st) < 0 && stat(path = SELF, &st) < 0)
		return true;
	if (st.st_mode & (S_ISUID | S_ISGID))
		return problem(why, "refused: installed setuid or setgid; remove the bit (chmod ug-s)");
	/* An empty buffer asks for the length alone. */
	if (getxattr(path, "security.capability", NULL, 0) >= 0)
		return problem(why, "refused: installed with file capabilities; remove them (setcap -r)");
	return true;
}
