/* See error.h. */
#include "error.h"

#include <stdarg.h>

#include "common/msg.h"

bool error_set(struct error *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	msg_vformat(why->text, sizeof(why->text), format, args);
	va_end(args);
	return false;
}
