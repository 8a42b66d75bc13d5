/* System calls that musl has no wrapper for, and small tools over descriptors. */
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "helper.h"

#define MAX_OWN_FD 65536 /* above PLAN_MAX_OPS, the preserved ones and some more */

#define OPENAT2_TRIES 64 /* EAGAIN: a rename or mount raced with the walk */

int sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
  struct open_how how = {.flags = flags | O_CLOEXEC, .mode = mode, .resolve = resolve};
  long fd = -1;

  for (int i = 0; i < OPENAT2_TRIES; i++) {
    fd = syscall(SYS_openat2, dir, path, &how, sizeof how);
    if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
      break;
  }
  return (int)fd;
}

int sys_open_tree(int dir, const char *path, unsigned flags) {
  return (int)syscall(SYS_open_tree, dir, path, flags | OPEN_TREE_CLOEXEC);
}

/* Both sides by descriptor: nothing is resolved here any more. */
int sys_move_mount(int from, int to) {
  return (int)syscall(SYS_move_mount, from, "", to, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
}

int sys_mount_setattr(int fd, unsigned flags, const struct mount_attr *attr) {
  return (int)syscall(SYS_mount_setattr, fd, "", flags | AT_EMPTY_PATH, attr, sizeof *attr);
}

int sys_fsopen(const char *fstype) { return (int)syscall(SYS_fsopen, fstype, FSOPEN_CLOEXEC); }

int sys_fsconfig(int fd, unsigned command, const char *key, const char *value) {
  return (int)syscall(SYS_fsconfig, fd, command, key, value, 0);
}

int sys_fsmount(int fd, unsigned attrs) { return (int)syscall(SYS_fsmount, fd, FSMOUNT_CLOEXEC, attrs); }

int sys_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int sys_pidfd_send_signal(int pidfd, int signal) { return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0); }

/* close_now: close instead of marking. */
/*
 * A seccomp profile older than close_range(2) refuses it. What the caller left open was closed when the helper started,
 * so whatever is open is our own and has one of the lowest numbers.
 */
int close_on_exec_from(int first, bool close_now) {
  if (syscall(SYS_close_range, (unsigned)first, ~0u, close_now ? 0u : CLOSE_RANGE_CLOEXEC) == 0)
    return 0;
  if (close_now)
    return -1;
  for (int fd = first; fd < MAX_OWN_FD; fd++) {
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 && errno != EBADF)
      return -1;
  }
  return 0;
}

int write_all(int fd, const void *bytes, size_t size) {
  const char *at = bytes;

  while (size > 0) {
    ssize_t n = write(fd, at, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    at += n;
    size -= (size_t)n;
  }
  return 0;
}

int read_all(int fd, void *bytes, size_t size) {
  char *at = bytes;

  while (size > 0) {
    ssize_t n = read(fd, at, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      errno = ECONNRESET;
    if (n <= 0)
      return -1;
    at += n;
    size -= (size_t)n;
  }
  return 0;
}

/* Exactly one write: files of procfs and cgroupfs take a value whole. */
static int write_value(int fd, const char *text) {
  ssize_t n = write(fd, text, strlen(text));

  if (n >= 0 && (size_t)n != strlen(text))
    return error_of(EIO);
  return n < 0 ? -1 : 0;
}

int write_file_at(int dir, const char *path, const char *text) {
  AUTO_CLOSE int fd = sys_openat2(dir, path, O_WRONLY | O_NOFOLLOW, 0, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV);

  return fd < 0 ? -1 : write_value(fd, text);
}

/*
 * Files of /proc/self, through the host's procfs that H verified. They belong to root as long as we are not
 * dumpable, so an unprivileged caller has to be for the moment of the open. M does this before it joins anything.
 */
int proc_write_self(struct run *run, const char *name, const char *text) {
  char path[128];

  snprintf(path, sizeof path, "self/%s", name);
  if (write_file_at(run->proc, path, text) == 0)
    return 0;
  if (errno != EACCES || run->stage != STAGE_JOIN)
    return -1;
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  int result = write_file_at(run->proc, path, text);
  int error = errno;
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  errno = error;
  return result;
}

void close_keeping_errno(const int *fd) {
  int error = errno;

  if (*fd >= 0)
    close(*fd);
  errno = error;
}

void close_fd(int *fd) {
  if (*fd >= 0)
    close(*fd);
  *fd = -1;
}

/* The descriptor leaves the variable that would close it. */
int take_fd(int *fd) {
  int taken = *fd;

  *fd = -1;
  return taken;
}

/* sun_path holds 107 bytes: the directory is opened and named by /proc/self/fd. */
static int unix_address(int dir, const char *name, struct sockaddr_un *address) {
  int size;

  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  size = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", dir, name);
  if (size < 0 || (size_t)size >= sizeof address->sun_path)
    return error_of(ENAMETOOLONG);
  return 0;
}

int connect_unix(const char *path, int type) {
  char directory[4096];
  const char *slash = strrchr(path, '/');
  struct sockaddr_un address;

  if (slash == NULL || (size_t)(slash - path) + 2 > sizeof directory)
    return error_of(slash == NULL ? EINVAL : ENAMETOOLONG);
  snprintf(directory, sizeof directory, "%.*s/", (int)(slash - path), path);
  AUTO_CLOSE int dir = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  AUTO_CLOSE int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
  if (dir < 0 || fd < 0 || unix_address(dir, slash + 1, &address) < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
    return -1;
  return take_fd(&fd);
}

/* In the place of a socket that an earlier listener left. */
int listen_unix(const char *directory, const char *name, int type) {
  struct sockaddr_un address;
  AUTO_CLOSE int dir = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  AUTO_CLOSE int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

  if (dir < 0 || fd < 0 || unix_address(dir, name, &address) < 0 || (unlinkat(dir, name, 0) < 0 && errno != ENOENT) ||
      bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || (type == SOCK_STREAM && listen(fd, 8) < 0))
    return -1;
  return take_fd(&fd);
}

bool peer_closed(int socket) {
  struct pollfd poller = {.fd = socket, .events = POLLRDHUP};

  return poll(&poller, 1, 0) > 0 && (poller.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}
