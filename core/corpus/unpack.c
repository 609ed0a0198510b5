/* See unpack.h. */
#include "corpus/unpack.h"

#include "corpus/charset.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

struct Unpack {
    struct archive *archive;
    Stream *stream;
    ReadBudget *budget;
    Octets name;
    Error input; /* what went wrong below: libarchive's own words would hide it */
    size_t given;
};

static la_ssize_t give(struct archive *archive, void *context, const void **bytes)
{
    Unpack *unpack = context;
    (void)archive;
    stream_skip(unpack->stream, unpack->given);
    const char *piece = stream_peek(unpack->stream, 1, &unpack->given, &unpack->input);
    *bytes = piece;
    return piece ? (la_ssize_t)unpack->given : -1;
}

static bool fail(Unpack *unpack, Error *error)
{
    const char *words = archive_error_string(unpack->archive);
    if (words && strstr(words, "No progress is possible")) /* liblzma's word for it */
        words = "truncated xz input";
    if (unpack->input.message)
        return error_set(error, "%s", unpack->input.message);
    return error_set(error, "can't be unpacked: %s", words ? words : "damaged");
}

Unpack *unpack_open(Stream *stream, ReadBudget *budget, Error *error)
{
    Unpack *unpack = calloc(1, sizeof *unpack);
    if (!unpack || !(unpack->archive = archive_read_new())) {
        free(unpack);
        error_set(error, "no memory");
        return NULL;
    }
    unpack->stream = stream;
    unpack->budget = budget;
    struct archive *archive = unpack->archive;
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_lzma(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_filter_lz4(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_raw(archive);
    archive_read_set_options(archive, "zip:ignorecrc32=0");
    /* The directory of a zip or 7z stands at its end, and only there stands what is a link: such a one is held in memory if it isn't too large. */
    size_t got;
    const char *bytes = stream_peek(stream, 6, &got, error);
    if (bytes && got >= 6 && (memcmp(bytes, "PK", 2) == 0 || memcmp(bytes, "7z\xbc\xaf", 4) == 0))
        bytes = stream_peek(stream, READ_WHOLE + 1, &got, error);
    if (!bytes) {
        unpack_close(unpack);
        return NULL;
    }
    bool whole = got <= READ_WHOLE && got >= 6 && (memcmp(bytes, "PK", 2) == 0 || memcmp(bytes, "7z\xbc\xaf", 4) == 0);
    int code = whole ? archive_read_open_memory(archive, bytes, got) : archive_read_open(archive, unpack, NULL, give, NULL);
    if (code == ARCHIVE_OK)
        return unpack;
    fail(unpack, error);
    unpack_close(unpack);
    return NULL;
}

void unpack_close(Unpack *unpack)
{
    if (!unpack)
        return;
    archive_read_free(unpack->archive);
    octets_free(&unpack->name);
    error_clear(&unpack->input);
    free(unpack);
}

bool unpack_next(Unpack *unpack, UnpackEntry *entry, bool *more, Error *error)
{
    struct archive_entry *found;
    int code = archive_read_next_header(unpack->archive, &found);
    *more = code != ARCHIVE_EOF;
    if (code == ARCHIVE_EOF)
        return true;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        return fail(unpack, error);
    const char *name = archive_entry_pathname_utf8(found);
    if (!name)
        name = archive_entry_pathname(found);
    char used[CHARSET_NAME];
    octets_clear(&unpack->name);
    if (!charset_to_utf8(name ? name : "?", name ? strlen(name) : 1, NULL, &unpack->name, used, error))
        return false;
    *entry = (UnpackEntry){ .name = unpack->name.data, .ordinary = archive_entry_filetype(found) == AE_IFREG && !archive_entry_hardlink(found),
                            .link = archive_entry_filetype(found) == AE_IFLNK || archive_entry_hardlink(found),
                            .encrypted = archive_entry_is_data_encrypted(found) == 1 };
    return true;
}

static ssize_t fill(void *context, char *bytes, size_t room, Error *error)
{
    Unpack *unpack = context;
    la_ssize_t n = archive_read_data(unpack->archive, bytes, room);
    if (n < 0) {
        fail(unpack, error);
        return -1;
    }
    return budget_spend(unpack->budget, n, error) ? n : -1;
}

Stream *unpack_stream(Unpack *unpack)
{
    return stream_new(fill, unpack, NULL);
}

bool unpack_is_wrapping(Unpack *unpack, const char **how)
{
    bool raw = (archive_format(unpack->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
    *how = archive_filter_name(unpack->archive, 0);
    return raw;
}
