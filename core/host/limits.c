/* See limits.h. */
#include "host/limits.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

static void (*report_to)(const char *what);
static double limit_seconds;
static volatile sig_atomic_t reporting;

static void on_signal(int number)
{
    if (reporting) /* the report itself failed: leave at once */
        _exit(LIMITS_EXIT);
    reporting = 1;
    char what[96];
    switch (number) {
    case SIGPROF:
    case SIGALRM:
        snprintf(what, sizeof what, "took more than %g s", limit_seconds);
        break;
    case SIGSEGV:
    case SIGBUS:
        snprintf(what, sizeof what, "crashed the process (%s)", number == SIGBUS ? "SIGBUS" : "SIGSEGV");
        break;
    case SIGABRT:
        snprintf(what, sizeof what, "ended the process (SIGABRT)");
        break;
    default:
        snprintf(what, sizeof what, "crashed the process (signal %d)", number);
    }
    if (report_to)
        report_to(what);
    _exit(LIMITS_EXIT);
}

void limits_install(void (*report)(const char *what))
{
    static const int numbers[] = { SIGPROF, SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
    size_t size = 1 << 16;
    stack_t stack = { .ss_sp = malloc(size), .ss_size = size };
    report_to = report;
    reporting = 0;
    if (stack.ss_sp)
        sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = on_signal;
        action.sa_flags = SA_ONSTACK | SA_NODEFER;
        sigaction(numbers[i], &action, NULL);
    }
}

static void set_timer(int which, double seconds)
{
    struct itimerval timer;
    memset(&timer, 0, sizeof timer);
    timer.it_value.tv_sec = (time_t)seconds;
    timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
    setitimer(which, &timer, NULL);
}

void limits_start(double seconds)
{
    limit_seconds = seconds;
    if (seconds <= 0)
        return;
    set_timer(ITIMER_PROF, seconds);
    set_timer(ITIMER_REAL, 3 * seconds + 1);
}

void limits_stop(void)
{
    set_timer(ITIMER_PROF, 0);
    set_timer(ITIMER_REAL, 0);
}

void limits_memory(size_t bytes)
{
#if !defined(ANNALIST_ASAN)
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        if (fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + bytes;
    struct rlimit limit = { most, most };
    setrlimit(RLIMIT_AS, &limit);
#else
    (void)bytes;
#endif
}
