/* M: enters and makes namespaces, then clones I as its own sibling and ends. */
#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "helper.h"

/*
 * A write to cgroup.procs takes the kernel's threadgroup lock: 10 to 15 ms here (6.18), an RCU grace period. Moving
 * only the writing thread does not, and this process has just the one. `tasks` exists on cgroup v1 alone.
 */
static int join_cgroup(int dir) {
  if (write_file_at(dir, "tasks", "0") == 0)
    return 0;
  return errno == ENOENT ? write_file_at(dir, "cgroup.procs", "0") : -1;
}

int op_join_cgroup(struct run *run, const struct plan_op *op) {
  if (op == run->born_in)
    return 0;
  AUTO_CLOSE int dir = open(plan_string(&run->plan, op, 0), O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (dir >= 0 && join_cgroup(dir) == 0)
    return 0;
  if ((op->flags & TSRUN_JOIN_CGROUP_OPTIONAL) == 0)
    return -1;
  report_warning(run, op, errno, NULL, 0);
  return 0;
}

static bool is_current(const struct run *run, int fd, const char *own) {
  struct stat theirs, ours;

  return fstat(fd, &theirs) == 0 && fstatat(run->proc, own, &ours, 0) == 0 && theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino;
}

int op_join_namespace(struct run *run, const struct plan_op *op) {
  int fd = run->op_fd[op_index(run, op)];
  int type = ioctl(fd, NS_GET_NSTYPE);

  if (type < 0 || (uint32_t)type != op->flags) { /* ENOTTY: not a namespace at all */
    errno = EINVAL;
    return -1;
  }
  if (is_current(run, fd, plan_string(&run->plan, op, 1)))
    return 0;
  if (setns(fd, type) == 0)
    return 0;
  return (op->n & TSRUN_JOIN_TRY) != 0 && errno == EPERM ? 0 : -1;
}

int op_unshare(struct run *run, const struct plan_op *op) {
  (void)run;
  return unshare((int)op->flags);
}

/*
 * H writes the maps: it has the caller's rights, M has lost them. The files of a process that is not dumpable belong
 * to root, so M is dumpable for this moment; nothing of the container exists yet that could use it.
 */
int op_id_map(struct run *run, const struct plan_op *op) {
  struct message message;
  int fd, got = -1;

  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  if (message_send(run->control, MESSAGE_ID_MAP, (int32_t)op_index(run, op), -1) == 0)
    got = message_receive(run->control, &message, &fd);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (got <= 0)
    _exit(1);
  errno = message.value;
  return message.value == 0 ? 0 : -1;
}

int op_become_root(struct run *run, const struct plan_op *op) {
  uid_t uid = op->ref[0];
  gid_t gid = op->ref[1];

  if (setresgid(gid, gid, gid) < 0 || setresuid(uid, uid, uid) < 0)
    return -1;
  return die_with_parent(run); /* a change of ids forgets it */
}

int op_time_offsets(struct run *run, const struct plan_op *op) {
  return proc_write_self(run, "timens_offsets", plan_string(&run->plan, op, 0));
}

/* PR_SET_PDEATHSIG, and then a look whether it came too late. H's end of the socket is gone when H is. */
int die_with_parent(const struct run *run) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
    return -1;
  if (peer_closed(run->control))
    _exit(1);
  return 0;
}

void join_main(struct run *run) {
  pid_t child;

  run->pid = getpid();
  prctl(PR_SET_NAME, "tsrun:join", 0, 0, 0);
  die_with_parent(run);
  run_stage(run, STAGE_JOIN);

  /* A sibling: H is its parent, waits for it, and leaves it to the caller's subreaper in the end. */
  child = (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
  if (child == 0)
    init_main(run);
  if (child < 0) {
    static const char text[] = "clone";
    detail(run, text, sizeof text - 1);
    fail(run, NO_OP, errno);
  }
  _exit(message_send(run->control, MESSAGE_CHILD, child, -1) < 0);
}
