/*
 * HOME, where the config gives none or an empty one: from the container's /etc/passwd, else "/". The specification does not ask for
 * it, but runc does it and docker relies on that.
 */
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper.h"

/* The image's file: anything but a regular one is not read, and only so much of it. */
#define PASSWD_MAX (1 << 20)

/* "HOME=…" for this uid, or NULL without memory. The caller keeps it until execve. */
static char *home_of(uid_t uid) {
  static char entry[4096] = "HOME=/";
  struct stat status;
  struct passwd *user;
  int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  FILE *file = fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) ? NULL : fdopen(fd, "r");

  if (file == NULL) {
    if (fd >= 0)
      close(fd);
    return entry;
  }
  /* fgetpwent, not getpwuid: that would ask a name service of the container. */
  while (ftell(file) < PASSWD_MAX && (user = fgetpwent(file)) != NULL) {
    if (user->pw_uid != uid)
      continue;
    if (user->pw_dir[0] == '/')
      snprintf(entry, sizeof entry, "HOME=%s", user->pw_dir);
    break;
  }
  fclose(file);
  return entry;
}

char **with_home(char **env) {
  size_t count = 0;
  char **larger;

  for (; env[count] != NULL; count++) {
    if (strncmp(env[count], "HOME=", 5) != 0)
      continue;
    if (env[count][5] == '\0')
      env[count] = home_of(geteuid());
    return env;
  }
  larger = malloc((count + 2) * sizeof *larger);
  if (larger == NULL)
    return NULL;
  memcpy(larger, env, count * sizeof *larger);
  larger[count] = home_of(geteuid());
  larger[count + 1] = NULL;
  return larger;
}
