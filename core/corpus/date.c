/* See date.h. */
#include "corpus/date.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

typedef struct Parts {
    int year, month, day, hour, minute; /* -1: not known */
} Parts;

static const char *skip(const char *at, const char *set)
{
    return at + strspn(at, set);
}

/* Reads up to `most` digits; *count says how many. */
static int number(const char **at, int most, int *count)
{
    int value = 0;
    *count = 0;
    while (*count < most && **at >= '0' && **at <= '9') {
        value = value * 10 + (**at - '0');
        (*at)++;
        (*count)++;
    }
    return value;
}

/* The months' English names are those of the mail and web standards (RFC 5322, RFC 9110). */
static int month_name(const char **at)
{
    static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
                                          "december" };
    size_t n = 0;
    while (((*at)[n] >= 'a' && (*at)[n] <= 'z') || ((*at)[n] >= 'A' && (*at)[n] <= 'Z'))
        n++;
    for (int m = 0; n >= 3 && m < 12; m++) {
        bool sept = m == 8 && n == 4 && strncasecmp(*at, "sept", 4) == 0;
        if (sept || (strncasecmp(*at, months[m], n) == 0 && (n == 3 || n == strlen(months[m])))) {
            *at += n;
            if (**at == '.')
                (*at)++;
            return m + 1;
        }
    }
    return 0;
}

