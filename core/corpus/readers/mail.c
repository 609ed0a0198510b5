/* Mails: single ones (EML, and pages that browsers saved as MHTML) and mailboxes (mbox). One mail, one article: its plain text, or else its HTML, which goes to
 * the reader of HTML. Documents attached to it are sources of their own. */
#include "corpus/charset.h"
#include "corpus/mime.h"
#include "corpus/reader.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 12, PARTS_MOST = 500 };

/* --- which bytes are mail ---------------------------------------------------------------------------------- */

static bool is_field_line(const char *line, size_t n)
{
    size_t i = 0;
    while (i < n && line[i] > 32 && line[i] < 127 && line[i] != ':')
        i++;
    return i > 0 && i < n && line[i] == ':';
}

/* How many of the usual headers the head has; -1 if something in it is no header. */
static int count_headers(const char *bytes, size_t n)
{
    static const char *const usual[] = { "From:", "Date:", "Subject:", "To:", "Message-ID:", "MIME-Version:", "Received:", "Return-Path:", "Content-Type:",
                                         "Delivered-To:", "Reply-To:" };
    int count = 0;
    for (size_t at = 0; at < n;) {
        const char *end = memchr(bytes + at, '\n', n - at);
        size_t stop = end ? (size_t)(end - bytes) : n, length = stop - at;
        const char *line = bytes + at;
        if (length > 0 && line[length - 1] == '\r')
            length--;
        if (length == 0)
            break;
        if (line[0] != ' ' && line[0] != '\t') {
            if (!is_field_line(line, length))
                return end ? -1 : count; /* a line that READ_AHEAD cut */
            for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
                count += length > strlen(usual[i]) && strncasecmp(line, usual[i], strlen(usual[i])) == 0;
        }
        at = stop + 1;
    }
    return count;
}

/* "From someone@example.org Tue Oct  6 21:00:00 2020" */
static bool is_envelope(const char *line, size_t n)
{
    if (n < 12 || memcmp(line, "From ", 5) != 0)
        return false;
    const char *end = memchr(line, '\n', n);
    size_t length = end ? (size_t)(end - line) : n;
    size_t digits = 0;
    for (size_t i = 5; i < length && i < 200; i++)
        digits += line[i] >= '0' && line[i] <= '9';
    return digits >= 5 && memchr(line, ':', length) != NULL;
}

static int sniff(const char *bytes, size_t n, const char *name)
{
    if (is_envelope(bytes, n)) {
        const char *end = memchr(bytes, '\n', n);
        size_t head = end ? (size_t)(end - bytes) + 1 : n;
        if (count_headers(bytes + head, n - head) >= 2)
            return 95;
    }
    int headers = count_headers(bytes, n);
    if (headers >= 3 || (headers >= 2 && name_ends(name, ".eml .mht .mhtml .msg .mail")))
        return 90;
    return headers >= 1 && name_ends(name, ".eml .mht .mhtml") ? 75 : 0;
}

/* --- one mail ------------------------------------------------------------------------------------------------ */

typedef struct Mail {
    Sink *sink;
    MimeSlice plain, html; /* the parts chosen; bytes NULL while there is none */
    ArticleDraft draft;
    Octets type, disposition, name, decoded, text;
    int parts;
    int64_t number, line; /* in a mailbox */
} Mail;

static const char *text_of(const Octets *octets)
{
    return octets->data ? octets->data : "";
}

static bool type_is(const Mail *mail, const char *prefix)
{
    return strncasecmp(text_of(&mail->type), prefix, strlen(prefix)) == 0;
}

/* By its name, or where that says nothing by its declared kind. */
static bool is_document(const Mail *mail)
{
    static const char *const types[] = { "application/pdf", "application/json", "application/zip", "application/gzip", "text/csv", "text/html", "text/plain",
                                         "application/vnd.openxmlformats-officedocument.wordprocessingml.document" };
    const char *name = text_of(&mail->name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strrchr(name, '.') && type_is(mail, types[i]))
            return true;
    return name_ends(name, ".pdf .docx .txt .html .htm .csv .tsv .json .jsonl .eml .zip .gz .xml");
}

