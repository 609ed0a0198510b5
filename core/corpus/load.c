/* See load.h. Here sources are found: paths, folders, standard input. How one is read stands in reading.c. */
#include "corpus/load.h"

#include "corpus/reading.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DEEPEST_FOLDER = 100 };

static const int64_t SECOND = 1000000000, TICK = 20000000; /* nanoseconds; the kernel stamps files every 1 to 10 ms */

static bool digest_of_file(int descriptor, char sha256[DIGEST_TEXT])
{
    Stream *stream = stream_of_descriptor(descriptor, false);
    int64_t bytes;
    if (!stream)
        return false;
    stream_keep_digest(stream);
    bool fine = stream_digest(stream, sha256, &bytes, NULL);
    stream_free(stream);
    return fine && lseek(descriptor, 0, SEEK_SET) == 0;
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

/* The times of a file that is read from now on, such that whatever changes it later gives it another ctime. A clock ticks: what was written in this very
 * tick may be written again in it, so that one is waited for; of a file system that knows whole seconds only nothing is said until two are past. */
static FileTime settled_time(const struct stat *info)
{
    struct timespec now;
    int64_t changed = nanoseconds(info->st_ctim);
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t age = nanoseconds(now) - changed;
    if (age < 0 || (info->st_ctim.tv_nsec == 0 && age < 2 * SECOND))
        return (FileTime){ 0 };
    if (age < TICK)
        nanosleep(&(struct timespec){ .tv_nsec = TICK - age }, NULL);
    return (FileTime){ nanoseconds(info->st_mtim), changed };
}

static bool load_regular(Load *load, const char *path, int descriptor, const struct stat *info, Error *error)
{
    StoreSource found;
    char sha256[DIGEST_TEXT];
    if (!writer_find(load->writer, path, NULL, &found, error))
        return reading_end(load);
    bool same_size = found.id && found.sha256[0] && found.bytes == info->st_size && reading_known(&found, found.sha256);
    bool untouched = same_size && found.time.changed && found.time.changed == nanoseconds(info->st_ctim) && found.time.modified == nanoseconds(info->st_mtim);
    FileTime time = untouched ? found.time : settled_time(info);
    /* Its digest is worth a reading only if the size hasn't changed, and the times have. */
    if (untouched || (same_size && digest_of_file(descriptor, sha256) && reading_known(&found, sha256))) {
        load->counts->sources++;
        load->counts->known++;
        return untouched || !time.changed || writer_time(load->writer, found.id, time, error) || reading_end(load);
    }
    Stream *stream = stream_of_descriptor(descriptor, false);
    if (!stream)
        return error_set(error, "no memory") || reading_end(load);
    bool fine = reading_file(load, path, time, stream, &found, error);
    stream_free(stream);
    return fine;
}

static bool load_open(Load *load, const char *path, bool given, Error *error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return reading_failure(load, path, NULL, errno == ENOENT ? "no such file or folder" : strerror(errno), error);
    struct stat info;
    bool fine = true;
    if (fstat(descriptor, &info) != 0)
        fine = reading_failure(load, path, NULL, strerror(errno), error);
    else if (load->corpus.st_ino && info.st_ino == load->corpus.st_ino && info.st_dev == load->corpus.st_dev)
        fine = !given || reading_failure(load, path, NULL, "is the corpus itself", error);
    else if (!S_ISREG(info.st_mode))
        fine = reading_failure(load, path, NULL, S_ISFIFO(info.st_mode) ? "is a pipe, not a file; give it as standard input: -" : "is no ordinary file", error);
    else
        fine = load_regular(load, path, descriptor, &info, error);
    close(descriptor);
    return fine;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Hidden files, what SQLite keeps beside a database, and what tells about a folder instead of belonging to it, are no sources. */
static int is_source(const struct dirent *entry)
{
    static const char *const about[] = { "README", "README.md", "README.txt", "LICENSE", "LICENSE.md", "LICENSE.txt" };
    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (strcmp(entry->d_name, about[i]) == 0)
            return 0;
    return entry->d_name[0] != '.' && !name_ends(entry->d_name, "-wal -shm -journal");
}

static bool load_path(Load *load, const char *path, bool given, int depth, Error *error);

static bool load_folder(Load *load, const char *path, int depth, Error *error)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_source, by_bytes);
    if (count < 0)
        return reading_failure(load, path, NULL, strerror(errno), error);
    bool fine = true;
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    for (int i = 0; i < count; i++) {
        char *inner = NULL;
        if (fine && asprintf(&inner, "%.*s%s%s", (int)length, path, path[length - 1] == '/' ? "" : "/", entries[i]->d_name) < 0)
            fine = error_set(error, "no memory") || reading_end(load);
        if (fine)
            fine = load_path(load, inner, false, depth + 1, error);
        free(inner);
        free(entries[i]);
    }
    free(entries);
    return fine;
}