/* "21:00", "21:00:05", "9:30 PM", behind a date. */
static void clock_time(const char *at, Parts *parts)
{
    int count;
    at = skip(at, " ,T\t");
    if (strncasecmp(at, "at ", 3) == 0)
        at = skip(at + 3, " ");
    int hour = number(&at, 2, &count);
    if (count == 0 || (*at != ':' && !(*at >= '0' && *at <= '9')))
        return;
    if (*at == ':')
        at++;
    int minute = number(&at, 2, &count);
    if (count != 2 || hour > 23 || minute > 59)
        return;
    if (*at == ':') {
        at++;
        number(&at, 2, &count);
    }
    at = skip(at, " ");
    if (strncasecmp(at, "pm", 2) == 0 && hour < 12)
        hour += 12;
    else if (strncasecmp(at, "am", 2) == 0 && hour == 12)
        hour = 0;
    parts->hour = hour;
    parts->minute = minute;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool write_parts(const Parts *parts, char out[DATE_TEXT])
{
    if (parts->year < 1000 || parts->year > 2999 || parts->month == 0 || parts->month > 12)
        return false;
    if (parts->month > 0 && parts->day >= 0 && (parts->day == 0 || parts->day > days_in(parts->year, parts->month)))
        return false;
    if (parts->month < 0)
        snprintf(out, DATE_TEXT, "%04d", parts->year % 10000);
    else if (parts->day < 0)
        snprintf(out, DATE_TEXT, "%04d-%02d", parts->year % 10000, parts->month % 100);
    else if (parts->hour < 0)
        snprintf(out, DATE_TEXT, "%04d-%02d-%02d", parts->year % 10000, parts->month % 100, parts->day % 100);
    else
        snprintf(out, DATE_TEXT, "%04d-%02d-%02dT%02d:%02d", parts->year % 10000, parts->month % 100, parts->day % 100, parts->hour % 100,
                 parts->minute % 100);
    return true;
}

/* "2020", "2020-10", "2020/10/06", "2020-10-06T21:00:00+06:00", "20201006", "20201006T210000" */
static bool year_first(const char *at, Parts *parts)
{
    int count;
    parts->year = number(&at, 4, &count);
    if (count != 4)
        return false;
    if (*at == '\0')
        return true;
    if (*at >= '0' && *at <= '9') {
        parts->month = number(&at, 2, &count);
        if (count != 2)
            return false;
        parts->day = number(&at, 2, &count);
        if (count != 2)
            return false;
        clock_time(at, parts);
        return true;
    }
    char mark = *at;
    if (mark != '-' && mark != '/' && mark != '.')
        return false;
    at++;
    parts->month = number(&at, 2, &count);
    if (count == 0)
        return false;
    if (*at != mark)
        return *at == '\0' && count == 2;
    at++;
    parts->day = number(&at, 2, &count);
    if (count == 0 || (*at >= '0' && *at <= '9'))
        return false;
    clock_time(at, parts);
    return true;
}

/* "Tue, 06 Oct 2020 21:00:05 +0600", "6 October 2020", "October 6, 2020", "06.10.2020" */
static bool day_first(const char *at, Parts *parts)
{
    int count;
    const char *comma = strchr(at, ',');
    if (comma && comma - at <= 9 && !(at[0] >= '0' && at[0] <= '9') && !strpbrk(at, "0123456789"))
        return false;
    if (comma && comma - at <= 9 && strcspn(at, "0123456789") > (size_t)(comma - at)) /* the weekday */
        at = skip(comma + 1, " ");
    int month = month_name(&at);
    at = skip(at, " ");
    int day = number(&at, 2, &count);
    if (count == 0 && !month) { /* "Tue Oct 6 21:00:00 2020" has a weekday without comma */
        at += strcspn(at, " ");
        at = skip(at, " ");
        month = month_name(&at);
        at = skip(at, " ");
        day = number(&at, 2, &count);
        if (!month || count == 0)
            return false;
        parts->month = month;
        parts->day = day;
        clock_time(at, parts);
        const char *last = strrchr(at, ' ');
        if (!last)
            return false;
        last++;
        parts->year = number(&last, 4, &count);
        return count == 4;
    }
    if (count == 0)
        return false;
    for (const char *const *suffix = (const char *const[]){ "st", "nd", "rd", "th", NULL }; *suffix; suffix++)
        if (strncasecmp(at, *suffix, 2) == 0) {
            at += 2;
            break;
        }
    if (!month && *at == '.') {
        at++;
        parts->month = number(&at, 2, &count);
        if (count == 0 || *at != '.')
            return false;
        at++;
    } else {
        at = skip(at, " ,-");
        parts->month = month ? month : month_name(&at);
        at = skip(at, " ,-");
    }
    parts->day = day;
    parts->year = number(&at, 4, &count);
    if (parts->month == 0 || (count != 4 && count != 2) || (*at >= '0' && *at <= '9') || *at == ':') /* "2 Mar 10:30" has no year there */
        return false;
    if (count == 2)
        parts->year += parts->year < 70 ? 2000 : 1900;
    clock_time(at, parts);
    return true;
}

static bool epoch(const char *text, size_t n, char out[DATE_TEXT])
{
    if ((n != 10 && n != 13) || strspn(text, "0123456789") < n)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < 10; i++)
        value = value * 10 + (text[i] - '0');
    time_t seconds = (time_t)value;
    struct tm utc;
    if (!gmtime_r(&seconds, &utc))
        return false;
    Parts parts = { utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min };
    return write_parts(&parts, out);
}

bool date_to_iso(const char *text, size_t n, char out[DATE_TEXT])
{
    char copy[72];
    while (n > 0 && strchr(" \t\r\n", *text))
        text++, n--;
    while (n > 0 && strchr(" \t\r\n", text[n - 1]))
        n--;
    if (n == 0 || n >= sizeof copy || memchr(text, 0, n))
        return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    char *point = strchr(copy, '.');
    if (point && point - copy == 10 && strspn(copy, "0123456789") == 10) { /* "1602000000.25" */
        *point = '\0';
        n = 10;
    }
    if (epoch(copy, n, out))
        return true;
    Parts parts = { -1, -1, -1, -1, -1 };
    if (year_first(copy, &parts) && write_parts(&parts, out))
        return true;
    parts = (Parts){ -1, -1, -1, -1, -1 };
    return day_first(copy, &parts) && write_parts(&parts, out);
}
