/* Archives (zip, tar, 7z; also compressed) and single compressed files (gz, xz, zst, bz2). Nothing is written to disk; still a path that climbs out, a
 * link and an encrypted member are refused by name, because whoever packed them meant no good, or the reader can't see what is in them. */
#include "corpus/gunzip.h"
#include "corpus/reader.h"
#include "corpus/unpack.h"

#include <stdio.h>
#include <string.h>

static bool begins(const char *bytes, size_t n, const char *magic, size_t length)
{
    return n >= length && memcmp(bytes, magic, length) == 0;
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    (void)name;
    bool packed = begins(bytes, n, "\x1f\x8b", 2) || begins(bytes, n, "\xfd" "7zXZ", 5) || begins(bytes, n, "\x28\xb5\x2f\xfd", 4) ||
                  begins(bytes, n, "BZh", 3) || begins(bytes, n, "\x04\x22\x4d\x18", 4) || begins(bytes, n, "PK\3\4", 4) ||
                  begins(bytes, n, "PK\5\6", 4) || begins(bytes, n, "7z\xbc\xaf\x27\x1c", 6);
    return packed || (n > 262 && memcmp(bytes + 257, "ustar", 5) == 0) ? 80 : 0;
}

/* "../x", "a/../../x", "/etc/x", "C:\x" */
static bool climbs(const char *name)
{
    if (*name == '/' || *name == '\\' || (name[0] && name[1] == ':'))
        return true;
    for (const char *part = name; *part;) {
        size_t n = strcspn(part, "/\\");
        if (n == 2 && part[0] == '.' && part[1] == '.')
            return true;
        part += n;
        part += *part != '\0';
    }
    return false;
}

/* Hidden files, and what macOS adds to zips. */
static bool furniture(const char *name)
{
    if (strncmp(name, "__MACOSX/", 9) == 0)
        return true;
    for (const char *part = name; *part;) {
        if (part[0] == '.' && part[1] != '/' && part[1] != '\0')
            return true;
        part += strcspn(part, "/");
        part += *part == '/';
    }
    return false;
}

/* "news.jsonl.gz" → "news.jsonl" */
static void inner_name(const char *name, char *inner, size_t room)
{
    snprintf(inner, room, "%s", name);
    char *dot = strrchr(inner, '.');
    if (dot && name_ends(name, ".gz .xz .zst .bz2 .lz4 .lzma"))
        *dot = '\0';
    else if (dot && name_ends(name, ".tgz .txz .tbz2"))
        snprintf(dot, room - (size_t)(dot - inner), ".tar");
}

static bool hand_on_inner(const char *name, Stream *stream, Sink *sink, Error *error)
{
    char inner[1024];
    inner_name(name, inner, sizeof inner);
    return sink->part(sink, inner, stream, NULL, error);
}

static bool read_wrapping(Unpack *unpack, const Source *source, const char *how, Sink *sink, Error *error)
{
    if (strcmp(how, "none") == 0)
        return error_set(error, "is damaged: begins like an archive, but is none");
    Stream *stream = unpack_stream(unpack);
    bool fine = stream ? hand_on_inner(source->name, stream, sink, error) : error_set(error, "no memory");
    stream_free(stream);
    return fine;
}

static bool read_entry(Unpack *unpack, const UnpackEntry *entry, Sink *sink, Error *error)
{
    char message[400];
    const char *refused = climbs(entry->name) ? "leads out of the archive" : entry->link ? "is a link" : entry->encrypted ? "is encrypted" : NULL;
    if (refused) {
        snprintf(message, sizeof message, "%.300s: %s; not read", entry->name, refused);
        return sink->problem(sink, 0, message, error);
    }
    if (!entry->ordinary || furniture(entry->name))
        return true;
    Stream *stream = unpack_stream(unpack);
    if (!stream)
        return error_set(error, "no memory");
    bool fine = sink->member(sink, entry->name, stream, error);
    stream_free(stream);
    return fine;
}

static bool read_packed(const Source *source, Stream *stream, Sink *sink, Error *error)
{
    Unpack *unpack = unpack_open(stream, source->budget, error);
    if (!unpack)
        return false;
    bool more = true, first = true, fine = true;
    const char *how;
    while (fine && more) {
        UnpackEntry entry;
        fine = unpack_next(unpack, &entry, &more, error);
        if (!fine || !more)
            break;
        if (first && unpack_is_wrapping(unpack, &how)) {
            fine = read_wrapping(unpack, source, how, sink, error);
            break;
        }
        first = false;
        fine = budget_spend(source->budget, 0, error) && read_entry(unpack, &entry, sink, error); /* a bomb is left at its first member */
    }
    unpack_close(unpack);
    if (fine && first && !more)
        return error_set(error, "holds nothing");
    return fine;
}

/* Gzip, the commonest, is unpacked by ourselves: what stands before a cut is kept. */
static bool read_archive(const Source *source, Sink *sink, Error *error)
{
    size_t got;
    const char *bytes = stream_peek(source->stream, 2, &got, error);
    if (!bytes || !gunzip_begins(bytes, got))
        return bytes && read_packed(source, source->stream, sink, error);
    Stream *inner = gunzip_stream(source->stream, source->budget);
    bytes = inner ? stream_peek(inner, 512, &got, error) : NULL;
    bool fine;
    if (!bytes)
        fine = inner ? false : error_set(error, "no memory");
    else if (got == 0)
        fine = error_set(error, "is empty");
    else if (sniff(bytes, got, "") > 0) /* a tar, or packed once more */
        fine = read_packed(source, inner, sink, error);
    else
        fine = hand_on_inner(source->name, inner, sink, error);
    stream_free(inner);
    return fine;
}

const Reader reader_archive = {
    .name = "archive",
    .summary = "zip, tar, 7z, gz, xz, zst, bz2: whatever is in them",
    .endings = ".zip .tar .tgz .gz .xz .zst .bz2 .7z",
    .sniff = sniff,
    .read = read_archive,
};
