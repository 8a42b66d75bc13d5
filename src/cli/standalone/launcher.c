/*
 * dist/bin/tsrun: starts the Bun-compiled tsrun-main beside it, in conditions that Bun can bear.
 *
 * - Bun refuses to start in a deleted working directory (1.4.5); engines call runtimes from such. Nothing of tsrun
 *   can be meant relative to one, so it starts in / then.
 * - BUN_OPTIONS and its kin in the caller's environment would change what the program does; they are not for us.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static void drop_bun_variables(void) {
  char **kept = environ;
  for (char **at = environ; *at != NULL; at++)
    if (strncmp(*at, "BUN_", 4) != 0 && strncmp(*at, "JSC_", 4) != 0)
      *kept++ = *at;
  *kept = NULL;
}

int main(int argc, char **argv) {
  static char path[4096], cwd[4096];
  static const char name[] = "tsrun-main";
  (void)argc;
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof name);
  if (length <= 0) {
    fprintf(stderr, "tsrun: cannot find out where it is: is /proc mounted?\n");
    return 1;
  }
  path[length] = '\0';
  strcpy(strrchr(path, '/') + 1, name);
  /* A path too long for the buffer exists; only a directory that is gone does not. */
  if (getcwd(cwd, sizeof cwd) == NULL && errno == ENOENT && chdir("/") < 0)
    perror("tsrun: chdir /");
  drop_bun_variables();
  execv(path, argv);
  fprintf(stderr, "tsrun: cannot run %s: %s\n", path, strerror(errno));
  return 1;
}
