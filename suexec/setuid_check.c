#include "setuid_check.h"

#include <stddef.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#define SELF "/proc/self/exe"

bool setuid_check(struct error *why)
{
	struct stat st;

	if (getauxval(AT_UID) != getauxval(AT_EUID) || getauxval(AT_GID) != getauxval(AT_EGID))
		return error_set(why, "refused: the real and the effective ids differ");
	if (getauxval(AT_SECURE))
		return error_set(why, "refused: started with raised privileges (AT_SECURE)");
	/*
	 * A setuid bit has no effect for root, under no_new_privs and on a nosuid mount, but it would have
	 * one for another caller. So the file itself is checked too.
	 */
	if (stat(SELF, &st) < 0)
		return true;
	if (st.st_mode & (S_ISUID | S_ISGID))
		return error_set(why, "refused: installed setuid or setgid; remove the bit (chmod ug-s)");
	/* With a size of 0 this returns the length. */
	if (getxattr(SELF, "security.capability", NULL, 0) >= 0)
		return error_set(why, "refused: installed with file capabilities; remove them (setcap -r)");
	return true;
}
