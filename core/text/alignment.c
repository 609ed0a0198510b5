/* See alignment.h. The pieces that steps speak of are found once a word by walking a trie; the alignment itself is a table of
 * (letters of a) x (letters of b), in which each cell tries the pieces that begin there against one another. Prices lie in one square
 * table by piece numbers, small enough for the processor's second cache. */
#include "text/alignment.h"

#include <stdlib.h>
#include <string.h>

enum { SYMBOLS = 39, FIRST = 37, LAST = 38, NO_STEP = 0xffff, LETTER_LIMIT = 0x3000, SPELLING = 8 };

typedef struct Node {
    uint16_t child[SYMBOLS];
    uint16_t piece; /* 0: no step ends here */
} Node;

typedef struct Step {
    uint16_t a, b;
    uint16_t cost;
} Step;

struct Aligner {
    uint8_t symbols[256]; /* symbol() of each byte */
    char (*letters)[SPELLING]; /* by code point; a first byte of 1 means: not a letter that we know */
    Node *nodes;
    int node_count, node_room;
    Step *steps;
    int step_count, step_room;
    int piece_count;    /* piece 0 is the empty one */
    uint16_t *prices;   /* piece_count x piece_count, once sealed */
    uint16_t *drops;    /* what it costs to drop a piece: the first column of `prices`, kept close together */
    uint64_t *partners; /* a bit (number modulo 64) for each piece that a piece may stand for: most pairs need no look at `prices` */
};

static int symbol(char c) {
    if (c >= 'a' && c <= 'z') return c - 'a' + 1;
    if (c >= '0' && c <= '9') return c - '0' + 27;
    return c == '^' ? FIRST : c == '$' ? LAST : 0;
}

static bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

/* Consonants that some spelling somewhere exchanges share a class; words without a class in common needn't be compared. */
static uint32_t sound(char c) {
    switch (c) {
    case 'b': case 'p': case 'f': case 'v': case 'w': return 1;
    case 'c': case 'k': case 'q': case 'g': case 'h': case 'x': case 'j': case 's': case 'z': return 2;
    case 't': case 'd': return 4;
    case 'm': case 'n': return 8;
    case 'l': case 'r': return 16;
    default: return c >= '0' && c <= '9' ? 64 : 0;
    }
}

static int node_add(Aligner *al) {
    if (al->node_count == al->node_room) {
        int room = al->node_room ? al->node_room * 2 : 256;
        Node *nodes = room < NO_STEP ? realloc(al->nodes, (size_t)room * sizeof *nodes) : NULL;
        if (!nodes) return -1;
        al->nodes = nodes;
        al->node_room = room;
    }
    memset(&al->nodes[al->node_count], 0, sizeof(Node));
    return al->node_count++;
}

/* The number of a piece, which is made if it is new; 0 is the empty one, -1 when it can't be. */
static int piece_of(Aligner *al, const char *text) {
    size_t length = strlen(text);
    int node = 0;
    if (!length) return 0;
    if (length > ALIGN_STEP) return -1;
    for (const char *p = text; *p; p++) {
        int s = symbol(*p);
        if (!s) return -1;
        int next = al->nodes[node].child[s];
        if (!next) {
            next = node_add(al);
            if (next < 0) return -1;
            al->nodes[node].child[s] = (uint16_t)next;
        }
        node = next;
    }
    if (!al->nodes[node].piece) al->nodes[node].piece = (uint16_t)al->piece_count++;
    return al->nodes[node].piece;
}

Aligner *aligner_new(void) {
    Aligner *al = calloc(1, sizeof *al);
    if (!al) return NULL;
    for (int c = 0; c < 256; c++) al->symbols[c] = (uint8_t)symbol((char)c);
    al->letters = malloc((size_t)LETTER_LIMIT * SPELLING);
    al->piece_count = 1;
    if (!al->letters || node_add(al) < 0) {
        aligner_free(al);
        return NULL;
    }
    memset(al->letters, 0, (size_t)LETTER_LIMIT * SPELLING);
    for (int c = 0; c < LETTER_LIMIT; c++) al->letters[c][0] = 1;
    /* every single letter is a piece, so that piece numbers 1..36 are the letters and digits themselves */
    for (const char *p = "abcdefghijklmnopqrstuvwxyz0123456789^$"; *p; p++) {
        char one[2] = {*p, 0};
        piece_of(al, one);
        if (symbol(*p) < FIRST) {
            memcpy(al->letters[(unsigned char)*p], one, 2);
            if (*p >= 'a' && *p <= 'z') memcpy(al->letters[*p - 'a' + 'A'], one, 2);
        }
    }
    return al;
}

void aligner_free(Aligner *al) {
    if (!al) return;
    free(al->letters);
    free(al->nodes);
    free(al->steps);
    free(al->prices);
    free(al->drops);
    free(al->partners);
    free(al);
}

