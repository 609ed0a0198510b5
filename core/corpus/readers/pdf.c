/* PDF, read by Poppler. What it gives is lines of a page; they are joined to paragraphs again here: a line that ends short, an empty line or a heading ends
 * one, a hyphen at a line's end is taken out, and lines that stand on most pages (running heads, page numbers) are left out. */
#include "corpus/charset.h"
#include "corpus/reader.h"

#include <ctype.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAGES_MOST = 3000, TEXT_MOST = 32 << 20 };

static int sniff(const char *bytes, size_t n, const char *name)
{
    (void)name;
    return memmem(bytes, n < 1024 ? n : 1024, "%PDF-", 5) ? 98 : 0;
}

/* --- lines ------------------------------------------------------------------------------------------------- */

typedef struct Line {
    size_t start, length; /* in `text`, trimmed */
    int page;
    bool furniture;
} Line;

typedef struct Pages {
    Octets text;
    Line *lines;
    size_t count, room;
    int pages;
} Pages;

static bool add_line(Pages *pages, size_t start, size_t length, int page)
{
    if (pages->count == pages->room) {
        size_t room = pages->room ? 2 * pages->room : 1024;
        Line *lines = realloc(pages->lines, room * sizeof *lines);
        if (!lines)
            return false;
        pages->lines = lines;
        pages->room = room;
    }
    pages->lines[pages->count++] = (Line){ start, length, page, false };
    return true;
}

static bool add_page(Pages *pages, const char *text, int page)
{
    size_t base = pages->text.length;
    if (base + strlen(text) > TEXT_MOST || !octets_add_text(&pages->text, text))
        return false;
    const char *data = pages->text.data;
    for (size_t at = base; at < pages->text.length;) {
        const char *end = memchr(data + at, '\n', pages->text.length - at);
        size_t stop = end ? (size_t)(end - data) : pages->text.length, first = at, last = stop;
        while (first < last && isspace((unsigned char)data[first]))
            first++;
        while (last > first && isspace((unsigned char)data[last - 1]))
            last--;
        if (!add_line(pages, first, last - first, page))
            return false;
        at = stop + 1;
    }
    return true;
}

/* The same but for its digits: "Page 3 of 12" and "Page 4 of 12". */
static bool alike(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0, j = 0;
    while (i < n || j < m) {
        while (i < n && isdigit((unsigned char)a[i]))
            i++;
        while (j < m && isdigit((unsigned char)b[j]))
            j++;
        if (i >= n || j >= m)
            break;
        if (a[i++] != b[j++])
            return false;
    }
    return i >= n && j >= m;
}

/* The first and last two lines of each page are furniture if most pages have them, and a lone number is always. */
static void mark_furniture(Pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        Line *line = &pages->lines[i];
        bool digits = line->length > 0 && line->length < 8;
        for (size_t k = 0; k < line->length && digits; k++)
            digits = isdigit((unsigned char)pages->text.data[line->start + k]) || strchr("-– /", pages->text.data[line->start + k]);
        bool edge = i < 2 || i + 2 >= pages->count || pages->lines[i - 2].page != line->page || pages->lines[i + 2].page != line->page;
        line->furniture = digits && edge;
        if (pages->pages < 3 || line->length == 0 || !edge)
            continue;
        int others = 0;
        for (size_t k = i > 400 ? i - 400 : 0; k < pages->count && k < i + 400; k++)
            others += pages->lines[k].page != line->page &&
                      alike(pages->text.data + line->start, line->length, pages->text.data + pages->lines[k].start, pages->lines[k].length);
        line->furniture = line->furniture || others * 2 >= (pages->pages < 8 ? pages->pages : 8);
    }
}

/* --- paragraphs -------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

/* The length that a full line of running text has: the upper quartile of all. */
static size_t full_length(const Pages *pages)
{
    size_t *lengths = malloc((pages->count + 1) * sizeof *lengths), count = 0, full = 60;
    for (size_t i = 0; lengths && i < pages->count; i++)
        if (pages->lines[i].length > 20 && !pages->lines[i].furniture)
            lengths[count++] = pages->lines[i].length;
    if (count > 0) {
        qsort(lengths, count, sizeof *lengths, by_size);
        full = lengths[count * 3 / 4];
    }
    free(lengths);
    return full;
}

static bool ends_sentence(const char *line, size_t n)
{
    return n > 0 && (strchr(".!?:\"", line[n - 1]) || (n >= 3 && memcmp(line + n - 3, "\xE2\x80\x9D", 3) == 0));
}

