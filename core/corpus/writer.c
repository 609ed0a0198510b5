/* See writer.h. A ring of tasks under one mutex. Both sides sleep in lumps (the writer until there are some tasks, the giver until half of them are
 * done), as waking somebody costs more than an article does. */
#include "corpus/writer.h"

#include "corpus/checkpoint.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    TASKS = 2048,             /* so many that the giver can go on while a batch is committed */
    WAKE = 192,               /* tasks worth waking the writer for */
    LUMP = 32,                /* tasks done without a look around */
    BYTES_WAITING = 12 << 20, /* of text in the ring */
    KEEP_TEXT = 16 << 10      /* room of a text that its task keeps for the next one */
};

typedef enum TaskKind { BEGIN, END, TIME, MARK, PROBLEM, ARTICLE } TaskKind;

typedef struct Task {
    TaskKind kind;
    int64_t source_id, number, line;
    FileTime time;
    bool flag;
    Octets texts[4];
    bool given[4]; /* is the text there, or NULL? */
    StoredArticle article;
    size_t size;
} Task;

struct Writer {
    Store *store;
    Checkpoint *checkpoint;
    Database *reading; /* a second connection, to look things up while the first one writes; NULL for a corpus that was empty */
    pthread_t thread;
    bool running, index;
    pthread_mutex_t mutex;
    pthread_cond_t work, room;
    Task *tasks;
    size_t first, count; /* of the ring */
    size_t bytes;
    bool asleep, waiting, hurry, ended; /* the writer sleeps; the giver waits; write also few tasks; no more will come */
    bool failed;
    Error error;
    WriterCounts counts;
    WriterCounts written, committed; /* the writing thread's own: so far, and at the end of the last batch */
    int64_t batches;                 /* of the store, when `committed` was taken */
    int64_t next_source;
    uint64_t *seen; /* hashes of the paths begun in this load */
    size_t seen_count, seen_room;
};

/* --- the writing thread ------------------------------------------------------------------------------ */

static const char *text_of(const Task *task, int i)
{
    return !task->given[i] ? NULL : task->texts[i].data ? task->texts[i].data : "";
}

static bool do_task(Writer *writer, Task *task, StoreArticle *outcome, Error *error)
{
    Store *store = writer->store;
    switch (task->kind) {
    case BEGIN:
        return store_begin(store, text_of(task, 0), text_of(task, 1), task->source_id, task->flag, error);
    case END:
        return store_end(store, task->source_id, text_of(task, 0), task->number, text_of(task, 1), text_of(task, 2), text_of(task, 3), error);
    case TIME:
        return store_time(store, task->source_id, task->time, error);
    case MARK:
        return store_mark(store, task->source_id, text_of(task, 0), error);
    case PROBLEM:
        return store_problem(store, task->source_id, task->number, task->line, text_of(task, 0), error);
    default:
        return store_article(store, &task->article, outcome, error);
    }
}

static void note_outcome(Writer *writer, StoreArticle outcome)
{
    WriterCounts *written = &writer->written;
    written->fresh += outcome != STORE_KNOWN;
    written->versions += outcome == STORE_VERSION;
    written->known += outcome == STORE_KNOWN;
    if (store_batches(writer->store) != writer->batches) {
        writer->batches = store_batches(writer->store);
        writer->committed = *written;
    }
}

/* Does `n` tasks from `first` on, up to the first failure; returns the bytes that they held. Nobody else looks at these tasks meanwhile. */
static size_t do_tasks(Writer *writer, size_t first, size_t n, bool *fine, Error *error)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) {
        Task *task = &writer->tasks[(first + i) % TASKS];
        StoreArticle outcome = STORE_KNOWN;
        *fine = *fine && do_task(writer, task, &outcome, error);
        if (*fine && task->kind == ARTICLE)
            note_outcome(writer, outcome);
        if (task->article.text.room > KEEP_TEXT) /* the long ones would add up */
            octets_free(&task->article.text);
        bytes += task->size;
    }
    return bytes;
}

