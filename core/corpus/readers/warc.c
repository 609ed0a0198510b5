/* WARC and WET (ISO 28500): web crawls, one page a record. Pages (responses with HTML) and texts (conversions) are read; requests, revisits and
 * pictures are passed over and counted. The record's own length is believed only as far as the file goes. */
#include "corpus/reader.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum { HEAD_MOST = 1 << 20, VALUE = 2048, PAGE_MOST = 16 << 20 };

typedef struct Record {
    char type[32], url[VALUE], media_type[128], language[16];
    char charset[64];
    int64_t length;
} Record;

typedef struct Warc {
    Stream *stream;
    Sink *sink;
    Octets line, block, body;
    ArticleDraft draft;
    int64_t number; /* of the record */
} Warc;

static int sniff(const char *bytes, size_t n, const char *name)
{
    (void)name;
    return n >= 8 && (memcmp(bytes, "WARC/1.", 7) == 0 || memcmp(bytes, "WARC/0.", 7) == 0) ? 100 : 0;
}

static void copy(char *to, size_t room, const char *from)
{
    from += strspn(from, " \t");
    if (*from == '<') { /* some write <http://…> */
        from++;
        snprintf(to, room, "%.*s", (int)strcspn(from, ">"), from);
    } else {
        snprintf(to, room, "%s", from);
    }
}

/* "text/html; charset=utf-8" */
static void copy_media_type(Record *record, const char *from)
{
    from += strspn(from, " \t");
    size_t n = strcspn(from, "; \t");
    snprintf(record->media_type, sizeof record->media_type, "%.*s", (int)(n < 120 ? n : 120), from);
    const char *charset = strcasestr(from, "charset=");
    if (charset) {
        charset += 8;
        charset += strspn(charset, "\"'");
        snprintf(record->charset, sizeof record->charset, "%.*s", (int)strcspn(charset, "\"'; \t"), charset);
    }
}

/* The value of "Name: value" if the line is that header. */
static const char *header(const char *line, const char *name)
{
    size_t n = strlen(name);
    return strncasecmp(line, name, n) == 0 && line[n] == ':' ? line + n + 1 : NULL;
}

static const char *line_text(const Warc *warc)
{
    return warc->line.data ? warc->line.data : "";
}

/* Reads the record's head. *more is false at the end of the file. */
static bool read_head(Warc *warc, Record *record, bool *more, Error *error)
{
    bool too_long;
    *record = (Record){ .length = -1 };
    do { /* empty lines part the records */
        octets_clear(&warc->line);
        if (!stream_read_line(warc->stream, HEAD_MOST, &warc->line, more, &too_long, error))
            return false;
        if (!*more)
            return true;
    } while (warc->line.length == 0);
    warc->number++;
    if (strncmp(line_text(warc), "WARC/", 5) != 0)
        return error_set(error, "record %lld doesn't begin with WARC/: the record before it is longer or shorter than it says", (long long)warc->number);
    for (;;) {
        octets_clear(&warc->line);
        if (!stream_read_line(warc->stream, HEAD_MOST, &warc->line, more, &too_long, error))
            return false;
        if (!*more)
            return error_set(error, "record %lld ends in its head: the file is cut off", (long long)warc->number);
        if (warc->line.length == 0)
            break;
        const char *line = line_text(warc), *value;
        if ((value = header(line, "WARC-Type")))
            copy(record->type, sizeof record->type, value);
        else if ((value = header(line, "WARC-Target-URI")))
            copy(record->url, sizeof record->url, value);
        else if ((value = header(line, "Content-Type")))
            copy_media_type(record, value);
        else if ((value = header(line, "WARC-Identified-Content-Language")))
            snprintf(record->language, sizeof record->language, "%.*s", (int)strcspn(value + strspn(value, " "), ", "), value + strspn(value, " "));
        else if ((value = header(line, "Content-Length")))
            record->length = strtoll(value, NULL, 10);
    }
    if (record->length < 0)
        return error_set(error, "record %lld has no Content-Length", (long long)warc->number);
    return true;
}

