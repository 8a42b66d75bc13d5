/*
 * All of preview1 as wasi-libc calls it (__wasilibc_real.c's functions, replaced), so that each system call made anywhere
 * passes here: afterwards handlers of due signals run, and interrupted calls restart.
 */
#include "internal.h"
#include <wasi/api.h>

#define IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))
/* The wrapper of one call: its parameters for C, those of the import (paths get a length), the arguments for it. */
#define CALL(name, parameters, imported, arguments) \
	IMPORT(name) int32_t __tsrun_preview1_##name imported; \
	__wasi_errno_t __wasi_##name parameters \
	{ \
		int32_t error; \
		TSRUN_RESTART(error, __tsrun_preview1_##name arguments); \
		return (__wasi_errno_t)error; \
	}

CALL(args_get, (uint8_t **argv, uint8_t *argv_buf), (uint8_t **argv, uint8_t *argv_buf), (argv, argv_buf))
CALL(args_sizes_get, (__wasi_size_t *out, __wasi_size_t *out1), (__wasi_size_t *out, __wasi_size_t *out1), (out, out1))
CALL(environ_get, (uint8_t **environ, uint8_t *environ_buf), (uint8_t **environ, uint8_t *environ_buf), (environ, environ_buf))
CALL(environ_sizes_get, (__wasi_size_t *out, __wasi_size_t *out1), (__wasi_size_t *out, __wasi_size_t *out1), (out, out1))
CALL(clock_res_get, (__wasi_clockid_t id, __wasi_timestamp_t *out), (__wasi_clockid_t id, __wasi_timestamp_t *out), (id, out))
CALL(clock_time_get,
	(__wasi_clockid_t id, __wasi_timestamp_t precision, __wasi_timestamp_t *out),
	(__wasi_clockid_t id, __wasi_timestamp_t precision, __wasi_timestamp_t *out),
	(id, precision, out))
CALL(fd_advise,
	(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t len, __wasi_advice_t advice),
	(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t len, __wasi_advice_t advice),
	(fd, offset, len, advice))
CALL(fd_allocate,
	(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t len),
	(__wasi_fd_t fd, __wasi_filesize_t offset, __wasi_filesize_t len),
	(fd, offset, len))
CALL(fd_close, (__wasi_fd_t fd), (__wasi_fd_t fd), (fd))
CALL(fd_datasync, (__wasi_fd_t fd), (__wasi_fd_t fd), (fd))
CALL(fd_fdstat_get, (__wasi_fd_t fd, __wasi_fdstat_t *out), (__wasi_fd_t fd, __wasi_fdstat_t *out), (fd, out))
CALL(fd_fdstat_set_flags, (__wasi_fd_t fd, __wasi_fdflags_t flags), (__wasi_fd_t fd, __wasi_fdflags_t flags), (fd, flags))
CALL(fd_fdstat_set_rights,
	(__wasi_fd_t fd, __wasi_rights_t fs_rights_base, __wasi_rights_t fs_rights_inheriting),
	(__wasi_fd_t fd, __wasi_rights_t fs_rights_base, __wasi_rights_t fs_rights_inheriting),
	(fd, fs_rights_base, fs_rights_inheriting))
CALL(fd_filestat_get, (__wasi_fd_t fd, __wasi_filestat_t *out), (__wasi_fd_t fd, __wasi_filestat_t *out), (fd, out))
CALL(fd_filestat_set_size, (__wasi_fd_t fd, __wasi_filesize_t size), (__wasi_fd_t fd, __wasi_filesize_t size), (fd, size))
CALL(fd_filestat_set_times,
	(__wasi_fd_t fd, __wasi_timestamp_t atime, __wasi_timestamp_t mtime, __wasi_fstflags_t fst_flags),
	(__wasi_fd_t fd, __wasi_timestamp_t atime, __wasi_timestamp_t mtime, __wasi_fstflags_t fst_flags),
	(fd, atime, mtime, fst_flags))
CALL(fd_pread,
	(__wasi_fd_t fd, const __wasi_iovec_t *iovs, size_t iovs_len, __wasi_filesize_t offset, __wasi_size_t *out),
	(__wasi_fd_t fd, const __wasi_iovec_t *iovs, size_t iovs_len, __wasi_filesize_t offset, __wasi_size_t *out),
	(fd, iovs, iovs_len, offset, out))
CALL(fd_pwrite,
	(__wasi_fd_t fd, const __wasi_ciovec_t *iovs, size_t iovs_len, __wasi_filesize_t offset, __wasi_size_t *out),
	(__wasi_fd_t fd, const __wasi_ciovec_t *iovs, size_t iovs_len, __wasi_filesize_t offset, __wasi_size_t *out),
	(fd, iovs, iovs_len, offset, out))
CALL(fd_read,
	(__wasi_fd_t fd, const __wasi_iovec_t *iovs, size_t iovs_len, __wasi_size_t *out),
	(__wasi_fd_t fd, const __wasi_iovec_t *iovs, size_t iovs_len, __wasi_size_t *out),
	(fd, iovs, iovs_len, out))
CALL(fd_readdir,
	(__wasi_fd_t fd, uint8_t *buf, __wasi_size_t buf_len, __wasi_dircookie_t cookie, __wasi_size_t *out),
	(__wasi_fd_t fd, uint8_t *buf, __wasi_size_t buf_len, __wasi_dircookie_t cookie, __wasi_size_t *out),
	(fd, buf, buf_len, cookie, out))
CALL(fd_renumber, (__wasi_fd_t fd, __wasi_fd_t to), (__wasi_fd_t fd, __wasi_fd_t to), (fd, to))
CALL(fd_seek,
	(__wasi_fd_t fd, __wasi_filedelta_t offset, __wasi_whence_t whence, __wasi_filesize_t *out),
	(__wasi_fd_t fd, __wasi_filedelta_t offset, __wasi_whence_t whence, __wasi_filesize_t *out),
	(fd, offset, whence, out))
CALL(fd_sync, (__wasi_fd_t fd), (__wasi_fd_t fd), (fd))
CALL(fd_tell, (__wasi_fd_t fd, __wasi_filesize_t *out), (__wasi_fd_t fd, __wasi_filesize_t *out), (fd, out))
CALL(fd_write,
	(__wasi_fd_t fd, const __wasi_ciovec_t *iovs, size_t iovs_len, __wasi_size_t *out),
	(__wasi_fd_t fd, const __wasi_ciovec_t *iovs, size_t iovs_len, __wasi_size_t *out),
	(fd, iovs, iovs_len, out))
CALL(path_create_directory,
	(__wasi_fd_t fd, const char *path),
	(__wasi_fd_t fd, const char *path, uint32_t path_length),
	(fd, path, __tsrun_length(path)))
CALL(path_filestat_get,
	(__wasi_fd_t fd, __wasi_lookupflags_t flags, const char *path, __wasi_filestat_t *out),
	(__wasi_fd_t fd, __wasi_lookupflags_t flags, const char *path, uint32_t path_length, __wasi_filestat_t *out),
	(fd, flags, path, __tsrun_length(path), out))
CALL(path_filestat_set_times,
	(__wasi_fd_t fd, __wasi_lookupflags_t flags, const char *path, __wasi_timestamp_t atime, __wasi_timestamp_t mtime, __wasi_fstflags_t fst_flags),
	(__wasi_fd_t fd, __wasi_lookupflags_t flags, const char *path, uint32_t path_length, __wasi_timestamp_t atime, __wasi_timestamp_t mtime, __wasi_fstflags_t fst_flags),
	(fd, flags, path, __tsrun_length(path), atime, mtime, fst_flags))
CALL(path_link,
	(__wasi_fd_t old_fd, __wasi_lookupflags_t old_flags, const char *old_path, __wasi_fd_t new_fd, const char *new_path),
	(__wasi_fd_t old_fd, __wasi_lookupflags_t old_flags, const char *old_path, uint32_t old_path_length, __wasi_fd_t new_fd, const char *new_path, uint32_t new_path_length),
	(old_fd, old_flags, old_path, __tsrun_length(old_path), new_fd, new_path, __tsrun_length(new_path)))
CALL(path_open,
	(__wasi_fd_t fd, __wasi_lookupflags_t dirflags, const char *path, __wasi_oflags_t oflags, __wasi_rights_t fs_rights_base, __wasi_rights_t fs_rights_inheriting, __wasi_fdflags_t fdflags, __wasi_fd_t *out),
	(__wasi_fd_t fd, __wasi_lookupflags_t dirflags, const char *path, uint32_t path_length, __wasi_oflags_t oflags, __wasi_rights_t fs_rights_base, __wasi_rights_t fs_rights_inheriting, __wasi_fdflags_t fdflags, __wasi_fd_t *out),
	(fd, dirflags, path, __tsrun_length(path), oflags, fs_rights_base, fs_rights_inheriting, fdflags, out))
CALL(path_readlink,
	(__wasi_fd_t fd, const char *path, uint8_t *buf, __wasi_size_t buf_len, __wasi_size_t *out),
	(__wasi_fd_t fd, const char *path, uint32_t path_length, uint8_t *buf, __wasi_size_t buf_len, __wasi_size_t *out),
	(fd, path, __tsrun_length(path), buf, buf_len, out))
CALL(path_remove_directory,
	(__wasi_fd_t fd, const char *path),
	(__wasi_fd_t fd, const char *path, uint32_t path_length),
	(fd, path, __tsrun_length(path)))
CALL(path_rename,
	(__wasi_fd_t fd, const char *old_path, __wasi_fd_t new_fd, const char *new_path),
	(__wasi_fd_t fd, const char *old_path, uint32_t old_path_length, __wasi_fd_t new_fd, const char *new_path, uint32_t new_path_length),
	(fd, old_path, __tsrun_length(old_path), new_fd, new_path, __tsrun_length(new_path)))
CALL(path_symlink,
	(const char *old_path, __wasi_fd_t fd, const char *new_path),
	(const char *old_path, uint32_t old_path_length, __wasi_fd_t fd, const char *new_path, uint32_t new_path_length),
	(old_path, __tsrun_length(old_path), fd, new_path, __tsrun_length(new_path)))
CALL(path_unlink_file,
	(__wasi_fd_t fd, const char *path),
	(__wasi_fd_t fd, const char *path, uint32_t path_length),
	(fd, path, __tsrun_length(path)))
CALL(sched_yield, (void), (void), ())
CALL(random_get, (uint8_t *buf, __wasi_size_t buf_len), (uint8_t *buf, __wasi_size_t buf_len), (buf, buf_len))
CALL(sock_accept,
	(__wasi_fd_t fd, __wasi_fdflags_t flags, __wasi_fd_t *out),
	(__wasi_fd_t fd, __wasi_fdflags_t flags, __wasi_fd_t *out),
	(fd, flags, out))
CALL(sock_recv,
	(__wasi_fd_t fd, const __wasi_iovec_t *ri_data, size_t ri_data_len, __wasi_riflags_t ri_flags, __wasi_size_t *out, __wasi_roflags_t *out1),
	(__wasi_fd_t fd, const __wasi_iovec_t *ri_data, size_t ri_data_len, __wasi_riflags_t ri_flags, __wasi_size_t *out, __wasi_roflags_t *out1),
	(fd, ri_data, ri_data_len, ri_flags, out, out1))
CALL(sock_send,
	(__wasi_fd_t fd, const __wasi_ciovec_t *si_data, size_t si_data_len, __wasi_siflags_t si_flags, __wasi_size_t *out),
	(__wasi_fd_t fd, const __wasi_ciovec_t *si_data, size_t si_data_len, __wasi_siflags_t si_flags, __wasi_size_t *out),
	(fd, si_data, si_data_len, si_flags, out))
CALL(sock_shutdown, (__wasi_fd_t fd, __wasi_sdflags_t how), (__wasi_fd_t fd, __wasi_sdflags_t how), (fd, how))

/* A sleep: ends with EINTR after a handler, whatever its SA_RESTART says. */
IMPORT(poll_oneoff)
int32_t __tsrun_preview1_poll_oneoff(const __wasi_subscription_t *in, __wasi_event_t *out, __wasi_size_t count, __wasi_size_t *ready);
__wasi_errno_t __wasi_poll_oneoff(const __wasi_subscription_t *in, __wasi_event_t *out, __wasi_size_t count, __wasi_size_t *ready)
{
	int32_t error;
	TSRUN_CONTINUE(error, __tsrun_preview1_poll_oneoff(in, out, count, ready));
	return (__wasi_errno_t)error;
}

IMPORT(proc_exit) _Noreturn void __tsrun_preview1_proc_exit(__wasi_exitcode_t status);
_Noreturn void __wasi_proc_exit(__wasi_exitcode_t status)
{
	__tsrun_preview1_proc_exit(status);
}

/* There are no preopened directories: paths go to the kernel as they are, and descriptor 3 is free. */
__wasi_errno_t __wasi_fd_prestat_get(__wasi_fd_t fd, __wasi_prestat_t *out)
{
	(void)fd;
	(void)out;
	return __WASI_ERRNO_BADF;
}

__wasi_errno_t __wasi_fd_prestat_dir_name(__wasi_fd_t fd, uint8_t *path, __wasi_size_t length)
{
	(void)fd;
	(void)path;
	(void)length;
	return __WASI_ERRNO_BADF;
}