static void *write_tasks(void *context)
{
    Writer *writer = context;
    pthread_setname_np(pthread_self(), "writer"); /* for top and perf */
    pthread_mutex_lock(&writer->mutex);
    for (;;) {
        while (writer->count == 0 && !writer->ended) {
            writer->asleep = true;
            pthread_cond_wait(&writer->work, &writer->mutex);
        }
        writer->asleep = false;
        if (writer->count == 0)
            break;
        size_t n = writer->count < LUMP ? writer->count : LUMP;
        bool fine = !writer->failed; /* after a failure nothing more is written */
        pthread_mutex_unlock(&writer->mutex);
        Error error = { 0 };
        size_t bytes = do_tasks(writer, writer->first, n, &fine, &error);
        pthread_mutex_lock(&writer->mutex);
        if (!fine && !writer->failed) {
            writer->failed = true;
            writer->error = error;
        }
        writer->counts = writer->written;
        writer->bytes -= bytes;
        writer->first = (writer->first + n) % TASKS;
        writer->count -= n;
        if (writer->waiting && (writer->count == 0 || (!writer->hurry && writer->count <= TASKS / 2 && writer->bytes <= BYTES_WAITING / 2)))
            pthread_cond_signal(&writer->room);
    }
    pthread_mutex_unlock(&writer->mutex);
    return NULL;
}

/* --- giving tasks ------------------------------------------------------------------------------------ */

static bool tell_failure(Writer *writer, Error *error)
{
    return error_set(error, "%s", writer->error.message ? writer->error.message : "no memory");
}

/* A free task to fill, with the mutex not held: nobody looks at it before give(). NULL with an error when writing has failed. */
static Task *take(Writer *writer, TaskKind kind, int64_t source_id, Error *error)
{
    pthread_mutex_lock(&writer->mutex);
    while (!writer->failed && (writer->count == TASKS || writer->bytes > BYTES_WAITING)) {
        writer->waiting = true;
        if (writer->asleep)
            pthread_cond_signal(&writer->work);
        pthread_cond_wait(&writer->room, &writer->mutex);
    }
    writer->waiting = false;
    bool failed = writer->failed;
    Task *task = &writer->tasks[(writer->first + writer->count) % TASKS];
    if (failed)
        tell_failure(writer, error);
    pthread_mutex_unlock(&writer->mutex);
    if (failed)
        return NULL;
    task->kind = kind;
    task->source_id = source_id;
    task->size = 0;
    for (int i = 0; i < 4; i++)
        task->given[i] = false;
    return task;
}

static bool put_text(Task *task, int i, const char *text)
{
    task->given[i] = text != NULL;
    octets_clear(&task->texts[i]);
    return !text || octets_add_text(&task->texts[i], text);
}

static bool give(Writer *writer, Task *task, bool filled, Error *error)
{
    if (!filled)
        return error_set(error, "no memory");
    pthread_mutex_lock(&writer->mutex);
    writer->count++;
    writer->bytes += task->size;
    if (writer->asleep && (writer->count >= WAKE || writer->bytes > BYTES_WAITING / 8))
        pthread_cond_signal(&writer->work);
    pthread_mutex_unlock(&writer->mutex);
    return true;
}

bool writer_flush(Writer *writer, Error *error)
{
    pthread_mutex_lock(&writer->mutex);
    writer->waiting = writer->hurry = true;
    while (writer->count > 0) {
        if (writer->asleep)
            pthread_cond_signal(&writer->work);
        pthread_cond_wait(&writer->room, &writer->mutex);
    }
    writer->waiting = writer->hurry = false;
    bool fine = !writer->failed || tell_failure(writer, error);
    pthread_mutex_unlock(&writer->mutex);
    return fine;
}

void writer_wake(Writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    if (writer->asleep && writer->count > 0)
        pthread_cond_signal(&writer->work);
    pthread_mutex_unlock(&writer->mutex);
}