/* A file sent along: a member, if it is of a kind that may be an article. */
static bool hand_on_attachment(Mail *mail, const MimePart *part, Error *error)
{
    char name[400];
    if (!is_document(mail))
        return mail->sink->skipped(mail->sink, "attachments that are no documents", 1, error);
    octets_clear(&mail->decoded);
    if (!mime_decode(part, &mail->decoded))
        return error_set(error, "no memory");
    const char *given = mail->name.length > 0 ? mail->name.data : "attachment";
    if (mail->number > 0)
        snprintf(name, sizeof name, "%lld/%.300s", (long long)mail->number, given);
    else
        snprintf(name, sizeof name, "%.300s", given);
    Stream *stream = stream_of_memory(text_of(&mail->decoded), mail->decoded.length);
    if (!stream)
        return error_set(error, "no memory");
    bool fine = mail->sink->member(mail->sink, name, stream, error);
    stream_free(stream);
    return fine;
}

static bool walk(Mail *mail, MimeSlice bytes, int depth, Error *error);

static bool walk_multipart(Mail *mail, const MimePart *part, int depth, Error *error)
{
    char boundary[256];
    bool related = type_is(mail, "multipart/related");
    Octets found = { 0 };
    bool has = mime_parameter(text_of(&mail->type), "boundary", &found);
    snprintf(boundary, sizeof boundary, "%s", has ? found.data : "");
    octets_free(&found);
    if (!has)
        return mail->sink->problem(mail->sink, mail->line, "a multipart mail without a boundary", error);
    size_t at = 0;
    MimeSlice inner;
    while (mime_next(part->body, boundary, &at, &inner)) {
        if (!walk(mail, inner, depth + 1, error))
            return false;
        if (related && (mail->html.bytes || mail->plain.bytes)) /* what follows are the page's pictures and styles */
            break;
    }
    return true;
}

/* The part's file name, which may be written as "=?utf-8?B?…?=" or, by RFC 2231, as name*=utf-8''%D0%BF… */
static bool find_name(Mail *mail, const MimePart *part, const char *header, const char *parameter)
{
    Octets value = { 0 }, name = { 0 }, plain = { 0 };
    char used[CHARSET_NAME], charset[CHARSET_NAME] = "";
    octets_clear(&mail->name);
    bool found = mime_header_text(part, header, &value) && mime_parameter(text_of(&value), parameter, &name);
    const char *at = text_of(&name), *first = strchr(at, '\''), *second = first ? strchr(first + 1, '\'') : NULL;
    if (second && strchr(second, '%') && (size_t)(first - at) < sizeof charset) {
        memcpy(charset, at, (size_t)(first - at));
        at = second + 1;
    }
    for (unsigned byte; found && *at; at++) {
        bool escaped = charset[0] && *at == '%' && sscanf(at + 1, "%2x", &byte) == 1 && at[1] && at[2];
        found = octets_add_byte(&plain, escaped ? (char)byte : *at);
        at += escaped ? 2 : 0;
    }
    found = found && plain.length > 0 && charset_to_utf8(plain.data, plain.length, charset[0] ? charset : NULL, &mail->name, used, NULL);
    octets_free(&value);
    octets_free(&name);
    octets_free(&plain);
    return found;
}

static bool walk(Mail *mail, MimeSlice bytes, int depth, Error *error)
{
    MimePart part = mime_part(bytes.bytes, bytes.n);
    if (depth > DEEPEST || ++mail->parts > PARTS_MOST)
        return mail->sink->problem(mail->sink, mail->line, "the mail has too many parts in each other", error);
    octets_clear(&mail->type);
    octets_clear(&mail->disposition);
    octets_clear(&mail->name);
    mime_header(&part, "Content-Type", &mail->type);
    mime_header(&part, "Content-Disposition", &mail->disposition);
    if (!find_name(mail, &part, "Content-Disposition", "filename") && !find_name(mail, &part, "Content-Type", "name"))
        octets_clear(&mail->name);
    if (type_is(mail, "multipart/"))
        return walk_multipart(mail, &part, depth, error);
    if (strncasecmp(text_of(&mail->disposition), "attachment", 10) == 0)
        return hand_on_attachment(mail, &part, error);
    if (type_is(mail, "message/rfc822"))
        return walk(mail, part.body, depth + 1, error);
    if ((mail->type.length == 0 || type_is(mail, "text/plain")) && !mail->plain.bytes)
        mail->plain = bytes;
    else if (type_is(mail, "text/html") && !mail->html.bytes)
        mail->html = bytes;
    else if (mail->name.length > 0 && !type_is(mail, "image/"))
        return hand_on_attachment(mail, &part, error);
    return true;
}