static bool load_path(Load *load, const char *path, bool given, int depth, Error *error)
{
    struct stat info;
    if ((given ? stat(path, &info) : lstat(path, &info)) != 0)
        return reading_failure(load, path, NULL, errno == ENOENT ? "no such file or folder" : strerror(errno), error);
    if (S_ISLNK(info.st_mode)) { /* a link below a folder: files are followed, folders are not, they may lead in a circle */
        if (stat(path, &info) != 0)
            return reading_failure(load, path, NULL, "is a link that leads nowhere", error);
        if (S_ISDIR(info.st_mode))
            return true;
    }
    if (S_ISDIR(info.st_mode)) {
        if (depth > DEEPEST_FOLDER)
            return reading_failure(load, path, NULL, "folders are nested too deep", error);
        return load_folder(load, path, depth, error);
    }
    return load_open(load, path, given, error);
}

/* Standard input, and what a shell hands over as /dev/fd/63: open already, so that nobody waits for a writer that never comes. */
static bool load_descriptor(Load *load, const char *name, int descriptor, Error *error)
{
    Stream *stream = stream_of_descriptor(descriptor, descriptor != STDIN_FILENO);
    if (!stream)
        return error_set(error, "no memory");
    ReadBudget budget = { .outermost = stream };
    bool fine = reading_once(load, name, NULL, 0, &budget, stream, error);
    stream_free(stream);
    return fine;
}

bool load_paths(Database *corpus, const char *const *paths, size_t count, const LoadOptions *options, LoadCounts *counts, Error *error)
{
    /* The language detector takes and gives back some 200 KB for each article: keep such pieces in the heap, and give each of the two
     * threads one, or they wait for each other at every piece. */
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    mallopt(M_ARENA_MAX, 2);
    *counts = (LoadCounts){ 0 };
    Load load = { .options = options, .counts = counts };
    int64_t indexed;
    if (stat(database_path(corpus), &load.corpus) != 0)
        load.corpus = (struct stat){ 0 };
    if (!database_begin_writing(corpus, error) || (options->index && !store_index(corpus, options->stop, options->context, &indexed, error)))
        return false;
    load.isolated = isolated_new();
    load.writer = writer_open(corpus, options->index, error);
    bool fine = load.writer && load.isolated;
    for (size_t i = 0; fine && i < count; i++) {
        int descriptor = strncmp(paths[i], "/dev/fd/", 8) == 0 ? open(paths[i], O_RDONLY | O_CLOEXEC) : -1;
        if (strcmp(paths[i], "-") == 0 || strcmp(paths[i], "/dev/stdin") == 0)
            fine = load_descriptor(&load, "-", STDIN_FILENO, error);
        else if (descriptor >= 0)
            fine = load_descriptor(&load, paths[i], descriptor, error);
        else
            fine = load_path(&load, paths[i], true, 0, error);
    }
    WriterCounts written = { 0 };
    if (!writer_close(load.writer, &written, error))
        fine = false;
    load.writer = NULL;
    reading_take_counts(&load, written);
    isolated_free(load.isolated);
    return fine;
}