WriterCounts writer_counts(Writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    WriterCounts counts = writer->counts;
    pthread_mutex_unlock(&writer->mutex);
    return counts;
}

bool writer_end(Writer *writer, int64_t source_id, const char *format, int64_t bytes, const char *sha256, const char *status, const char *message,
                Error *error)
{
    Task *task = take(writer, END, source_id, error);
    if (!task)
        return false;
    task->number = bytes;
    return give(writer, task, put_text(task, 0, format) && put_text(task, 1, sha256) && put_text(task, 2, status) && put_text(task, 3, message), error);
}

bool writer_time(Writer *writer, int64_t source_id, FileTime time, Error *error)
{
    Task *task = take(writer, TIME, source_id, error);
    if (!task)
        return false;
    task->time = time;
    return give(writer, task, true, error);
}

bool writer_mark(Writer *writer, int64_t source_id, const char *status, Error *error)
{
    Task *task = take(writer, MARK, source_id, error);
    return task && give(writer, task, put_text(task, 0, status), error);
}

bool writer_problem(Writer *writer, int64_t source_id, int64_t ordinal, int64_t line, const char *message, Error *error)
{
    Task *task = take(writer, PROBLEM, source_id, error);
    if (!task)
        return false;
    task->number = ordinal;
    task->line = line;
    return give(writer, task, put_text(task, 0, message), error);
}

bool writer_drop(Writer *writer, int64_t source_id, bool *dropped, Error *error)
{
    if (!writer_flush(writer, error) || !store_drop(writer->store, source_id, dropped, error))
        return false;
    writer->next_source -= *dropped && source_id == writer->next_source - 1;
    return true;
}

bool writer_article(Writer *writer, int64_t source_id, int64_t ordinal, int64_t previous_source, ArticleDraft *draft, const char *language,
                    double confidence, Error *error)
{
    Task *task = take(writer, ARTICLE, source_id, error);
    if (!task)
        return false;
    StoredArticle *article = &task->article;
    article->source_id = source_id;
    article->ordinal = ordinal;
    article->previous_source = previous_source;
    article->confidence = confidence;
    article->language[0] = '\0';
    if (language)
        strncat(article->language, language, sizeof article->language - 1);
    /* The digest is made on whichever side has less to do: the writer's, unless it makes the index. */
    if (!store_compose(draft, article) || (writer->index && !store_digest(article)))
        return error_set(error, "no memory");
    /* The task's room is of use to the reader: that of its other fields, and that of its last text, which store_compose left in the draft. */
    ArticleDraft used = article->draft;
    article->draft = *draft;
    article->draft.fields[DRAFT_TEXT] = used.fields[DRAFT_TEXT];
    used.fields[DRAFT_TEXT] = draft->fields[DRAFT_TEXT];
    *draft = used;
    draft_clear(draft);
    task->size = article->text.length;
    return give(writer, task, true, error);
}

/* --- what is known of a path --------------------------------------------------------------------------- */

static uint64_t hash_of(const char *path, const char *member)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *c = path; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    hash = (hash ^ 0xFF) * 1099511628211u;
    for (const char *c = member ? member : ""; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    return hash | 1; /* 0 is a free place */
}

static bool was_seen(const Writer *writer, uint64_t hash)
{
    if (writer->seen_room == 0)
        return false;
    for (size_t i = hash % writer->seen_room; writer->seen[i]; i = (i + 1) % writer->seen_room)
        if (writer->seen[i] == hash)
            return true;
    return false;
}

static bool remember(Writer *writer, uint64_t hash)
{
    if (writer->seen_count * 2 >= writer->seen_room) {
        size_t room = writer->seen_room ? 2 * writer->seen_room : 1024;
        uint64_t *seen = calloc(room, sizeof *seen);
        if (!seen)
            return false;
        for (size_t k = 0; k < writer->seen_room; k++)
            if (writer->seen[k]) {
                size_t i = writer->seen[k] % room;
                while (seen[i])
                    i = (i + 1) % room;
                seen[i] = writer->seen[k];
            }
        free(writer->seen);
        writer->seen = seen;
        writer->seen_room = room;
    }
    size_t i = hash % writer->seen_room;
    while (writer->seen[i] && writer->seen[i] != hash)
        i = (i + 1) % writer->seen_room;
    writer->seen_count += writer->seen[i] == 0;
    writer->seen[i] = hash;
    return true;
}

