/* Events to TypeScript, messages between H, M and I, descriptors to other programs. No text for people is made here. */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper.h"

struct event {
  uint16_t type;
  uint16_t stage;
  uint32_t op;
  int32_t value;
  int32_t pid;
  uint32_t size;
  uint32_t reserved;
};
_Static_assert(sizeof(struct event) == EVENT_SIZE, "as in ops.ts");

/* One sendmsg: at most 24 + 4096 bytes, which an AF_UNIX stream queues whole, so H's and I's events never mix. */
int report(const struct run *run, uint16_t type, uint32_t op, int32_t value, const void *payload, size_t size) {
  struct event event = {.type = type, .stage = run->stage, .op = op, .value = value, .pid = run->pid};
  struct iovec parts[2] = {{&event, sizeof event}, {(void *)(uintptr_t)payload, size}};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = size > 0 ? 2 : 1};
  ssize_t sent;

  if (run->report < 0)
    return 0;
  event.size = (uint32_t)size;
  do
    sent = sendmsg(run->report, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -1 : 0;
}

void report_warning(const struct run *run, const struct plan_op *op, int error, const void *payload, size_t size) {
  report(run, EVENT_WARNING, op_index(run, op), error, payload, size);
}

/* A seccomp filter can refuse exit_group too, and libc would then ask for ever. */
static _Noreturn void end_process(void) {
  syscall(SYS_exit_group, 1);
  __builtin_trap();
}

void fail(struct run *run, uint32_t op, int error) {
  run->shared->op = op;
  run->shared->error = error; /* H reports it where this process may not even call sendmsg any more */
  if (report(run, EVENT_FAILED, op, error, run->detail, run->detail_size) == 0)
    run->shared->reported = 1;
  if (getpid() == run->helper && run->pid > 0) { /* H: nothing may be left when it ends */
    kill(run->pid, SIGKILL);
    waitpid(run->pid, NULL, 0);
  }
  end_process();
}

void detail(struct run *run, const void *bytes, size_t size) {
  size_t room = sizeof run->detail - run->detail_size;

  if (size > room)
    size = room;
  memcpy(run->detail + run->detail_size, bytes, size);
  run->detail_size += (uint32_t)size;
}

union fd_message {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
};

/* One message with the bytes and, where fd >= 0, the descriptor. */
int send_fd(int socket, int fd, const void *bytes, size_t size) {
  union fd_message control = {{0}};
  struct iovec part = {(void *)(uintptr_t)bytes, size};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  ssize_t sent;

  if (fd >= 0) {
    struct cmsghdr *head;

    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
  }
  do
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0)
    return -1;
  if ((size_t)sent < size) /* a stream socket took the descriptor and a part of the bytes */
    return write_all(socket, (const char *)bytes + sent, size - (size_t)sent);
  return 0;
}

int message_send(int socket, enum message_kind kind, int32_t value, int fd) {
  struct message message = {.kind = (uint32_t)kind, .value = value};

  return send_fd(socket, fd, &message, sizeof message);
}

int message_receive(int socket, struct message *message, int *fd) {
  union fd_message control = {{0}};
  struct iovec part = {message, sizeof *message};
  struct msghdr header = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  struct cmsghdr *head;
  ssize_t got;

  *fd = -1;
  do
    got = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    return errno == ECONNRESET ? 0 : -1;
  if (got == 0)
    return 0;
  head = CMSG_FIRSTHDR(&header);
  if (head != NULL && head->cmsg_type == SCM_RIGHTS)
    memcpy(fd, CMSG_DATA(head), sizeof *fd);
  if ((size_t)got != sizeof *message)
    return error_of(EPROTO);
  return 1;
}
