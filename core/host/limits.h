/* What ends a worker that overruns: processor time, wall time, memory, a crash. A hook or an error could be swallowed by the
 * plugin; a signal's handler that says where it stands and leaves the process can't. Knows no Lua. */
#ifndef ANNALIST_HOST_LIMITS_H
#define ANNALIST_HOST_LIMITS_H

#include <stddef.h>

/* Installs handlers (on a stack of their own) that call `report` with what happened, such as "took more than 10 s", and
 * then end the process by _exit(LIMITS_EXIT). One process has one set of limits. */
enum { LIMITS_EXIT = 70 };
void limits_install(void (*report)(const char *what));

/* Starts the clocks for one piece of work: `seconds` of processor time; three times as much and a second on the wall clock. */
void limits_start(double seconds);
void limits_stop(void);

/* Bounds the whole address space to what is used now and `bytes` more: the backstop behind the Lua state's own count. */
void limits_memory(size_t bytes);

#endif
