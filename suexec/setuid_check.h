/*
 * Refuses a program file that is setuid, setgid or has capabilities: whoever started it could become root.
 */
#pragma once

#include "suexec/error.h"

/*
 * Returns false with *why if this process has more privileges than its caller, or if another caller would get
 * more from its file. Without /proc, only the first is checked.
 */
bool setuid_check(struct error *why);
