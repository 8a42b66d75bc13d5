/*
 * Mounts. Everything is made detached (fsopen/fsmount, open_tree), given its attributes while nobody can see it, and
 * then put on a descriptor that path.c resolved. Afterwards the target is looked up again and must be that mount.
 */
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

#ifndef MS_NOSYMFOLLOW
#define MS_NOSYMFOLLOW 256
#endif

struct kernel_statx { /* musl 1.2.3 has no struct statx; only these two fields matter */
  uint32_t mask;
  uint32_t unused[35];
  uint64_t mount_id;
  uint64_t more[14];
};
_Static_assert(sizeof(struct kernel_statx) == 256 + 8, "room for the kernel's 256 bytes");
#define STATX_MOUNT_ID 0x1000u

/* Are these two on the same mount? Where the kernel does not say, they are not. */
static bool same_mount(int one, int other) {
  struct kernel_statx status[2];

  memset(status, 0, sizeof status);
  if (syscall(SYS_statx, one, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_MOUNT_ID, &status[0]) < 0 ||
      syscall(SYS_statx, other, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_MOUNT_ID, &status[1]) < 0)
    return false;
  return (status[0].mask & status[1].mask & STATX_MOUNT_ID) != 0 && status[0].mount_id == status[1].mount_id;
}

int clone_tree(int dir, const char *path, bool recursive) {
  unsigned empty = path[0] == '\0' ? AT_EMPTY_PATH : 0;

  return sys_open_tree(dir, path, OPEN_TREE_CLONE | empty | (recursive ? AT_RECURSIVE : 0));
}

/* Put `mount` on `target`, then find it again at `path`: the rootfs's owner may have moved things meanwhile. */
int attach(const struct run *run, int mount, int target, const char *path, uint64_t resolve) {
  if (sys_move_mount(mount, target) < 0)
    return -1;
  AUTO_CLOSE int found = path_open(run, path, O_PATH, resolve);
  if (found < 0)
    return -1;
  return same_mount(found, mount) ? 0 : error_of(ESTALE);
}

/* The same with the target made as directory or file, as the tree is. */
int attach_at(const struct run *run, int tree, const char *path, uint64_t resolve) {
  struct stat status;

  if (fstat(tree, &status) < 0)
    return -1;
  AUTO_CLOSE int target = S_ISDIR(status.st_mode) ? path_make_directory(run, path, 0755) : path_make_file(run, path);
  return target < 0 ? -1 : attach(run, tree, target, path, resolve);
}

/* ---- attributes ---------------------------------------------------------------------------- */

static int set_attrs(int fd, bool recursive, uint64_t set, uint64_t clear) {
  struct mount_attr attr = {.attr_set = set, .attr_clr = clear};

  if (set == 0 && clear == 0)
    return 0;
  if ((set & MOUNT_ATTR__ATIME) != 0) /* one field, not bits: it is replaced as a whole */
    attr.attr_clr |= MOUNT_ATTR__ATIME;
  return sys_mount_setattr(fd, recursive ? AT_RECURSIVE : 0, &attr);
}

static int set_propagation(int fd, uint64_t propagation) {
  struct mount_attr attr = {.propagation = propagation & ~(uint64_t)MS_REC};

  return propagation == 0 ? 0 : sys_mount_setattr(fd, (propagation & MS_REC) != 0 ? AT_RECURSIVE : 0, &attr);
}

/* A MountAttrs record (ops.ts). Flags locked by a more privileged mount namespace cannot be cleared: EPERM. */
static int apply_attrs(int fd, struct bytes record) {
  uint64_t field[5];

  memcpy(field, record.at, sizeof field);
  if (set_attrs(fd, false, field[0], field[1]) < 0 || set_attrs(fd, true, field[2], field[3]) < 0)
    return -1;
  return set_propagation(fd, field[4]);
}

/* ---- new file systems ---------------------------------------------------------------------- */

