/* Files as POSIX has them: modes, owners, times, links, directories, offsets, names. In a new directory below /tmp. */
#include "check.h"
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

static void put(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

static mode_t mode_of(const char *path)
{
	struct stat status;
	return lstat(path, &status) == 0 ? status.st_mode : 0;
}

static void modes(void)
{
	CHECK(umask(027) == 022 && umask(027) == 027);
	put("file", "12345");
	CHECK(mode_of("file") == (S_IFREG | 0640));
	CHECK(mkdir("dir", 0777) == 0 && mode_of("dir") == (S_IFDIR | 0750));
	CHECK(chmod("file", 04711) == 0 && mode_of("file") == (S_IFREG | 04711));
	const int fd = open("file", O_RDONLY);
	CHECK(fchmod(fd, 0600) == 0 && mode_of("file") == (S_IFREG | 0600));
	CHECK(close(fd) == 0);
	CHECK(fchmodat(AT_FDCWD, "dir", 01777, 0) == 0 && mode_of("dir") == (S_IFDIR | 01777));
	CHECK(mkfifo("fifo", 0666) == 0 && mode_of("fifo") == (S_IFIFO | 0640) && S_ISFIFO(mode_of("fifo")) && !S_ISSOCK(mode_of("fifo")));
	CHECK(umask(022) == 027);
	CHECK_ERROR(mkdir("dir", 0777), EEXIST);
	CHECK_ERROR(open("file", O_WRONLY | O_CREAT | O_EXCL, 0644), EEXIST);
	CHECK_ERROR(open("dir", O_WRONLY), EISDIR);
	CHECK_ERROR(open("file", O_RDONLY | O_DIRECTORY), ENOTDIR);
	CHECK_ERROR(open("file/x", O_RDONLY), ENOTDIR);
	struct stat null;
	CHECK(stat("/dev/null", &null) == 0 && S_ISCHR(null.st_mode) && major(null.st_rdev) == 1 && minor(null.st_rdev) == 3);
	CHECK(makedev(5, 300) == (5 << 8 | (300 & 0xff) | (300 & ~0xff) << 12));
}

static void owners(void)
{
	struct stat status;
	if (geteuid() != 0)
		return;
	CHECK(chown("file", 1000, 100) == 0 && stat("file", &status) == 0 && status.st_uid == 1000 && status.st_gid == 100);
	CHECK(chown("file", -1, 0) == 0 && stat("file", &status) == 0 && status.st_uid == 1000 && status.st_gid == 0);
	CHECK(symlink("file", "owned") == 0 && lchown("owned", 7, 8) == 0);
	CHECK(lstat("owned", &status) == 0 && status.st_uid == 7 && stat("owned", &status) == 0 && status.st_uid == 1000);
	CHECK(unlink("owned") == 0 && chown("file", 0, 0) == 0);
}

static void times(void)
{
	struct stat status;
	const struct timespec exact[2] = { { 1000000000, 123456789 }, { 1500000000, 987654321 } };
	CHECK(utimensat(AT_FDCWD, "file", exact, 0) == 0 && stat("file", &status) == 0);
	CHECK(status.st_atim.tv_sec == 1000000000 && status.st_atim.tv_nsec == 123456789);
	CHECK(status.st_mtime == 1500000000 && status.st_mtim.tv_nsec == 987654321);
	const struct timespec early[2] = { { -1000000000, 123456789 }, { -1, 999999000 } };
	CHECK(utimensat(AT_FDCWD, "file", early, 0) == 0 && stat("file", &status) == 0);
	CHECK(status.st_atim.tv_sec == -1000000000 && status.st_atim.tv_nsec == 123456789);
	CHECK(status.st_mtim.tv_sec == -1 && status.st_mtim.tv_nsec == 999999000);
	CHECK(utimensat(AT_FDCWD, "file", exact, 0) == 0);
	const struct timespec partly[2] = { { 0, UTIME_OMIT }, { 0, UTIME_NOW } };
	CHECK(utimensat(AT_FDCWD, "file", partly, 0) == 0 && stat("file", &status) == 0);
	CHECK(status.st_atime == 1000000000 && status.st_mtime > 1600000000);
	const struct timeval coarse[2] = { { 5, 6 }, { 7, 8 } };
	CHECK(utimes("file", coarse) == 0 && stat("file", &status) == 0 && status.st_mtime == 7 && status.st_mtim.tv_nsec == 8000);
	const struct utimbuf whole = { 11, 12 };
	CHECK(utime("file", &whole) == 0 && stat("file", &status) == 0 && status.st_atime == 11 && status.st_mtime == 12);
	const struct timespec bad[2] = { { 0, 2000000000 }, { 0, 0 } };
	CHECK_ERROR(utimensat(AT_FDCWD, "file", bad, 0), EINVAL);
	const int fd = open("file", O_RDONLY);
	CHECK(futimens(fd, NULL) == 0 && fstat(fd, &status) == 0 && status.st_mtime > 1600000000 && close(fd) == 0);
}

static void links(void)
{
	struct stat status;
	char target[20];
	CHECK(link("file", "hard") == 0 && stat("hard", &status) == 0 && status.st_nlink == 2);
	CHECK(symlink("file", "soft") == 0 && S_ISLNK(mode_of("soft")));
	CHECK(readlink("soft", target, sizeof target) == 4 && memcmp(target, "file", 4) == 0);
	CHECK(readlink("soft", target, 2) == 2);
	CHECK_ERROR(readlink("file", target, sizeof target), EINVAL);
	CHECK(symlink("loop", "loop") == 0);
	CHECK_ERROR(open("loop", O_RDONLY), ELOOP);
	CHECK_ERROR(open("soft", O_RDONLY | O_NOFOLLOW), ELOOP);
	CHECK(rename("hard", "dir/moved") == 0);
	CHECK_ERROR(rename("dir", "dir/below"), EINVAL);
	CHECK_ERROR(unlink("dir"), EISDIR);
	CHECK_ERROR(rmdir("dir"), ENOTEMPTY);
	CHECK_ERROR(rmdir("file"), ENOTDIR);
	CHECK(remove("dir/moved") == 0 && remove("loop") == 0);
	CHECK(access("file", F_OK) == 0);
	CHECK_ERROR(access("none", F_OK), ENOENT);
}

static void offsets(void)
{
	char text[20] = "";
	struct stat status;
	const int fd = open("data", O_RDWR | O_CREAT | O_TRUNC, 0600), copy = dup(fd);
	CHECK(write(fd, "abcdef", 6) == 6 && lseek(copy, 0, SEEK_CUR) == 6);
	CHECK(lseek(copy, -3, SEEK_END) == 3 && read(fd, text, 2) == 2 && memcmp(text, "de", 2) == 0);
	CHECK(pread(fd, text, 3, 1) == 3 && memcmp(text, "bcd", 3) == 0 && lseek(fd, 0, SEEK_CUR) == 5);
	CHECK(pwrite(fd, "XY", 2, 10) == 2 && fstat(fd, &status) == 0 && status.st_size == 12);
	CHECK(ftruncate(fd, 4) == 0 && fstat(fd, &status) == 0 && status.st_size == 4);
	CHECK(truncate("data", 70000) == 0 && stat("data", &status) == 0 && status.st_size == 70000);
	const struct iovec parts[2] = { { (char[]){ 'p', 'q' }, 2 }, { (char[]){ 'r' }, 1 } };
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && writev(fd, parts, 2) == 3);
	CHECK(fcntl(fd, F_SETFL, O_APPEND) == 0 && (fcntl(copy, F_GETFL) & (O_APPEND | O_ACCMODE)) == (O_APPEND | O_RDWR));
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "z", 1) == 1 && fstat(fd, &status) == 0 && status.st_size == 70001);
	CHECK_ERROR(lseek(fd, -1, SEEK_SET), EINVAL);
	/* Unlinked but open. */
	CHECK(unlink("data") == 0 && fstat(fd, &status) == 0 && status.st_nlink == 0);
	CHECK(pread(copy, text, 3, 0) == 3 && memcmp(text, "pqr", 3) == 0);
	CHECK(close(fd) == 0 && close(copy) == 0);
	CHECK_ERROR(close(fd), EBADF);
	CHECK(dup2(1, 40) == 40 && dup2(40, 40) == 40 && close(40) == 0);
	CHECK_ERROR(dup2(40, 40), EBADF);
	const int readonly = open("file", O_RDONLY);
	CHECK_ERROR(write(readonly, "x", 1), EBADF);
	CHECK(close(readonly) == 0);
	const int full = open("/dev/full", O_WRONLY);
	CHECK_ERROR(write(full, "x", 1), ENOSPC);
	CHECK(close(full) == 0);
}

