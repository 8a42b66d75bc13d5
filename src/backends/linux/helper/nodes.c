/* Directories, device nodes and links in the rootfs; names of the uts namespace; sysctls. */
#include <fcntl.h>
#include <limits.h>
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
  AUTO_CLOSE int node = open(path, O_PATH | O_CLOEXEC);
  AUTO_CLOSE int tree = -1;

  if (node < 0 || fstat(node, &status) < 0)
    return -1;
  if (!is_node(&status, mode, device))
    return error_of(ENODEV);
  tree = clone_tree(node, "", false);
  return tree < 0 ? -1 : attach_at(run, tree, path, 0);
}

static int make_node(const struct run *run, const char *path, mode_t mode, dev_t device, uid_t uid, gid_t gid) {
  char name[256];
  struct stat status;
  AUTO_CLOSE int parent = path_parent(run, path, name);

  if (parent < 0)
    return -1;
  if (mknodat(parent, name, mode, device) == 0)
    return fchownat(parent, name, uid, gid, AT_SYMLINK_NOFOLLOW);
  if (errno != EEXIST || fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
    return -1;
  errno = EEXIST;
  return is_node(&status, mode, device) ? 0 : -1;
}

int op_mknod(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);

  if ((op->flags & TSRUN_NODE_BIND) != 0)
    return bind_node(run, path, op->ref[1], op->n);
  return make_node(run, path, op->ref[1], op->n, op->ref[2], op->ref[3]);
}

static bool leads_to(int parent, const char *name, const char *target) {
  char found[PATH_MAX];
  ssize_t size = readlinkat(parent, name, found, sizeof found);

  return size >= 0 && (size_t)size == strlen(target) && memcmp(found, target, (size_t)size) == 0;
}

int op_symlink(struct run *run, const struct plan_op *op) {
  const char *target = plan_string(&run->plan, op, 1);
  char name[256];
  AUTO_CLOSE int parent = -1;

  if ((op->flags & TSRUN_LINK_IF_TARGET) != 0) {
    AUTO_CLOSE int found = path_open(run, target, O_PATH | O_NOFOLLOW, 0);
    if (found < 0)
      return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
  }
  parent = path_parent(run, plan_string(&run->plan, op, 0), name);
  if (parent < 0)
    return -1;
  if (symlinkat(target, parent, name) == 0)
    return 0;
  if (errno != EEXIST)
    return -1;
  if (leads_to(parent, name, target))
    return 0;
  if ((op->flags & TSRUN_LINK_REPLACE) != 0)
    return unlinkat(parent, name, 0) < 0 ? -1 : symlinkat(target, parent, name);
  errno = EEXIST;
  return (op->flags & TSRUN_LINK_KEEP) != 0 ? 0 : -1;
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
  if (run->own_proc < 0) {
    AUTO_CLOSE int fs = sys_fsopen("proc");

    if (fs >= 0 && sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL) == 0)
      run->own_proc = sys_fsmount(fs, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
  }
  return run->own_proc >= 0 ? run->own_proc : run->proc;
}

int op_sysctl(struct run *run, const struct plan_op *op) {
  char path[512];

  if (snprintf(path, sizeof path, "sys/%s", plan_string(&run->plan, op, 0)) >= (int)sizeof path)
    return error_of(ENAMETOOLONG);
  return write_file_at(own_procfs(run), path, plan_string(&run->plan, op, 1));
}
