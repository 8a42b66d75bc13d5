/* H: opens what is on the host's side, then waits for M and I and answers them. */
#include <fcntl.h>
#include <linux/mount.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper.h"

int op_start_socket(struct run *run, const struct plan_op *op) {
  int *fd = &run->op_fd[op_index(run, op)];

  *fd = listen_unix(plan_string(&run->plan, op, 0), "start.sock", SOCK_STREAM);
  return *fd < 0 ? -1 : 0;
}

int op_console_socket(struct run *run, const struct plan_op *op) {
  int *fd = &run->op_fd[op_index(run, op)];

  *fd = connect_unix(plan_string(&run->plan, op, 0), SOCK_STREAM);
  return *fd < 0 ? -1 : 0;
}

int op_pidfd_socket(struct run *run, const struct plan_op *op) { return op_console_socket(run, op); }

int op_monitor(struct run *run, const struct plan_op *op) {
  (void)run;
  if ((op->flags & TSRUN_MONITOR_SUBREAPER) == 0)
    return 0;
  return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

static int write_maps(const struct run *run, pid_t pid, const char *uid_map, const char *gid_map, bool deny_setgroups) {
  char path[64];

  snprintf(path, sizeof path, "%d/setgroups", pid);
  if (deny_setgroups && write_file_at(run->proc, path, "deny") < 0)
    return -1;
  snprintf(path, sizeof path, "%d/uid_map", pid);
  if (uid_map[0] != '\0' && write_file_at(run->proc, path, uid_map) < 0)
    return -1;
  snprintf(path, sizeof path, "%d/gid_map", pid);
  return gid_map[0] != '\0' ? write_file_at(run->proc, path, gid_map) : 0;
}

/* An idmapped mount takes its map from a user namespace, and one exists only as long as somebody holds it. */
static int user_namespace_with_maps(const struct run *run, const char *uid_map, const char *gid_map) {
  char path[64], byte = 0;
  int ready[2], fd = -1, error;
  pid_t child;

  if (pipe2(ready, O_CLOEXEC) < 0)
    return -1;
  child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (unshare(CLONE_NEWUSER) == 0)
      write_all(ready[1], &byte, 1);
    close(ready[1]);
    pause();
    _exit(0);
  }
  close(ready[1]);
  if (child > 0 && read_all(ready[0], &byte, 1) == 0 && write_maps(run, child, uid_map, gid_map, false) == 0) {
    snprintf(path, sizeof path, "%d/ns/user", child);
    fd = openat(run->proc, path, O_RDONLY | O_CLOEXEC);
  }
  error = errno;
  close(ready[0]);
  if (child > 0) {
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
  }
  errno = error;
  return fd;
}

int op_open_tree(struct run *run, const struct plan_op *op) {
  const char *uid_map = plan_string(&run->plan, op, 1), *gid_map = plan_string(&run->plan, op, 2);
  int tree = clone_tree(AT_FDCWD, plan_string(&run->plan, op, 0), (op->flags & TSRUN_TREE_RECURSIVE) != 0);

  run->op_fd[op_index(run, op)] = tree;
  if (tree < 0)
    return -1;
  if (uid_map[0] == '\0' && gid_map[0] == '\0')
    return 0;
  AUTO_CLOSE int namespace = user_namespace_with_maps(run, uid_map, gid_map);
  struct mount_attr attr = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = (unsigned)namespace};
  if (namespace < 0)
    return -1;
  return sys_mount_setattr(tree, (op->flags & TSRUN_TREE_IDMAP_RECURSIVE) != 0 ? AT_RECURSIVE : 0, &attr);
}

