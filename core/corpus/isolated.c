/* See isolated.h. Parent and child speak over a socket pair in messages of a kind, a length and bytes. The child is not trusted: every length
 * that it sends is checked.
 *
 *   parent → child   JOB: the reader (its address: the child is a fork), depth, name, hints, field names, the source's bytes
 *   child → parent   ARTICLE, PROBLEM, FORMAT, SKIPPED …, then END: message ("" when all went well) */
#include "corpus/isolated.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CPU_SECONDS = 20,  /* one source's time in the child */
    WALL_SECONDS = 60,
    CHILD_MEMORY = 1 << 30,
    CHILD_JOBS = 1000, /* then a fresh one: libraries keep what they once took */
    MESSAGE_MOST = 160 << 20
};

typedef enum Kind { JOB, ARTICLE, PROBLEM, FORMAT, SKIPPED, END } Kind;

typedef struct Head {
    uint32_t kind, length;
} Head;

struct Isolated {
    pid_t pid; /* 0: no child */
    int socket;
    int jobs;
    Octets message;
    ArticleDraft draft;
};

/* --- messages ------------------------------------------------------------------------------------ */

static bool send_all(int socket, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t sent = send(socket, at, n, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        n -= (size_t)sent;
    }
    return true;
}

static bool send_message(int socket, Kind kind, const Octets *message)
{
    Head head = { kind, (uint32_t)message->length };
    return message->length < MESSAGE_MOST && send_all(socket, &head, sizeof head) && send_all(socket, message->data ? message->data : "", message->length);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef enum Received { RECEIVED, CLOSED, TOO_LATE } Received;

/* Reads exactly n bytes; `deadline` in seconds_now() time, 0 for none. */
static Received receive_all(int socket, void *bytes, size_t n, double deadline)
{
    char *at = bytes;
    while (n > 0) {
        if (deadline > 0) {
            double left = deadline - seconds_now();
            struct pollfd wait = { .fd = socket, .events = POLLIN };
            int ready = left <= 0 ? 0 : poll(&wait, 1, (int)(left * 1000) + 1);
            if (ready < 0 && errno == EINTR)
                continue;
            if (ready <= 0)
                return TOO_LATE;
        }
        ssize_t got = recv(socket, at, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return CLOSED;
        at += got;
        n -= (size_t)got;
    }
    return RECEIVED;
}

static Received receive_message(int socket, Head *head, Octets *message, double deadline)
{
    Received received = receive_all(socket, head, sizeof *head, deadline);
    if (received != RECEIVED)
        return received;
    octets_clear(message);
    if (head->length >= MESSAGE_MOST || !octets_reserve(message, head->length))
        return CLOSED;
    received = receive_all(socket, message->data, head->length, deadline);
    message->length = received == RECEIVED ? head->length : 0;
    message->data[message->length] = '\0';
    return received;
}

static bool put_number(Octets *to, int64_t number)
{
    return octets_add(to, &number, sizeof number);
}

/* A text with its length; NULL and "" are told apart by the length -1. */
static bool put_text(Octets *to, const char *text, size_t n)
{
    return put_number(to, text ? (int64_t)n : -1) && octets_add(to, text ? text : "", text ? n : 0) && octets_add_byte(to, '\0');
}

static bool put_string(Octets *to, const char *text)
{
    return put_text(to, text, text ? strlen(text) : 0);
}

typedef struct Cursor {
    const char *at, *end;
    bool broken;
} Cursor;

static int64_t take_number(Cursor *from)
{
    int64_t number = 0;
    if ((size_t)(from->end - from->at) < sizeof number) {
        from->broken = true;
        return 0;
    }
    memcpy(&number, from->at, sizeof number);
    from->at += sizeof number;
    return number;
}

static const char *take_text(Cursor *from, size_t *n)
{
    int64_t length = take_number(from);
    *n = 0;
    if (from->broken || length < -1 || length >= from->end - from->at) {
        from->broken = true;
        return NULL;
    }
    const char *text = from->at;
    from->at += (length < 0 ? 0 : length) + 1;
    if (length < 0)
        return NULL;
    if (text[length] != '\0') {
        from->broken = true;
        return NULL;
    }
    *n = (size_t)length;
    return text;
}

/* --- the child ------------------------------------------------------------------------------------- */

typedef struct Child {
    int socket;
    Octets message;
} Child;

static bool answer(Child *child, Kind kind, bool filled, Error *error)
{
    if (!filled)
        return error_set(error, "no memory");
    return send_message(child->socket, kind, &child->message) || error_set(error, "nobody listens");
}

static bool child_article(Sink *sink, ArticleDraft *draft, Error *error)
{
    Child *child = sink->context;
    octets_clear(&child->message);
    bool filled = put_number(&child->message, draft->line);
    for (int f = 0; f < DRAFT_FIELDS; f++)
        filled = filled && put_text(&child->message, draft->fields[f].data ? draft->fields[f].data : "", draft->fields[f].length);
    return answer(child, ARTICLE, filled, error);
}

static bool child_problem(Sink *sink, int64_t line, const char *message, Error *error)
{
    Child *child = sink->context;
    octets_clear(&child->message);
    return answer(child, PROBLEM, put_number(&child->message, line) && put_string(&child->message, message), error);
}

static bool child_format(Sink *sink, const char *detail, Error *error)
{
    Child *child = sink->context;
    octets_clear(&child->message);
    return answer(child, FORMAT, put_string(&child->message, detail), error);
}

static bool child_skipped(Sink *sink, const char *reason, int64_t count, Error *error)
{
    Child *child = sink->context;
    octets_clear(&child->message);
    return answer(child, SKIPPED, put_number(&child->message, count) && put_string(&child->message, reason), error);
}

/* Formats that are read here hold no others. */
static bool child_member(Sink *sink, const char *name, Stream *stream, Error *error)
{
    (void)sink, (void)stream;
    return error_set(error, "%s: a member within this format is not read", name);
}

static bool child_part(Sink *sink, const char *name, Stream *stream, const ReadHints *hints, Error *error)
{
    (void)hints;
    return child_member(sink, name, stream, error);
}

static void limit(int what, rlim_t amount)
{
    struct rlimit now;
    if (getrlimit(what, &now) == 0) {
        now.rlim_cur = now.rlim_max == RLIM_INFINITY || amount < now.rlim_max ? amount : now.rlim_max;
        setrlimit(what, &now);
    }
}

static void do_job(Child *child, const Octets *job)
{
    Cursor from = { job->data, job->data + job->length, false };
    size_t n;
    const Reader *reader = (const Reader *)(intptr_t)take_number(&from);
    Source source = { .depth = (int)take_number(&from) };
    ReadHints hints = { 0 };
    FieldNames names = { { NULL } };
    source.name = take_text(&from, &n);
    hints.media_type = take_text(&from, &n);
    hints.charset = take_text(&from, &n);
    for (int f = 0; f < DRAFT_FIELDS; f++)
        hints.fields[f] = take_text(&from, &n);
    for (int f = 0; f < DRAFT_FIELDS; f++)
        names.names[f] = take_text(&from, &n);
    const char *bytes = take_text(&from, &n);
    source.hints = &hints;
    source.names = &names;
    Error error = { 0 };
    if (from.broken || !bytes || !reader || !source.name || !(source.stream = stream_of_memory(bytes, n)))
        error_set(&error, "the job could not be read");
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    limit(RLIMIT_CPU, (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + CPU_SECONDS + 1));
    Sink sink = { child, child_article, child_problem, child_member, child_part, child_format, child_skipped };
    bool fine = !error.message && reader->read(&source, &sink, &error);
    octets_clear(&child->message);
    put_string(&child->message, fine ? "" : error.message ? error.message : "no memory");
    if (!send_message(child->socket, END, &child->message))
        _exit(0);
    error_clear(&error);
    stream_free(source.stream);
}

static void be_child(int socket)
{
    Child child = { .socket = dup2(socket, 3) };
    Octets job = { 0 };
    Head head;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    signal(SIGINT, SIG_IGN); /* the parent decides what Ctrl-C means */
    signal(SIGPIPE, SIG_IGN);
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
#ifndef ANNALIST_ASAN
    dup2(nothing, STDERR_FILENO); /* libraries complain there about bad pages */
    limit(RLIMIT_AS, (rlim_t)CHILD_MEMORY + (rlim_t)READ_WHOLE * 4);
#endif
    limit(RLIMIT_CORE, 0);
    close_range(4, ~0u, 0); /* the corpus file among them */
    while (receive_message(child.socket, &head, &job, 0) == RECEIVED && head.kind == JOB)
        do_job(&child, &job);
    _exit(0);
}

/* --- the parent -------------------------------------------------------------------------------------- */

Isolated *isolated_new(void)
{
    return calloc(1, sizeof(Isolated));
}

/* Ends the child, and says how it ended. */
static int end_child(Isolated *isolated, bool at_once)
{
    int status = 0;
    if (isolated->pid == 0)
        return 0;
    if (at_once)
        kill(isolated->pid, SIGKILL);
    close(isolated->socket); /* without a job it ends by itself */
    while (waitpid(isolated->pid, &status, 0) < 0 && errno == EINTR)
        ;
    isolated->pid = 0;
    return status;
}

void isolated_free(Isolated *isolated)
{
    if (!isolated)
        return;
    end_child(isolated, false);
    octets_free(&isolated->message);
    draft_free(&isolated->draft);
    free(isolated);
}

static bool start_child(Isolated *isolated, Error *error)
{
    int pair[2];
    if (isolated->pid && isolated->jobs >= CHILD_JOBS)
        end_child(isolated, false);
    if (isolated->pid)
        return true;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return error_set(error, "no child process: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0) {
        error_set(error, "no child process: %s", strerror(errno));
        close(pair[0]);
        close(pair[1]);
        return false;
    }
    if (pid == 0) {
        close(pair[0]);
        be_child(pair[1]);
    }
    close(pair[1]);
    *isolated = (Isolated){ .pid = pid, .socket = pair[0], .jobs = 0, .message = isolated->message, .draft = isolated->draft };
    return true;
}

static bool pack_job(Octets *job, const Reader *reader, const Source *source, Error *error)
{
    octets_clear(job);
    bool packed = put_number(job, (intptr_t)reader) && put_number(job, source->depth) && put_string(job, source->name) &&
                  put_string(job, source->hints->media_type) && put_string(job, source->hints->charset);
    for (int f = 0; f < DRAFT_FIELDS; f++)
        packed = packed && put_string(job, source->hints->fields[f]);
    for (int f = 0; f < DRAFT_FIELDS; f++)
        packed = packed && put_string(job, source->names ? source->names->names[f] : NULL);
    size_t length_at = job->length;
    if (!packed || !put_number(job, 0))
        return error_set(error, "no memory");
    size_t start = job->length;
    if (!stream_read_all(source->stream, READ_WHOLE + start, job, error))
        return false;
    int64_t length = (int64_t)(job->length - start);
    memcpy(job->data + length_at, &length, sizeof length);
    return octets_add_byte(job, '\0') || error_set(error, "no memory");
}

static bool take_article(Isolated *isolated, Cursor *from, Sink *sink, Error *error)
{
    ArticleDraft *draft = &isolated->draft;
    draft_clear(draft);
    draft->line = take_number(from);
    for (int f = 0; f < DRAFT_FIELDS && !from->broken; f++) {
        size_t n;
        const char *text = take_text(from, &n);
        if (text && n > 0 && !draft_set(draft, (DraftField)f, text, n))
            return error_set(error, "no memory");
    }
    return from->broken ? error_set(error, "the reader's process sent nonsense") : sink->article(sink, draft, error);
}

/* Hands one message on. *end is set by the last one. */
static bool take_message(Isolated *isolated, const Head *head, Sink *sink, bool *end, Error *error)
{
    Cursor from = { isolated->message.data, isolated->message.data + isolated->message.length, false };
    size_t n;
    const char *text;
    int64_t number;
    *end = false;
    switch (head->kind) {
    case ARTICLE:
        return take_article(isolated, &from, sink, error);
    case PROBLEM:
        number = take_number(&from);
        text = take_text(&from, &n);
        return text ? sink->problem(sink, number, text, error) : error_set(error, "the reader's process sent nonsense");
    case FORMAT:
        text = take_text(&from, &n);
        return text ? sink->format(sink, text, error) : error_set(error, "the reader's process sent nonsense");
    case SKIPPED:
        number = take_number(&from);
        text = take_text(&from, &n);
        return text ? sink->skipped(sink, text, number, error) : error_set(error, "the reader's process sent nonsense");
    case END:
        *end = true;
        text = take_text(&from, &n);
        return text && n == 0 ? true : error_set(error, "%s", text ? text : "the reader's process sent nonsense");
    default:
        return error_set(error, "the reader's process sent nonsense");
    }
}

static bool name_death(int status, const Reader *reader, Error *error)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return error_set(error, "the %s reader took more than %d seconds", reader->name, CPU_SECONDS);
    if (WIFSIGNALED(status))
        return error_set(error, "the %s reader crashed on it (signal %d)", reader->name, WTERMSIG(status));
    return error_set(error, "the %s reader gave up on it (out of memory)", reader->name);
}

bool isolated_read(Isolated *isolated, const Reader *reader, const Source *source, Sink *sink, Error *error)
{
    if (!start_child(isolated, error) || !pack_job(&isolated->message, reader, source, error))
        return false;
    isolated->jobs++;
    double deadline = seconds_now() + WALL_SECONDS;
    if (!send_message(isolated->socket, JOB, &isolated->message))
        return name_death(end_child(isolated, true), reader, error);
    octets_clear(&isolated->message);
    for (;;) {
        Head head;
        bool end;
        Received received = receive_message(isolated->socket, &head, &isolated->message, deadline);
        if (received == TOO_LATE) {
            end_child(isolated, true);
            return error_set(error, "the %s reader took more than %d seconds", reader->name, WALL_SECONDS);
        }
        if (received == CLOSED)
            return name_death(end_child(isolated, false), reader, error);
        bool fine = take_message(isolated, &head, sink, &end, error);
        if (end)
            return fine;
        if (!fine) { /* stopped from outside, or not to be trusted any more */
            end_child(isolated, true);
            return false;
        }
    }
}
