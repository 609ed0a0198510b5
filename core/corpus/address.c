/* See address.h. */
#include "corpus/address.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* "https://www.a.example/x/?utm_source=feed#top" → from "a.example/x/?…" on */
static const char *skip_front(const char *url)
{
    const char *host = strstr(url, "://");
    if (host)
        url = host + 3;
    return strncasecmp(url, "www.", 4) == 0 ? url + 4 : url;
}

/* Bytes up to the query or fragment, without a closing slash. */
static size_t path_length(const char *url)
{
    size_t n = strcspn(url, "?#");
    while (n > 0 && url[n - 1] == '/')
        n--;
    return n;
}

static bool is_tracker(const char *parameter, size_t n)
{
    static const char *const exact[] = { "fbclid", "gclid", "dclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid" };
    size_t name = strcspn(parameter, "=&#");
    if (name > n)
        name = n;
    if (name > 4 && strncasecmp(parameter, "utm_", 4) == 0)
        return true;
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (strlen(exact[i]) == name && strncasecmp(parameter, exact[i], name) == 0)
            return true;
    return false;
}

/* The next parameter of the query that says something; NULL after the last. *at begins at the '?' or the end. */
static const char *next_parameter(const char **at, size_t *n)
{
    while (**at == '?' || **at == '&') {
        const char *parameter = ++*at;
        *n = strcspn(parameter, "&#");
        *at = parameter + *n;
        if (*n > 0 && !is_tracker(parameter, *n))
            return parameter;
    }
    return NULL;
}

bool address_same(const char *a, const char *b)
{
    a = skip_front(a);
    b = skip_front(b);
    size_t n = path_length(a), m = path_length(b);
    size_t host = strcspn(a, "/?#");
    if (n != m || strncasecmp(a, b, host < n ? host : n) != 0 || (host < n && strncmp(a + host, b + host, n - host) != 0))
        return false;
    a += strcspn(a, "?#");
    b += strcspn(b, "?#");
    for (;;) {
        const char *p = next_parameter(&a, &n), *q = next_parameter(&b, &m);
        if (!p || !q)
            return !p && !q;
        if (n != m || strncmp(p, q, n) != 0)
            return false;
    }
}

bool address_names_a_page(const char *url)
{
    const char *path = strpbrk(skip_front(url), "/?");
    return path && path[1] != '\0' && path[1] != '#';
}