/* Paths of later stages that belong to the host: in M and I they could mean something else already. */
void open_for_later(struct run *run) {
  for (uint32_t i = 0; i < run->plan.count; i++) {
    const struct plan_op *op = &run->plan.ops[i];

    if (op->op == OP_JOIN_NAMESPACE)
      run->op_fd[i] = open(plan_string(&run->plan, op, 0), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    else if (op->op == OP_SECCOMP && plan_string(&run->plan, op, 1)[0] != '\0')
      run->op_fd[i] = connect_unix(plan_string(&run->plan, op, 1), SOCK_STREAM);
    else
      continue;
    if (run->op_fd[i] < 0)
      fail(run, i, errno);
  }
}

/* Tell TypeScript, wait for its byte. Runs in M, H or I; M is dumpable meanwhile, for newuidmap (see op_id_map). */
int op_barrier(struct run *run, const struct plan_op *op) {
  unsigned char answer = 1;
  int result;

  if (run->stage == STAGE_JOIN)
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  result = report(run, EVENT_BARRIER, op_index(run, op), 0, NULL, 0);
  if (result == 0)
    result = read_all(run->report, &answer, 1);
  if (run->stage == STAGE_JOIN)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (result == 0 && answer != 0) {
    errno = ECANCELED;
    result = -1;
  }
  return result;
}

/* ---- waiting ------------------------------------------------------------------------------- */

static _Noreturn void give_up(struct run *run, pid_t child) {
  if (child > 0) {
    kill(child, SIGKILL); /* our child, not reaped: the number is still its own */
    waitpid(child, NULL, 0);
  }
  if (run->shared->error != 0 && !run->shared->reported)
    fail(run, run->shared->op, run->shared->error);
  _exit(1);
}

/* M or I is gone without a word: killed from outside, by the OOM killer, or by its own seccomp filter. */
static _Noreturn void died(struct run *run, pid_t child) {
  static const char text[] = "the container's first process was killed while it was set up; out of memory?";

  if (run->shared->error != 0)
    give_up(run, child);
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  detail(run, text, sizeof text - 1);
  fail(run, NO_OP, ECHILD);
}

/* The next message. `watch`: give up when tsrun goes away, which closes the plan socket. 0 at end of file. */
static int next_message(struct run *run, pid_t child, bool watch, struct message *message, int *fd) {
  for (;;) {
    struct pollfd pollers[2] = {{.fd = run->control, .events = POLLIN}, {.fd = watch ? PLAN_FD : -1, .events = POLLRDHUP}};

    if (poll(pollers, 2, -1) < 0) {
      if (errno == EINTR)
        continue;
      give_up(run, child);
    }
    if (pollers[0].revents != 0) {
      int got = message_receive(run->control, message, fd);
      if (got < 0)
        give_up(run, child);
      return got;
    }
    /* A word that came between the two looks counts: with RELEASED said, tsrun may well be gone. */
    if (pollers[1].revents != 0 && poll(pollers, 1, 0) == 0)
      give_up(run, child);
  }
}

static void answer_id_map(const struct run *run, pid_t intermediate, uint32_t index) {
  const struct plan_op *op = &run->plan.ops[index];
  int result = write_maps(run, intermediate, plan_string(&run->plan, op, 0), plan_string(&run->plan, op, 1),
                          (op->flags & TSRUN_MAP_DENY_SETGROUPS) != 0);

  message_send(run->control, MESSAGE_ANSWER, result < 0 ? errno : 0, -1);
}

void await_child(struct run *run, pid_t intermediate) {
  struct message message = {0};
  int fd;

  while (message.kind != MESSAGE_CHILD) {
    if (next_message(run, intermediate, true, &message, &fd) == 0)
      died(run, intermediate);
    if (message.kind == MESSAGE_ID_MAP)
      answer_id_map(run, intermediate, (uint32_t)message.value);
  }
  run->pid = message.value;
  waitpid(intermediate, NULL, 0);
  run->pidfd = sys_pidfd_open(run->pid); /* our child: the number cannot be reused before we reap it */
  if (run->pidfd < 0)
    give_up(run, run->pid);
  report(run, EVENT_PID, NO_OP, 0, NULL, 0);

  const struct plan_op *socket = plan_find(&run->plan, OP_PIDFD_SOCKET, 0);
  if (socket != NULL && send_fd(run->op_fd[op_index(run, socket)], run->pidfd, "pidfd", 5) < 0)
    fail(run, op_index(run, socket), errno);
}

/* Let I set up, see it through until tsrun has let it go (and, with a monitor, to execve), and end. */
void release_child(struct run *run) {
  const struct plan_op *monitoring = plan_find(&run->plan, OP_MONITOR, 0);
  const struct plan_op *wait = plan_find(&run->plan, OP_AWAIT_START, 0);
  bool released = false;
  int terminal = -1;

  /* What I uses of these it has inherited. H keeps none, so that I alone decides when they close. */
  for (uint32_t i = 0; i < run->plan.count; i++)
    close_fd(&run->op_fd[i]);
  if (message_send(run->control, MESSAGE_GO, run->pid, -1) < 0)
    died(run, run->pid);
  for (;;) {
    struct message message;
    int fd, got = next_message(run, run->pid, !released, &message, &fd);

    if (got == 0)
      break;
    if (message.kind == MESSAGE_TERMINAL) {
      terminal = fd;
      if (monitoring != NULL && (monitoring->flags & TSRUN_MONITOR_TERMINAL) != 0)
        copy_window_size(terminal); /* before the program can ask */
    } else if (message.kind == MESSAGE_RELEASED) {
      if (monitoring == NULL)
        _exit(0);
      released = true;
      prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0); /* we must live to restore the terminal */
    }
  }
  if (run->shared->error != 0 || !run->shared->executing)
    died(run, run->pid);
  if (monitoring == NULL)
    _exit(0);
  prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
  report(run, EVENT_STARTED, op_index(run, wait), 0, NULL, 0);
  monitor(run, monitoring->flags, terminal);
}