/* "Ann Lee <ann@paper.example>" → "Ann Lee" */
static void keep_name(Octets *author)
{
    if (!author->data)
        return;
    char *angle = strchr(author->data, '<');
    if (angle && angle > author->data) {
        author->length = (size_t)(angle - author->data);
        while (author->length > 0 && (author->data[author->length - 1] == ' ' || author->data[author->length - 1] == '"'))
            author->length--;
        size_t quote = author->length > 0 && author->data[0] == '"';
        author->length -= quote;
        memmove(author->data, author->data + quote, author->length);
        author->data[author->length] = '\0';
    }
}

static void read_headers(Mail *mail, const MimePart *head)
{
    Octets *fields = mail->draft.fields;
    draft_clear(&mail->draft);
    mail->draft.line = mail->line;
    mime_header_text(head, "Subject", &fields[DRAFT_TITLE]);
    mime_header_text(head, "Date", &fields[DRAFT_DATE]);
    mime_header_text(head, "Message-ID", &fields[DRAFT_ID]);
    mime_header_text(head, "From", &fields[DRAFT_AUTHOR]);
    keep_name(&fields[DRAFT_AUTHOR]);
    if (strncmp(text_of(&fields[DRAFT_AUTHOR]), "Saved by ", 9) == 0) /* a browser that saved a page: no mail, no author, no sending date */
        for (DraftField f = DRAFT_DATE; f <= DRAFT_AUTHOR; f++)
            octets_clear(&fields[f]);
    mime_header_text(head, "Snapshot-Content-Location", &fields[DRAFT_URL]);
    if (fields[DRAFT_URL].length == 0)
        mime_header_text(head, "Content-Location", &fields[DRAFT_URL]);
    mime_header_text(head, "Content-Language", &fields[DRAFT_LANGUAGE]);
}

/* The part's bytes without transfer encoding in `decoded`; its charset, "" if it isn't declared. */
static bool decode_part(Mail *mail, MimeSlice bytes, char charset[CHARSET_NAME])
{
    MimePart part = mime_part(bytes.bytes, bytes.n);
    Octets found = { 0 };
    octets_clear(&mail->type);
    octets_clear(&mail->decoded);
    mime_header(&part, "Content-Type", &mail->type);
    bool has = mime_parameter(text_of(&mail->type), "charset", &found);
    snprintf(charset, CHARSET_NAME, "%s", has ? found.data : "");
    octets_free(&found);
    return mime_decode(&part, &mail->decoded);
}

/* "\r\n" to "\n": in a mail it is the wire's, not the writer's. */
static void unix_lines(Octets *text)
{
    size_t to = 0;
    for (size_t i = 0; i < text->length; i++)
        if (text->data[i] != '\r' || i + 1 >= text->length || text->data[i + 1] != '\n')
            text->data[to++] = text->data[i];
    text->length = to;
    if (text->data)
        text->data[to] = '\0';
}

static bool hand_on_plain(Mail *mail, Error *error)
{
    char charset[CHARSET_NAME], used[CHARSET_NAME];
    Octets *text = &mail->draft.fields[DRAFT_TEXT];
    if (!decode_part(mail, mail->plain, charset))
        return error_set(error, "no memory");
    octets_clear(text);
    if (!charset_to_utf8(text_of(&mail->decoded), mail->decoded.length, charset[0] ? charset : NULL, text, used, error))
        return false;
    unix_lines(text);
    return mail->sink->article(mail->sink, &mail->draft, error);
}

