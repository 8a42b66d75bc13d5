/*
 * Paths inside the rootfs, which its owner may be changing while we look. Every one is resolved by the kernel with
 * the root as a wall (openat2 RESOLVE_IN_ROOT) and without magic links, to a descriptor that is then used; what is
 * made is made by mkdirat/openat O_EXCL relative to a descriptor. No path is joined, normalised or resolved twice.
 */
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper.h"

#define LINK_LIMIT 40 /* as the kernel's own */
#define BENEATH (RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)

int path_open(const struct run *run, const char *path, uint64_t flags, uint64_t resolve) {
  return sys_openat2(run->root, path[0] == '\0' ? "/" : path, flags, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | resolve);
}

/* `path` is at a symlink that leads nowhere yet, at [start, end): put the link's target in its place. */
static int follow_dangling(int parent, char path[PATH_MAX], size_t start, size_t end) {
  char target[PATH_MAX], rest[PATH_MAX], name[NAME_MAX + 1];
  size_t base;
  ssize_t length;

  memcpy(name, path + start, end - start);
  name[end - start] = '\0';
  length = readlinkat(parent, name, target, sizeof target - 1);
  if (length < 0)
    return errno == EINVAL ? 0 : -1; /* no link (any more): look again */
  target[length] = '\0';
  strcpy(rest, path + end);
  base = target[0] == '/' ? 0 : start;
  if (base + (size_t)length + strlen(rest) + 1 > PATH_MAX)
    return error_of(ENAMETOOLONG);
  memcpy(path + base, target, (size_t)length);
  strcpy(path + base + length, rest);
  return 0;
}

/* Make the component [start, end) of `path` in its parent. 1: made or there, -1; 0: `path` was changed, start again. */
static int make_component(const struct run *run, char path[PATH_MAX], size_t start, size_t end, mode_t mode) {
  char name[NAME_MAX + 1], saved = path[start];

  if (end - start > NAME_MAX)
    return error_of(ENAMETOOLONG);
  path[start] = '\0';
  AUTO_CLOSE int parent = path_open(run, path, O_PATH | O_DIRECTORY, 0);
  path[start] = saved;
  if (parent < 0)
    return -1;
  memcpy(name, path + start, end - start);
  name[end - start] = '\0';
  if (mkdirat(parent, name, mode) == 0)
    return 1;
  return errno == EEXIST ? follow_dangling(parent, path, start, end) : -1;
}

int path_make_directory(const struct run *run, const char *wanted, mode_t mode) {
  char path[PATH_MAX];
  int fd = path_open(run, wanted, O_PATH | O_DIRECTORY, 0);

  if (fd >= 0 || errno != ENOENT)
    return fd;
  if (strlen(wanted) >= sizeof path)
    return error_of(ENAMETOOLONG);
  strcpy(path, wanted);
  for (int links = 0; links < LINK_LIMIT;) {
    size_t start = 0, end = 0;
    int made = 1;

    while (made == 1) {
      start = end + strspn(path + end, "/");
      end = start + strcspn(path + start, "/");
      if (start == end) /* all components are there */
        return path_open(run, path, O_PATH | O_DIRECTORY, 0);
      char saved = path[end];
      path[end] = '\0';
      fd = path_open(run, path, O_PATH | O_DIRECTORY, 0);
      path[end] = saved;
      if (fd >= 0)
        close(fd);
      else if (errno != ENOENT)
        return -1;
      else
        made = make_component(run, path, start, end, mode);
    }
    if (made < 0)
      return -1;
    links++;
  }
  errno = ELOOP;
  return -1;
}

int path_parent(const struct run *run, const char *path, char name[256]) {
  char directory[PATH_MAX];
  size_t end = strlen(path), start;

  while (end > 0 && path[end - 1] == '/')
    end--;
  for (start = end; start > 0 && path[start - 1] != '/';)
    start--;
  if (end - start == 0 || end - start > NAME_MAX || start >= sizeof directory)
    return error_of(end == start ? EINVAL : ENAMETOOLONG);
  memcpy(name, path + start, end - start);
  name[end - start] = '\0';
  if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
    return error_of(EINVAL);
  memcpy(directory, path, start);
  directory[start] = '\0';
  return path_make_directory(run, directory, 0755);
}

/*
 * A file to mount on: an existing one (through links, within the root), or a new empty one, where a link that leads
 * nowhere points as well: images have /etc/resolv.conf as a link into a /run that is empty. O_PATH.
 */
int path_make_file(const struct run *run, const char *wanted) {
  char path[PATH_MAX], name[256];

  if (strlen(wanted) >= sizeof path)
    return error_of(ENAMETOOLONG);
  strcpy(path, wanted);
  for (int links = 0; links < LINK_LIMIT; links++) {
    int found = path_open(run, path, O_PATH, 0);

    if (found >= 0 || errno != ENOENT)
      return found;
    AUTO_CLOSE int parent = path_parent(run, path, name);
    if (parent < 0)
      return -1;
    AUTO_CLOSE int made = openat(parent, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (made >= 0)
      return sys_openat2(parent, name, O_PATH | O_NOFOLLOW, 0, BENEATH);
    size_t end = strlen(path);
    while (end > 0 && path[end - 1] == '/')
      end--;
    if (errno != EEXIST || follow_dangling(parent, path, end - strlen(name), end) < 0)
      return -1;
  }
  return error_of(ELOOP);
}
