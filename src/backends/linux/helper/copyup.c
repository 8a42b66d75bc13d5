/*
 * `tmpcopyup`: what a new tmpfs covers is copied into it first. By descriptor on both sides; links are copied as
 * links, and mounts below the source are not entered.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper.h"

#define MAX_DEPTH 256
#define HERE (RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV)

static int copy_directory(int from, int to, int depth);

static int copy_file(int from_dir, int to_dir, const char *name, const struct stat *status) {
  AUTO_CLOSE int from = sys_openat2(from_dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, HERE);
  AUTO_CLOSE int to = -1;
  ssize_t n = 1;

  if (from < 0)
    return -1;
  to = openat(to_dir, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
  while (to >= 0 && n > 0)
    n = sendfile(to, from, NULL, 1 << 20);
  if (to < 0 || n < 0 || fchown(to, status->st_uid, status->st_gid) < 0)
    return -1;
  return fchmod(to, status->st_mode & 07777);
}

static int copy_link(int from, int to, const char *name, const struct stat *status) {
  char target[PATH_MAX];
  ssize_t size = readlinkat(from, name, target, sizeof target - 1);

  if (size < 0)
    return -1;
  target[size] = '\0';
  return symlinkat(target, to, name) < 0 ? -1 : fchownat(to, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW);
}

static int copy_subdirectory(int from_dir, int to_dir, const char *name, const struct stat *status, int depth) {
  AUTO_CLOSE int from = sys_openat2(from_dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, HERE);
  AUTO_CLOSE int to = -1;

  if (from < 0)
    return errno == EXDEV ? 0 : -1; /* a mount of its own */
  if (mkdirat(to_dir, name, 0700) < 0)
    return -1;
  to = openat(to_dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (to < 0 || copy_directory(from, to, depth + 1) < 0 || fchown(to, status->st_uid, status->st_gid) < 0)
    return -1;
  return fchmod(to, status->st_mode & 07777);
}

static int copy_entry(int from, int to, const char *name, int depth) {
  struct stat status;

  if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
    return -1;
  switch (status.st_mode & S_IFMT) {
  case S_IFDIR:
    return copy_subdirectory(from, to, name, &status, depth);
  case S_IFREG:
    return copy_file(from, to, name, &status);
  case S_IFLNK:
    return copy_link(from, to, name, &status);
  case S_IFIFO:
  case S_IFCHR:
  case S_IFBLK:
    if (mknodat(to, name, status.st_mode, status.st_rdev) < 0)
      return -1;
    return fchownat(to, name, status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW);
  default: /* a socket: nobody listens at a copy */
    return 0;
  }
}

static int copy_directory(int from, int to, int depth) {
  DIR *stream;
  struct dirent *entry;
  int result = 0, error, fd;

  if (depth > MAX_DEPTH)
    return error_of(ELOOP);
  fd = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  stream = fd < 0 ? NULL : fdopendir(fd);
  if (stream == NULL) {
    error = errno;
    close_fd(&fd);
    errno = error;
    return -1;
  }
  while (result == 0) {
    errno = 0;
    entry = readdir(stream);
    if (entry == NULL) {
      result = errno != 0 ? -1 : 0;
      break;
    }
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      result = copy_entry(from, to, entry->d_name, depth);
  }
  error = errno;
  closedir(stream);
  errno = error;
  return result;
}

int copy_up(int from, int to) { return copy_directory(from, to, 0); }
