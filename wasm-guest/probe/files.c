/* Files: root, masked paths, devices, descriptors. */
#include "probe.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

char *read_file(const char *path, size_t *length)
{
	size_t used = 0, room = 0;
	char *text = NULL;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	for (;;) {
		if (used + 1 >= room) {
			char *larger = realloc(text, room = room * 2 + 4096);
			if (larger == NULL)
				break;
			text = larger;
		}
		const ssize_t got = read(fd, text + used, room - used - 1);
		if (got < 0)
			break;
		used += (size_t)got;
		text[used] = '\0';
		if (got > 0)
			continue;
		(void)close(fd);
		if (length != NULL)
			*length = used;
		return text;
	}
	const int error = errno;
	(void)close(fd);
	free(text);
	errno = error;
	return NULL;
}

const char *type_name(unsigned mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "regular";
	case S_IFDIR:
		return "directory";
	case S_IFCHR:
		return "character";
	case S_IFBLK:
		return "block";
	case S_IFIFO:
		return "fifo";
	case S_IFLNK:
		return "symlink";
	case S_IFSOCK:
		return "socket";
	default:
		return "unknown";
	}
}

static void report_attributes(const struct stat *status)
{
	char device[32];
	json_string("type", type_name(status->st_mode));
	json_unsigned("mode", status->st_mode & 07777);
	json_unsigned("uid", status->st_uid);
	json_unsigned("gid", status->st_gid);
	if (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode)) {
		(void)snprintf(device, sizeof device, "%u:%u", major(status->st_rdev), minor(status->st_rdev));
		json_string("rdev", device);
	}
}

static void report_target(const char *name, const char *path)
{
	char target[PATH_ROOM];
	const ssize_t length = readlink(path, target, sizeof target - 1);
	if (length < 0)
		return;
	target[length] = '\0';
	json_string(name, target);
}

static void report_device(const char *path)
{
	struct stat status;
	if (lstat(path, &status) != 0)
		return;
	json_open(path, '{');
	report_attributes(&status);
	report_target("target", path);
	json_close('}');
}

static void report_directory(const char *path)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		char below[PATH_ROOM];
		struct stat status;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
		report_device(below);
		if (lstat(below, &status) == 0 && S_ISDIR(status.st_mode))
			report_directory(below);
	}
	if (directory != NULL)
		(void)closedir(directory);
}

/* Can files be made in it? Tried, and taken back. */
static int try_write(const char *directory)
{
	char path[PATH_ROOM];
	(void)snprintf(path, sizeof path, "%s/.probe-%d", directory, (int)getpid());
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno;
	(void)close(fd);
	return unlink(path) == 0 ? 0 : errno;
}

/* A masked file reads empty, a masked directory lists nothing. */
static void report_masked(const char *path)
{
	struct stat status;
	size_t length = 0;
	json_open(path, '{');
	if (stat(path, &status) != 0) {
		json_error("error", errno);
	} else if (S_ISDIR(status.st_mode)) {
		int entries = 0;
		DIR *directory = opendir(path);
		report_attributes(&status);
		json_error("error", directory == NULL ? errno : 0);
		while (directory != NULL && readdir(directory) != NULL)
			entries++;
		if (directory != NULL) {
			json_number("entries", entries - 2);
			(void)closedir(directory);
		}
		json_error("writeError", try_write(path));
	} else {
		char *text = read_file(path, &length);
		report_attributes(&status);
		json_error("error", text == NULL ? errno : 0);
		json_unsigned("bytes", length);
		free(text);
		const int fd = open(path, O_WRONLY | O_CLOEXEC);
		json_error("writeError", fd < 0 ? errno : 0);
		if (fd >= 0)
			(void)close(fd);
	}
	json_close('}');
}

void report_files(int masked_count, char **masked)
{
	struct stat root;
	json_open("root", '{');
	if (stat("/", &root) == 0)
		report_attributes(&root);
	json_error("writeError", try_write("/"));
	json_close('}');
	json_open("paths", '{');
	for (int i = 0; i < masked_count; i++)
		report_masked(masked[i]);
	json_close('}');
	json_open("devices", '{');
	report_directory("/dev");
	json_close('}');
}

static const char *access_name(int flags)
{
	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		return "read";
	case O_WRONLY:
		return "write";
	default:
		return "read-write";
	}
}

/* Those of 0 to 9 that are open. */
void report_descriptors(void)
{
	json_open("descriptors", '[');
	for (int fd = 0; fd < 10; fd++) {
		struct stat status;
		char link[32];
		if (fstat(fd, &status) != 0)
			continue;
		const int flags = fcntl(fd, F_GETFL);
		(void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		json_open(NULL, '{');
		json_number("fd", fd);
		report_attributes(&status);
		report_target("target", link);
		json_string("access", access_name(flags));
		json_boolean("append", (flags & O_APPEND) != 0);
		json_boolean("nonblock", (flags & O_NONBLOCK) != 0);
		json_boolean("cloexec", (fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
		json_boolean("tty", isatty(fd));
		json_close('}');
	}
	json_close(']');
}
