/* I: waits for H's word, builds the container around itself (setup), becomes the program (init). */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "helper.h"

#define STARTER_SECONDS 10
#define HEAD_SIZE 3072 /* of a file execve refused: enough for `#!` lines and ELF headers */

/*
 * Made ready by awaitStart: between the seccomp filter and execve no system call may be needed that the filter could
 * refuse, and malloc makes some.
 */
static char **exec_argv, **exec_env;
static char exec_facts[EVENT_PAYLOAD_MAX];
static uint32_t exec_facts_size;

/* Payload of a failure to find or execute the program: u32 st_mode, path, NUL, the file's first bytes. */
static void note_facts(uint32_t mode, const char *path) {
  size_t length = strlen(path) + 1;
  ssize_t got;
  int fd;

  if (length > sizeof exec_facts - sizeof mode - HEAD_SIZE)
    length = 1;
  memcpy(exec_facts, &mode, sizeof mode);
  memcpy(exec_facts + sizeof mode, length == 1 ? "" : path, length);
  exec_facts_size = (uint32_t)(sizeof mode + length);
  if (!S_ISREG(mode))
    return;
  fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return; /* executable but not readable: nothing to tell */
  got = pread(fd, exec_facts + exec_facts_size, HEAD_SIZE, 0);
  close(fd);
  if (got > 0)
    exec_facts_size += (uint32_t)got;
}

/* Is this the program? On -1 the facts say why not, if it exists. */
static int try_program(const char *path) {
  struct stat status;
  int error;

  if (stat(path, &status) < 0) {
    error = errno;
    note_facts(0, path);
  } else if (S_ISDIR(status.st_mode)) {
    error = EACCES;
    note_facts(status.st_mode, path);
  } else {
    error = syscall(SYS_faccessat2, AT_FDCWD, path, X_OK, AT_EACCESS) < 0 ? errno : 0;
    if (error == ENOSYS || error == EPERM) /* an old seccomp profile does not know it; execve will tell */
      error = 0;
    note_facts(status.st_mode, path);
  }
  errno = error;
  return error == 0 ? 0 : -1;
}

/* Of several settings the last one counts, as in runc, where exec's --env follows the container's own. */
static const char *find_variable(char *const env[], const char *name) {
  size_t length = strlen(name);
  const char *found = NULL;

  for (; *env != NULL; env++) {
    if (strncmp(*env, name, length) == 0 && (*env)[length] == '=')
      found = *env + length + 1;
  }
  return found;
}

static bool file_seen(const char *facts) {
  uint32_t mode;

  memcpy(&mode, facts, sizeof mode);
  return S_ISREG(mode);
}

/* Relative entries of PATH are passed over, as Go's exec.LookPath (runc) does. */
static int find_program(struct run *run, const char *name, char *const env[]) {
  const char *path = find_variable(env, "PATH");
  char denied[sizeof run->program] = "";

  if (strchr(name, '/') != NULL) {
    if (strlen(name) >= sizeof run->program)
      return error_of(ENAMETOOLONG);
    strcpy(run->program, name);
    return try_program(run->program);
  }
  for (const char *next; path != NULL && *path != '\0'; path = next) {
    int length = (int)strcspn(path, ":");
    int size = snprintf(run->program, sizeof run->program, "%.*s/%s", length, path, name);

    next = path + length + (path[length] == ':');
    if (*path != '/' || size >= (int)sizeof run->program)
      continue;
    if (try_program(run->program) == 0)
      return 0;
    if (file_seen(exec_facts) && denied[0] == '\0')
      strcpy(denied, run->program);
  }
  if (denied[0] != '\0') /* worth telling, now that no later directory has a better one */
    return try_program(denied);
  note_facts(0, "");
  errno = ENOENT;
  return -1;
}

/* Preserved descriptors move from 4… to 3…; the plan socket leaves its place to them. */
int settle_preserved(struct run *run, uint32_t count) {
  int above = FIRST_PRESERVED + (int)count, moved;

  if (count > 0) {
    moved = fcntl(run->report, F_DUPFD_CLOEXEC, above);
    if (moved < 0)
      return -1;
    run->report = moved;
    for (int i = 0; i < (int)count; i++) {
      if (dup2(FIRST_PRESERVED + i, PLAN_FD + i) < 0)
        return -1;
    }
    close(above - 1);
  }
  return close_on_exec_from(PLAN_FD + (int)count, false);
}

/* Nothing of the host stays open in a created container, whoever may come to look at it. */
static void close_host(struct run *run) {
  int *const descriptors[] = {&run->proc, &run->own_proc, &run->root, &run->mask_dir, &run->mask_null, &run->pty};

  for (size_t i = 0; i < sizeof descriptors / sizeof descriptors[0]; i++)
    close_fd(descriptors[i]);
  for (uint32_t i = 0; i < run->plan.count; i++) {
    if (run->plan.ops[i].op != OP_START_SOCKET && run->plan.ops[i].op != OP_SECCOMP)
      close_fd(&run->op_fd[i]);
  }
}