static bool write_paragraphs(const Pages *pages, Octets *out)
{
    size_t full = full_length(pages);
    bool open = false, hyphen = false; /* open: the paragraph goes on */
    for (size_t i = 0; i < pages->count; i++) {
        const Line *line = &pages->lines[i];
        const char *text = pages->text.data + line->start;
        if (line->furniture)
            continue;
        if (line->length == 0) {
            open = open && hyphen;
            continue;
        }
        bool low = islower((unsigned char)text[0]) != 0;
        if (out->length > 0 && hyphen && low)
            out->length--; /* "govern-" + "ment" */
        else if (out->length > 0 && !octets_add(out, open ? " " : "\n\n", open ? 1 : 2))
            return false;
        if (!octets_add(out, text, line->length))
            return false;
        hyphen = line->length > 2 && text[line->length - 1] == '-' && isalpha((unsigned char)text[line->length - 2]);
        bool is_short = line->length * 10 < full * 8;
        open = hyphen || !(is_short && (ends_sentence(text, line->length) || line->length * 2 < full));
    }
    return octets_reserve(out, 0);
}

/* --- the document ------------------------------------------------------------------------------------------ */

static void set_date(ArticleDraft *draft, time_t seconds)
{
    char text[32];
    struct tm utc;
    if (seconds > 0 && gmtime_r(&seconds, &utc) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M", &utc) > 0)
        draft_set_text(draft, DRAFT_DATE, text);
}

/* A title that a person has written: not "Microsoft Word - draft3.doc", "untitled", a file name. */
static bool is_title(const char *title)
{
    return title && strlen(title) > 8 && strchr(title, ' ') && !strstr(title, "Microsoft ") && !name_ends(title, ".doc .docx .pdf .indd .qxd .rtf .txt");
}

static bool read_pages(PopplerDocument *document, Pages *pages, Error *error)
{
    int count = poppler_document_get_n_pages(document);
    pages->pages = count < PAGES_MOST ? count : PAGES_MOST;
    for (int i = 0; i < pages->pages; i++) {
        PopplerPage *page = poppler_document_get_page(document, i);
        char *text = page ? poppler_page_get_text(page) : NULL;
        bool fine = !text || add_page(pages, text, i);
        g_free(text);
        if (page)
            g_object_unref(page);
        if (!fine)
            return error_set(error, "holds more text than an article can have");
    }
    return true;
}

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer context)
{
    (void)domain, (void)level, (void)message, (void)context;
}

static bool read_pdf(const Source *source, Sink *sink, Error *error)
{
    Octets raw = { 0 };
    ArticleDraft draft = { 0 };
    Pages pages = { 0 };
    PopplerDocument *document = NULL;
    GError *failure = NULL;
    bool fine = stream_read_all(source->stream, READ_WHOLE, &raw, error);
    if (fine) {
        g_log_set_default_handler(say_nothing, NULL);
        GBytes *bytes = g_bytes_new_static(raw.data, raw.length);
        document = poppler_document_new_from_bytes(bytes, NULL, &failure);
        g_bytes_unref(bytes);
        if (!document)
            fine = error_set(error, "can't be read as PDF: %s", failure ? failure->message : "damaged");
        g_clear_error(&failure);
    }
    fine = fine && read_pages(document, &pages, error);
    if (fine) {
        char *title = poppler_document_get_title(document), *author = poppler_document_get_author(document);
        mark_furniture(&pages);
        fine = write_paragraphs(&pages, &draft.fields[DRAFT_TEXT]) || error_set(error, "no memory");
        if (is_title(title) && charset_invalid(title, strlen(title)) < 0)
            draft_set_text(&draft, DRAFT_TITLE, title);
        if (author && *author && charset_invalid(author, strlen(author)) < 0)
            draft_set_text(&draft, DRAFT_AUTHOR, author);
        draft_split_title(&draft);
        set_date(&draft, poppler_document_get_creation_date(document));
        g_free(title);
        g_free(author);
    }
    if (fine && draft.fields[DRAFT_TEXT].length == 0)
        fine = error_set(error, "holds no text: its %d page%s may be pictures (a scan)", pages.pages, pages.pages == 1 ? "" : "s");
    fine = fine && sink->article(sink, &draft, error);
    if (document)
        g_object_unref(document);
    free(pages.lines);
    octets_free(&pages.text);
    octets_free(&raw);
    draft_free(&draft);
    return fine;
}

const Reader reader_pdf = {
    .name = "pdf",
    .summary = "PDF documents with text in them",
    .endings = ".pdf",
    .isolated = true,
    .sniff = sniff,
    .read = read_pdf,
};
