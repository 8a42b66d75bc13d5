/*
 * CVE-2019-5736: a process of the container can reach the program that entered it, through /proc/PID/exe, and
 * overwrite the host's binary. So we run from a copy that cannot be written: a sealed memfd, or, where the kernel
 * forbids executing one (vm.memfd_noexec=2), a read-only clone of the mount that the binary is on.
 */
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U /* Linux 6.3 */
#endif
#define ALL_SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define SEALED_NAME "tsrun-sealed" /* argv[0] of the second run, so that it is never tried twice */

static bool cannot_be_written(int exe) {
  int seals = fcntl(exe, F_GET_SEALS);
  struct statvfs file_system;

  if (seals >= 0 && (seals & ALL_SEALS) == ALL_SEALS)
    return true;
  return fstatvfs(exe, &file_system) == 0 && (file_system.f_flag & ST_RDONLY) != 0;
}

static int sealed_copy(int exe) {
  struct stat status;
  int fd = memfd_create("tsrun-helper", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);

  if (fd < 0 && errno == EINVAL)
    fd = memfd_create("tsrun-helper", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0 || fstat(exe, &status) < 0)
    return -1;
  for (off_t left = status.st_size; left > 0;) {
    ssize_t n = sendfile(fd, exe, NULL, (size_t)left);
    if (n <= 0) {
      if (n == 0)
        errno = EIO;
      return -1;
    }
    left -= n;
  }
  return fcntl(fd, F_ADD_SEALS, ALL_SEALS) < 0 ? -1 : fd;
}

static int read_only_clone(void) {
  struct mount_attr attr = {.attr_set = MOUNT_ATTR_RDONLY};
  int fd = sys_open_tree(AT_FDCWD, "/proc/self/exe", OPEN_TREE_CLONE);

  if (fd < 0 || sys_mount_setattr(fd, 0, &attr) < 0)
    return -1;
  return fd;
}

/* Returns 0 when this program is safe already; otherwise runs itself again, or -1. */
int seal_self(char *const argv[]) {
  char *again[] = {SEALED_NAME, argv[1], NULL}, *empty[] = {NULL};
  int exe = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int copy, error;

  if (exe < 0)
    return -1;
  if (cannot_be_written(exe)) {
    close(exe);
    return 0;
  }
  if (strcmp(argv[0], SEALED_NAME) == 0)
    return error_of(ELOOP);
  copy = sealed_copy(exe);
  if (copy >= 0)
    syscall(SYS_execveat, copy, "", again, empty, AT_EMPTY_PATH);
  error = errno;
  copy = read_only_clone();
  if (copy >= 0)
    syscall(SYS_execveat, copy, "", again, empty, AT_EMPTY_PATH);
  errno = error; /* the first reason is the one to tell */
  return -1;
}
