/* The current directory, canonical paths, temporary names. */
#include "internal.h"
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

int chdir(const char *path)
{
	return TSRUN_SIMPLE(tsrun_chdir(path, __tsrun_length(path)));
}

int fchdir(int fd)
{
	return TSRUN_SIMPLE(tsrun_fd_chdir(fd));
}

int chroot(const char *path)
{
	return TSRUN_SIMPLE(tsrun_chroot(path, __tsrun_length(path)));
}

char *getcwd(char *buffer, size_t size)
{
	char own[PATH_MAX];
	char *target = buffer == NULL ? own : buffer;
	if (buffer != NULL && size == 0) {
		errno = EINVAL;
		return NULL;
	}
	uint32_t length = (uint32_t)((buffer == NULL ? sizeof own : size) - 1);
	if (TSRUN_SIMPLE(tsrun_getcwd(target, &length)) != 0)
		return NULL;
	target[length] = '\0';
	return buffer == NULL ? strdup(own) : buffer;
}

char *get_current_dir_name(void)
{
	return getcwd(NULL, 0);
}

/* Replaces the last component of `done` by its parent. */
static size_t parent(const char *done, size_t length)
{
	while (length > 0 && done[length - 1] != '/')
		length--;
	return length > 0 ? length - 1 : 0;
}

struct walk {
	char done[PATH_MAX]; /* canonical, without a slash at its end: "" is the root */
	size_t length;
	char left[PATH_MAX]; /* what still is to be walked */
	int links;
};

/* Puts a link's target before what is left. */
static int follow(struct walk *walk, const char *target, size_t length, const char *rest)
{
	char joined[PATH_MAX];
	const size_t rest_length = strlen(rest);
	if (++walk->links > SYMLOOP_MAX)
		return ELOOP;
	if (length + 1 + rest_length >= sizeof joined)
		return ENAMETOOLONG;
	memcpy(joined, target, length);
	joined[length] = '/';
	memcpy(joined + length + 1, rest, rest_length + 1);
	memcpy(walk->left, joined, length + 1 + rest_length + 1);
	if (*target == '/')
		walk->length = 0;
	else
		walk->length = parent(walk->done, walk->length);
	return 0;
}

static int component(struct walk *walk, const char *name, size_t length, const char *rest)
{
	char target[PATH_MAX];
	if (length == 1 && name[0] == '.')
		return 0;
	if (length == 2 && name[0] == '.' && name[1] == '.') {
		walk->length = parent(walk->done, walk->length);
		return 0;
	}
	if (walk->length + 1 + length >= sizeof walk->done)
		return ENAMETOOLONG;
	walk->done[walk->length++] = '/';
	memcpy(walk->done + walk->length, name, length);
	walk->length += length;
	walk->done[walk->length] = '\0';
	const ssize_t linked = readlink(walk->done, target, sizeof target - 1);
	if (linked >= 0)
		return follow(walk, target, (size_t)linked, rest);
	if (errno != EINVAL)
		return errno;
	/* Not a link; with more to come it must be a directory, which the next readlink or this stat says. */
	struct stat status;
	if (*rest == '\0')
		return 0;
	if (stat(walk->done, &status) != 0)
		return errno;
	return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
}

static int resolve(struct walk *walk)
{
	char name[NAME_MAX + 1];
	for (;;) {
		const char *start = walk->left + strspn(walk->left, "/");
		if (*start == '\0')
			return 0;
		const size_t length = strcspn(start, "/");
		if (length > NAME_MAX)
			return ENAMETOOLONG;
		memcpy(name, start, length);
		name[length] = '\0';
		memmove(walk->left, start + length, strlen(start + length) + 1);
		const int error = component(walk, name, length, walk->left);
		if (error != 0)
			return error;
	}
}

char *realpath(const char *restrict path, char *restrict resolved)
{
	struct walk *walk = calloc(1, sizeof *walk);
	int error = 0;
	if (walk == NULL)
		return NULL;
	if (*path == '\0')
		error = ENOENT;
	else if (strlen(path) >= sizeof walk->left)
		error = ENAMETOOLONG;
	else if (*path != '/' && getcwd(walk->done, sizeof walk->done) == NULL)
		error = errno;
	if (error == 0) {
		walk->length = strcmp(walk->done, "/") == 0 ? 0 : strlen(walk->done);
		strcpy(walk->left, path);
		error = resolve(walk);
	}
	char *result = NULL;
	if (error == 0) {
		if (walk->length == 0)
			walk->done[walk->length++] = '/';
		walk->done[walk->length] = '\0';
		result = resolved == NULL ? strdup(walk->done) : strcpy(resolved, walk->done);
	}
	free(walk);
	if (error != 0)
		errno = error;
	return result;
}

char *canonicalize_file_name(const char *path)
{
	return realpath(path, NULL);
}

/* Fills the six X before the suffix with random letters. */
static int randomize(char *template, int suffix)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	const size_t length = strlen(template);
	unsigned char random[6];
	if (suffix < 0 || length < 6 + (size_t)suffix || strspn(template + length - 6 - suffix, "X") < 6) {
		errno = EINVAL;
		return -1;
	}
	if (getentropy(random, sizeof random) != 0)
		return -1;
	for (int i = 0; i < 6; i++)
		template[length - 6 - suffix + i] = letters[random[i] % 64];
	return 0;
}

enum { ATTEMPTS = 100 };

static void restore(char *template, int suffix)
{
	memset(template + strlen(template) - 6 - suffix, 'X', 6);
}

int mkostemps(char *template, int suffix, int flags)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (randomize(template, suffix) != 0)
			return -1;
		const int fd = open(template, O_RDWR | O_CREAT | O_EXCL | (flags & ~O_ACCMODE), 0600);
		if (fd >= 0)
			return fd;
		restore(template, suffix);
		if (errno != EEXIST)
			break;
	}
	return -1;
}

int mkstemps(char *template, int suffix)
{
	return mkostemps(template, suffix, 0);
}

int mkostemp(char *template, int flags)
{
	return mkostemps(template, 0, flags);
}

int mkstemp(char *template)
{
	return mkostemps(template, 0, 0);
}

char *mkdtemp(char *template)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (randomize(template, 0) != 0)
			return NULL;
		if (mkdir(template, 0700) == 0)
			return template;
		restore(template, 0);
		if (errno != EEXIST)
			break;
	}
	return NULL;
}

/* POSIX.1-2001's; an empty string says that there was none. */
char *mktemp(char *template)
{
	struct stat status;
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (randomize(template, 0) != 0)
			break;
		if (lstat(template, &status) != 0 && errno == ENOENT)
			return template;
		restore(template, 0);
	}
	*template = '\0';
	return template;
}
