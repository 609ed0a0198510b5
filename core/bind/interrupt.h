/* Set while Ctrl-C waits to be heeded. The signal handler of terminal.c sets it; whoever does long work in C on behalf of
 * Lua (SQLite's progress handler) looks at it and stops. Cleared when the Lua error "interrupted" has been raised. */
#ifndef ANNALIST_BIND_INTERRUPT_H
#define ANNALIST_BIND_INTERRUPT_H

#include <signal.h>

extern volatile sig_atomic_t interrupt_requested;

#endif
