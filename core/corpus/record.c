/* See record.h. */
#include "corpus/record.h"

#include "corpus/charset.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ALIASES = 20, NEST = 3, LIST_DEEPEST = 4 };

/* The contract's own name first. A dot leads into an object: NewsAPI's {"source": {"name": …}}. */
static const char *const aliases[DRAFT_FIELDS][ALIASES] = {
    [DRAFT_ID] = { "id", "external_id", "_id", "article_id", "doc_id", "docid", "guid", "uuid" },
    [DRAFT_TEXT] = { "text", "articleBody", "article_text", "full_text", "fulltext", "maintext", "main_text", "body_text", "body", "content",
                     "content_text", "bodyText", "article", "story", "raw_content", "raw_text", "content.rendered", "content_html", "lead_paragraph" },
    [DRAFT_TITLE] = { "title", "headline", "heading", "article_title", "webTitle", "title.rendered", "headline.main" },
    [DRAFT_DATE] = { "date", "datePublished", "date_published", "date_publish", "publishedAt", "published_at", "published_date", "publication_date",
                     "publish_date", "pub_date", "pubDate", "published", "webPublicationDate", "created_at", "timestamp", "datetime" },
    [DRAFT_URL] = { "url", "canonical_url", "article_url", "webUrl", "web_url", "link", "href", "uri", "source_url" },
    [DRAFT_OUTLET] = { "outlet", "publisher", "publisher.name", "source.name", "source_name", "site_name", "publication", "newspaper", "source", "site",
                       "source_domain", "domain" },
    [DRAFT_AUTHOR] = { "author", "author.name", "authors", "byline", "creator", "writer" },
    [DRAFT_LANGUAGE] = { "language", "lang", "inLanguage", "language_code", "lang_code" },
};

static const char *const field_names[DRAFT_FIELDS] = { "id", "text", "title", "date", "url", "outlet", "author", "language" };

static bool equal(const char *name, size_t n, const char *alias)
{
    return n > 0 && (name[0] | 32) == (alias[0] | 32) && strlen(alias) == n && strncasecmp(name, alias, n) == 0; /* the first letter rules most out */
}

int record_rank(const FieldNames *names, const char *name, size_t n, DraftField *field)
{
    for (int f = 0; f < DRAFT_FIELDS; f++) {
        const char *given = names ? names->names[f] : NULL;
        if (given && strlen(given) == n && memcmp(name, given, n) == 0) {
            *field = (DraftField)f;
            return 1;
        }
    }
    for (int f = 0; f < DRAFT_FIELDS; f++) {
        if (names && names->names[f])
            continue;
        for (int i = 0; i < ALIASES && aliases[f][i]; i++)
            if (equal(name, n, aliases[f][i])) {
                *field = (DraftField)f;
                return i + 1;
            }
    }
    return 0;
}

typedef struct Filling {
    const FieldNames *names;
    ArticleDraft *draft;
    int ranks[DRAFT_FIELDS]; /* of what the draft's fields hold; 0: nothing */
    char *message;
    Octets key;
    char seen[120]; /* the record's field names, for "has no text (fields: …)" */
} Filling;

static bool say(Filling *filling, const char *format, const char *what, const char *kind)
{
    snprintf(filling->message, RECORD_MESSAGE, format, what, kind);
    return false;
}

static const char *kind_name(JsonKind kind)
{
    static const char *const names[] = { "null", "a truth value", "a truth value", "a number", "a string", "a list", "an object" };
    return names[kind];
}

/* Appends one person's name to the author field: "Ann Lee; Bo Chen". */
static bool append_list(Filling *filling, const JsonValue *list, Octets *out)
{
    JsonEach each = json_each(list);
    JsonValue key, item;
    while (json_next(&each, &key, &item)) {
        JsonValue name = item;
        if (item.kind == JSON_OBJECT) {
            JsonEach inside = json_each(&item);
            JsonValue inner;
            while (json_next(&inside, &key, &inner))
                if (inner.kind == JSON_STRING && json_is(&key, "name"))
                    name = inner;
        }
        const char *bad;
        if (name.kind != JSON_STRING)
            continue;
        if (out->length > 0 && !octets_add_text(out, "; "))
            return say(filling, "%s%s", "no memory", "");
        if (!json_string(&name, out, &bad))
            return say(filling, "%s%s", "is not valid UTF-8", "");
    }
    return true;
}

static bool set_field(Filling *filling, DraftField field, const JsonValue *value)
{
    Octets *out = &filling->draft->fields[field];
    const char *bad = NULL;
    octets_clear(out);
    switch (value->kind) {
    case JSON_NULL:
        return true;
    case JSON_STRING:
        if (json_string(value, out, &bad))
            return true;
        if (!bad)
            return say(filling, "%s%s", "no memory", "");
        snprintf(filling->message, RECORD_MESSAGE, "is not valid UTF-8: byte %02x in the field %s", (unsigned char)*bad, field_names[field]);
        return false;
    case JSON_NUMBER: /* ids and time stamps */
        if (field != DRAFT_TEXT && field != DRAFT_TITLE)
            return octets_add(out, value->start, (size_t)(value->end - value->start)) || say(filling, "%s%s", "no memory", "");
        break;
    case JSON_ARRAY:
        if (field == DRAFT_AUTHOR)
            return append_list(filling, value, out);
        if (field == DRAFT_TEXT || field == DRAFT_TITLE)
            break;
        return true;
    default:
        if (field != DRAFT_TEXT && field != DRAFT_TITLE)
            return true;
    }
    return say(filling, "the field %s is %s, not a string", field_names[field], kind_name(value->kind));
}

