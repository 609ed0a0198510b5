/* The article in a page, on any bytes. What comes out is UTF-8, whatever goes in. */
#include "reader.h"

#include "corpus/extract.h"

extern const Reader reader_html;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Octets page = { 0 };
    char used[CHARSET_NAME];
    ArticleDraft draft = { 0 };
    if (charset_to_utf8((const char *)data, size, "utf-8", &page, used, NULL) && extract_article(page.data ? page.data : "", page.length, &draft, NULL))
        for (int f = 0; f < DRAFT_FIELDS; f++)
            assert(draft.fields[f].length == 0 || charset_invalid(draft.fields[f].data, draft.fields[f].length) == -1);
    draft_free(&draft);
    octets_free(&page);
    return fuzz_reader(&reader_html, data, size, "a.html");
}
