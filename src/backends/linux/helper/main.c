/*
 * tsrun-helper: carries out an encoded plan (README.md tells the whole story; docs/plan-format.md the bytes).
 * `main_run` is the process H; it forks M (join.c), which clones I (init.c).
 */
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "helper.h"

#define PROC_ROOT_INODE 1

/* An instruction of ops.ts without its function op_… does not link. */
static op_handler *const handlers[] = {
#define X(name, function, code, kinds, stages) [code] = op_##function,
    PLAN_OPS(X)
#undef X
};

uint32_t op_index(const struct run *run, const struct plan_op *op) { return (uint32_t)(op - run->plan.ops); }

int run_stage(struct run *run, uint8_t stage) {
  run->stage = stage;
  for (uint32_t i = 0; i < run->plan.count; i++) {
    const struct plan_op *op = &run->plan.ops[i];

    if (op->stage != stage)
      continue;
    run->shared->op = i;
    run->detail_size = 0;
    errno = 0;
    if (handlers[op->op](run, op) != 0) /* the plan was checked: it has known codes only */
      fail(run, i, errno);
  }
  return 0;
}

/*
 * A caller may have blocked or ignored anything (node ignores SIGPIPE); the program shall start from defaults.
 * Not by libc's sigaction, which keeps signals 32 to 34 to itself.
 */
static void reset_signals(void) {
  const unsigned long standard[4] = {0}; /* the kernel's struct: SIG_DFL, no flags, no restorer, empty mask */
  sigset_t none;

  for (int number = 1; number < _NSIG; number++)
    syscall(SYS_rt_sigaction, number, standard, NULL, sizeof standard[0]); /* EINVAL for SIGKILL, SIGSTOP */
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void refuse(struct run *run, const char *why, int error) {
  detail(run, why, strlen(why));
  fail(run, NO_OP, error);
}

static void read_plan(struct run *run) {
  char header[PLAN_HEADER_SIZE], *bytes;
  const char *why;
  uint32_t size;

  if (read_all(PLAN_FD, header, sizeof header) < 0)
    refuse(run, "no plan", errno);
  size = plan_header(header, &why);
  if (size == 0)
    refuse(run, why, EPROTO);
  bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED)
    refuse(run, "no memory for the plan", errno);
  memcpy(bytes, header, sizeof header);
  if (read_all(PLAN_FD, bytes + sizeof header, size - sizeof header) < 0)
    refuse(run, "the plan ends early", errno);
  why = plan_load(&run->plan, bytes, size);
  if (why != NULL)
    refuse(run, why, EPROTO);
  mprotect(bytes, size, PROT_READ);
}

/* Only 0-2, the plan socket and the preserved descriptors live on: a leaked one could be a host directory (CVE-2024-21626). */
static void keep_declared_descriptors(struct run *run) {
  const struct plan_op *exec = plan_find(&run->plan, OP_EXEC, 0);
  uint64_t preserved = exec == NULL ? 0 : exec->n;

  if (preserved > 1024)
    refuse(run, "too many preserved descriptors", EINVAL);
  for (int fd = FIRST_PRESERVED; fd < FIRST_PRESERVED + (int)preserved; fd++) {
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) /* settle_preserved clears it */
      refuse(run, "a preserved descriptor is not open", errno);
  }
  if (close_on_exec_from(FIRST_PRESERVED + (int)preserved, true) < 0)
    refuse(run, "cannot close inherited descriptors", errno);
}

/* The host's procfs, and nothing that was mounted in its place. */
static void open_proc(struct run *run) {
  struct statfs file_system;
  struct stat status;

  run->proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (run->proc < 0 || fstatfs(run->proc, &file_system) < 0 || fstat(run->proc, &status) < 0)
    refuse(run, "/proc", errno);
  if (file_system.f_type != PROC_SUPER_MAGIC || status.st_ino != PROC_ROOT_INODE)
    refuse(run, "/proc is no procfs", EXDEV);
}

/* A closed 0, 1 or 2 would be taken by the next file opened, and the container would get that. */
static void open_missing_stdio(void) {
  for (int fd = 0; fd <= 2; fd++) {
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
      _exit(1);
  }
}

