/* cpu COMMAND...: runs a command and prints the user CPU seconds of all that it started, workers that outlive their parent with it (the
 * host ends a pool by killing it, so that getrusage() of the command alone would not see what the workers did). */
#include <errno.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans come to us */
    pid_t command = fork();
    if (command < 0)
        return 2;
    if (command == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status = 0, end = 0;
    for (pid_t pid; (pid = wait(&status)) > 0 || errno == EINTR;)
        if (pid == command)
            end = WIFEXITED(status) ? WEXITSTATUS(status) : 2;
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    printf("%.3f\n", (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6);
    return end;
}
