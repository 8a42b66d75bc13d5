/* The root: where in-root paths start, how it becomes `/`, and what of it is hidden. */
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "helper.h"

/*
 * pivot_root(2) refuses shared mounts, and binding on a shared one would show the bind to the host: the mount that
 * holds the rootfs becomes private. It is the nearest directory upwards that is the root of a mount.
 */
static int make_parent_private(int rootfs) {
  AUTO_CLOSE int dir = openat(rootfs, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);

  for (int depth = 0; dir >= 0 && depth < 4096; depth++) {
    char path[64];
    int up;

    snprintf(path, sizeof path, "/proc/self/fd/%d", dir);
    if (mount(NULL, path, NULL, MS_PRIVATE, NULL) == 0)
      return 0;
    if (errno != EINVAL) /* EINVAL: not the root of a mount */
      break;
    up = openat(dir, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
    close(dir);
    dir = up;
  }
  return -1;
}

/*
 * CVE-2025-31133: not the image's /dev/null, which can be anything, but the host's, looked at through a descriptor
 * and taken along as a detached mount while the host's view is still there.
 */
static int take_null_device(struct run *run) {
  struct stat status;
  AUTO_CLOSE int fd = open("/dev/null", O_PATH | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0 || fstat(fd, &status) < 0)
    return -1;
  if (!S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3))
    return error_of(ENODEV);
  run->mask_null = clone_tree(fd, "", false);
  return run->mask_null < 0 ? -1 : 0;
}

int op_rootfs(struct run *run, const struct plan_op *op) {
  unsigned long flags = op->flags != 0 ? op->flags : MS_SLAVE | MS_REC;
  AUTO_CLOSE int here = open(plan_string(&run->plan, op, 0), O_PATH | O_DIRECTORY | O_CLOEXEC);
  AUTO_CLOSE int tree = -1;

  if (here < 0)
    return -1;
  close_fd(&run->root);
  if ((op->n & TSRUN_ROOTFS_OPEN_ONLY) != 0) {
    run->root = take_fd(&here);
    return 0;
  }
  if (take_null_device(run) < 0 || mount(NULL, "/", NULL, flags, NULL) < 0 || make_parent_private(here) < 0)
    return -1;
  tree = clone_tree(here, "", true);
  if (tree < 0 || sys_move_mount(tree, here) < 0)
    return -1;
  run->root = take_fd(&tree); /* the mount itself, whatever happens to the path from now on */
  return 0;
}

/* Old and new root at the same place: the old one lies over the new one until it is detached. */
static int pivot(const struct run *run) {
  AUTO_CLOSE int old = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (old < 0 || fchdir(run->root) < 0 || syscall(SYS_pivot_root, ".", ".") < 0 || fchdir(old) < 0)
    return -1;
  if (mount(NULL, ".", NULL, MS_SLAVE | MS_REC, NULL) < 0) /* so that the unmount does not reach the host */
    return -1;
  return umount2(".", MNT_DETACH) < 0 ? -1 : chdir("/");
}

/*
 * Without pivot_root (initramfs) the old mounts stay below the new root. The unmasked /proc and /sys among them
 * would let a user namespace of the container mount fresh ones, so they go first.
 */
static int move_to_root(const struct run *run) {
  static const char *const hidden[] = {"/proc", "/sys"};
  AUTO_CLOSE int top = -1;

  for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
    if (umount2(hidden[i], MNT_DETACH) < 0 && errno != EINVAL && errno != ENOENT)
      return -1;
  }
  top = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (top < 0 || fchdir(run->root) < 0 || sys_move_mount(run->root, top) < 0)
    return -1;
  return chroot(".") < 0 ? -1 : chdir("/");
}

int op_pivot_root(struct run *run, const struct plan_op *op) {
  if ((op->flags & TSRUN_PIVOT_CHROOT) != 0)
    return fchdir(run->root) < 0 || chroot(".") < 0 ? -1 : chdir("/");
  return (op->flags & TSRUN_PIVOT_MOVE) != 0 ? move_to_root(run) : pivot(run);
}

int op_root_propagation(struct run *run, const struct plan_op *op) {
  (void)run;
  return mount(NULL, "/", NULL, op->flags, NULL);
}

/* ---- masked and read-only paths -------------------------------------------------------------- */

/* An empty read-only tmpfs for all directories. */
static int make_empty_directory(struct run *run) {
  AUTO_CLOSE int fs = sys_fsopen("tmpfs");

  if (fs < 0 || sys_fsconfig(fs, FSCONFIG_SET_STRING, "source", "tmpfs") < 0 || sys_fsconfig(fs, FSCONFIG_SET_STRING, "mode", "755") < 0 ||
      sys_fsconfig(fs, FSCONFIG_SET_STRING, "nr_inodes", "2") < 0 || sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL) < 0)
    return -1;
  run->mask_dir = sys_fsmount(fs, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
  return run->mask_dir < 0 ? -1 : 0;
}

/* The first mask attaches the mount itself; only then (before Linux 6.15) can it be cloned for the others. */
static int next_cover(int mount, bool *attached) {
  if (*attached)
    return clone_tree(mount, "", false);
  *attached = true;
  return fcntl(mount, F_DUPFD_CLOEXEC, 0);
}

static bool is_absent(int error) { return error == ENOENT || error == ENOTDIR; }

int op_mask_path(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);
  AUTO_CLOSE int target = path_open(run, path, O_PATH, 0);
  AUTO_CLOSE int cover = -1;
  struct stat status;

  if (target < 0)
    return is_absent(errno) ? 0 : -1;
  if (fstat(target, &status) < 0)
    return -1;
  if (!S_ISDIR(status.st_mode))
    cover = next_cover(run->mask_null, &run->mask_null_attached);
  else if (run->mask_dir >= 0 || make_empty_directory(run) == 0)
    cover = next_cover(run->mask_dir, &run->mask_dir_attached);
  return cover < 0 ? -1 : attach(run, cover, target, path, 0);
}

int op_readonly_path(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);
  struct mount_attr attr = {.attr_set = MOUNT_ATTR_RDONLY};
  AUTO_CLOSE int target = path_open(run, path, O_PATH, 0);
  AUTO_CLOSE int tree = -1;

  if (target < 0)
    return is_absent(errno) ? 0 : -1;
  tree = clone_tree(target, "", true);
  return tree < 0 || sys_mount_setattr(tree, AT_RECURSIVE, &attr) < 0 ? -1 : attach(run, tree, target, path, 0);
}
