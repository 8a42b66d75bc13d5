/*
 * sd_notify(3) for a container. What it says comes to a socket of its own, and of that one word, READY=1, is handed on to
 * the service manager that called tsrun. The rest (MAINPID=, FDSTORE=1, …) is not a container's to say.
 */
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "helper.h"

#define MESSAGE_MAX 4096
#define BARRIER_MILLISECONDS 30000 /* a manager that knows no barrier must not hold us for ever */

/* Every user of the container may write to it; the state directory keeps everybody else out. */
int op_notify_socket(struct run *run, const struct plan_op *op) {
  int *fd = &run->op_fd[op_index(run, op)];
  mode_t mask = umask(0);

  *fd = listen_unix(plan_string(&run->plan, op, 0), "notify.sock", SOCK_DGRAM);
  umask(mask);
  return *fd < 0 ? -1 : 0;
}

/* `@name`: the address is NUL and the name, and as long as they are. */
static int connect_abstract(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(path);
  AUTO_CLOSE int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  if (length > sizeof address.sun_path)
    return error_of(ENAMETOOLONG);
  memcpy(address.sun_path + 1, path + 1, length - 1);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)) < 0)
    return -1;
  return take_fd(&fd);
}

int op_service_manager(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);
  int *fd = &run->op_fd[op_index(run, op)];

  *fd = path[0] == '@' ? connect_abstract(path) : connect_unix(path, SOCK_DGRAM);
  return *fd < 0 ? -1 : 0;
}

/*
 * In tsrun's name: by the sender's pid a service manager tells whose service speaks. Only CAP_SYS_ADMIN may give another's;
 * without it our own goes with the message.
 */
static int send_as_tsrun(int socket, const char *text) {
  union {
    char bytes[CMSG_SPACE(sizeof(struct ucred))];
    struct cmsghdr align;
  } control = {{0}};
  struct ucred sender = {.pid = getppid(), .uid = getuid(), .gid = getgid()};
  struct iovec part = {(void *)(uintptr_t)text, strlen(text)};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);

  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_CREDENTIALS;
  head->cmsg_len = CMSG_LEN(sizeof sender);
  memcpy(CMSG_DATA(head), &sender, sizeof sender);
  if (sendmsg(socket, &message, MSG_NOSIGNAL) >= 0)
    return 0;
  return errno == EPERM ? send_fd(socket, -1, text, strlen(text)) : -1;
}

/* sd_notify_barrier(3): the manager closes this pipe once it has read what came before. It must, as long as we are there to be looked at. */
static int await_barrier(int socket) {
  static const char text[] = "BARRIER=1";
  int ends[2];

  if (pipe2(ends, O_CLOEXEC) < 0)
    return -1;
  AUTO_CLOSE int ours = ends[0];
  int sent = send_fd(socket, ends[1], text, sizeof text - 1);
  close(ends[1]);
  if (sent < 0)
    return -1;
  struct pollfd pollers[2] = {{.fd = ours, .events = 0}, {.fd = PLAN_FD, .events = POLLRDHUP}};
  poll(pollers, 2, BARRIER_MILLISECONDS);
  return 0;
}

static bool says_ready(int socket) {
  char text[MESSAGE_MAX + 1], *rest = text, *line;
  ssize_t size = recv(socket, text, MESSAGE_MAX, 0);

  if (size <= 0)
    return false;
  text[size] = '\0';
  while ((line = strsep(&rest, "\n")) != NULL) {
    if (strcmp(line, "READY=1") == 0)
      return true;
  }
  return false;
}

/* False: the process ended without the word, or tsrun is gone. */
static bool await_word(int socket, int process) {
  for (;;) {
    struct pollfd pollers[3] = {
        {.fd = socket, .events = POLLIN}, {.fd = process, .events = POLLIN}, {.fd = PLAN_FD, .events = POLLRDHUP}};

    if (poll(pollers, 3, -1) < 0 && errno != EINTR)
      return false;
    if (pollers[0].revents != 0) { /* first: it may have said so and ended */
      if (says_ready(socket))
        return true;
    } else if ((pollers[1].revents | pollers[2].revents) != 0) {
      return false;
    }
  }
}

int op_await_ready(struct run *run, const struct plan_op *op) {
  const struct plan_op *listening = plan_find(&run->plan, OP_NOTIFY_SOCKET, 0), *to = plan_find(&run->plan, OP_SERVICE_MANAGER, 0);
  AUTO_CLOSE int process = open_process((pid_t)op->ref[0], op->n);
  char text[64];

  if (listening == NULL || to == NULL)
    return error_of(EINVAL);
  leave_signals_to_tsrun();
  if (process < 0)
    return errno == ESRCH ? 0 : -1;
  if (!await_word(run->op_fd[op_index(run, listening)], process))
    return 0;
  int manager = run->op_fd[op_index(run, to)];
  snprintf(text, sizeof text, "READY=1\nMAINPID=%u", op->ref[1]);
  return send_as_tsrun(manager, text) < 0 ? -1 : await_barrier(manager);
}
