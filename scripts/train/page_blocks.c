/* The blocks of web pages with their features, for scripts/train/extract.lua: page_blocks PAGE.html... prints for each page a line "page NAME", then a
 * line a block: words, tab, features, tab, text. Built by `make build/page_blocks`. */
#include "corpus/charset.h"
#include "corpus/extract_inside.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>

static bool read_file(const char *path, Octets *out)
{
    char bytes[65536];
    FILE *file = fopen(path, "rb");
    size_t n;
    if (!file)
        return false;
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
        octets_add(out, bytes, n);
    fclose(file);
    return out->length > 0;
}

static void print_blocks(const Octets *html)
{
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    parser->options |= XML_PARSE_HUGE;
    htmlDocPtr document = htmlCtxtReadMemory(parser, html->data, (int)html->length, NULL, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    Page page = { 0 };
    PageFacts facts = { 0 };
    PageSurvey survey;
    Octets title = { 0 };
    if (root && page_read(&page, root) && facts_read(&facts, root)) {
        page_survey(&page, page_title(&page, &facts, &title), &survey);
        for (size_t i = 0; i < page.count; i++) {
            double x[FEATURES];
            page_features(&page, &survey, i, x);
            printf("%u\t", page.blocks[i].words);
            for (int f = 0; f < FEATURES; f++)
                printf("%s%.4g", f ? " " : "", x[f]);
            printf("\t%.*s\n", (int)page.blocks[i].length, page.text.data + page.blocks[i].first);
        }
    }
    octets_free(&title);
    facts_free(&facts);
    page_free(&page);
    xmlFreeDoc(document);
    htmlFreeParserCtxt(parser);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        Octets raw = { 0 }, html = { 0 };
        char declared[CHARSET_NAME], used[CHARSET_NAME];
        const char *name = strrchr(argv[i], '/');
        printf("page %s\n", name ? name + 1 : argv[i]);
        if (read_file(argv[i], &raw)) {
            bool told = extract_charset(raw.data, raw.length, declared, sizeof declared);
            if (charset_to_utf8(raw.data, raw.length, told ? declared : NULL, &html, used, NULL))
                print_blocks(&html);
        }
        octets_free(&html);
        octets_free(&raw);
    }
    return 0;
}