static void set_up(struct run *run) {
  run->report = PLAN_FD;
  run->control = run->proc = run->own_proc = run->root = run->mask_dir = run->mask_null = run->pidfd = run->pty = -1;
  for (size_t i = 0; i < PLAN_MAX_OPS; i++)
    run->op_fd[i] = -1;
  run->helper = getpid();
  run->caller = geteuid();
  run->shared = mmap(NULL, sizeof *run->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (run->shared == MAP_FAILED)
    _exit(1);
}

/*
 * M, born in the container's cgroup v2 where there is one: a later write to cgroup.procs takes the kernel's threadgroup
 * lock, 10 to 15 ms here (6.18). Where the kernel will not (before 5.7, no permission), joinCgroup does it by writing.
 */
static pid_t fork_into_cgroup(struct run *run) {
  for (uint32_t i = 0; i < run->plan.count; i++) {
    const struct plan_op *op = &run->plan.ops[i];
    if (op->op != OP_JOIN_CGROUP)
      continue;
    int dir = open(plan_string(&run->plan, op, 0), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
      continue;
    struct clone_args args = {.flags = CLONE_INTO_CGROUP, .exit_signal = SIGCHLD, .cgroup = (unsigned)dir};
    pid_t pid = faccessat(dir, "tasks", F_OK, 0) == 0 ? -1 : (pid_t)syscall(SYS_clone3, &args, sizeof args);
    close(dir);
    if (pid == 0)
      run->born_in = op;
    if (pid >= 0)
      return pid;
  }
  return fork();
}

static int main_run(char *const argv[]) {
  static struct run run;
  struct stat status;
  int control[2];
  pid_t intermediate;

  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* CVE-2016-9962 */
  prctl(PR_SET_NAME, "tsrun-helper", 0, 0, 0);
  if (fstat(PLAN_FD, &status) < 0 || !S_ISSOCK(status.st_mode)) {
    dprintf(2, "tsrun-helper: descriptor 3 is not the plan socket\n");
    return 2;
  }
  reset_signals();
  open_missing_stdio();
  set_up(&run);
  int sealed = seal_self(argv);
  fcntl(PLAN_FD, F_SETFL, fcntl(PLAN_FD, F_GETFL) & ~O_NONBLOCK);
  fcntl(PLAN_FD, F_SETFD, FD_CLOEXEC);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  report(&run, EVENT_READY, NO_OP, (int32_t)(PLAN_ABI & 0x7fffffffu), NULL, 0);
  if (sealed < 0)
    refuse(&run, "cannot run from a sealed copy", errno);

  read_plan(&run);
  keep_declared_descriptors(&run);
  open_proc(&run);
  if (peer_closed(PLAN_FD))
    return 1;
  run_stage(&run, STAGE_HOST);
  if (plan_find(&run.plan, OP_EXEC, 0) == NULL)
    return 0;

  open_for_later(&run);
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) < 0)
    refuse(&run, "socketpair", errno);
  intermediate = fork_into_cgroup(&run);
  if (intermediate < 0)
    refuse(&run, "fork", errno);
  run.control = control[intermediate == 0];
  close(control[intermediate != 0]);
  if (intermediate == 0)
    join_main(&run);

  await_child(&run, intermediate);
  run_stage(&run, STAGE_PARENT);
  release_child(&run);
  return 0;
}

int main(int argc, char *argv[]) {
  if (argc == 2 && strcmp(argv[1], "run") == 0)
    return main_run(argv);
  if (argc == 2 && strcmp(argv[1], "abi") == 0)
    return printf("%08x\n", PLAN_ABI) < 0;
  if (argc == 5 && strcmp(argv[1], "signal") == 0)
    return main_signal(argv + 2);
  if (argc == 4 && strcmp(argv[1], "oom") == 0)
    return main_oom(argv + 2);
  if (argc == 5 && strcmp(argv[1], "pidfd") == 0)
    return main_pidfd(argv + 2);
  if (argc >= 6 && strcmp(argv[1], "console") == 0 && strcmp(argv[4], "--") == 0)
    return main_console(argv + 2);
  dprintf(2, "usage: tsrun-helper run | abi | signal PID STARTTIME SIGNAL | oom CGROUPDIR v1|v2 | "
             "pidfd SOCKET PID STARTTIME | console SOCKET COUNT -- PROGRAM [ARGUMENT]...\n");
  return 2;
}