bool aligner_letter(Aligner *al, uint32_t letter, const char *ascii, Error *error) {
    size_t length = strlen(ascii);
    if (letter >= LETTER_LIMIT || length >= SPELLING) return error_set(error, "letter %u can't be written '%s'", letter, ascii);
    for (const char *p = ascii; *p; p++)
        if (!symbol(*p) || symbol(*p) >= FIRST) return error_set(error, "letter %u: '%s' is not of a-z 0-9", letter, ascii);
    memcpy(al->letters[letter], ascii, length + 1);
    return true;
}

bool aligner_step(Aligner *al, const char *a, const char *b, int cost, Error *error) {
    int x = piece_of(al, a), y = piece_of(al, b);
    if (x < 0 || y < 0 || (!x && !y)) return error_set(error, "no step: '%s' for '%s'", a, b);
    if (cost < 0 || cost > 1000) return error_set(error, "step '%s' for '%s': the cost %d is not within 0..1000", a, b, cost);
    if (al->step_count == al->step_room) {
        int room = al->step_room ? al->step_room * 2 : 256;
        Step *steps = realloc(al->steps, (size_t)room * sizeof *steps);
        if (!steps) return error_set(error, "out of memory");
        al->steps = steps;
        al->step_room = room;
    }
    al->steps[al->step_count++] = (Step){(uint16_t)x, (uint16_t)y, (uint16_t)cost};
    return true;
}

/* What a step between single letters costs that nobody told of. */
static int plain_price(char a, char b) {
    if (a == b) return 0;
    if (!a || !b) {
        char c = a ? a : b;
        return is_vowel(c) ? 55 : c >= '0' && c <= '9' ? 200 : 90;
    }
    if (is_vowel(a) && is_vowel(b)) return 45;
    if (symbol(a) >= 27 || symbol(b) >= 27) return 200;
    return is_vowel(a) || is_vowel(b) ? 130 : 100;
}

bool aligner_seal(Aligner *al, Error *error) {
    static const char singles[] = "\0abcdefghijklmnopqrstuvwxyz0123456789";
    size_t n = (size_t)al->piece_count;
    if (al->prices) return error_set(error, "the aligner is sealed already");
    al->prices = malloc(n * n * sizeof *al->prices);
    al->drops = malloc(n * sizeof *al->drops);
    al->partners = calloc(n, sizeof *al->partners);
    if (!al->prices || !al->drops || !al->partners) return error_set(error, "out of memory");
    memset(al->prices, 0xff, n * n * sizeof *al->prices);
    for (size_t i = 0; i <= 36; i++)
        for (size_t j = 0; j <= 36; j++)
            if (i || j) al->prices[i * n + j] = (uint16_t)plain_price(singles[i], singles[j]);
    al->prices[FIRST * n + FIRST] = al->prices[LAST * n + LAST] = 0;
    for (int s = 0; s < al->step_count; s++) {
        Step *st = &al->steps[s];
        al->prices[st->a * n + st->b] = al->prices[st->b * n + st->a] = st->cost;
    }
    for (size_t i = 0; i < n; i++) {
        al->drops[i] = al->prices[i * n];
        for (size_t j = 0; j < n; j++)
            if (al->prices[i * n + j] != NO_STEP) al->partners[i] |= (uint64_t)1 << (j & 63);
    }
    return true;
}

const char *aligner_spelling(const Aligner *al, uint32_t letter) {
    return letter < LETTER_LIMIT && al->letters[letter][0] != 1 ? al->letters[letter] : NULL;
}

void aligner_word(const Aligner *al, const char *folded, size_t length, AlignWord *word) {
    const int room = (int)(sizeof word->pieces / sizeof *word->pieces);
    uint8_t symbols[ALIGN_LETTERS + 2];
    int used = 0;
    if (length > ALIGN_LETTERS) length = ALIGN_LETTERS;
    word->text[0] = '^';
    memcpy(word->text + 1, folded, length);
    word->text[length + 1] = '$';
    word->text[length + 2] = 0;
    word->length = (uint8_t)(length + 2);
    word->sounds = 0;
    word->bare = false;
    for (int p = 0; p < word->length; p++) symbols[p] = al->symbols[(unsigned char)word->text[p]];
    for (int p = 0; p < word->length; p++) {
        int node = 0;
        word->start[p] = (uint8_t)used;
        if (p) word->sounds |= sound(word->text[p]);
        for (int q = p; q < word->length && q < p + ALIGN_STEP; q++) {
            node = al->nodes[node].child[symbols[q]];
            if (!node) break;
            if (al->nodes[node].piece && used < room)
                word->pieces[used++] = (AlignPiece){al->nodes[node].piece, (uint8_t)(q - p + 1)};
        }
    }
    word->start[word->length] = (uint8_t)used;
}

