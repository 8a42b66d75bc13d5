#include "probe.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void report_start(int argc, char **argv)
{
	char *cwd = getcwd(NULL, 0);
	json_open("args", '[');
	for (int i = 0; i < argc; i++)
		json_string(NULL, argv[i]);
	json_close(']');
	json_open("env", '[');
	for (char **variable = environ; *variable != NULL; variable++)
		json_string(NULL, *variable);
	json_close(']');
	json_string("cwd", cwd);
	json_error("cwdError", cwd == NULL ? errno : 0);
	free(cwd);
}

static void report_time(void)
{
	struct timespec now;
	json_open("time", '{');
	(void)clock_gettime(CLOCK_REALTIME, &now);
	json_number("realtimeMs", now.tv_sec * 1000LL + now.tv_nsec / 1000000);
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	json_number("monotonicMs", now.tv_sec * 1000LL + now.tv_nsec / 1000000);
	json_close('}');
}

/* `probe [report [PATH…]]`: the paths are looked at as masked paths are. `probe NAME …`: a behaviour. */
int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "report") != 0)
		return behave(argc - 1, argv + 1);
	json_open(NULL, '{');
	report_start(argc, argv);
	report_identity();
	report_limits();
	report_signals();
	report_kernel();
	report_mounts();
	report_files(argc > 2 ? argc - 2 : 0, argv + 2);
	report_descriptors();
	report_terminal();
	report_time();
	json_close('}');
	putchar('\n');
	return fflush(stdout) == 0 ? 0 : 1;
}
