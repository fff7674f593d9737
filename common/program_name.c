#include "program_name.h"

#include <string.h>

/* release/binaries.sh looks for the mark. The longest name and its zero fit behind it. */
#define MARK "@(#)praekelt-name="
static const char carried[sizeof(MARK) + 24] = MARK;

const char *program_name(const char *argv0)
{
	const char *name = carried + sizeof(MARK) - 1;

	/* The compiler must not assume that the name is empty. */
	__asm__("" : "+r"(name));
	if (*name)
		return name;
	const char *slash = argv0 ? strrchr(argv0, '/') : NULL;
	return slash ? slash + 1 : argv0 ? argv0 : "";
}
