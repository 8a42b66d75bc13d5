/* Directories, device nodes and links in the rootfs; names of the uts namespace; sysctls. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "helper.h"

int op_mkdir(struct run *run, const struct plan_op *op) {
  int fd = path_make_directory(run, plan_string(&run->plan, op, 0), (mode_t)op->n & 07777);

  if (fd < 0)
    return -1;
  close(fd);
  return 0;
}

static bool is_node(const struct stat *status, mode_t mode, dev_t device) {
  return (status->st_mode & S_IFMT) == (mode & S_IFMT) && (S_ISFIFO(mode) || status->st_rdev == device);
}

/* In a user namespace mknod is refused: the host's node of the same path, if it is the same device. */
static int bind_node(const struct run *run, const char *path, mode_t mode, dev_t device) {
  struct stat status;
  int node = open(path, O_PATH | O_CLOEXEC), tree = -1, result = -1, error;

  if (node < 0)
    return -1;
  if (fstat(node, &status) == 0) {
    errno = ENODEV;
    if (is_node(&status, mode, device))
      tree = clone_tree(node, "", false);
  }
  if (tree >= 0)
    result = attach_at(run, tree, path, 0);
  error = errno;
  close(node);
  close_fd(&tree);
  errno = error;
  return result;
}

static int make_node(const struct run *run, const char *path, mode_t mode, dev_t device, uid_t uid, gid_t gid) {
  char name[256];
  struct stat status;
  int parent = path_parent(run, path, name), result, error;

  if (parent < 0)
    return -1;
  result = mknodat(parent, name, mode, device);
  if (result == 0) {
    result = fchownat(parent, name, uid, gid, AT_SYMLINK_NOFOLLOW);
  } else if (errno == EEXIST && fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    result = is_node(&status, mode, device) ? 0 : -1;
  }
  error = errno;
  close(parent);
  errno = error;
  return result;
}

int op_mknod(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);

  if ((op->flags & TSRUN_NODE_BIND) != 0)
    return bind_node(run, path, op->ref[1], op->n);
  return make_node(run, path, op->ref[1], op->n, op->ref[2], op->ref[3]);
}

int op_symlink(struct run *run, const struct plan_op *op) {
  const char *target = plan_string(&run->plan, op, 1);
  char name[256];
  int fd, parent, result, error;

  if ((op->flags & TSRUN_LINK_IF_TARGET) != 0) {
    fd = path_open(run, target, O_PATH | O_NOFOLLOW, 0);
    if (fd < 0)
      return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    close(fd);
  }
  parent = path_parent(run, plan_string(&run->plan, op, 0), name);
  if (parent < 0)
    return -1;
  result = symlinkat(target, parent, name);
  if (result < 0 && errno == EEXIST && (op->flags & TSRUN_LINK_KEEP) != 0)
    result = 0;
  else if (result < 0 && errno == EEXIST && (op->flags & TSRUN_LINK_REPLACE) != 0)
    result = unlinkat(parent, name, 0) < 0 ? -1 : symlinkat(target, parent, name);
  error = errno;
  close(parent);
  errno = error;
  return result;
}

int op_sethostname(struct run *run, const struct plan_op *op) {
  const char *name = plan_string(&run->plan, op, 0);

  return sethostname(name, strlen(name));
}

int op_setdomainname(struct run *run, const struct plan_op *op) {
  const char *name = plan_string(&run->plan, op, 0);

  return setdomainname(name, strlen(name));
}

/*
 * A procfs that nobody else has a hand in (CVE-2019-16884, CVE-2025-52881). In a user namespace the kernel may refuse
 * a new one; the host's, which H verified, shows the same sysctls: they follow the writer's namespaces.
 */
static int own_procfs(struct run *run) {
  int fs, error;

  if (run->own_proc >= 0)
    return run->own_proc;
  fs = sys_fsopen("proc");
  if (fs < 0)
    return run->proc;
  if (sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL) == 0)
    run->own_proc = sys_fsmount(fs, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
  error = errno;
  close(fs);
  errno = error;
  return run->own_proc >= 0 ? run->own_proc : run->proc;
}

int op_sysctl(struct run *run, const struct plan_op *op) {
  char path[512];

  if (snprintf(path, sizeof path, "sys/%s", plan_string(&run->plan, op, 0)) >= (int)sizeof path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  return write_file_at(own_procfs(run), path, plan_string(&run->plan, op, 1));
}
