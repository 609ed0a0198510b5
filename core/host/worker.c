/* See worker.h. Order of the file: packets, the child side (worker, spawner), the parent side. */
#include "host/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST = 1, MORE = 2 };
enum { PACKET = 60000, HEAD = 2, MOST_EARLY_DEATHS = 5, DYING_MILLISECONDS = 2000 };

struct WorkerPort {
    int socket;
};

typedef struct Slot {
    int ours, theirs;   /* the two ends */
    char *bytes;        /* a message in parts */
    size_t length, room;
    bool closed;
} Slot;

struct Pool {
    pid_t spawner;
    int count, next; /* next: where the round of polling goes on */
    Slot *slots;
    char packet[PACKET + HEAD];
};

/* --- packets: kind, what place it has in its message (FIRST, MORE follow), bytes ---------------------------------------------------- */

static void send_packet(int socket, const char *packet, size_t length)
{
    for (;;) {
        if (send(socket, packet, length, MSG_NOSIGNAL) >= 0)
            return;
        if (errno == ENOBUFS || errno == EAGAIN)
            usleep(1000);
        else if (errno != EINTR)
            _exit(0); /* the parent has gone: nobody is left to work for */
    }
}

void worker_send(WorkerPort *port, char kind, const void *bytes, size_t length)
{
    char packet[PACKET + HEAD];
    const char *from = bytes;
    char place = FIRST;
    do {
        size_t part = length < PACKET ? length : PACKET;
        packet[0] = kind;
        packet[1] = (char)(place | (part < length ? MORE : 0));
        place = 0;
        if (part)
            memcpy(packet + HEAD, from, part);
        send_packet(port->socket, packet, part + HEAD);
        from += part;
        length -= part;
    } while (length);
}

void worker_send_now(WorkerPort *port, char kind, const char *bytes, size_t length)
{
    char packet[1024];
    if (length > sizeof packet - HEAD)
        length = sizeof packet - HEAD;
    packet[0] = kind;
    packet[1] = FIRST;
    memcpy(packet + HEAD, bytes, length);
    send_packet(port->socket, packet, length + HEAD);
}

/* --- the child side ---------------------------------------------------------------------------------- */

static _Noreturn void worker_loop(const WorkerTask *task, void *data, int socket, pid_t spawner)
{
    WorkerPort port = { socket };
    char *job = malloc(1 << 16);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != spawner || !job || (task->begin && !task->begin(data, &port)))
        _exit(3);
    for (;;) {
        ssize_t n = recv(socket, job, 1 << 16, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(0);
        task->work(data, &port, job, (size_t)n);
    }
}

static pid_t start_worker(const WorkerTask *task, void *data, int socket)
{
    pid_t spawner = getpid();
    pid_t pid = fork();
    if (pid == 0)
        worker_loop(task, data, socket, spawner);
    return pid;
}

static void describe_end(int status, char *text, size_t size)
{
    if (WIFSIGNALED(status))
        snprintf(text, size, "killed by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        snprintf(text, size, "ended with status %d", WEXITSTATUS(status));
}

static _Noreturn void spawner_loop(const WorkerTask *task, void *data, Pool *pool, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    signal(SIGINT, SIG_IGN); /* the parent decides what Ctrl-C means */
    signal(SIGCHLD, SIG_DFL);
    for (int i = 0; i < pool->count; i++)
        close(pool->slots[i].ours);
    WorkerPort first = { pool->slots[0].theirs };
    if (task->prepare && !task->prepare(data, &first))
        _exit(0);
    pid_t *pids = calloc((size_t)pool->count + 1, sizeof *pids);
    int alive = 0, early = 0;
    if (!pids)
        _exit(3);
    for (int i = 0; i < pool->count; i++, alive++)
        if ((pids[i] = start_worker(task, data, pool->slots[i].theirs)) < 0)
            _exit(3);
    while (alive > 0) {
        int status;
        pid_t pid = waitpid(-1, &status, 0);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid < 0)
            break;
        for (int i = 0; i < pool->count; i++) {
            if (pids[i] != pid)
                continue;
            alive--;
            pids[i] = 0;
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
                continue; /* the parent had closed the slot */
            if (!WIFEXITED(status) || WEXITSTATUS(status) != WORKER_SPENT) {
                char how[128];
                describe_end(status, how, sizeof how);
                WorkerPort port = { pool->slots[i].theirs };
                worker_send(&port, WORKER_DIED, how, strlen(how));
            }
            if (WIFEXITED(status) && WEXITSTATUS(status) == 3 && ++early >= MOST_EARLY_DEATHS)
                _exit(3); /* workers that can't even begin: give up */
            if ((pids[i] = start_worker(task, data, pool->slots[i].theirs)) > 0)
                alive++;
        }
    }
    _exit(0);
}

/* --- the parent side --------------------------------------------------------------------------------- */

