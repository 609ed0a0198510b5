/* What a page says about its article in JSON-LD, the vocabulary of schema.org: an object, a list of them, or { "@graph": [ … ] }. */
#include "corpus/extract_gather.h"
#include "corpus/markup.h"

#include <string.h>
#include <strings.h>

static bool decoded(const JsonValue *value, Octets *out)
{
    const char *bad;
    octets_clear(out);
    return value->kind == JSON_STRING && json_string(value, out, &bad) && out->length > 0;
}

/* A headline or a name: some sites write "Council&#8217;s plan" in JSON as well. */
static bool decoded_plain(const JsonValue *value, Octets *out)
{
    enum { LONGEST = 1000 };
    Octets plain = { 0 };
    if (!decoded(value, out))
        return false;
    if (out->length < LONGEST && strchr(out->data, '&') && markup_is(out->data, out->length) && markup_to_text(out->data, out->length, &plain) && plain.length) {
        octets_free(out);
        *out = plain;
    } else {
        octets_free(&plain);
    }
    return true;
}

static bool member(const JsonValue *object, const char *name, JsonValue *found)
{
    if (object->kind != JSON_OBJECT)
        return false;
    JsonEach each = json_each(object);
    JsonValue key, item;
    while (json_next(&each, &key, &item))
        if (json_is(&key, name)) {
            *found = item;
            return true;
        }
    return false;
}

/* The object that another one names by its @id: the author of an article in a @graph. */
static bool object_with_id(const JsonValue *within, const char *id, JsonValue *found, int depth)
{
    JsonValue inner, key;
    Octets name = { 0 };
    bool here = false;
    if (depth > 4)
        return false;
    if (within->kind == JSON_OBJECT) {
        here = member(within, "@id", &key) && decoded(&key, &name) && strcmp(name.data, id) == 0 && member(within, "name", &key);
        octets_free(&name);
        if (here)
            *found = *within;
        return here || (member(within, "@graph", &inner) && object_with_id(&inner, id, found, depth + 1));
    }
    JsonEach each = json_each(within);
    while (!here && within->kind == JSON_ARRAY && json_next(&each, NULL, &inner))
        here = object_with_id(&inner, id, found, depth + 1);
    return here;
}

/* givenName and familyName of a person without a name */
static void parts_of_name(const JsonValue *person, Octets *out)
{
    static const char *const parts[] = { "givenName", "familyName" };
    JsonValue inner;
    Octets one = { 0 };
    for (int i = 0; i < 2; i++)
        if (member(person, parts[i], &inner) && decoded_plain(&inner, &one)) {
            if (out->length)
                octets_add_text(out, i == 1 ? " " : "; ");
            add_squeezed(out, one.data, one.length);
        }
    octets_free(&one);
}

static void names_of(const JsonValue *value, Octets *out, int depth, const JsonValue *root);

static void name_of_object(const JsonValue *object, Octets *out, int depth, const JsonValue *root)
{
    JsonValue inner;
    Octets id = { 0 };
    if (member(object, "name", &inner) || member(object, "@list", &inner))
        names_of(&inner, out, depth + 1, root);
    else if (member(object, "familyName", &inner))
        parts_of_name(object, out);
    else if (root && member(object, "@id", &inner) && decoded(&inner, &id) && object_with_id(root, id.data, &inner, 0))
        names_of(&inner, out, depth + 1, NULL);
    octets_free(&id);
}

/* "name" of an object, the string itself, several of a list joined by "; " */
static void names_of(const JsonValue *value, Octets *out, int depth, const JsonValue *root)
{
    JsonValue inner;
    Octets one = { 0 };
    if (depth > 4)
        return;
    if (value->kind == JSON_ARRAY) {
        JsonEach each = json_each(value);
        while (json_next(&each, NULL, &inner))
            names_of(&inner, out, depth + 1, root);
    } else if (value->kind == JSON_OBJECT) {
        name_of_object(value, out, depth, root);
    } else if (decoded_plain(value, &one) && !is_address(one.data)) {
        if (out->length)
            octets_add_text(out, "; ");
        add_squeezed(out, one.data, one.length);
    }
    octets_free(&one);
}

