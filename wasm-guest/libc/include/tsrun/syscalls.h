/*
 * System calls of the emulated kernel beside WASI preview1: the import module "tsrun".
 *
 * Conventions are preview1's: the result is a WASI errno (0: done), results go through pointers, paths are pointer and
 * length without a NUL. Numbers inside (open flags, signals, wait statuses, mode bits, ioctl requests and their
 * structures, rlimit numbers) are Linux's. `at` is a directory descriptor or TSRUN_AT_FDCWD; preview1's path_* calls
 * accept TSRUN_AT_FDCWD too, and absolute paths with it. Where WASIX (wasix_32v1) has a call of the same name and
 * meaning, the signature is WASIX's, and the kernel offers it under that module name as well.
 *
 * Calls marked [suspends] may block; they are in the list of imports that Asyncify knows (wasm-guest/build).
 */
#ifndef TSRUN_SYSCALLS_H
#define TSRUN_SYSCALLS_H
#include <stdint.h>

#define TSRUN_AT_FDCWD (-100)
#define TSRUN_AT_SYMLINK_NOFOLLOW 0x100
#define TSRUN_AT_EMPTY_PATH 0x1000 /* the path is empty: `at` itself is meant */
#define TSRUN_AT_EACCESS 0x200

#define TSRUN_CALL(name) __attribute__((import_module("tsrun"), import_name(#name)))

/* ---- processes ---- */
/* [suspends] *pid_out: 0 in the child. copy_memory 0: vfork, the child borrows the memory until it execs or exits. */
TSRUN_CALL(proc_fork) int32_t tsrun_proc_fork(int32_t copy_memory, int32_t *pid_out);
/* [suspends] Returns only when it fails. argv, envp: NULL-terminated vectors of C strings. search: like execvp. */
TSRUN_CALL(proc_execve) int32_t tsrun_proc_execve(const char *path, uint32_t path_len, char *const *argv, char *const *envp, int32_t search);

enum { TSRUN_SPAWN_CLOSE = 0, TSRUN_SPAWN_DUP2 = 1, TSRUN_SPAWN_OPEN = 2, TSRUN_SPAWN_CHDIR = 3, TSRUN_SPAWN_FCHDIR = 4 };
struct tsrun_spawn_action { /* 28 bytes */
	uint32_t action;
	int32_t fd;
	int32_t from; /* DUP2 */
	uint32_t flags; /* OPEN */
	uint32_t mode; /* OPEN */
	const char *path; /* OPEN, CHDIR */
	uint32_t path_len;
};
enum { TSRUN_SPAWN_SETPGID = 1, TSRUN_SPAWN_SETSID = 2, TSRUN_SPAWN_SETMASK = 4, TSRUN_SPAWN_SETDEFAULT = 8, TSRUN_SPAWN_FOREGROUND = 16, TSRUN_SPAWN_SEARCH = 32 };
struct tsrun_spawn_attr { /* 32 bytes */
	uint32_t flags;
	int32_t pgid;
	int32_t foreground; /* terminal descriptor for FOREGROUND */
	uint32_t reserved;
	uint64_t mask;
	uint64_t defaults;
};
/* posix_spawn in one call; attr may be NULL. */
TSRUN_CALL(proc_spawnve) int32_t tsrun_proc_spawnve(const char *path, uint32_t path_len, char *const *argv, char *const *envp,
	const struct tsrun_spawn_action *actions, uint32_t action_count, const struct tsrun_spawn_attr *attr, int32_t *pid_out);
struct tsrun_rusage { uint64_t user_ns, system_ns, max_rss_bytes; };
/* [suspends] waitpid: *pid_out 0 with WNOHANG and nobody. rusage may be NULL. */
TSRUN_CALL(proc_wait) int32_t tsrun_proc_wait(int32_t pid, uint32_t options, int32_t *status_out, int32_t *pid_out, struct tsrun_rusage *rusage);
/* [suspends] kill(2) */
TSRUN_CALL(proc_signal) int32_t tsrun_proc_signal(int32_t pid, uint32_t signal);
TSRUN_CALL(proc_id) int32_t tsrun_proc_id(int32_t *pid_out);
TSRUN_CALL(proc_parent) int32_t tsrun_proc_parent(int32_t pid, int32_t *ppid_out); /* pid 0: own */
TSRUN_CALL(proc_getpgid) int32_t tsrun_proc_getpgid(int32_t pid, int32_t *out);
TSRUN_CALL(proc_setpgid) int32_t tsrun_proc_setpgid(int32_t pid, int32_t pgid);
TSRUN_CALL(proc_getsid) int32_t tsrun_proc_getsid(int32_t pid, int32_t *out);
TSRUN_CALL(proc_setsid) int32_t tsrun_proc_setsid(int32_t *out);
/* user_ns, system_ns, children_user_ns, children_system_ns */
TSRUN_CALL(proc_times) int32_t tsrun_proc_times(uint64_t out[4]);

