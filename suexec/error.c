#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "common/msg.h"

bool error_set(struct error *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	msg_vformat(why->text, sizeof(why->text), format, args);
	va_end(args);
	return false;
}

bool error_set_errno(struct error *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	size_t len = msg_vformat(why->text, sizeof(why->text), format, args);
	va_end(args);
	msg_format(why->text + len, sizeof(why->text) - len, ": %s", strerror(errno));
	return false;
}