static unsigned mount_attrs_of(uint32_t flags) {
  static const struct {
    uint32_t ms;
    unsigned attr;
  } bits[] = {{MS_RDONLY, MOUNT_ATTR_RDONLY},     {MS_NOSUID, MOUNT_ATTR_NOSUID},         {MS_NODEV, MOUNT_ATTR_NODEV},
              {MS_NOEXEC, MOUNT_ATTR_NOEXEC},     {MS_NODIRATIME, MOUNT_ATTR_NODIRATIME}, {MS_NOSYMFOLLOW, MOUNT_ATTR_NOSYMFOLLOW},
              {MS_NOATIME, MOUNT_ATTR_NOATIME},   {MS_STRICTATIME, MOUNT_ATTR_STRICTATIME}};
  unsigned attrs = 0;

  for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
    attrs |= (flags & bits[i].ms) != 0 ? bits[i].attr : 0;
  if ((attrs & MOUNT_ATTR_NOATIME) != 0)
    attrs &= ~(unsigned)MOUNT_ATTR_STRICTATIME;
  return attrs;
}

/* `ro` of these means this mount: the file system is one for the whole kernel or namespace, others may write to it. */
static bool is_shared_kernel_fs(const char *fstype) {
  static const char *const names[] = {"proc", "sysfs", "cgroup", "cgroup2", "mqueue", "devpts", "tmpfs"};

  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (strcmp(fstype, names[i]) == 0)
      return true;
  }
  return false;
}

static int set_superblock_flags(int fs, const char *fstype, uint32_t flags) {
  static const struct {
    uint32_t ms;
    const char *key;
  } keys[] = {{MS_SYNCHRONOUS, "sync"}, {MS_DIRSYNC, "dirsync"}, {MS_MANDLOCK, "mand"}, {MS_LAZYTIME, "lazytime"}, {MS_I_VERSION, "iversion"}};

  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
    if ((flags & keys[i].ms) != 0 && sys_fsconfig(fs, FSCONFIG_SET_FLAG, keys[i].key, NULL) < 0)
      return -1;
  }
  if ((flags & MS_RDONLY) != 0 && !is_shared_kernel_fs(fstype))
    return sys_fsconfig(fs, FSCONFIG_SET_FLAG, "ro", NULL);
  return 0;
}

/* "size=64k,mode=755" one by one. A comma within double quotes belongs to the value (SELinux contexts). */
static int set_options(int fs, const char *data) {
  char *copy = strdup(data), *next = copy;
  int result = copy == NULL ? -1 : 0;

  while (result == 0 && next != NULL && *next != '\0') {
    char *option = next, *value;
    bool quoted = false;

    for (; *next != '\0' && (quoted || *next != ','); next++)
      quoted ^= *next == '"';
    if (*next == ',')
      *next++ = '\0';
    value = strchr(option, '=');
    if (value != NULL)
      *value++ = '\0';
    if (value != NULL && *value == '"' && value[strlen(value) - 1] == '"') {
      value[strlen(value) - 1] = '\0';
      value++;
    }
    if (*option != '\0')
      result = sys_fsconfig(fs, value == NULL ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING, option, value);
  }
  int error = errno;
  free(copy);
  errno = error;
  return result;
}

/* The mode of the directory that a tmpfs covers is its own: an image's /run stays 0755. */
static int set_mode_of(int fs, int covered) {
  struct stat status;
  char mode[16];

  if (fstat(covered, &status) < 0)
    return -1;
  snprintf(mode, sizeof mode, "%o", status.st_mode & 07777);
  return sys_fsconfig(fs, FSCONFIG_SET_STRING, "mode", mode);
}

/* `covered`: the directory whose mode is taken, or -1. */
static int new_mount(const char *fstype, const char *source, const char *data, uint32_t flags, int covered) {
  AUTO_CLOSE int fs = sys_fsopen(fstype);

  if (fs < 0 || (source[0] != '\0' && sys_fsconfig(fs, FSCONFIG_SET_STRING, "source", source) < 0))
    return -1;
  if (covered >= 0 && set_mode_of(fs, covered) < 0)
    return -1;
  if (set_superblock_flags(fs, fstype, flags) < 0 || set_options(fs, data) < 0 || sys_fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL) < 0)
    return -1;
  return sys_fsmount(fs, mount_attrs_of(flags));
}

/* fsconfig(2) refuses values of 256 bytes and more, which the directories of an overlay easily have. */
static bool fits_fsconfig(const char *data) {
  for (size_t length; *data != '\0'; data += length + (data[length] == ',')) {
    length = strcspn(data, ",");
    if (length > 255)
      return false;
  }
  return true;
}

/* mount(2), which has no form that takes a descriptor; before pivotRoot /proc is the host's. */
static int mount_on(int target, const char *source, const char *fstype, unsigned long flags, const char *data) {
  char path[64];

  snprintf(path, sizeof path, "/proc/self/fd/%d", target);
  return mount(source, path, fstype, flags, data);
}

