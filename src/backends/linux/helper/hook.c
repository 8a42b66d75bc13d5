/*
 * A hook in the container's namespaces. It may ignore its stdin, close it, or leave a background process that holds
 * its output open: none of that may break or block us. So the hook itself is waited for, and what it wrote is then
 * read as far as it is there.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "helper.h"

enum { HOOK_NOT_STARTED, HOOK_WAIT_STATUS, HOOK_TIMED_OUT }; /* docs/plan-format.md */
#define TAIL_SIZE 2048
#define MAX_TIMEOUT 31536000u /* seconds: a year */

struct hook {
  pid_t pid;
  int pidfd;
  int input;  /* its stdin, non-blocking */
  int output; /* its stdout and stderr, non-blocking */
  const char *state;
  size_t left;
  char tail[TAIL_SIZE];
  size_t tail_size;
};

static _Noreturn void run_hook(struct run *run, const struct plan_op *op, int input, int output, int failure) {
  char **argv = plan_vector(&run->plan, op, 1), **env = plan_vector(&run->plan, op, 2);
  int error = ENOMEM;

  if (env != NULL && (op->flags & TSRUN_HOOK_HOME) != 0)
    env = with_home(env);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  setpgid(0, 0); /* a timeout kills the group */
  signal(SIGPIPE, SIG_DFL);
  umask(0022);
  /* Where mounts it makes below its working directory are seen by the container: in the new root, which is no path of its own yet. */
  if (run->stage == STAGE_SETUP && fchdir(run->root) < 0) {
    error = errno;
    argv = NULL;
  }
  if (argv != NULL && env != NULL && dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(output, 2) >= 0 &&
      fcntl(failure, F_SETFD, FD_CLOEXEC) >= 0 && close_on_exec_from(3, false) >= 0) {
    execve(plan_string(&run->plan, op, 0), argv, env);
    error = errno;
  }
  write_all(failure, &error, sizeof error);
  _exit(127);
}

static void keep_tail(struct hook *hook, const char *bytes, size_t size) {
  if (size > TAIL_SIZE) {
    bytes += size - TAIL_SIZE;
    size = TAIL_SIZE;
  }
  if (hook->tail_size + size > TAIL_SIZE) {
    size_t gone = hook->tail_size + size - TAIL_SIZE;
    memmove(hook->tail, hook->tail + gone, hook->tail_size - gone);
    hook->tail_size -= gone;
  }
  memcpy(hook->tail + hook->tail_size, bytes, size);
  hook->tail_size += size;
}

/* Everything readable now; closes at end of file. Bounded, since a background process may write for ever. */
static void read_output(struct hook *hook) {
  char buffer[4096];

  for (int i = 0; i < 64 && hook->output >= 0; i++) {
    ssize_t n = read(hook->output, buffer, sizeof buffer);
    if (n > 0)
      keep_tail(hook, buffer, (size_t)n);
    else if (n == 0)
      close_fd(&hook->output);
    else if (errno != EINTR)
      return;
  }
}

static void write_input(struct hook *hook) {
  ssize_t n = write(hook->input, hook->state, hook->left); /* SIGPIPE is ignored here */

  if (n > 0) {
    hook->state += n;
    hook->left -= (size_t)n;
  } else if (errno == EAGAIN || errno == EINTR) {
    return;
  }
  if (n < 0 || hook->left == 0) /* all written, or it does not want it */
    close_fd(&hook->input);
}

static long milliseconds(void) {
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until the hook itself has ended: its wait status, or -1 on a timeout. */
static int wait_for_hook(struct hook *hook, uint64_t seconds) {
  long deadline = milliseconds() + (long)(seconds > MAX_TIMEOUT ? MAX_TIMEOUT : seconds) * 1000;
  int status = -1;
  bool timed_out = false;

  for (;;) {
    struct pollfd pollers[3] = {{.fd = hook->pidfd, .events = POLLIN},
                                {.fd = hook->output, .events = POLLIN},
                                {.fd = hook->input, .events = POLLOUT}};
    long left = seconds == 0 ? -1 : deadline - milliseconds();

    if (seconds != 0 && left <= 0) {
      timed_out = true;
      break;
    }
    if (poll(pollers, 3, left > 60000 ? 60000 : (int)left) < 0 && errno != EINTR)
      break;
    if (pollers[1].revents != 0)
      read_output(hook);
    if (pollers[2].revents != 0)
      write_input(hook);
    if (pollers[0].revents != 0)
      break;
  }
  if (timed_out)
    kill(-hook->pid, SIGKILL);
  while (waitpid(hook->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  return timed_out ? -1 : status;
}

static int start_hook(struct run *run, const struct plan_op *op, struct hook *hook) {
  int input[2], output[2], failure[2], error = 0;

  /* Pipes, not sockets: hooks open /dev/stdin. */
  if (pipe2(input, O_CLOEXEC) < 0 || pipe2(output, O_CLOEXEC) < 0 || pipe2(failure, O_CLOEXEC) < 0)
    return -1;
  hook->pid = fork();
  if (hook->pid == 0)
    run_hook(run, op, input[0], output[1], failure[1]);
  close(input[0]);
  close(output[1]);
  close(failure[1]);
  hook->input = input[1];
  hook->output = output[0];
  if (hook->pid < 0)
    return -1;
  fcntl(hook->output, F_SETFL, O_NONBLOCK);
  fcntl(hook->input, F_SETFL, O_NONBLOCK);
  if (read_all(failure[0], &error, sizeof error) < 0)
    error = 0; /* end of file: execve closed it */
  close(failure[0]);
  if (error == 0)
    hook->pidfd = sys_pidfd_open(hook->pid);
  if (error != 0 || hook->pidfd < 0) {
    error = error != 0 ? error : errno;
    kill(hook->pid, SIGKILL);
    waitpid(hook->pid, NULL, 0);
    errno = error;
    return -1;
  }
  return 0;
}

static void note_failure(struct run *run, uint32_t how, int32_t status, const struct hook *hook) {
  detail(run, &how, sizeof how);
  detail(run, &status, sizeof status);
  detail(run, hook->tail, hook->tail_size);
}

int op_hook(struct run *run, const struct plan_op *op) {
  struct hook hook = {.pidfd = -1, .input = -1, .output = -1};
  const struct sigaction usual = {.sa_handler = SIG_DFL};
  struct sigaction before;
  char *state = join_with_number(run, op, 3, getpid(), &hook.left);
  int status = 0, error = 0;

  if (state == NULL)
    return -1;
  hook.state = state;
  signal(SIGPIPE, SIG_IGN);
  sigaction(SIGCHLD, &usual, &before); /* a seccomp listener makes the kernel reap (seccomp.c): the hook's status would be lost */
  if (start_hook(run, op, &hook) < 0) {
    error = errno;
    note_failure(run, HOOK_NOT_STARTED, 0, &hook);
  } else {
    status = wait_for_hook(&hook, op->n);
    read_output(&hook);
    if (status != 0) {
      error = status < 0 ? ETIMEDOUT : ECANCELED;
      note_failure(run, status < 0 ? HOOK_TIMED_OUT : HOOK_WAIT_STATUS, status, &hook);
    }
  }
  close_fd(&hook.pidfd);
  close_fd(&hook.input);
  close_fd(&hook.output);
  free(state);
  signal(SIGPIPE, SIG_DFL);
  while (waitpid(-1, NULL, WNOHANG) > 0) /* what ended meanwhile is no child of the program to come */
    continue;
  sigaction(SIGCHLD, &before, NULL);
  errno = error;
  return error == 0 ? 0 : -1;
}