static int walked;

static int visit(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)place;
	walked++;
	return type == FTW_NS || path == NULL ? 1 : 0;
}

static int no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void directories(void)
{
	char name[40], cwd[PATH_MAX], before[PATH_MAX];
	struct dirent **entries;
	int count = 0, dots = 0;
	CHECK(mkdir("many", 0700) == 0);
	for (int i = 0; i < 300; i++) {
		(void)snprintf(name, sizeof name, "many/entry-with-a-long-name-%03d", i);
		put(name, "");
	}
	DIR *directory = opendir("many");
	for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
		if (entry->d_name[0] == '.')
			dots++;
		else
			count++;
		if (entry->d_name[0] == 'e')
			CHECK(entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN);
	}
	CHECK(count == 300 && dots == 2);
	rewinddir(directory);
	CHECK(readdir(directory) != NULL);
	struct stat by_fd, by_name;
	CHECK(fstat(dirfd(directory), &by_fd) == 0 && stat("many", &by_name) == 0 && by_fd.st_ino == by_name.st_ino);
	CHECK(unlinkat(dirfd(directory), "entry-with-a-long-name-000", 0) == 0);
	const int at = openat(dirfd(directory), "new", O_WRONLY | O_CREAT, 0600);
	CHECK(at >= 0 && close(at) == 0 && faccessat(dirfd(directory), "new", R_OK, 0) == 0);
	CHECK(renameat(dirfd(directory), "new", AT_FDCWD, "many/newer") == 0);
	CHECK(closedir(directory) == 0);
	count = scandir("many", &entries, no_dots, alphasort);
	CHECK(count == 300 && strcmp(entries[0]->d_name, "entry-with-a-long-name-001") == 0 && strcmp(entries[299]->d_name, "newer") == 0);
	for (int i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
	glob_t found;
	CHECK(glob("many/*-00[1-3]", 0, NULL, &found) == 0 && found.gl_pathc == 3 && strcmp(found.gl_pathv[2] + 5, "entry-with-a-long-name-003") == 0);
	globfree(&found);
	CHECK(nftw("many", visit, 5, FTW_PHYS) == 0 && walked == 301);
	CHECK(getcwd(before, sizeof before) != NULL && chdir("many") == 0 && getcwd(cwd, sizeof cwd) != NULL);
	CHECK(strncmp(cwd, before, strlen(before)) == 0 && strcmp(cwd + strlen(before), "/many") == 0);
	CHECK(getcwd(cwd, 3) == NULL && errno == ERANGE);
	const int up = open("..", O_RDONLY | O_DIRECTORY);
	CHECK(fchdir(up) == 0 && close(up) == 0 && access("many", X_OK) == 0);
}