bool writer_find(Writer *writer, const char *path, const char *member, StoreSource *found, Error *error)
{
    /* What this load has written is not committed yet, and so not seen by the second connection. */
    if (was_seen(writer, hash_of(path, member)))
        return writer_flush(writer, error) && store_find(writer->store, path, member, found, error);
    *found = (StoreSource){ 0 };
    return !writer->reading || store_find_in(writer->reading, path, member, found, error);
}

bool writer_begin(Writer *writer, const char *path, const char *member, int64_t again, int64_t *source_id, Error *error)
{
    *source_id = again ? again : writer->next_source;
    Task *task = remember(writer, hash_of(path, member)) ? take(writer, BEGIN, *source_id, error) : NULL;
    if (!task)
        return error_set(error, "no memory");
    task->flag = again != 0;
    if (!give(writer, task, put_text(task, 0, path) && put_text(task, 1, member), error))
        return false;
    writer->next_source += !again;
    return true;
}

/* --- opening and closing --------------------------------------------------------------------------------- */

static bool start_thread(Writer *writer, Error *error)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
    int code = pthread_create(&writer->thread, NULL, write_tasks, writer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    writer->running = code == 0;
    return writer->running || error_set(error, "no thread to write with: %s", strerror(code));
}

Writer *writer_open(Database *database, bool index, Error *error)
{
    Writer *writer = calloc(1, sizeof *writer);
    if (!writer || !(writer->tasks = calloc(TASKS, sizeof *writer->tasks))) {
        free(writer);
        error_set(error, "no memory");
        return NULL;
    }
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->work, NULL);
    pthread_cond_init(&writer->room, NULL);
    int64_t last;
    writer->index = index;
    bool fine = database_integer(database, &last, error, "SELECT coalesce(max(source_id), 0) FROM source", "");
    writer->next_source = last + 1;
    if (fine && last > 0)
        fine = (writer->reading = database_open(database_path(database), DATABASE_READ, error)) != NULL;
    fine = fine && (writer->store = store_open(database, index, error)) && (writer->checkpoint = checkpoint_start(database, error));
    if (fine && start_thread(writer, error))
        return writer;
    writer_close(writer, NULL, NULL);
    return NULL;
}

static void free_task(Task *task)
{
    for (int i = 0; i < 4; i++)
        octets_free(&task->texts[i]);
    draft_free(&task->article.draft);
    octets_free(&task->article.title);
    octets_free(&task->article.text);
}

bool writer_close(Writer *writer, WriterCounts *counts, Error *error)
{
    if (!writer)
        return true;
    if (writer->running) {
        pthread_mutex_lock(&writer->mutex);
        writer->ended = true;
        pthread_cond_signal(&writer->work);
        pthread_mutex_unlock(&writer->mutex);
        pthread_join(writer->thread, NULL);
    }
    bool fine = !writer->failed || tell_failure(writer, error);
    database_close(writer->reading);
    if (writer->store && !store_close(writer->store, error)) {
        fine = false;
        writer->counts = writer->committed;
    }
    checkpoint_end(writer->checkpoint);
    if (counts)
        *counts = writer->counts;
    for (size_t i = 0; i < TASKS; i++)
        free_task(&writer->tasks[i]);
    error_clear(&writer->error);
    pthread_mutex_destroy(&writer->mutex);
    pthread_cond_destroy(&writer->work);
    pthread_cond_destroy(&writer->room);
    free(writer->tasks);
    free(writer->seen);
    free(writer);
    return fine;
}