static bool hand_on_html(Mail *mail, Error *error)
{
    char charset[CHARSET_NAME];
    if (!decode_part(mail, mail->html, charset))
        return error_set(error, "no memory");
    ReadHints hints = { .media_type = "text/html", .charset = charset[0] ? charset : NULL };
    for (int f = 0; f < DRAFT_FIELDS; f++)
        if (f != DRAFT_TEXT)
            hints.fields[f] = draft_get(&mail->draft, (DraftField)f);
    Stream *stream = stream_of_memory(text_of(&mail->decoded), mail->decoded.length);
    if (!stream)
        return error_set(error, "no memory");
    const char *title = draft_get(&mail->draft, DRAFT_TITLE);
    bool fine = mail->sink->part(mail->sink, title ? title : "the mail's HTML", stream, &hints, error);
    stream_free(stream);
    return fine;
}

static bool is_blank(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\n' && bytes[i] != '\t')
            return false;
    return true;
}

static bool read_mail(Mail *mail, const char *bytes, size_t n, Error *error)
{
    MimePart head = mime_part(bytes, n);
    mail->plain = mail->html = (MimeSlice){ NULL, 0 };
    mail->parts = 0;
    if (!walk(mail, (MimeSlice){ bytes, n }, 0, error))
        return false;
    read_headers(mail, &head);
    bool plain = mail->plain.bytes != NULL;
    if (plain) {
        MimePart part = mime_part(mail->plain.bytes, mail->plain.n);
        plain = !is_blank(part.body.bytes, part.body.n);
    }
    if (plain)
        return hand_on_plain(mail, error);
    if (mail->html.bytes)
        return hand_on_html(mail, error);
    return mail->sink->problem(mail->sink, mail->line, "a mail without text", error);
}

/* --- mailboxes ----------------------------------------------------------------------------------------------- */

/* Mails in an mbox are parted by a line "From …" behind an empty one; such lines within a mail are written ">From". */
static bool read_mailbox(Mail *mail, Stream *stream, Error *error)
{
    Octets line = { 0 }, bytes = { 0 };
    bool fine = true, more = true, too_long, empty_before = true, oversize = false;
    for (int64_t number = 1; fine; number++) {
        octets_clear(&line);
        fine = stream_read_line(stream, RECORD_LIMIT, &line, &more, &too_long, error);
        bool envelope = fine && more && empty_before && is_envelope(text_of(&line), line.length);
        if (fine && (envelope || !more)) {
            if (oversize)
                fine = mail->sink->problem(mail->sink, mail->line, "the mail is too large", error);
            else if (bytes.length > 0)
                fine = read_mail(mail, bytes.data, bytes.length, error);
            octets_clear(&bytes);
            oversize = false;
            mail->number++;
            mail->line = number;
        }
        if (!fine || !more)
            break;
        empty_before = line.length == 0;
        if (envelope)
            continue;
        size_t quoted = 0;
        while (quoted < line.length && line.data[quoted] == '>')
            quoted++;
        bool unquote = quoted > 0 && line.length - quoted >= 5 && memcmp(line.data + quoted, "From ", 5) == 0;
        oversize = oversize || too_long || bytes.length + line.length > RECORD_LIMIT;
        if (!oversize && (!octets_add(&bytes, text_of(&line) + unquote, line.length - unquote) || !octets_add_byte(&bytes, '\n')))
            fine = error_set(error, "no memory");
    }
    octets_free(&line);
    octets_free(&bytes);
    return fine;
}

static bool read_source(const Source *source, Sink *sink, Error *error)
{
    Mail mail = { .sink = sink };
    Octets whole = { 0 };
    size_t got;
    const char *bytes = stream_peek(source->stream, READ_AHEAD, &got, error);
    bool fine = bytes != NULL;
    if (fine && is_envelope(bytes, got))
        fine = read_mailbox(&mail, source->stream, error);
    else if (fine)
        fine = stream_read_all(source->stream, READ_WHOLE, &whole, error) && read_mail(&mail, text_of(&whole), whole.length, error);
    octets_free(&whole);
    draft_free(&mail.draft);
    octets_free(&mail.type);
    octets_free(&mail.disposition);
    octets_free(&mail.name);
    octets_free(&mail.decoded);
    octets_free(&mail.text);
    return fine;
}

const Reader reader_mail = {
    .name = "mail",
    .summary = "mails (EML), mailboxes (mbox), pages saved as MHTML",
    .endings = ".eml .mbox .mht .mhtml",
    .sniff = sniff,
    .read = read_source,
};