static void close_slots(Pool *pool)
{
    for (int i = 0; i < pool->count; i++) {
        if (pool->slots[i].ours >= 0)
            close(pool->slots[i].ours);
        if (pool->slots[i].theirs >= 0)
            close(pool->slots[i].theirs);
        free(pool->slots[i].bytes);
    }
    free(pool->slots);
}

Pool *pool_open(const WorkerTask *task, void *data, int workers, Error *error)
{
    Pool *pool = calloc(1, sizeof *pool);
    if (workers < 1)
        workers = 1;
    if (pool)
        pool->slots = calloc((size_t)workers, sizeof *pool->slots);
    if (!pool || !pool->slots) {
        free(pool);
        error_set(error, "no memory for %d workers", workers);
        return NULL;
    }
    for (; pool->count < workers; pool->count++) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
            error_set(error, "no socket for worker %d: %s", pool->count + 1, strerror(errno));
            goto failed;
        }
        int size = 1 << 20;
        setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
        pool->slots[pool->count].ours = ends[0];
        pool->slots[pool->count].theirs = ends[1];
    }
    fflush(NULL); /* or the child would write what waits in our buffers once more */
    pid_t parent = getpid();
    pool->spawner = fork();
    if (pool->spawner < 0) {
        error_set(error, "no process for the workers: %s", strerror(errno));
        goto failed;
    }
    if (pool->spawner == 0)
        spawner_loop(task, data, pool, parent);
    for (int i = 0; i < pool->count; i++) {
        close(pool->slots[i].theirs);
        pool->slots[i].theirs = -1;
    }
    return pool;
failed:
    close_slots(pool);
    free(pool);
    return NULL;
}

bool pool_send(Pool *pool, int slot, const void *job, size_t length)
{
    Slot *s = &pool->slots[slot];
    while (!s->closed) {
        if (send(s->ours, job, length, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
            return true;
        if (errno != EINTR)
            return false;
    }
    return false;
}

static bool append(Slot *slot, const char *bytes, size_t length)
{
    if (slot->length + length > slot->room) {
        size_t room = 2 * (slot->length + length);
        char *more = realloc(slot->bytes, room);
        if (!more)
            return false;
        slot->bytes = more;
        slot->room = room;
    }
    memcpy(slot->bytes + slot->length, bytes, length);
    slot->length += length;
    return true;
}

/* Reads one packet of a slot that is ready. True when a whole message is there. */
static bool read_slot(Pool *pool, int index, PoolEvent *event)
{
    Slot *slot = &pool->slots[index];
    ssize_t n = recv(slot->ours, pool->packet, sizeof pool->packet, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    event->slot = index;
    if (n < HEAD) {
        slot->closed = true;
        *event = (PoolEvent){ index, WORKER_CLOSED, "", 0 };
        return true;
    }
    event->kind = pool->packet[0];
    if (pool->packet[1] & FIRST)
        slot->length = 0; /* a message was broken off: by last words, or by death itself */
    if (pool->packet[1] == FIRST) {
        event->bytes = pool->packet + HEAD;
        event->length = (size_t)n - HEAD;
        return true;
    }
    if (!append(slot, pool->packet + HEAD, (size_t)n - HEAD)) { /* no memory for what it says: do without it */
        slot->closed = true;
        *event = (PoolEvent){ index, WORKER_CLOSED, "", 0 };
        return true;
    }
    if (pool->packet[1] & MORE)
        return false;
    event->bytes = slot->bytes;
    event->length = slot->length;
    slot->length = 0;
    return true;
}

bool pool_wait(Pool *pool, int milliseconds, PoolEvent *event)
{
    struct pollfd waiting[256];
    int slots[256], count = 0;
    for (int i = 0; i < pool->count && count < 256; i++) {
        int slot = (pool->next + i) % pool->count;
        if (pool->slots[slot].closed)
            continue;
        slots[count] = slot;
        waiting[count++] = (struct pollfd){ pool->slots[slot].ours, POLLIN, 0 };
    }
    if (count == 0 || poll(waiting, (nfds_t)count, milliseconds) <= 0)
        return false;
    for (int i = 0; i < count; i++)
        if (waiting[i].revents && read_slot(pool, slots[i], event)) {
            pool->next = (slots[i] + 1) % pool->count;
            return true;
        }
    return false;
}

/* Workers die with the spawner, but a moment after it, and until then hold the corpus file open. Each of them holds all far ends: when the
 * first end says that nobody is left, the last worker is gone. */
static void await_workers(Pool *pool)
{
    struct pollfd end = { pool->slots[0].ours, POLLIN, 0 };
    while (poll(&end, 1, DYING_MILLISECONDS) > 0) {
        ssize_t n = recv(end.fd, pool->packet, sizeof pool->packet, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
            return;
    }
}

void pool_close(Pool *pool)
{
    if (!pool)
        return;
    kill(pool->spawner, SIGKILL); /* its workers die with it: PR_SET_PDEATHSIG */
    while (waitpid(pool->spawner, NULL, 0) < 0 && errno == EINTR)
        ;
    await_workers(pool);
    close_slots(pool);
    free(pool);
}
