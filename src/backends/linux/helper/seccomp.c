/*
 * The filter is the last thing before execve: behind it any system call may be refused, answered by somebody else,
 * or deadly. Where a listener shall answer, its descriptor appears in a process that may not be able to send it any
 * more. So a helper thread of sorts, with the same descriptor table but without the filter, waits for its number in
 * shared memory and sends it; this process spins on memory until that is done, which needs no system call.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "helper.h"

#define SENT_OK 1
#define SPIN_NANOSECONDS 2000000L
#define SEND_SECONDS 10

/* The strings of a vector with the number between each two: a state document with its pid filled in. malloc'ed. */
char *join_with_number(const struct run *run, const struct plan_op *op, int slot, pid_t pid, size_t *size) {
  char **parts = plan_vector(&run->plan, op, slot), number[16], *text = NULL;
  size_t length = 1;

  if (parts == NULL)
    return NULL;
  snprintf(number, sizeof number, "%d", pid);
  for (char **part = parts; *part != NULL; part++)
    length += strlen(*part) + strlen(number);
  text = malloc(length);
  if (text != NULL) {
    char *at = text;
    *at = '\0';
    for (char **part = parts; *part != NULL; part++) {
      if (part != parts)
        at = stpcpy(at, number);
      at = stpcpy(at, *part);
    }
    *size = (size_t)(at - text);
  }
  free(parts);
  return text;
}

/* Runs with our descriptors but without our filter. */
static _Noreturn void send_listener(struct run *run, int socket, const char *state, size_t size, pid_t parent) {
  const struct timespec pause_time = {.tv_nsec = 50000};
  const struct timeval limit = {.tv_sec = SEND_SECONDS};

  while (run->shared->listener == 0 && getppid() == parent)
    nanosleep(&pause_time, NULL);
  if (run->shared->listener <= 0)
    _exit(0);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  run->shared->listener_sent = send_fd(socket, run->shared->listener, state, size) == 0 ? SENT_OK : -errno;
  _exit(0);
}

static long clock_nanoseconds(void) {
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now); /* vDSO: no system call */
  return now.tv_nsec + now.tv_sec * 1000000000L;
}

/* Our program shall not find a child it did not make: the kernel reaps it, and execve restores the disposition. */
static void reap_automatically(void) {
  struct sigaction action = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT};

  sigaction(SIGCHLD, &action, NULL);
}

static int install_with_listener(struct run *run, const struct plan_op *op, const struct sock_fprog *program) {
  pid_t self = getpid(), child;
  size_t size;
  static char *state; /* freed by execve: free may make system calls */
  long fd, until;

  state = join_with_number(run, op, 2, run->pid, &size);
  if (state == NULL)
    return -1;
  reap_automatically();
  clock_nanoseconds(); /* the first call looks the vDSO up */
  child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
  if (child == 0)
    send_listener(run, run->op_fd[op_index(run, op)], state, size, self);
  if (child < 0)
    return -1;
  fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, op->flags | SECCOMP_FILTER_FLAG_NEW_LISTENER, program);
  run->shared->listener = fd < 0 ? -1 : (int32_t)fd;
  if (fd < 0)
    return -1;
  while (run->shared->listener_sent == 0)
    continue;
  if (run->shared->listener_sent != SENT_OK)
    return error_of(-run->shared->listener_sent);
  for (until = clock_nanoseconds() + SPIN_NANOSECONDS; clock_nanoseconds() < until;)
    continue; /* it is about to end; let it be reaped before execve */
  return 0;
}

int op_seccomp(struct run *run, const struct plan_op *op) {
  struct bytes filter = plan_bytes(&run->plan, op, 0);
  struct sock_fprog program = {.len = (unsigned short)(filter.size / sizeof(struct sock_filter))};

  program.filter = (struct sock_filter *)(uintptr_t)filter.at;
  if (filter.size == 0 || filter.size % sizeof(struct sock_filter) != 0 || filter.size / sizeof(struct sock_filter) > BPF_MAXINSNS)
    return error_of(EINVAL);
  if (run->op_fd[op_index(run, op)] >= 0)
    return install_with_listener(run, op, &program);
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, op->flags, &program);
}