static void names(void)
{
	char path[PATH_MAX], expected[PATH_MAX], template[] = "tmp-XXXXXX", made[] = "dir-XXXXXX";
	CHECK(getcwd(expected, sizeof expected) != NULL);
	strcat(expected, "/dir");
	CHECK(symlink("../..//tmp/./nowhere/../x", "dir/dangling") == 0);
	CHECK(symlink("dir", "to-dir") == 0 && realpath("to-dir/../to-dir/.", path) == path && strcmp(path, expected) == 0);
	CHECK(realpath("/", path) == path && strcmp(path, "/") == 0);
	CHECK(realpath("file/..", path) == NULL && errno == ENOTDIR);
	CHECK(realpath("dir/dangling", path) == NULL && errno == ENOENT);
	CHECK(realpath("none", path) == NULL && errno == ENOENT);
	const int fd = mkstemp(template);
	CHECK(fd >= 0 && strcmp(template, "tmp-XXXXXX") != 0 && mode_of(template) == (S_IFREG | 0600) && close(fd) == 0);
	CHECK(mkdtemp(made) == made && mode_of(made) == (S_IFDIR | 0700));
	CHECK(mkstemp((char[]){ "short-XXXXX" }) == -1 && errno == EINVAL);
	struct statvfs fs;
	CHECK(statvfs("/tmp", &fs) == 0 && fs.f_namemax >= 255 && fs.f_bsize > 0);
}

static int discard(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)place;
	return type == FTW_DP ? rmdir(path) : unlink(path);
}

int main(void)
{
	char place[] = "/tmp/files-XXXXXX";
	(void)umask(022);
	if (!CHECK(mkdtemp(place) == place && chdir(place) == 0))
		return finish("files");
	modes();
	owners();
	times();
	links();
	offsets();
	directories();
	names();
	CHECK(chdir("/") == 0 && nftw(place, discard, 5, FTW_DEPTH | FTW_PHYS) == 0 && access(place, F_OK) == -1);
	return finish("files");
}
