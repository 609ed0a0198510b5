/* The outlet as the window's title names it, where the page declares none: "Headline - The Daily Name". A headline may have a dash of its own, so a part of
 * the title is the outlet only when the page shows it to be: by its address, its copyright line, or a line of its own outside the article. */
#include "corpus/extract_inside.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PARTS = 8, LONGEST = 60, MOST_WORDS = 6, HOST = 100, LEAST_LETTERS = 4 };

typedef struct Part {
    const char *text;
    size_t length;
} Part;

/* The parts of the title between its separators; 0 when there is but one, or more than a path has. */
static size_t cut_parts(const char *title, Part parts[PARTS])
{
    size_t count = 0;
    const char *from = title;
    for (const char *s = title;; s++) {
        size_t width = *s ? title_separator(s) : 0;
        if (*s && !width)
            continue;
        if (count == PARTS)
            return 0;
        parts[count++] = (Part){ from, (size_t)(s - from) };
        if (!*s)
            break;
        s += width - 1;
        from = s + 1;
    }
    return count > 1 ? count : 0;
}

/* ASCII letters and digits in small letters, without a first "the"; how many. */
static size_t squeeze(const char *s, size_t n, char *out, size_t room)
{
    size_t length = 0, i = n > 4 && strncasecmp(s, "the ", 4) == 0 ? 4 : 0;
    for (; i < n && length + 1 < room; i++)
        if (isalnum((unsigned char)s[i]))
            out[length++] = (char)tolower((unsigned char)s[i]);
    out[length] = 0;
    return length;
}

/* Does the page's address bear the name? "The Daily Name" and www.dailyname.example, "Daily Name Online" and dailyname.example */
static bool address_agrees(const Octets *url, const Part *part)
{
    char name[LONGEST + 1], label[HOST];
    const char *host = url->length ? strstr(url->data, "//") : NULL;
    size_t n = squeeze(part->text, part->length, name, sizeof name);
    if (!host || n < LEAST_LETTERS)
        return false;
    host += 2;
    if (strncasecmp(host, "www.", 4) == 0)
        host += 4;
    size_t whole = strcspn(host, "/:?#"), labels = 0;
    for (size_t at = 0; at < whole; at += strcspn(host + at, ".") + 1, labels++) {
        size_t length = strcspn(host + at, ".");
        bool last = at + length >= whole; /* example, com */
        if (last && labels > 0)
            break;
        size_t letters = squeeze(host + at, at + length > whole ? whole - at : length, label, sizeof label);
        if (letters >= LEAST_LETTERS && (strstr(label, name) || strstr(name, label)))
            return true;
    }
    return false;
}

/* Nothing but words of departments and pages: "World News" */
static bool is_general(const Part *part)
{
    static const char *const words[] = { "news", "world", "us", "uk", "local", "national", "international", "politics", "business", "economy", "sport", "sports", "opinion", "home", "latest",
                                         "breaking", "top", "story", "stories", "article", "articles", "page", "blog", "region", "video", "videos", "photos", "culture", "society",
                                         "technology", "science", "health", "entertainment", "and", "the", "of", "in", "from", "full", "print", "noticias", "mundo", "actualidad", NULL };
    char word[16];
    for (size_t i = 0; i < part->length;) {
        size_t n = 0;
        while (i + n < part->length && part->text[i + n] != ' ')
            n++;
        if (n >= sizeof word)
            return false;
        memcpy(word, part->text + i, n);
        word[n] = 0;
        if (n && isalnum((unsigned char)word[0]) && !in_list(word, words))
            return false;
        i += n + 1;
    }
    return true;
}

/* Does a line outside the article show it: "© 2019 The Daily Name", or a line that begins with it? */
static bool page_shows(const Page *page, const Part *part, size_t words)
{
    bool begun = false; /* lines above the text count, though the cut may have kept them */
    for (size_t i = 0; i < page->count; i++) {
        const PageBlock *b = &page->blocks[i];
        const char *text = page->text.data + b->first;
        begun = begun || (b->inside && block_is_prose(b));
        if (b->words > 40 || (b->inside && (begun || b->kind == BLOCK_HEADING)))
            continue;
        bool rights = memmem(text, b->length, "\xC2\xA9", 2) || memmem(text, b->length, "opyright", 8);
        if (rights ? holds_words(text, b->length, part->text, part->length) : words >= 2 && begins_with_words(text, b->length, part->text, part->length))
            return true;
    }
    return false;
}

/* The headline with its own dash, once it is known which part is the site's: all other parts but those of departments, when the title is one of them. */
static void mend_cut_title(const Part parts[PARTS], size_t count, const Part *outlet, Octets *title)
{
    const Part *first = NULL, *last = NULL;
    bool is_part = false;
    for (size_t i = 0; i < count; i++) {
        if (&parts[i] == outlet || is_general(&parts[i]))
            continue;
        first = first ? first : &parts[i];
        last = &parts[i];
        is_part = is_part || (title->length && same_words(parts[i].text, parts[i].length, title->data, title->length));
    }
    if (!is_part || first == last || last - first > 1)
        return;
    octets_clear(title);
    add_squeezed(title, first->text, (size_t)(last->text + last->length - first->text));
}

void name_outlet(const Page *page, PageFacts *facts, bool weak, Octets *title)
{
    Part parts[PARTS];
    size_t count = facts->outlet.length == 0 && facts->window.length ? cut_parts(facts->window.data, parts) : 0;
    for (size_t k = 0; k < 2 && count; k++) {
        const Part *part = &parts[k == 0 ? count - 1 : 0]; /* the last, as most sites have it, or the first */
        size_t words = words_in(part->text, part->length);
        if (words == 0 || words > MOST_WORDS || part->length > LONGEST || islower((unsigned char)part->text[0]) || is_general(part))
            continue;
        if (title->length && holds_words(title->data, title->length, part->text, part->length))
            continue; /* of the headline itself */
        if (address_agrees(&facts->url, part) || page_shows(page, part, words)) {
            add_squeezed(&facts->outlet, part->text, part->length);
            if (weak)
                mend_cut_title(parts, count, part, title);
            return;
        }
    }
}