typedef struct Table {
    int cost[ALIGN_LETTERS + 3][ALIGN_LETTERS + 3];
    AlignStep back[ALIGN_LETTERS + 3][ALIGN_LETTERS + 3]; /* filled for a trace only */
} Table;

#define ALWAYS static inline __attribute__((always_inline)) /* so that `trace` is known where the loop is compiled */

ALWAYS void reach(Table *t, int i, int j, int la, int lb, int cost, bool trace) {
    if (cost >= t->cost[i + la][j + lb]) return;
    t->cost[i + la][j + lb] = cost;
    if (trace) t->back[i + la][j + lb] = (AlignStep){i, la, j, lb, cost - t->cost[i][j]};
}

/* All steps out of one cell. */
ALWAYS void leave(const Aligner *al, const AlignWord *a, const AlignWord *b, Table *t, int i, int j, bool trace) {
    const size_t n = (size_t)al->piece_count;
    const int here = t->cost[i][j];
    const AlignPiece *pa = a->pieces + a->start[i], *ea = i < a->length ? a->pieces + a->start[i + 1] : pa;
    const AlignPiece *first = b->pieces + b->start[j], *eb = j < b->length ? b->pieces + b->start[j + 1] : first;
    for (const AlignPiece *pb = first; pb < eb; pb++)
        if (al->drops[pb->id] != NO_STEP) reach(t, i, j, 0, pb->length, here + al->drops[pb->id], trace);
    for (; pa < ea; pa++) {
        const uint16_t *row = al->prices + pa->id * n;
        const uint64_t partners = al->partners[pa->id];
        if (al->drops[pa->id] != NO_STEP) reach(t, i, j, pa->length, 0, here + al->drops[pa->id], trace);
        for (const AlignPiece *pb = first; pb < eb; pb++)
            if (partners >> (pb->id & 63) & 1 && row[pb->id] != NO_STEP) reach(t, i, j, pa->length, pb->length, here + row[pb->id], trace);
    }
}

enum {
    BAND = 7,  /* no alignment is worth it that strays so far from the diagonal */
    MARGIN = 3 /* letters alike at beginning or end cost nothing, but a step may begin or end within the nearest of them */
};

static inline int least(int a, int b) { return a < b ? a : b; }

/* The letters that both words begin and end with, less the margin. */
static void shared_ends(const AlignWord *a, const AlignWord *b, int *head, int *tail) {
    int shorter = least(a->length, b->length), h = 0, t = 0;
    while (h < shorter && a->text[h] == b->text[h]) h++;
    while (t < shorter - h && a->text[a->length - 1 - t] == b->text[b->length - 1 - t]) t++;
    *head = h > MARGIN ? h - MARGIN : 0;
    *tail = t > MARGIN ? t - MARGIN : 0;
}

ALWAYS int fill(const Aligner *al, const AlignWord *a, const AlignWord *b, Table *t, int limit, int head, int tail, bool trace) {
    const int last_a = a->length - tail, last_b = b->length - tail;
    const int to_a = least(last_a + ALIGN_STEP, a->length), to_b = least(last_b + ALIGN_STEP, b->length);
    for (int i = head; i <= to_a; i++)
        for (int j = head; j <= to_b; j++) t->cost[i][j] = ALIGN_FAR;
    t->cost[head][head] = 0;
    for (int i = head; i <= last_a; i++) {
        int to = least(i + BAND, last_b);
        for (int j = i > head + BAND ? i - BAND : head; j <= to; j++)
            if (t->cost[i][j] <= limit) leave(al, a, b, t, i, j, trace);
    }
    int total = t->cost[last_a][last_b];
    return total > limit ? ALIGN_FAR : total;
}

int aligner_distance(const Aligner *al, const AlignWord *a, const AlignWord *b, int limit) {
    Table t;
    int head, tail;
    if (a->length == b->length && !memcmp(a->text, b->text, a->length)) return 0;
    shared_ends(a, b, &head, &tail);
    return fill(al, a, b, &t, limit, head, tail, false);
}

int aligner_trace(const Aligner *al, const AlignWord *a, const AlignWord *b, AlignStep *steps, int *count) {
    Table t;
    int n = 0, i = a->length, j = b->length;
    int total = fill(al, a, b, &t, ALIGN_FAR - 1, 0, 0, true);
    *count = 0;
    if (total >= ALIGN_FAR) return total;
    while (i || j) {
        AlignStep s = t.back[i][j];
        i = s.a;
        j = s.b;
        if (n < ALIGN_LETTERS * 2) steps[n++] = s;
    }
    for (int k = 0; k < n / 2; k++) {
        AlignStep s = steps[k];
        steps[k] = steps[n - 1 - k];
        steps[n - 1 - k] = s;
    }
    *count = n;
    return total;
}