/* The record's block: kept up to PAGE_MOST, else skipped. */
static bool read_block(Warc *warc, const Record *record, bool keep, bool *kept, Error *error)
{
    int64_t left = record->length;
    octets_clear(&warc->block);
    *kept = keep && left <= PAGE_MOST;
    while (left > 0) {
        size_t got;
        const char *bytes = stream_peek(warc->stream, 1, &got, error);
        if (!bytes)
            return false;
        if (got == 0)
            return error_set(error, "record %lld (%.200s) is longer than the file: %lld bytes are missing", (long long)warc->number, record->url,
                             (long long)left);
        if ((int64_t)got > left)
            got = (size_t)left;
        if (*kept && !octets_add(&warc->block, bytes, got))
            return error_set(error, "no memory");
        stream_skip(warc->stream, got);
        left -= (int64_t)got;
    }
    return true;
}

/* --- HTTP ------------------------------------------------------------------------------------------------ */

/* "chunked": sizes in hexadecimal before each piece. */
static bool unchunk(const char *bytes, size_t n, Octets *out)
{
    const char *at = bytes, *end = bytes + n;
    for (;;) {
        size_t size = 0, digits = 0;
        while (at < end && isxdigit((unsigned char)*at) && digits++ < 8) {
            size = size * 16 + (size_t)(isdigit((unsigned char)*at) ? *at - '0' : (*at | 32) - 'a' + 10);
            at++;
        }
        const char *line = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (!digits || !line)
            return false;
        at = line + 1;
        if (size == 0)
            return true;
        if (size > (size_t)(end - at))
            size = (size_t)(end - at);
        if (!octets_add(out, at, size))
            return false;
        at += size;
        while (at < end && (*at == '\r' || *at == '\n'))
            at++;
        if (at >= end)
            return true;
    }
}

enum { GZIP_OR_ZLIB = 15 + 32, BARE = -15 }; /* zlib's window bits */

/* Content-Encoding: gzip, deflate. What comes out of a broken one so far is kept: the page is most likely whole. */
static bool decompress(const char *bytes, size_t n, int form, Octets *out)
{
    z_stream z = { 0 };
    if (inflateInit2(&z, form) != Z_OK)
        return false;
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)n;
    int code = Z_OK;
    while (code == Z_OK && out->length < PAGE_MOST) {
        if (!octets_reserve(out, 1 << 16))
            break;
        z.next_out = (Bytef *)out->data + out->length;
        z.avail_out = 1 << 16;
        code = inflate(&z, Z_NO_FLUSH);
        out->length += (1 << 16) - z.avail_out;
        out->data[out->length] = '\0';
    }
    inflateEnd(&z);
    return out->length > 0;
}

typedef struct Http {
    int status;
    bool chunked, compressed;
    char coding[24]; /* of the body, when it is none that we know: "br" */
    size_t body;
} Http;

static bool read_http(const Octets *block, Record *page, Http *http)
{
    char line[VALUE];
    *http = (Http){ 0 };
    size_t at = 0;
    bool first = true;
    while (at < block->length) {
        const char *start = block->data + at, *end = memchr(start, '\n', block->length - at), *value;
        if (!end)
            return false;
        size_t n = (size_t)(end - start);
        at += n + 1;
        if (n > 0 && start[n - 1] == '\r')
            n--;
        if (n == 0) {
            http->body = at;
            return !first;
        }
        snprintf(line, sizeof line, "%.*s", (int)(n < sizeof line - 1 ? n : sizeof line - 1), start);
        if (first) {
            const char *space = strchr(line, ' ');
            if (strncmp(line, "HTTP/", 5) != 0 || !space)
                return false;
            http->status = atoi(space + 1);
        } else if ((value = header(line, "Content-Type"))) {
            copy_media_type(page, value);
        } else if ((value = header(line, "Transfer-Encoding"))) {
            http->chunked = strcasestr(value, "chunked") != NULL;
        } else if ((value = header(line, "Content-Encoding"))) {
            http->compressed = strcasestr(value, "gzip") || strcasestr(value, "deflate");
            if (!http->compressed && !strcasestr(value, "identity"))
                snprintf(http->coding, sizeof http->coding, "%.20s", value + strspn(value, " "));
        }
        first = false;
    }
    return false;
}

/* --- records --------------------------------------------------------------------------------------------- */

static bool is_page(const char *media_type)
{
    return strcasecmp(media_type, "text/html") == 0 || strcasecmp(media_type, "application/xhtml+xml") == 0;
}

static bool hand_on(Warc *warc, const Record *record, const char *bytes, size_t n, Error *error)
{
    ReadHints hints = { .media_type = "text/html", .charset = record->charset[0] ? record->charset : NULL };
    hints.fields[DRAFT_URL] = record->url[0] ? record->url : NULL;
    Stream *stream = stream_of_memory(bytes, n);
    if (!stream)
        return error_set(error, "no memory");
    bool fine = warc->sink->part(warc->sink, record->url, stream, &hints, error);
    stream_free(stream);
    return fine;
}

