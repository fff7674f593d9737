/*
 * Refuses a program file that is setuid, setgid or has capabilities: whoever started it could become root.
 * Returns false with *why if this process has more privileges than its caller, or if another caller would get
 * more from its file. Without /proc, only the first is checked.
 */
#pragma once

#include "suexec/error.h"

bool setuid_check(struct error *why);
