/* User ids and capabilities (capabilities(7)). */
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

#define BIT(cap) (UINT64_C(1) << (cap))

struct sets {
  uint64_t effective, permitted, inheritable;
};

static int get_sets(struct sets *sets) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];

  if (syscall(SYS_capget, &header, data) < 0)
    return -1;
  sets->effective = data[0].effective | (uint64_t)data[1].effective << 32;
  sets->permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
  sets->inheritable = data[0].inheritable | (uint64_t)data[1].inheritable << 32;
  return 0;
}

static int set_sets(const struct sets *sets) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {
      {(uint32_t)sets->effective, (uint32_t)sets->permitted, (uint32_t)sets->inheritable},
      {(uint32_t)(sets->effective >> 32), (uint32_t)(sets->permitted >> 32), (uint32_t)(sets->inheritable >> 32)},
  };

  return (int)syscall(SYS_capset, &header, data);
}

/* Pipes and the pty we made, nothing else: a file or the caller's own terminal is not ours to give away. */
static void chown_stdio(const struct run *run, uid_t uid) {
  struct stat status, pty;
  bool have_pty = run->pty >= 0 && fstat(run->pty, &pty) == 0;

  for (int fd = 0; fd <= 2; fd++) {
    if (fstat(fd, &status) < 0 || status.st_uid == uid)
      continue;
    if (S_ISFIFO(status.st_mode) || (have_pty && status.st_dev == pty.st_dev && status.st_ino == pty.st_ino))
      (void)!fchown(fd, uid, (gid_t)-1); /* what may not be changed is left alone (ops.ts) */
  }
}

int op_ids(struct run *run, const struct plan_op *op) {
  struct bytes groups = plan_bytes(&run->plan, op, 2);
  uid_t uid = op->ref[0];
  gid_t gid = op->ref[1];

  if ((op->flags & TSRUN_IDS_CHOWN_STDIO) != 0)
    chown_stdio(run, uid);
  if ((op->flags & TSRUN_IDS_KEEP_GROUPS) == 0 && setgroups(groups.size / sizeof(gid_t), groups.at) < 0)
    return -1;
  if (setresgid(gid, gid, gid) < 0)
    return -1;
  if (plan_find(&run->plan, OP_CAPABILITIES, op_index(run, op)) != NULL && prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0)
    return -1;
  if (setresuid(uid, uid, uid) < 0)
    return -1;
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  return die_with_parent(run); /* the kernel forgets it where ids change */
}

/* What goes out of the bounding set; `missing`: what was wanted in it but is not there any more. */
static int drop_bounding(uint64_t wanted, uint64_t *missing) {
  for (unsigned cap = 0; cap < 64; cap++) {
    int have = prctl(PR_CAPBSET_READ, cap, 0, 0, 0);

    if (have == 0 && (wanted & BIT(cap)) != 0)
      *missing |= BIT(cap);
    if (have < 0) { /* past the last one the kernel knows */
      *missing |= wanted & (~UINT64_C(0) << cap);
      return 0;
    }
    if (have == 1 && (wanted & BIT(cap)) == 0 && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0)
      return -1;
  }
  return 0;
}

static int raise_ambient(uint64_t wanted, uint64_t *missing) {
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 && errno != EINVAL)
    return -1;
  for (unsigned cap = 0; cap < 64; cap++) {
    if ((wanted & BIT(cap)) != 0 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0)
      *missing |= BIT(cap);
  }
  return 0;
}

/*
 * A seccomp filter without no_new_privs needs CAP_SYS_ADMIN, and comes last. So it is kept until execve, which
 * computes the new sets from the bounding, inheritable and ambient ones alone and so takes it away again.
 */
static bool seccomp_needs_admin(const struct run *run, const struct plan_op *op) {
  return plan_find(&run->plan, OP_SECCOMP, op_index(run, op)) != NULL && plan_find(&run->plan, OP_NO_NEW_PRIVILEGES, 0) == NULL;
}

int op_capabilities(struct run *run, const struct plan_op *op) {
  uint64_t wanted[5], missing[5] = {0}; /* bounding, effective, inheritable, permitted, ambient */
  struct sets have, next;

  memcpy(wanted, plan_bytes(&run->plan, op, 0).at, sizeof wanted);
  if (get_sets(&have) < 0)
    return -1;
  have.effective = have.permitted; /* setresuid has lowered them; CAP_SETPCAP is needed */
  if (set_sets(&have) < 0 || drop_bounding(wanted[0], &missing[0]) < 0)
    return -1;

  next.permitted = wanted[3] & have.permitted;
  next.effective = wanted[1] & next.permitted;
  next.inheritable = wanted[2] & have.permitted & wanted[0]; /* the kernel wants them in the bounding set */
  missing[3] = wanted[3] & ~have.permitted;
  missing[1] = wanted[1] & ~next.effective;
  missing[2] = wanted[2] & ~next.inheritable;
  if (seccomp_needs_admin(run, op)) {
    next.permitted |= BIT(CAP_SYS_ADMIN) & have.permitted;
    next.effective |= BIT(CAP_SYS_ADMIN) & have.permitted;
  }
  if (set_sets(&next) < 0 || raise_ambient(wanted[4], &missing[4]) < 0 || prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0) < 0)
    return -1;
  if ((missing[0] | missing[1] | missing[2] | missing[3] | missing[4]) != 0)
    report_warning(run, op, EPERM, missing, sizeof missing);
  return 0;
}

int op_no_new_privileges(struct run *run, const struct plan_op *op) {
  (void)run;
  (void)op;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
