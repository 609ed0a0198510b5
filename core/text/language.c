/* Which language a text is in. CLD2 is C++; the two functions that we need have plain arguments, so that they can be
 * declared here under their linker names, and nothing of this tree has to be C++. */
#include "text/language.h"
#include "text/utf8.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

typedef struct Hints { /* CLD2::CLDHints */
    const char *content_language, *top_level_domain;
    int encoding, language;
} Hints;

enum { UNKNOWN_ENCODING = 23, UNKNOWN_LANGUAGE = 26, BEST_EFFORT = 0x4000, ENOUGH = 8192 };

unsigned cld2_detect(const char *s, int length, bool plain, const Hints *hints, int flags, unsigned languages[3], int percents[3],
                     double scores[3], void *chunks, int *text_bytes, bool *reliable)
    __asm__("_ZN4CLD224ExtDetectLanguageSummaryEPKcibPKNS_8CLDHintsEiPNS_8LanguageEPiPdPSt6vectorINS_11ResultChunkESaISA_EES7_Pb");
const char *cld2_code(unsigned language) __asm__("_ZN4CLD212LanguageCodeENS_8LanguageE");

/* The longest head of at most ENOUGH bytes that is valid UTF-8: CLD2 wants no other, and a few hundred bytes are enough for it. */
static size_t usable_head(const char *s, size_t length)
{
    size_t position = 0;
    if (length > ENOUGH) length = ENOUGH;
    return utf8_valid(s, length, &position) ? length : position;
}

/* CLD2 has old codes for some languages, and scripts behind others ("zh-Hant"). */
static const char *iso_code(const char *code)
{
    static const char *const others[][2] = { { "zh-Hant", "zh" }, { "iw", "he" }, { "in", "id" }, { "jw", "jv" }, { "mo", "ro" }, { "sr-ME", "sr" } };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(code, others[i][0]) == 0) return others[i][1];
    return code;
}

const char *language_detect(const char *s, size_t length, double *confidence)
{
    Octets clean = { 0 };
    size_t count = 0, head = usable_head(s, length);
    *confidence = 0;
    if (head < length && head + 4 < ENOUGH) { /* bad bytes early on: mend a copy */
        if (!utf8_sanitize(s, length < ENOUGH ? length : ENOUGH, &clean, &count)) {
            octets_free(&clean);
            return "und";
        }
        s = clean.data;
        head = clean.length;
    }
    const Hints hints = { NULL, NULL, UNKNOWN_ENCODING, UNKNOWN_LANGUAGE };
    unsigned languages[3] = { UNKNOWN_LANGUAGE, UNKNOWN_LANGUAGE, UNKNOWN_LANGUAGE };
    int percents[3] = { 0, 0, 0 }, text_bytes = 0;
    double scores[3] = { 0, 0, 0 };
    bool reliable = false;
    unsigned found = cld2_detect(s, (int)head, true, &hints, BEST_EFFORT, languages, percents, scores, NULL, &text_bytes, &reliable);
    octets_free(&clean);
    /* Its summary takes English, when another language comes second, for the furniture of a page. Here the most bytes count. */
    if (languages[0] != UNKNOWN_LANGUAGE) found = languages[0];
    if (found == UNKNOWN_LANGUAGE) return "und";
    *confidence = percents[0] / 100.0 * (reliable ? 1.0 : 0.5);
    return iso_code(cld2_code(found));
}