/* ---- identity ---- */
TSRUN_CALL(id_get) int32_t tsrun_id_get(uint32_t out[6]); /* ruid euid suid rgid egid sgid */
TSRUN_CALL(id_set_uid) int32_t tsrun_id_set_uid(int32_t ruid, int32_t euid, int32_t suid); /* -1: leave */
TSRUN_CALL(id_set_gid) int32_t tsrun_id_set_gid(int32_t rgid, int32_t egid, int32_t sgid);
/* *count in: room in `groups`, out: how many there are. Room 0: only count. */
TSRUN_CALL(groups_get) int32_t tsrun_groups_get(uint32_t *groups, uint32_t *count);
TSRUN_CALL(groups_set) int32_t tsrun_groups_set(const uint32_t *groups, uint32_t count);
TSRUN_CALL(umask_set) int32_t tsrun_umask_set(uint32_t mask, uint32_t *old_out);
struct tsrun_rlimit { uint64_t soft, hard; };
TSRUN_CALL(rlimit_get) int32_t tsrun_rlimit_get(uint32_t resource, struct tsrun_rlimit *out);
TSRUN_CALL(rlimit_set) int32_t tsrun_rlimit_set(uint32_t resource, const struct tsrun_rlimit *limit);
/* struct utsname of Linux: six fields of 65 bytes: sysname nodename release version machine domainname */
TSRUN_CALL(sys_uname) int32_t tsrun_sys_uname(char out[390]);
TSRUN_CALL(sys_sethostname) int32_t tsrun_sys_sethostname(const char *name, uint32_t len);

/* ---- signals ---- */
enum { TSRUN_SIG_DEFAULT = 0, TSRUN_SIG_IGNORE = 1, TSRUN_SIG_HANDLER = 2 };
#define TSRUN_SIG_ASK UINT32_MAX /* as disposition: only tell the old one */
/* The handler itself stays in the guest. flags: SA_* of Linux. Old values through *old_disposition when not NULL. */
TSRUN_CALL(signal_action) int32_t tsrun_signal_action(uint32_t signal, uint32_t disposition, uint32_t flags, uint64_t mask, uint32_t *old_disposition);
/* how: 0 BLOCK 1 UNBLOCK 2 SETMASK; set may be NULL, old may be NULL. [suspends] */
TSRUN_CALL(signal_mask) int32_t tsrun_signal_mask(uint32_t how, const uint64_t *set, uint64_t *old);
TSRUN_CALL(signal_pending) int32_t tsrun_signal_pending(uint64_t *out);
/* [suspends] always EINTR, then signal_next has the signal */
TSRUN_CALL(signal_suspend) int32_t tsrun_signal_suspend(const uint64_t *mask);
struct tsrun_signal { uint32_t signal, flags; uint64_t restore; }; /* 16 bytes */
/*
 * The next pending signal that has a handler and is not blocked; signal 0: none. The mask is already that of the handler;
 * afterwards the guest sets `restore` with signal_mask(SETMASK).
 */
TSRUN_CALL(signal_next) int32_t tsrun_signal_next(struct tsrun_signal *out);
/* The kernel keeps *flag at 1 while signal_next would have something, else 0. Survives fork. */
TSRUN_CALL(signal_flag) int32_t tsrun_signal_flag(uint32_t *flag);
/* ITIMER_REAL; value 0 disarms; *left_out: what was left. */
TSRUN_CALL(timer_set) int32_t tsrun_timer_set(uint64_t value_ns, uint64_t interval_ns, uint64_t *left_out, uint64_t *old_interval_out);
/* [suspends] From __tsrun_preempt: the loop counter (exported global __tsrun_fuel) ran out; the kernel refills it. */
TSRUN_CALL(sched_preempt) int32_t tsrun_sched_preempt(void);

/* ---- descriptors ---- */
TSRUN_CALL(fd_dup) int32_t tsrun_fd_dup(int32_t fd, int32_t *out);
TSRUN_CALL(fd_dup3) int32_t tsrun_fd_dup3(int32_t fd, int32_t target, int32_t cloexec);
TSRUN_CALL(fd_dup_from) int32_t tsrun_fd_dup_from(int32_t fd, int32_t min, int32_t cloexec, int32_t *out); /* F_DUPFD */
TSRUN_CALL(fd_pipe) int32_t tsrun_fd_pipe(int32_t *read_out, int32_t *write_out);
TSRUN_CALL(fd_pipe2) int32_t tsrun_fd_pipe2(int32_t *read_out, int32_t *write_out, uint32_t flags);
TSRUN_CALL(fd_flags_get) int32_t tsrun_fd_flags_get(int32_t fd, uint32_t *status_flags, uint32_t *cloexec); /* Linux O_* */
TSRUN_CALL(fd_flags_set) int32_t tsrun_fd_flags_set(int32_t fd, uint32_t status_flags);
TSRUN_CALL(fd_cloexec_set) int32_t tsrun_fd_cloexec_set(int32_t fd, int32_t on);
/* [suspends] Linux requests: TCGETS TCSETS TCSETSW TCSETSF TIOCGWINSZ TIOCSWINSZ TIOCGPGRP TIOCSPGRP TIOCSCTTY TIOCNOTTY
 * TIOCGSID FIONREAD; struct termios is the kernel's (36 bytes: 4 u32, c_line, c_cc[19]). */
