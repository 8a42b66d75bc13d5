/* Files by path and by descriptor: opening, status, attributes. Paths go to the kernel as they are. */
#include "internal.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

/* wasi-libc's own callers (nftw) still pass WASI's access bits, which lie above all of Linux's. */
#define OPEN_FLAGS 017777777

static int open_at(int at, const char *path, int flags, mode_t mode)
{
	int32_t error, fd = -1;
	TSRUN_RESTART(error, tsrun_path_openat(at, path, __tsrun_length(path), (uint32_t)flags & OPEN_FLAGS, mode, &fd));
	return error == 0 ? fd : __tsrun_result(error);
}

#define MODE_ARGUMENT(flags) \
	mode_t mode = 0; \
	if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
		va_list rest; \
		va_start(rest, flags); \
		mode = va_arg(rest, mode_t); \
		va_end(rest); \
	}

int open(const char *path, int flags, ...)
{
	MODE_ARGUMENT(flags)
	return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
	MODE_ARGUMENT(flags)
	return open_at(at, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
	return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

static void translate(const struct tsrun_stat *from, struct stat *to)
{
	memset(to, 0, sizeof *to);
	to->st_dev = from->dev;
	to->st_ino = from->ino;
	to->st_mode = from->mode;
	to->st_nlink = from->nlink;
	to->st_uid = from->uid;
	to->st_gid = from->gid;
	to->st_rdev = from->rdev;
	to->st_size = (off_t)from->size;
	to->st_blksize = (blksize_t)from->blksize;
	to->st_blocks = (blkcnt_t)from->blocks;
	to->st_atim = __tsrun_timespec(from->atime_ns);
	to->st_mtim = __tsrun_timespec(from->mtime_ns);
	to->st_ctim = __tsrun_timespec(from->ctime_ns);
}

int fstatat(int at, const char *restrict path, struct stat *restrict status, int flags)
{
	struct tsrun_stat kernel;
	if (TSRUN_SIMPLE(tsrun_path_stat(at, path, __tsrun_length(path), (uint32_t)flags, &kernel)) != 0)
		return -1;
	translate(&kernel, status);
	return 0;
}

int stat(const char *restrict path, struct stat *restrict status)
{
	return fstatat(AT_FDCWD, path, status, 0);
}

int lstat(const char *restrict path, struct stat *restrict status)
{
	return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

int fstat(int fd, struct stat *status)
{
	return fstatat(fd, "", status, AT_EMPTY_PATH);
}

int fchmodat(int at, const char *path, mode_t mode, int flags)
{
	return TSRUN_SIMPLE(tsrun_path_chmod(at, path, __tsrun_length(path), mode, (uint32_t)flags));
}

int chmod(const char *path, mode_t mode)
{
	return fchmodat(AT_FDCWD, path, mode, 0);
}

int lchmod(const char *path, mode_t mode)
{
	return fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW);
}

int fchmod(int fd, mode_t mode)
{
	return fchmodat(fd, "", mode, AT_EMPTY_PATH);
}

int fchownat(int at, const char *path, uid_t uid, gid_t gid, int flags)
{
	return TSRUN_SIMPLE(tsrun_path_chown(at, path, __tsrun_length(path), (int32_t)uid, (int32_t)gid, (uint32_t)flags));
}

int chown(const char *path, uid_t uid, gid_t gid)
{
	return fchownat(AT_FDCWD, path, uid, gid, 0);
}

int lchown(const char *path, uid_t uid, gid_t gid)
{
	return fchownat(AT_FDCWD, path, uid, gid, AT_SYMLINK_NOFOLLOW);
}

int fchown(int fd, uid_t uid, gid_t gid)
{
	return fchownat(fd, "", uid, gid, AT_EMPTY_PATH);
}

mode_t umask(mode_t mask)
{
	uint32_t old = 0;
	(void)TSRUN_SIMPLE(tsrun_umask_set(mask, &old));
	return old;
}

int mkdirat(int at, const char *path, mode_t mode)
{
	return TSRUN_SIMPLE(tsrun_path_mkdir(at, path, __tsrun_length(path), mode));
}

int mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int mknodat(int at, const char *path, mode_t mode, dev_t device)
{
	return TSRUN_SIMPLE(tsrun_path_mknod(at, path, __tsrun_length(path), mode, device));
}

int mknod(const char *path, mode_t mode, dev_t device)
{
	return mknodat(AT_FDCWD, path, mode, device);
}

int mkfifoat(int at, const char *path, mode_t mode)
{
	return mknodat(at, path, S_IFIFO | (mode & 07777), 0);
}

int mkfifo(const char *path, mode_t mode)
{
	return mkfifoat(AT_FDCWD, path, mode);
}

int faccessat(int at, const char *path, int want, int flags)
{
	return TSRUN_SIMPLE(tsrun_path_access(at, path, __tsrun_length(path), (uint32_t)want, (uint32_t)flags));
}

int access(const char *path, int want)
{
	return faccessat(AT_FDCWD, path, want, 0);
}

int euidaccess(const char *path, int want)
{
	return faccessat(AT_FDCWD, path, want, AT_EACCESS);
}

int eaccess(const char *path, int want)
{
	return euidaccess(path, want);
}

int truncate(const char *path, off_t length)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	const int result = ftruncate(fd, length);
	const int error = errno;
	(void)close(fd);
	errno = error;
	return result;
}

/* One of the two times for the kernel. */
static uint64_t time_value(const struct timespec *times, int index)
{
	if (times == NULL || times[index].tv_nsec == UTIME_NOW)
		return TSRUN_UTIME_NOW;
	if (times[index].tv_nsec == UTIME_OMIT)
		return TSRUN_UTIME_OMIT;
	return (uint64_t)times[index].tv_sec * TSRUN_SECOND + (uint64_t)times[index].tv_nsec;
}

static bool valid_time(const struct timespec *time)
{
	return time->tv_nsec == UTIME_NOW || time->tv_nsec == UTIME_OMIT || (time->tv_nsec >= 0 && time->tv_nsec < (long)TSRUN_SECOND);
}

int utimensat(int at, const char *path, const struct timespec times[2], int flags)
{
	if (times != NULL && !(valid_time(&times[0]) && valid_time(&times[1]))) {
		errno = EINVAL;
		return -1;
	}
	const uint64_t atime = time_value(times, 0), mtime = time_value(times, 1);
	return TSRUN_SIMPLE(tsrun_path_utimens(at, path, __tsrun_length(path), atime, mtime, (uint32_t)flags));
}

int futimens(int fd, const struct timespec times[2])
{
	return utimensat(fd, "", times, AT_EMPTY_PATH);
}

static int set_microseconds(int at, const char *path, const struct timeval times[2], int flags)
{
	if (times == NULL)
		return utimensat(at, path, NULL, flags);
	const struct timespec exact[2] = {
		{ times[0].tv_sec, (long)times[0].tv_usec * 1000 },
		{ times[1].tv_sec, (long)times[1].tv_usec * 1000 },
	};
	return utimensat(at, path, exact, flags);
}

int utimes(const char *path, const struct timeval times[2])
{
	return set_microseconds(AT_FDCWD, path, times, 0);
}

int lutimes(const char *path, const struct timeval times[2])
{
	return set_microseconds(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

int futimes(int fd, const struct timeval times[2])
{
	return set_microseconds(fd, "", times, AT_EMPTY_PATH);
}

int utime(const char *path, const struct utimbuf *times)
{
	if (times == NULL)
		return utimensat(AT_FDCWD, path, NULL, 0);
	const struct timespec exact[2] = { { times->actime, 0 }, { times->modtime, 0 } };
	return utimensat(AT_FDCWD, path, exact, 0);
}
