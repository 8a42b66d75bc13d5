/*
 * The container's terminal. It comes from the container's own devpts, checked to be one; the slave is opened through
 * the master (TIOCGPTPEER), so no name in the rootfs is trusted, and bound on /dev/console by descriptor
 * (CVE-2025-52565, CVE-2026-88264).
 */
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "helper.h"

#ifndef TIOCGPTPEER
#define TIOCGPTPEER _IO('T', 0x41)
#endif

static int open_master(const struct run *run) {
  struct statfs file_system;
  struct stat status;
  AUTO_CLOSE int fd = path_open(run, "/dev/pts/ptmx", O_RDWR | O_NOCTTY, RESOLVE_NO_SYMLINKS);

  if (fd < 0 || fstatfs(fd, &file_system) < 0 || fstat(fd, &status) < 0)
    return -1;
  if (file_system.f_type != DEVPTS_SUPER_MAGIC || !S_ISCHR(status.st_mode) || status.st_rdev != makedev(5, 2))
    return error_of(ENODEV);
  return take_fd(&fd);
}

/* Through the master: no name of it is trusted. */
int open_pty_slave(int master) {
  int unlock = 0;

  return ioctl(master, TIOCSPTLCK, &unlock) < 0 ? -1 : ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

/* In runc's way: the name of the master as the bytes. */
int send_pty_master(int socket, int master) {
  static const char name[] = "/dev/ptmx";

  return send_fd(socket, master, name, sizeof name - 1);
}

static int set_size(int slave, uint32_t columns, uint32_t rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};

  return columns == 0 && rows == 0 ? 0 : ioctl(slave, TIOCSWINSZ, &size);
}

/* /dev/console: a new file, or an existing one that is no link, in a /dev that is none either. */
static int bind_console(const struct run *run, int slave) {
  AUTO_CLOSE int dev = path_open(run, "/dev", O_PATH | O_DIRECTORY, RESOLVE_NO_SYMLINKS);
  AUTO_CLOSE int made = -1, tree = -1, target = -1;

  if (dev < 0)
    return -1;
  made = openat(dev, "console", O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (made < 0 && errno != EEXIST)
    return -1;
  tree = clone_tree(slave, "", false);
  target = path_open(run, "/dev/console", O_PATH, RESOLVE_NO_SYMLINKS);
  return tree < 0 || target < 0 ? -1 : attach(run, tree, target, "/dev/console", RESOLVE_NO_SYMLINKS);
}

/* To the console socket, or to H's monitor. */
static int hand_over(const struct run *run, int master) {
  const struct plan_op *socket = plan_find(&run->plan, OP_CONSOLE_SOCKET, 0);

  if (socket != NULL)
    return send_pty_master(run->op_fd[op_index(run, socket)], master);
  return message_send(run->control, MESSAGE_TERMINAL, 0, master);
}

int op_console(struct run *run, const struct plan_op *op) {
  AUTO_CLOSE int master = open_master(run);

  if (master < 0)
    return -1;
  run->pty = open_pty_slave(master);
  if (run->pty < 0 || set_size(run->pty, op->ref[0], op->ref[1]) < 0)
    return -1;
  if ((op->flags & TSRUN_CONSOLE_STDIO_ONLY) == 0 && bind_console(run, run->pty) < 0)
    return -1;
  if (hand_over(run, master) < 0)
    return -1;
  for (int fd = 0; fd <= 2; fd++) {
    if (dup2(run->pty, fd) < 0)
      return -1;
  }
  return 0;
}