TSRUN_CALL(fd_ioctl) int32_t tsrun_fd_ioctl(int32_t fd, uint32_t request, void *argument);
struct tsrun_pollfd { int32_t fd; int16_t events, revents; };
/* [suspends] ppoll; timeout_ns < 0: for ever; mask may be NULL */
TSRUN_CALL(fd_poll) int32_t tsrun_fd_poll(struct tsrun_pollfd *fds, uint32_t count, int64_t timeout_ns, const uint64_t *mask, uint32_t *ready_out);

/* ---- paths ---- */
/* [suspends] flags: O_* of Linux x86-64 */
TSRUN_CALL(path_openat) int32_t tsrun_path_openat(int32_t at, const char *path, uint32_t len, uint32_t flags, uint32_t mode, int32_t *fd_out);
struct tsrun_stat { /* 88 bytes */
	uint64_t dev, ino;
	uint32_t mode, nlink, uid, gid;
	uint64_t rdev, size, blksize, blocks;
	uint64_t atime_ns, mtime_ns, ctime_ns;
};
/* flags: AT_SYMLINK_NOFOLLOW, AT_EMPTY_PATH */
TSRUN_CALL(path_stat) int32_t tsrun_path_stat(int32_t at, const char *path, uint32_t len, uint32_t flags, struct tsrun_stat *out);
TSRUN_CALL(path_mkdir) int32_t tsrun_path_mkdir(int32_t at, const char *path, uint32_t len, uint32_t mode);
TSRUN_CALL(path_mknod) int32_t tsrun_path_mknod(int32_t at, const char *path, uint32_t len, uint32_t mode, uint64_t rdev);
TSRUN_CALL(path_chmod) int32_t tsrun_path_chmod(int32_t at, const char *path, uint32_t len, uint32_t mode, uint32_t flags);
TSRUN_CALL(path_chown) int32_t tsrun_path_chown(int32_t at, const char *path, uint32_t len, int32_t uid, int32_t gid, uint32_t flags);
/* Times are signed: before 1970 they are negative. These two nanoseconds before it cannot be set. */
#define TSRUN_UTIME_OMIT UINT64_MAX
#define TSRUN_UTIME_NOW (UINT64_MAX - 1)
TSRUN_CALL(path_utimens) int32_t tsrun_path_utimens(int32_t at, const char *path, uint32_t len, uint64_t atime_ns, uint64_t mtime_ns, uint32_t flags);
TSRUN_CALL(path_access) int32_t tsrun_path_access(int32_t at, const char *path, uint32_t len, uint32_t want, uint32_t flags);
struct tsrun_statfs { uint64_t type, bsize, blocks, bfree, bavail, files, ffree, namelen; };
TSRUN_CALL(path_statfs) int32_t tsrun_path_statfs(const char *path, uint32_t len, struct tsrun_statfs *out);
TSRUN_CALL(chdir) int32_t tsrun_chdir(const char *path, uint32_t len);
TSRUN_CALL(fd_chdir) int32_t tsrun_fd_chdir(int32_t fd);
/* *len in: room, out: length without NUL; a NUL is not written. ERANGE when too small. */
TSRUN_CALL(getcwd) int32_t tsrun_getcwd(char *path, uint32_t *len);
TSRUN_CALL(chroot) int32_t tsrun_chroot(const char *path, uint32_t len);
TSRUN_CALL(sys_mount) int32_t tsrun_sys_mount(const char *source, const char *target, const char *type, uint64_t flags, const char *data); /* C strings */
TSRUN_CALL(sys_umount) int32_t tsrun_sys_umount(const char *target, uint32_t flags);

/* ---- setjmp: the snapshot is kept in the kernel, keyed by the buffer's address ---- */
/* [suspends] *value_out: 0 the first time, then what stack_restore gave */
TSRUN_CALL(stack_checkpoint) int32_t tsrun_stack_checkpoint(void *buffer, int32_t *value_out);
TSRUN_CALL(stack_restore) _Noreturn void tsrun_stack_restore(void *buffer, int32_t value);

#endif
