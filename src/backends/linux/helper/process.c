/* Properties of the process: each a system call or a value written to a file. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

#define IOPRIO_WHO_PROCESS 1
#define KEYCTL_JOIN_SESSION_KEYRING 1
#define KEYCTL_SETPERM 5
#define KEYCTL_DESCRIBE 6
#define KEY_USR_SEARCH 0x00080000u

int op_session(struct run *run, const struct plan_op *op) {
  (void)run;
  if (setsid() < 0)
    return -1;
  return (op->flags & TSRUN_SESSION_TTY) != 0 ? ioctl(0, TIOCSCTTY, 0) : 0;
}

/* A keyring of its own, so that the container does not see the caller's. Its owner may search it (as runc does). */
int op_keyring(struct run *run, const struct plan_op *op) {
  char text[256];
  unsigned long permissions;
  char *field;
  long key = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, plan_string(&run->plan, op, 0));

  if (key < 0 && (errno == ENOSYS || errno == EDQUOT)) { /* no CONFIG_KEYS; the user's quota of keys is used up */
    report_warning(run, op, errno, NULL, 0);
    return 0;
  }
  if (key < 0)
    return -1;
  /* "type;uid;gid;permissions;description" */
  if (syscall(SYS_keyctl, KEYCTL_DESCRIBE, key, text, sizeof text - 1) < 0)
    return -1;
  text[sizeof text - 1] = '\0';
  field = strchr(text, ';');
  field = field == NULL ? NULL : strchr(field + 1, ';');
  field = field == NULL ? NULL : strchr(field + 1, ';');
  if (field == NULL)
    return error_of(EPROTO);
  permissions = strtoul(field + 1, NULL, 16);
  return (int)syscall(SYS_keyctl, KEYCTL_SETPERM, key, permissions | KEY_USR_SEARCH);
}

int op_rlimit(struct run *run, const struct plan_op *op) {
  return (int)syscall(SYS_prlimit64, 0, op->ref[0], plan_bytes(&run->plan, op, 1).at, NULL);
}

int op_oom_score_adj(struct run *run, const struct plan_op *op) {
  if (proc_write_self(run, "oom_score_adj", plan_string(&run->plan, op, 0)) == 0)
    return 0;
  if ((op->flags & TSRUN_OOM_OPTIONAL) == 0 || (errno != EACCES && errno != EPERM))
    return -1;
  report_warning(run, op, errno, NULL, 0);
  return 0;
}

int op_scheduler(struct run *run, const struct plan_op *op) {
  return (int)syscall(SYS_sched_setattr, 0, plan_bytes(&run->plan, op, 0).at, 0);
}

int op_io_priority(struct run *run, const struct plan_op *op) {
  (void)run;
  return (int)syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, (int)op->n);
}

int op_cpu_affinity(struct run *run, const struct plan_op *op) {
  struct bytes mask = plan_bytes(&run->plan, op, 0);
  unsigned char all[1024]; /* CONFIG_NR_CPUS is at most 8192 */

  if (mask.size > 0)
    return syscall(SYS_sched_setaffinity, 0, mask.size, mask.at) < 0 ? -1 : 0;
  memset(all, 0xff, sizeof all);
  if (syscall(SYS_sched_setaffinity, 0, sizeof all, all) < 0)
    report_warning(run, op, errno, NULL, 0);
  return 0;
}

int op_memory_policy(struct run *run, const struct plan_op *op) {
  struct bytes nodes = plan_bytes(&run->plan, op, 0);
  unsigned long bits = nodes.size == 0 ? 0 : (unsigned long)nodes.size * 8 + 1; /* the kernel takes off one */

  return (int)syscall(SYS_set_mempolicy, (int)op->flags, nodes.size == 0 ? NULL : nodes.at, bits);
}

int op_personality(struct run *run, const struct plan_op *op) {
  (void)run;
  return personality((unsigned long)op->n) < 0 ? -1 : 0;
}

/* Of AppArmor the newer file first: with several LSMs the old name belongs to one of them only. */
int op_label(struct run *run, const struct plan_op *op) {
  char text[4096];
  const char *label = plan_string(&run->plan, op, 0);

  if ((op->flags & TSRUN_LABEL_SELINUX) != 0)
    return proc_write_self(run, "attr/exec", label);
  if (snprintf(text, sizeof text, "exec %s", label) >= (int)sizeof text)
    return error_of(ENAMETOOLONG);
  if (proc_write_self(run, "attr/apparmor/exec", text) == 0)
    return 0;
  return errno == ENOENT ? proc_write_self(run, "attr/exec", text) : -1;
}

/* CVE-2024-21626: a working directory outside of the root would be a way out. getcwd refuses one with ENOENT. */
int op_chdir(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);
  char here[4096];

  if (chdir(path) < 0 || getcwd(here, sizeof here) == NULL)
    return -1;
  if (here[0] != '/')
    return error_of(ENOENT);
  return 0;
}

int op_umask(struct run *run, const struct plan_op *op) {
  (void)run;
  umask((mode_t)op->n & 0777);
  return 0;
}
