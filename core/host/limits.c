/* See limits.h. */
#include "host/limits.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

static void (*report_to)(const char *what);
static char too_long[64]; /* made before the clock starts: a handler had better not print */
static volatile sig_atomic_t reporting;

/* Leaves without any of the library's ceremonies, which might wait for a lock that this very process holds. */
static void leave(void)
{
    syscall(SYS_exit_group, LIMITS_EXIT);
}

static const char *describe(int number)
{
    switch (number) {
    case SIGPROF:
    case SIGALRM: return too_long;
    case SIGSEGV: return "crashed the process (SIGSEGV)";
    case SIGBUS: return "crashed the process (SIGBUS)";
    case SIGFPE: return "crashed the process (SIGFPE)";
    case SIGILL: return "crashed the process (SIGILL)";
    default: return "ended the process (SIGABRT)";
    }
}

static void on_signal(int number)
{
    if (reporting) /* the report itself failed */
        leave();
    reporting = 1;
    /* Should the report hang, the clock ends it: its signal is no longer caught. */
    signal(SIGALRM, SIG_DFL);
    alarm(2);
    if (report_to)
        report_to(describe(number));
    leave();
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
    if (seconds <= 0)
        return;
    snprintf(too_long, sizeof too_long, "took more than %g s", seconds);
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