/*
 * The state directory is 0700, so only its owner can connect. In a user namespace of the container the peer's uid
 * reads as the overflow uid; only where we share the caller's can it be compared.
 */
static bool may_start(const struct run *run, int connection) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  bool mapped = plan_find(&run->plan, OP_ID_MAP, 0) != NULL || plan_find(&run->plan, OP_BECOME_ROOT, 0) != NULL ||
                plan_find(&run->plan, OP_BARRIER, 0) != NULL;

  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
    return false;
  return mapped || peer.uid == 0 || peer.uid == run->caller;
}

/* The next connection that may start us and does: its byte. One that says nothing shall not keep the others out. */
static int accept_connection(const struct run *run, int listener) {
  const struct timeval limit = {.tv_sec = STARTER_SECONDS};

  for (;;) {
    unsigned char byte = 1;
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

    if (fd < 0) {
      if (errno != EINTR && errno != ECONNABORTED)
        return -1;
      continue;
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (may_start(run, fd) && read_all(fd, &byte, 1) == 0 && byte == 0)
      return fd;
    close(fd);
  }
}

/* From here on the starter is the one to hear of failures. It sees end of file when execve closes the socket. */
static int await_starter(struct run *run) {
  const struct plan_op *op = plan_find(&run->plan, OP_START_SOCKET, 0);
  int *listener = op == NULL ? NULL : &run->op_fd[op_index(run, op)];

  if (listener == NULL)
    return error_of(EINVAL);
  run->report = accept_connection(run, *listener);
  close_fd(listener);
  if (run->report < 0)
    return -1;
  report(run, EVENT_STARTED, run->shared->op, 0, NULL, 0);
  return 0;
}

/*
 * All is set up. Until tsrun's byte says that it has written down where we are, we end with it and with H: nobody would
 * ever find this process. RELEASED comes after H was told: tsrun may close the socket then, which H must not mistake for
 * tsrun's death. -1: tsrun gives up.
 */
static int await_commit(struct run *run, uint32_t index) {
  unsigned char byte = 1;

  if (report(run, EVENT_CREATED, index, 0, NULL, 0) < 0 || read_all(run->report, &byte, 1) < 0)
    _exit(1); /* tsrun is gone: there is nobody to tell */
  errno = ECANCELED;
  if (byte != 0 || prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0) < 0)
    return -1;
  if (message_send(run->control, MESSAGE_RELEASED, 0, -1) < 0)
    _exit(1); /* H was killed, as we should have been */
  return 0;
}

int op_await_start(struct run *run, const struct plan_op *op) {
  const struct plan_op *exec = plan_find(&run->plan, OP_EXEC, op_index(run, op));

  if (exec->n > 1024 || settle_preserved(run, (uint32_t)exec->n) < 0)
    return -1;
  exec_argv = plan_vector(&run->plan, exec, 0);
  exec_env = plan_vector(&run->plan, exec, 1);
  exec_env = exec_env == NULL ? NULL : with_home(exec_env);
  if (exec_argv == NULL || exec_env == NULL)
    return -1;
  if (exec_argv[0] != NULL && find_program(run, exec_argv[0], exec_env) < 0) {
    int error = errno;
    detail(run, exec_facts, exec_facts_size);
    errno = error;
    return -1;
  }
  close_host(run);
  if ((op->flags & TSRUN_START_NOW) != 0)
    return prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
  if (await_commit(run, op_index(run, op)) < 0)
    return -1;
  if ((op->flags & TSRUN_START_ATTACHED) != 0)
    return 0; /* the same byte says "go" */
  report(run, EVENT_RELEASED, op_index(run, op), 0, NULL, 0);
  close_fd(&run->report);
  return await_starter(run);
}

int op_exec(struct run *run, const struct plan_op *op) {
  (void)op;
  if (exec_argv[0] == NULL)
    return error_of(EINVAL);
  run->shared->executing = 1;
  execve(run->program, exec_argv, exec_env);
  int error = errno;
  detail(run, exec_facts, exec_facts_size);
  errno = error;
  return -1;
}

void init_main(struct run *run) {
  struct message message;
  int fd;

  prctl(PR_SET_NAME, "tsrun:init", 0, 0, 0);
  run->stage = STAGE_SETUP;
  run->pid = -1;
  die_with_parent(run);
  if (message_receive(run->control, &message, &fd) <= 0 || message.kind != MESSAGE_GO)
    _exit(1); /* H is gone */
  run->pid = message.value;
  run->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  umask(0); /* modes as the plan says */
  run_stage(run, STAGE_SETUP);
  umask(0022);
  run_stage(run, STAGE_INIT);
  _exit(1); /* a checked plan ends in exec */
}
