/* Set while Ctrl-C waits to be heeded. The signal handler of terminal.c sets it; whoever does long work in C on behalf of
 * Lua (SQLite's progress handler) looks at it and stops. Cleared when the Lua error "interrupted" has been raised. */
#ifndef ANNALIST_BIND_INTERRUPT_H
#define ANNALIST_BIND_INTERRUPT_H

/* sig_atomic_t under its own name, so that whoever looks at it need not have signal.h (terminal.c holds the two together). */
extern volatile int interrupt_requested;

#endif
