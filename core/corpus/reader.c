/* See reader.h. */
#include "corpus/reader.h"

#include "corpus/charset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define READER(name) extern const Reader reader_##name;
#include "corpus/readers/list.h"
#undef READER

const Reader *const readers[] = {
#define READER(name) &reader_##name,
#include "corpus/readers/list.h"
#undef READER
    NULL,
};

/* --- drafts -------------------------------------------------------------------------------------- */

bool draft_set(ArticleDraft *draft, DraftField field, const char *bytes, size_t n)
{
    octets_clear(&draft->fields[field]);
    return octets_add(&draft->fields[field], bytes, n);
}

bool draft_set_text(ArticleDraft *draft, DraftField field, const char *text)
{
    return !text || draft_set(draft, field, text, strlen(text));
}

const char *draft_get(const ArticleDraft *draft, DraftField field)
{
    return draft->fields[field].length > 0 ? draft->fields[field].data : NULL;
}

void draft_split_title(ArticleDraft *draft)
{
    const Octets *title = &draft->fields[DRAFT_TITLE];
    Octets *text = &draft->fields[DRAFT_TEXT];
    size_t n = title->length;
    if (n == 0 || text->length <= n + 2 || memcmp(text->data, title->data, n) != 0 || memcmp(text->data + n, "\n\n", 2) != 0)
        return;
    text->length -= n + 2;
    memmove(text->data, text->data + n + 2, text->length + 1);
}

void draft_clear(ArticleDraft *draft)
{
    for (int i = 0; i < DRAFT_FIELDS; i++)
        octets_clear(&draft->fields[i]);
    draft->line = 0;
}

void draft_free(ArticleDraft *draft)
{
    for (int i = 0; i < DRAFT_FIELDS; i++)
        octets_free(&draft->fields[i]);
    *draft = (ArticleDraft){ 0 };
}

bool budget_spend(ReadBudget *budget, int64_t bytes, Error *error)
{
    if (!budget)
        return true;
    budget->unpacked += bytes;
    int64_t read = budget->outermost ? stream_position(budget->outermost) : 0;
    return budget->unpacked <= UNPACK_ALLOWANCE + UNPACK_RATIO * read ||
           error_set(error, "unpacks to more than %d times its size: a bomb, not read further", UNPACK_RATIO);
}

/* --- choosing ------------------------------------------------------------------------------------ */

bool name_ends(const char *name, const char *endings)
{
    size_t length = strlen(name);
    for (const char *end = endings; *end;) {
        size_t n = strcspn(end, " ");
        if (n > 0 && n < length && strncasecmp(name + length - n, end, n) == 0)
            return true;
        end += n;
        end += strspn(end, " ");
    }
    return false;
}

/* All below the blank but \b \t \n \v \f \r, the old end of file (26) and the escape of ISO-2022 (27). */
static bool is_control(unsigned char c)
{
    return c < 32 && c != 26 && c != 27 && (c < 8 || c > 13);
}

bool bytes_are_binary(const char *bytes, size_t n)
{
    typedef unsigned char Lump __attribute__((vector_size(16)));
    size_t i = 0;
    for (; n - i >= sizeof(Lump); i += sizeof(Lump)) {
        Lump c;
        uint64_t found[2];
        memcpy(&c, bytes + i, sizeof c);
        Lump control = (Lump)(c < 8) | ((Lump)(c > 13) & (Lump)(c < 26)) | ((Lump)(c > 27) & (Lump)(c < 32));
        memcpy(found, &control, sizeof found);
        if (found[0] | found[1])
            return true;
    }
    while (i < n && !is_control((unsigned char)bytes[i]))
        i++;
    return i < n;
}

/* What well-known binary files begin with, so that a refusal can say what it was given. */
static const char *known_kind(const char *bytes, size_t n)
{
    static const struct { const char *magic; size_t length; const char *kind; } kinds[] = {
        { "\x89PNG", 4, "a PNG picture" },
        { "\xFF\xD8\xFF", 3, "a JPEG picture" },
        { "GIF8", 4, "a GIF picture" },
        { "RIFF", 4, "a WebP picture, sound or film" },
        { "SQLite format 3", 15, "an SQLite database" },
        { "\x7F" "ELF", 4, "a program" },
        { "MZ", 2, "a program" },
        { "ID3", 3, "an MP3 sound" },
        { "OggS", 4, "a sound or film" },
        { "\xD0\xCF\x11\xE0", 4, "an old Office document (.doc, .xls); save it as .docx or PDF" },
        { "{\\rtf", 5, "an RTF document; save it as .docx or text" },
        { "wOFF", 4, "a font" },
        { "wOF2", 4, "a font" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (n >= kinds[i].length && memcmp(bytes, kinds[i].magic, kinds[i].length) == 0)
            return kinds[i].kind;
    return n >= 12 && memcmp(bytes + 4, "ftyp", 4) == 0 ? "a film" : NULL;
}

const Reader *reader_named(const char *name)
{
    for (size_t i = 0; readers[i]; i++)
        if (strcmp(readers[i]->name, name) == 0)
            return readers[i];
    return NULL;
}

const Reader *reader_choose(const char *bytes, size_t n, const char *name, const ReadHints *hints, Error *error)
{
    if (n == 0) {
        error_set(error, "is empty");
        return NULL;
    }
    const char *kind = known_kind(bytes, n);
    if (kind && kind[0] && (bytes_are_binary(bytes, n) || memcmp(bytes, "{\\rtf", n < 5 ? n : 5) == 0)) {
        error_set(error, "is %s", kind);
        return NULL;
    }
    const Reader *best = NULL;
    int best_score = 0;
    for (size_t i = 0; readers[i]; i++) {
        int score = readers[i]->sniff(bytes, n, name);
        if (hints && hints->media_type && score > 0 && score < 90) {
            /* "text/html" speaks for html, "application/pdf" for pdf, "text/plain" for text */
            const char *type = hints->media_type;
            const char *slash = strchr(type, '/');
            if (slash && (strncasecmp(slash + 1, readers[i]->name, strlen(readers[i]->name)) == 0 ||
                          (strcasecmp(type, "text/plain") == 0 && strcmp(readers[i]->name, "text") == 0)))
                score += 40;
        }
        if (score > best_score) {
            best = readers[i];
            best_score = score;
        }
    }
    if (!best)
        error_set(error, "is binary data of no kind that can be read");
    return best;
}