/* As `attach` looks again: what is at `path` now must be another mount than the one that `target` is in. */
static int mount_with_long_options(struct run *run, const struct plan_op *op, int target, uint64_t resolve) {
  const char *path = plan_string(&run->plan, op, 0), *data = plan_string(&run->plan, op, 3);

  if (mount_on(target, plan_string(&run->plan, op, 1), plan_string(&run->plan, op, 2), op->flags, data) < 0)
    return -1;
  AUTO_CLOSE int found = path_open(run, path, O_PATH, resolve);
  if (found < 0)
    return -1;
  return same_mount(found, target) ? error_of(ESTALE) : 0;
}

int op_mount(struct run *run, const struct plan_op *op) {
  const char *path = plan_string(&run->plan, op, 0);
  uint64_t resolve = (op->n & TSRUN_MOUNT_NOSYMLINK) != 0 ? RESOLVE_NO_SYMLINKS : 0;
  AUTO_CLOSE int target = path_open(run, path, O_PATH | O_DIRECTORY, resolve);
  AUTO_CLOSE int mount = -1;
  bool is_there = target >= 0;

  if (!is_there && errno == ENOENT)
    target = path_make_directory(run, path, 0755);
  if (target < 0)
    return -1;
  if (!fits_fsconfig(plan_string(&run->plan, op, 3)))
    return mount_with_long_options(run, op, target, resolve);
  mount = new_mount(plan_string(&run->plan, op, 2), plan_string(&run->plan, op, 1), plan_string(&run->plan, op, 3), op->flags,
                    is_there && (op->n & TSRUN_MOUNT_INHERIT_MODE) != 0 ? target : -1);
  if (mount < 0 || ((op->n & TSRUN_MOUNT_TMPCOPYUP) != 0 && copy_up(target, mount) < 0))
    return -1;
  return attach(run, mount, target, path, resolve);
}

/* ---- binds --------------------------------------------------------------------------------- */

static int attach_with_attrs(struct run *run, int tree, const char *path, struct bytes attrs) {
  return apply_attrs(tree, attrs) < 0 ? -1 : attach_at(run, tree, path, 0);
}

int op_bind(struct run *run, const struct plan_op *op) {
  const char *source = plan_string(&run->plan, op, 1);
  bool recursive = (op->flags & TSRUN_BIND_RECURSIVE) != 0, in_root = (op->flags & TSRUN_BIND_SOURCE_IN_ROOT) != 0;
  AUTO_CLOSE int from = in_root ? path_open(run, source, O_PATH, 0) : -1;
  AUTO_CLOSE int tree = -1;

  if (in_root && from < 0)
    return -1;
  tree = in_root ? clone_tree(from, "", recursive) : clone_tree(AT_FDCWD, source, recursive);
  return tree < 0 ? -1 : attach_with_attrs(run, tree, plan_string(&run->plan, op, 0), plan_bytes(&run->plan, op, 2));
}

int op_attach_tree(struct run *run, const struct plan_op *op) {
  const struct plan_op *opened = plan_find(&run->plan, OP_OPEN_TREE, 0);

  while (opened != NULL && opened->n != op->n)
    opened = plan_find(&run->plan, OP_OPEN_TREE, op_index(run, opened) + 1);
  if (opened == NULL)
    return error_of(EBADF);
  return attach_with_attrs(run, run->op_fd[op_index(run, opened)], plan_string(&run->plan, op, 0), plan_bytes(&run->plan, op, 1));
}

int op_mount_attr(struct run *run, const struct plan_op *op) {
  AUTO_CLOSE int target = path_open(run, plan_string(&run->plan, op, 0), O_PATH, 0);

  return target < 0 ? -1 : apply_attrs(target, plan_bytes(&run->plan, op, 1));
}

int op_propagation(struct run *run, const struct plan_op *op) {
  AUTO_CLOSE int target = path_open(run, plan_string(&run->plan, op, 0), O_PATH, 0);

  return target < 0 ? -1 : set_propagation(target, op->flags);
}

int op_remount(struct run *run, const struct plan_op *op) {
  AUTO_CLOSE int target = path_open(run, plan_string(&run->plan, op, 0), O_PATH, 0);

  return target < 0 ? -1 : mount_on(target, NULL, NULL, MS_REMOUNT | op->flags, plan_string(&run->plan, op, 1));
}