/* An object around the record itself: Elasticsearch's {"_id": …, "_source": {"text": …}}. */
static bool is_envelope(const char *name)
{
    static const char *const names[] = { "_source", "fields", "attributes", "document", "doc", NULL };
    for (const char *const *known = names; *known; known++)
        if (strcmp(name, *known) == 0)
            return true;
    return false;
}

static bool fill(Filling *filling, const JsonValue *object, size_t prefix, int depth)
{
    JsonEach each = json_each(object);
    JsonValue key, value;
    while (json_next(&each, &key, &value)) {
        const char *bad;
        filling->key.length = prefix;
        if (!json_string(&key, &filling->key, &bad))
            return say(filling, "%s%s", bad ? "is not valid UTF-8 in a field's name" : "no memory", "");
        size_t length = filling->key.length;
        size_t seen = strlen(filling->seen);
        if (depth == 0 && seen + length + 3 < sizeof filling->seen)
            snprintf(filling->seen + seen, sizeof filling->seen - seen, "%s%s", seen ? ", " : "", filling->key.data);
        DraftField field;
        int rank = record_rank(filling->names, filling->key.data, length, &field);
        bool scalar = value.kind != JSON_OBJECT && value.kind != JSON_NULL && !(value.kind == JSON_STRING && value.end - value.start == 2);
        if (rank > 0 && (scalar || (rank == 1 && value.kind == JSON_OBJECT && field == DRAFT_TEXT)) &&
            (!filling->ranks[field] || rank < filling->ranks[field])) {
            if (!set_field(filling, field, &value))
                return false;
            filling->ranks[field] = rank;
        }
        if (value.kind == JSON_OBJECT && depth < NEST && is_envelope(filling->key.data + prefix)) {
            filling->key.length = prefix;
            if (!fill(filling, &value, prefix, depth + 1))
                return false;
        } else if (value.kind == JSON_OBJECT && depth < NEST) {
            if (!octets_add_byte(&filling->key, '.'))
                return say(filling, "%s%s", "no memory", "");
            if (!fill(filling, &value, filling->key.length, depth + 1))
                return false;
        }
    }
    return true;
}

bool record_complete(const ArticleDraft *draft, char message[RECORD_MESSAGE])
{
    if (draft->fields[DRAFT_TEXT].length > 0 || draft->fields[DRAFT_TITLE].length > 0)
        return true;
    snprintf(message, RECORD_MESSAGE, "has no text");
    return false;
}

bool record_from_json(const JsonValue *object, const FieldNames *names, ArticleDraft *draft, char message[RECORD_MESSAGE])
{
    Filling filling = { .names = names, .draft = draft, .message = message };
    bool fine = octets_reserve(&filling.key, 64) && fill(&filling, object, 0, 0);
    if (fine && !record_complete(draft, message)) {
        if (!filling.ranks[DRAFT_TEXT] && filling.seen[0])
            snprintf(message, RECORD_MESSAGE, "has no text (its fields are: %s; name it with --field text=NAME)", filling.seen);
        fine = false;
    }
    octets_free(&filling.key);
    return fine;
}

static bool find_list(const JsonValue *object, const FieldNames *names, ArticleDraft *draft, int depth, JsonValue *list)
{
    char message[RECORD_MESSAGE];
    JsonEach each = json_each(object);
    JsonValue key, value, item, unused;
    while (json_next(&each, &key, &value)) {
        if (value.kind == JSON_ARRAY) {
            JsonEach items = json_each(&value);
            while (json_next(&items, &unused, &item)) {
                draft_clear(draft);
                if (item.kind == JSON_OBJECT && record_from_json(&item, names, draft, message)) {
                    *list = value;
                    return true;
                }
            }
        } else if (value.kind == JSON_OBJECT && depth < LIST_DEEPEST && find_list(&value, names, draft, depth + 1, list)) {
            return true;
        }
    }
    return false;
}

bool record_find_list(const JsonValue *object, const FieldNames *names, ArticleDraft *draft, JsonValue *list)
{
    return find_list(object, names, draft, 0, list);
}

bool record_parse(const char *bytes, size_t n, const FieldNames *names, ArticleDraft *draft, char message[RECORD_MESSAGE])
{
    Json json = json_begin(bytes, n);
    JsonValue value;
    if (json_value(&json, &value) && json_at_end(&json)) {
        if (value.kind == JSON_OBJECT)
            return record_from_json(&value, names, draft, message);
        snprintf(message, RECORD_MESSAGE, "is %s where an object is expected", kind_name(value.kind));
        return false;
    }
    size_t at = (size_t)(json.at - bytes);
    int64_t invalid = charset_invalid(bytes, n);
    if (invalid >= 0 && (size_t)invalid <= at)
        snprintf(message, RECORD_MESSAGE, "is not valid UTF-8: byte %02x at byte %lld", (unsigned char)bytes[invalid], (long long)invalid + 1);
    else
        snprintf(message, RECORD_MESSAGE, "is not valid JSON: %s (at byte %zu)", json.message ? json.message : "something follows the object", at + 1);
    return false;
}