static bool is_article_type(const JsonValue *type)
{
    JsonValue one;
    if (type->kind == JSON_ARRAY) {
        JsonEach each = json_each(type);
        while (json_next(&each, NULL, &one))
            if (is_article_type(&one))
                return true;
        return false;
    }
    Octets name = { 0 };
    bool fits = decoded(type, &name) && (strcasestr(name.data, "Article") || strcasestr(name.data, "BlogPosting") || strcasestr(name.data, "Report") ||
                                         strcasecmp(name.data, "Review") == 0);
    octets_free(&name);
    return fits;
}

static void take_string(Gathering *g, const JsonValue *object, const char *name, Found *found, int rank)
{
    JsonValue value, inner;
    Octets text = { 0 };
    if (member(object, name, &value)) {
        if (value.kind == JSON_OBJECT && (member(&value, "@id", &inner) || member(&value, "name", &inner)))
            value = inner;
        if (found == &g->title ? decoded_plain(&value, &text) : decoded(&value, &text))
            offer(g, found, rank, text.data, text.length);
    }
    octets_free(&text);
}

static void take_article(Gathering *g, const JsonValue *object)
{
    JsonValue value;
    Octets names = { 0 };
    take_string(g, object, "headline", &g->title, 90);
    take_string(g, object, "name", &g->title, 55);
    take_string(g, object, "datePublished", &g->date, 90);
    take_string(g, object, "dateCreated", &g->date, 60);
    take_string(g, object, "articleBody", &g->body, 90);
    take_string(g, object, "inLanguage", &g->language, 50);
    take_string(g, object, "url", &g->url, 60);
    take_string(g, object, "mainEntityOfPage", &g->url, 55);
    if (member(object, "author", &value) || member(object, "creator", &value)) {
        names_of(&value, &names, 0, g->linked_data);
        if (names.length)
            offer_author(g, g->author.rank == 90 ? 0 : 90, names.data, names.length); /* the first that names one */
    }
    octets_clear(&names);
    if (member(object, "publisher", &value)) {
        names_of(&value, &names, 0, g->linked_data);
        offer(g, &g->outlet, 80, names.data ? names.data : "", names.length);
    }
    octets_free(&names);
}

/* An object, a list of them, or { "@graph": [ … ] } */
static void take_linked_data(Gathering *g, const JsonValue *value, int depth)
{
    JsonValue inner;
    if (depth > 6)
        return;
    if (value->kind == JSON_ARRAY) {
        JsonEach each = json_each(value);
        while (json_next(&each, NULL, &inner))
            take_linked_data(g, &inner, depth + 1);
        return;
    }
    if (value->kind != JSON_OBJECT)
        return;
    if (member(value, "@type", &inner)) {
        if (is_article_type(&inner))
            take_article(g, value);
        else
            take_string(g, value, "datePublished", &g->date, 62); /* of the web page about it */
    }
    if (member(value, "@graph", &inner) || member(value, "mainEntity", &inner))
        take_linked_data(g, &inner, depth + 1);
}

void read_linked_data(Gathering *g, const xmlNode *element)
{
    const char *type = node_attribute(element, "type");
    if (!type || strncasecmp(type, "application/ld+json", 19) != 0 || !element->children || !element->children->content)
        return;
    const char *text = (const char *)element->children->content, *data = strstr(text, "<![CDATA[");
    Octets plain = { 0 };
    if (data) /* "<![CDATA[" or "<!--" before it */
        text = data + 9;
    text += strcspn(text, "{[");
    for (const char *s = text; *s; s++) /* a line end within a string is common, and no JSON */
        octets_add_byte(&plain, (unsigned char)*s < ' ' ? ' ' : *s);
    Json json = json_begin(plain.data ? plain.data : "", plain.length);
    JsonValue value;
    if (json_value(&json, &value)) {
        g->linked_data = &value;
        take_linked_data(g, &value, 0);
        g->linked_data = NULL;
    }
    octets_free(&plain);
}
