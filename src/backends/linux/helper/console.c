/*
 * `tsrun-helper console SOCKET COUNT -- PROGRAM [ARGUMENT]...`, for the emulation backend: the process of a container whose
 * terminal an engine holds. The master of a new host pty goes to SOCKET as in tty.c; PROGRAM is executed, under this pid, on
 * its slave. The slave is raw, because the emulated kernel has a line discipline of its own, and the controlling terminal,
 * so that the program is told of new window sizes (SIGWINCH) and of the engine's end (SIGHUP). It keeps COUNT descriptors
 * from 3 on.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "helper.h"

#define FIRST_INHERITED 3

static int open_raw_slave(int master) {
  struct termios raw;
  AUTO_CLOSE int slave = open_pty_slave(master);

  if (slave < 0 || tcgetattr(slave, &raw) < 0)
    return -1;
  cfmakeraw(&raw);
  return tcsetattr(slave, TCSANOW, &raw) < 0 ? -1 : take_fd(&slave);
}

static int fail_console(const char *what) {
  dprintf(2, "%s: %s\n", what, strerror(errno));
  return 1;
}

int main_console(char *const argv[]) {
  char *const *program = argv + 3;
  unsigned long long count;

  if (!parse_number(argv[1], INT_MAX - FIRST_INHERITED, &count)) {
    dprintf(2, "not a number of descriptors: %s\n", argv[1]);
    return 2;
  }
  if (close_on_exec_from(FIRST_INHERITED + (int)count, true) < 0)
    return fail_console("closing inherited descriptors");
  AUTO_CLOSE int socket = connect_unix(argv[0], SOCK_STREAM);
  if (socket < 0)
    return fail_console("connecting to the console socket");
  AUTO_CLOSE int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  AUTO_CLOSE int slave = master < 0 ? -1 : open_raw_slave(master);
  if (slave < 0)
    return fail_console("making a pty");
  if (setsid() < 0 && errno != EPERM) /* a session leader already */
    return fail_console("making a session");
  if (ioctl(slave, TIOCSCTTY, 0) < 0)
    return fail_console("making the pty the controlling terminal");
  if (send_pty_master(socket, master) < 0)
    return fail_console("sending the pty to the console socket");
  /* Standard error last: until then it is where failures are told. */
  for (int fd = 0; fd <= 2; fd++) {
    if (dup2(slave, fd) < 0)
      return fail_console("opening the pty");
  }
  execv(program[0], program);
  return 127;
}