static bool read_response(Warc *warc, const Record *record, Error *error)
{
    Record page = *record;
    Http http;
    page.media_type[0] = page.charset[0] = '\0';
    if (!read_http(&warc->block, &page, &http))
        return warc->sink->problem(warc->sink, 0, "a response without a whole HTTP head", error);
    if (http.status != 200 || !is_page(page.media_type))
        return warc->sink->skipped(warc->sink, http.status != 200 ? "answers other than 200" : "not HTML", 1, error);
    const char *bytes = warc->block.data + http.body;
    size_t n = warc->block.length - http.body;
    /* Crawlers often keep the head as it was but store the body decoded: believe the bytes. */
    octets_clear(&warc->body);
    if (http.chunked && unchunk(bytes, n, &warc->body)) {
        octets_clear(&warc->block);
        if (!octets_add(&warc->block, warc->body.data ? warc->body.data : "", warc->body.length))
            return error_set(error, "no memory");
        bytes = warc->block.data;
        n = warc->block.length;
        octets_clear(&warc->body);
    } else {
        octets_clear(&warc->body);
    }
    /* Some servers send "deflate" without the zlib head that the standard asks for. */
    if (http.compressed && n > 2 && (decompress(bytes, n, GZIP_OR_ZLIB, &warc->body) ||
                                     (bytes_are_binary(bytes, n) && decompress(bytes, n, BARE, &warc->body)))) {
        bytes = warc->body.data;
        n = warc->body.length;
    } else if (http.coding[0] && bytes_are_binary(bytes, n)) {
        char message[VALUE];
        snprintf(message, sizeof message, "%.1500s: its Content-Encoding %s is not known here", page.url, http.coding);
        return warc->sink->problem(warc->sink, 0, message, error);
    }
    return hand_on(warc, &page, bytes, n, error);
}

/* WET: the page's text, as its maker took it out. */
static bool read_conversion(Warc *warc, const Record *record, Error *error)
{
    draft_clear(&warc->draft);
    const Octets *block = &warc->block;
    if (!draft_set(&warc->draft, DRAFT_TEXT, block->data ? block->data : "", block->length) || !draft_set_text(&warc->draft, DRAFT_URL, record->url))
        return error_set(error, "no memory");
    return warc->sink->article(warc->sink, &warc->draft, error);
}

static bool read_record(Warc *warc, const Record *record, Error *error)
{
    bool response = strcasecmp(record->type, "response") == 0, kept;
    bool resource = strcasecmp(record->type, "resource") == 0 && is_page(record->media_type);
    bool conversion = strcasecmp(record->type, "conversion") == 0 && strcasecmp(record->media_type, "text/plain") == 0;
    bool wanted = response || resource || conversion;
    if (!read_block(warc, record, wanted, &kept, error))
        return false;
    if (wanted && !kept) {
        char message[300];
        snprintf(message, sizeof message, "%.200s: the record is larger than %d MB", record->url, PAGE_MOST >> 20);
        return warc->sink->problem(warc->sink, 0, message, error);
    }
    if (response)
        return read_response(warc, record, error);
    if (conversion)
        return read_conversion(warc, record, error);
    if (resource)
        return hand_on(warc, record, warc->block.data ? warc->block.data : "", warc->block.length, error);
    /* warcinfo, request and metadata are no pages */
    bool page = strcasecmp(record->type, "revisit") == 0 || strcasecmp(record->type, "resource") == 0;
    return !page || warc->sink->skipped(warc->sink, record->type, 1, error);
}

static bool read_warc(const Source *source, Sink *sink, Error *error)
{
    Warc warc = { .stream = source->stream, .sink = sink };
    Record *record = malloc(sizeof *record);
    bool fine = record != NULL, more = true;
    while (fine) {
        fine = read_head(&warc, record, &more, error);
        if (!fine || !more)
            break;
        fine = read_record(&warc, record, error);
    }
    free(record);
    octets_free(&warc.line);
    octets_free(&warc.block);
    octets_free(&warc.body);
    draft_free(&warc.draft);
    return fine;
}

const Reader reader_warc = {
    .name = "warc",
    .summary = "WARC and WET web crawls, also gzipped",
    .endings = ".warc .wet",
    .sniff = sniff,
    .read = read_warc,
};
