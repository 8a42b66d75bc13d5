/* The modes of the program that run no plan: `signal` and `oom`. */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

#include "helper.h"

#define NO_SUCH_PROCESS 3
#define TEXT_MAX 1024

bool parse_number(const char *text, unsigned long long max, unsigned long long *value) {
  char *end;

  if (text[0] < '0' || text[0] > '9')
    return false;
  errno = 0;
  *value = strtoull(text, &end, 10);
  return errno == 0 && *end == '\0' && *value <= max;
}

/* The first bytes of a small file, with a NUL. */
static bool read_text(const char *path, char text[TEXT_MAX]) {
  AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = fd < 0 ? -1 : read(fd, text, TEXT_MAX - 1);

  if (size <= 0)
    return false;
  text[size] = '\0';
  return true;
}

/* Field 22 of /proc/PID/stat. The second is the program's name, in parentheses and free to contain any of them. */
static bool start_time(unsigned long long pid, unsigned long long *value) {
  char path[64], text[TEXT_MAX], *field;

  snprintf(path, sizeof path, "/proc/%llu/stat", pid);
  if (!read_text(path, text))
    return false;
  field = strrchr(text, ')');
  for (int i = 2; field != NULL && i < 22; i++)
    field = strchr(field + 1, ' ');
  if (field == NULL)
    return false;
  *value = strtoull(field, NULL, 10);
  return *value != 0;
}

/* The pidfd first, then the start time: it then is that of the very process the pidfd holds. */
int open_process(pid_t pid, uint64_t wanted) {
  unsigned long long found;
  AUTO_CLOSE int fd = sys_pidfd_open(pid);

  if (fd < 0)
    return error_of(errno == EINVAL ? ESRCH : errno);
  return start_time((unsigned long long)pid, &found) && found == wanted ? take_fd(&fd) : error_of(ESRCH);
}

int main_signal(char *const argv[]) {
  unsigned long long pid, wanted, number;

  if (!parse_number(argv[0], INT_MAX, &pid) || !parse_number(argv[1], ULLONG_MAX, &wanted) || !parse_number(argv[2], 64, &number)) {
    dprintf(2, "usage: tsrun-helper signal PID STARTTIME SIGNAL\n");
    return 2;
  }
  AUTO_CLOSE int fd = open_process((pid_t)pid, wanted);
  if (fd >= 0 && sys_pidfd_send_signal(fd, (int)number) == 0)
    return 0;
  if (errno == ESRCH)
    return NO_SUCH_PROCESS;
  dprintf(2, "%s\n", strerror(errno));
  return 1;
}

/* `tsrun-helper pidfd SOCKET PID STARTTIME`, for the emulation backend, which cannot send descriptors. */
int main_pidfd(char *const argv[]) {
  unsigned long long pid, wanted;

  if (!parse_number(argv[1], INT_MAX, &pid) || !parse_number(argv[2], ULLONG_MAX, &wanted)) {
    dprintf(2, "usage: tsrun-helper pidfd SOCKET PID STARTTIME\n");
    return 2;
  }
  AUTO_CLOSE int fd = open_process((pid_t)pid, wanted);
  AUTO_CLOSE int socket = fd < 0 ? -1 : connect_unix(argv[0], SOCK_STREAM);
  if (socket >= 0 && send_fd(socket, fd, "pidfd", 5) == 0)
    return 0;
  dprintf(2, "%s\n", strerror(errno));
  return 1;
}

static int say_oom(uint64_t times) {
  for (; times > 0; times--) {
    if (write_all(1, "oom\n", 4) < 0)
      return -1;
  }
  return 0;
}

/* cgroup v1: an eventfd that counts. It also fires once when the cgroup is removed. */
static int watch_v1(const char *dir) {
  char path[PATH_MAX], text[64];
  int control, fd = eventfd(0, EFD_CLOEXEC);

  if (snprintf(path, sizeof path, "%s/memory.oom_control", dir) >= (int)sizeof path)
    return -1;
  control = open(path, O_RDONLY | O_CLOEXEC);
  if (control < 0 || fd < 0)
    return -1;
  snprintf(text, sizeof text, "%d %d", fd, control);
  int directory = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0 || write_file_at(directory, "cgroup.event_control", text) < 0)
    return -1;
  close(directory);
  return fd;
}

static uint64_t oom_kills(const char *path) {
  char text[TEXT_MAX], *at;

  if (!read_text(path, text))
    return 0;
  at = strstr(text, "oom_kill ");
  return at == NULL ? 0 : strtoull(at + sizeof "oom_kill", NULL, 10);
}

/* One wait for `fd` or the end of stdin, which means that the caller is gone. */
static bool wait_event(int fd) {
  struct pollfd pollers[2] = {{.fd = fd, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  char byte;

  for (;;) {
    if (poll(pollers, 2, -1) < 0)
      return false;
    if (pollers[1].revents != 0 && read(0, &byte, 1) <= 0)
      return false;
    if (pollers[0].revents != 0)
      return true;
  }
}

static int follow_v1(const char *dir) {
  int fd = watch_v1(dir);
  uint64_t count;

  if (fd < 0)
    return -1;
  while (wait_event(fd)) {
    if (read_all(fd, &count, sizeof count) < 0)
      return -1;
    if (access(dir, F_OK) < 0)
      return 0;
    if (say_oom(count) < 0)
      return -1;
  }
  return 0;
}

static int follow_v2(const char *dir) {
  char path[PATH_MAX], buffer[4096] __attribute__((aligned(8)));
  int fd = inotify_init1(IN_CLOEXEC);
  uint64_t before, now;

  if (fd < 0 || snprintf(path, sizeof path, "%s/memory.events", dir) >= (int)sizeof path)
    return -1;
  if (inotify_add_watch(fd, path, IN_MODIFY) < 0 || inotify_add_watch(fd, dir, IN_DELETE_SELF) < 0)
    return -1;
  before = oom_kills(path);
  while (wait_event(fd)) {
    if (read(fd, buffer, sizeof buffer) < 0)
      return -1;
    if (access(path, F_OK) < 0)
      return 0;
    now = oom_kills(path);
    if (now > before && say_oom(now - before) < 0)
      return -1;
    before = now;
  }
  return 0;
}

int main_oom(char *const argv[]) {
  int result;

  if (strcmp(argv[1], "v1") != 0 && strcmp(argv[1], "v2") != 0) {
    dprintf(2, "usage: tsrun-helper oom CGROUPDIR v1|v2\n");
    return 2;
  }
  result = argv[1][1] == '1' ? follow_v1(argv[0]) : follow_v2(argv[0]);
  if (result < 0)
    dprintf(2, "%s\n", strerror(errno));
  return result < 0;
}
