/* A pool of forked workers. The parent forks one *spawner*, which prepares (builds a plugin's state), forks the workers so that they share
 * what was prepared, and forks another for each that dies. Parent and worker talk by packets over one SOCK_SEQPACKET pair a slot;
 * a worker's successor takes over its slot and what still waits there. Nothing is shared back: a worker that crashes takes nothing along.
 * The parent must have no SQLite connection open when it opens a pool (a fork would inherit locks that it doesn't hold). Knows no Lua. */
#ifndef ANNALIST_HOST_WORKER_H
#define ANNALIST_HOST_WORKER_H

#include "error.h"

#include <stddef.h>

/* Packet kinds that the pool itself sends; all others are the caller's. */
enum {
    WORKER_DIED = 'K',  /* the slot's worker has died; payload: how, as text. What it had begun to send is lost */
    WORKER_CLOSED = 'Z' /* the slot is gone for good (the spawner ended) */
};

/* A worker that ends with this status after its work has served its time: another takes its place without a word. */
enum { WORKER_SPENT = 71 };

/* What the child side does. Each gets `data` and the port to send on. */
typedef struct WorkerPort WorkerPort;
typedef struct WorkerTask {
    bool (*prepare)(void *data, WorkerPort *port);                                /* in the spawner; false ends the pool */
    bool (*begin)(void *data, WorkerPort *port);                                  /* in each worker, first */
    void (*work)(void *data, WorkerPort *port, const char *job, size_t length); /* in a worker, once a job */
} WorkerTask;

/* Sends a packet of any length. A parent that has gone ends the process. */
void worker_send(WorkerPort *port, char kind, const void *bytes, size_t length);

/* As worker_send for a short packet, with nothing but system calls: for signal handlers. */
void worker_send_now(WorkerPort *port, char kind, const char *bytes, size_t length);

/* --- the parent's side ------------------------------------------------------------------------ */

typedef struct Pool Pool;
typedef struct PoolEvent {
    int slot;
    char kind;
    const char *bytes; /* the pool's, until the next pool_wait */
    size_t length;
} PoolEvent;

Pool *pool_open(const WorkerTask *task, void *data, int workers, Error *error);
/* Hands a job (at most 64 KB) to a slot. False when the slot is gone or its queue is full. */
bool pool_send(Pool *pool, int slot, const void *job, size_t length);
/* Waits at most `milliseconds` (-1: for ever) for one packet. False when none came (time out or a signal). */
bool pool_wait(Pool *pool, int milliseconds, PoolEvent *event);
/* Ends all workers, whatever they do, and frees the pool. */
void pool_close(Pool *pool);

#endif
