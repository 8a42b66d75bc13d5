/* Directory entries: links, renames, removal; directories as streams. preview1's calls, with the current directory as `at`. */
#include "internal.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wasi/api.h>

/* preview1 gives an absolute path relative to a directory no meaning: it is the current directory's then, as in POSIX. */
static __wasi_fd_t base(int at, const char *path)
{
	return *path == '/' ? AT_FDCWD : at;
}

int linkat(int from, const char *existing, int to, const char *path, int flags)
{
	const __wasi_lookupflags_t lookup = flags & AT_SYMLINK_FOLLOW ? __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW : 0;
	return __tsrun_result(__wasi_path_link(base(from, existing), lookup, existing, base(to, path), path));
}

int link(const char *existing, const char *path)
{
	return linkat(AT_FDCWD, existing, AT_FDCWD, path, 0);
}

int symlinkat(const char *target, int at, const char *path)
{
	return __tsrun_result(__wasi_path_symlink(target, base(at, path), path));
}

int symlink(const char *target, const char *path)
{
	return symlinkat(target, AT_FDCWD, path);
}

ssize_t readlinkat(int at, const char *restrict path, char *restrict buffer, size_t size)
{
	__wasi_size_t length = 0;
	const __wasi_errno_t error = __wasi_path_readlink(base(at, path), path, (uint8_t *)buffer, size, &length);
	return error == 0 ? (ssize_t)length : __tsrun_result(error);
}

ssize_t readlink(const char *restrict path, char *restrict buffer, size_t size)
{
	return readlinkat(AT_FDCWD, path, buffer, size);
}

int renameat(int from, const char *old, int to, const char *new)
{
	return __tsrun_result(__wasi_path_rename(base(from, old), old, base(to, new), new));
}

int rename(const char *old, const char *new)
{
	return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

int unlinkat(int at, const char *path, int flags)
{
	if (flags & AT_REMOVEDIR)
		return __tsrun_result(__wasi_path_remove_directory(base(at, path), path));
	return __tsrun_result(__wasi_path_unlink_file(base(at, path), path));
}

int unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int remove(const char *path)
{
	struct stat status;
	if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return rmdir(path);
	return unlink(path);
}

DIR *opendirat(int at, const char *path)
{
	const int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	DIR *directory = fdopendir(fd);
	if (directory == NULL) {
		const int error = errno;
		(void)close(fd);
		errno = error;
	}
	return directory;
}

DIR *opendir(const char *path)
{
	return opendirat(AT_FDCWD, path);
}

/* A copy with its name; d_name is a flexible member. */
static struct dirent *copy_entry(const struct dirent *entry)
{
	const size_t size = offsetof(struct dirent, d_name) + strlen(entry->d_name) + 1;
	struct dirent *copy = malloc(size < sizeof *copy ? sizeof *copy : size);
	return copy == NULL ? NULL : memcpy(copy, entry, size);
}

static void free_entries(struct dirent **entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
}

int scandirat(int at, const char *path, struct dirent ***result, int (*wanted)(const struct dirent *),
	int (*compare)(const struct dirent **, const struct dirent **))
{
	struct dirent **entries = NULL, *entry;
	size_t count = 0, room = 0;
	DIR *directory = opendirat(at, path);
	if (directory == NULL)
		return -1;
	errno = 0;
	while ((entry = readdir(directory)) != NULL) {
		if (wanted != NULL && !wanted(entry))
			continue;
		if (count == room) {
			struct dirent **larger = realloc(entries, (room = room * 2 + 16) * sizeof *entries);
			if (larger == NULL)
				break;
			entries = larger;
		}
		if ((entries[count] = copy_entry(entry)) == NULL)
			break;
		count++;
		errno = 0;
	}
	const int error = errno;
	(void)closedir(directory);
	if (error != 0) {
		free_entries(entries, count);
		errno = error;
		return -1;
	}
	if (compare != NULL && count > 0)
		qsort(entries, count, sizeof *entries, (int (*)(const void *, const void *))(void *)compare);
	*result = entries;
	return (int)count;
}

int scandir(const char *path, struct dirent ***result, int (*wanted)(const struct dirent *),
	int (*compare)(const struct dirent **, const struct dirent **))
{
	return scandirat(AT_FDCWD, path, result, wanted, compare);
}
