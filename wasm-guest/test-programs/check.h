/* Claims of the test programs: each prints what failed; finish() gives the exit status. They hold on Linux as well. */
#ifndef CHECK_H
#define CHECK_H
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int checks, failures;

__attribute__((unused)) static bool claim(bool holds, const char *text, const char *file, int line)
{
	checks++;
	if (!holds) {
		failures++;
		printf("FAIL %s:%d: %s (errno: %s)\n", file, line, text, strerror(errno));
	}
	return holds;
}

#define CHECK(condition) claim((condition), #condition, __FILE_NAME__, __LINE__)
/* The call fails with this errno. */
#define CHECK_ERROR(call, number) (errno = 0, claim((call) == -1 && errno == (number), #call " fails with " #number, __FILE_NAME__, __LINE__))

/* "NAME: ok, N checks": the count shows that all ran. */
__attribute__((unused)) static int finish(const char *name)
{
	printf("%s: %s, %d checks\n", name, failures == 0 ? "ok" : "failed", checks);
	(void)fflush(stdout);
	return failures == 0 ? 0 : 1;
}
#endif
