/* See checkpoint.h. A passive checkpoint stops nobody: what the writer adds meanwhile is left for the next one. */
#include "corpus/checkpoint.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    ENOUGH_PAGES = 512, /* in the log that are worth it: 8 MB */
    TOO_MANY = 8192     /* when the thread doesn't keep up (a slow disk), the writer does it itself before the log grows without end */
};

struct Checkpoint {
    Database *database; /* the writer's */
    Database *own;
    pthread_t thread;
    bool running;
    pthread_mutex_t mutex;
    pthread_cond_t work;
    bool wanted, ended;
};

static void *move_pages(void *context)
{
    Checkpoint *checkpoint = context;
    pthread_setname_np(pthread_self(), "checkpoint"); /* for top and perf */
    pthread_mutex_lock(&checkpoint->mutex);
    for (;;) {
        while (!checkpoint->wanted && !checkpoint->ended)
            pthread_cond_wait(&checkpoint->work, &checkpoint->mutex);
        if (checkpoint->ended) /* what is left is moved when the database is closed */
            break;
        checkpoint->wanted = false;
        pthread_mutex_unlock(&checkpoint->mutex);
        /* Nothing is lost when it fails (a full disk): all is in the log still, and the next commit tells. */
        sqlite3_wal_checkpoint_v2(database_handle(checkpoint->own), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        pthread_mutex_lock(&checkpoint->mutex);
    }
    pthread_mutex_unlock(&checkpoint->mutex);
    return NULL;
}

/* SQLite's hook after each commit, in the writer's thread; `pages` are in the log now. */
static int on_commit(void *context, sqlite3 *handle, const char *name, int pages)
{
    Checkpoint *checkpoint = context;
    if (pages >= TOO_MANY) {
        sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    } else if (pages >= ENOUGH_PAGES) {
        pthread_mutex_lock(&checkpoint->mutex);
        checkpoint->wanted = true;
        pthread_cond_signal(&checkpoint->work);
        pthread_mutex_unlock(&checkpoint->mutex);
    }
    return SQLITE_OK;
}

Checkpoint *checkpoint_start(Database *database, Error *error)
{
    Checkpoint *checkpoint = calloc(1, sizeof *checkpoint);
    if (!checkpoint) {
        error_set(error, "no memory");
        return NULL;
    }
    pthread_mutex_init(&checkpoint->mutex, NULL);
    pthread_cond_init(&checkpoint->work, NULL);
    checkpoint->database = database;
    checkpoint->own = database_open(database_path(database), DATABASE_WRITE, error);
    if (checkpoint->own) {
        sqlite3_exec(database_handle(checkpoint->own), "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-256", NULL, NULL, NULL);
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
        int code = pthread_create(&checkpoint->thread, NULL, move_pages, checkpoint);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        checkpoint->running = code == 0 || error_set(error, "no thread to write with: %s", strerror(code));
    }
    if (checkpoint->running) {
        sqlite3_wal_hook(database_handle(database), on_commit, checkpoint); /* takes the place of wal_autocheckpoint */
        return checkpoint;
    }
    checkpoint_end(checkpoint);
    return NULL;
}

void checkpoint_end(Checkpoint *checkpoint)
{
    if (!checkpoint)
        return;
    if (checkpoint->running) {
        sqlite3_wal_autocheckpoint(database_handle(checkpoint->database), 2000); /* as database_begin_writing has it */
        pthread_mutex_lock(&checkpoint->mutex);
        checkpoint->ended = true;
        pthread_cond_signal(&checkpoint->work);
        pthread_mutex_unlock(&checkpoint->mutex);
        pthread_join(checkpoint->thread, NULL);
    }
    database_close(checkpoint->own);
    pthread_mutex_destroy(&checkpoint->mutex);
    pthread_cond_destroy(&checkpoint->work);
    free(checkpoint);
}
