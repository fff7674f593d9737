/* See elevated.h. */
#include "elevated.h"

#include <stddef.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#define SELF "/proc/self/exe"

bool elevated_check(struct problem *why)
{
	struct stat st;

	/* What the kernel said at the start, which nobody else can write: no need to ask again. */
	if (getauxval(AT_UID) != getauxval(AT_EUID) || getauxval(AT_GID) != getauxval(AT_EGID))
		return problem(why, "refused: the real and the effective ids differ");
	if (getauxval(AT_SECURE))
		return problem(why, "refused: started with raised privileges");
	/*
	 * Root gains nothing by a setuid bit, so the kernel does not tell; neither does it where no_new_privs
	 * or a nosuid mount took the bit away. The next caller may be another: the file itself has to be in
	 * order.
	 */
	if (stat(SELF, &st) == 0 && (st.st_mode & (S_ISUID | S_ISGID)))
		return problem(why, "refused: installed setuid or setgid; remove the bit (chmod ug-s)");
	if (getxattr(SELF, "security.capability", NULL, 0) >= 0)
		return problem(why, "refused: installed with file capabilities; remove them (setcap -r)");
	return true;
}
