/*
 * Paths of any length. The kernel takes at most PATH_MAX bytes at once, and walks all of a path each time: of a long one the
 * directories on the way are kept open, one every NEAR bytes, and the rest is taken from the last of them.
 */
#include "box.h"

enum { NEAR = 1024, HELD = 48, CHAINS = 2 }; /* two: a copy works in two trees */

static struct chain {
	char *path; /* of the last held directory, with a slash behind it */
	struct held {
		int fd;
		size_t length; /* of its part of path */
	} held[HELD];
	size_t count;
	unsigned used;
} chains[CHAINS];

static void shorten(struct chain *chain, size_t count) {
	while (chain->count > count) close(chain->held[--chain->count].fd);
}

void reach_forget(void) {
	for (size_t i = 0; i < CHAINS; i++) shorten(&chains[i], 0);
}

/* How many of the directories of the chain lead to the path. */
static size_t shared(const struct chain *chain, const char *path) {
	size_t count = 0, same = 0;
	for (; count < chain->count; count++) {
		size_t length = chain->held[count].length;
		if (strncmp(chain->path + same, path + same, length - same) != 0) break;
		same = length;
	}
	return count;
}

/* The chain with the most of the path's directories; else the one not used for longest. */
static struct chain *choose(const char *path) {
	static unsigned uses;
	struct chain *best = &chains[0];
	size_t most = 0;
	for (size_t i = 0; i < CHAINS; i++) {
		size_t count = shared(&chains[i], path);
		if (count > most || (most == 0 && chains[i].used < best->used)) best = &chains[i];
		if (count > most) most = count;
	}
	shorten(best, most);
	best->used = ++uses;
	return best;
}

struct reached reach(const char *path) {
	size_t length = strlen(path);
	if (length <= NEAR) return (struct reached){AT_FDCWD, path};
	struct chain *chain = choose(path);
	size_t from = chain->count ? chain->held[chain->count - 1].length : 0;
	int at = chain->count ? chain->held[chain->count - 1].fd : AT_FDCWD;
	bool longer = false;
	while (length - from > NEAR) {
		size_t cut = from + NEAR;
		while (cut > from && path[cut] != '/') cut--;
		if (cut == from) break; /* a name longer than any: the call itself will say so */
		size_t next = cut + strspn(path + cut, "/");
		if (path[next] == '\0') break;
		char *part = xstrndup(path + from, cut - from);
		int fd = openat(at, part, O_PATH | O_DIRECTORY | O_CLOEXEC);
		free(part);
		if (fd < 0) {
			at = -1;
			break;
		}
		if (chain->count == HELD) {
			close(chain->held[0].fd);
			memmove(chain->held, chain->held + 1, (HELD - 1) * sizeof *chain->held);
			chain->count--;
		}
		chain->held[chain->count++] = (struct held){fd, next};
		at = fd;
		from = next;
		longer = true;
	}
	if (longer) {
		int error = errno;
		free(chain->path);
		chain->path = xstrndup(path, chain->held[chain->count - 1].length);
		errno = error;
	}
	return (struct reached){at, path + from};
}

#define REACH(path, call) \
	struct reached to = reach(path); \
	return to.at == -1 ? -1 : (call)

int reach_stat(const char *path, struct stat *st) {
	REACH(path, fstatat(to.at, to.rest, st, 0));
}
int reach_lstat(const char *path, struct stat *st) {
	REACH(path, fstatat(to.at, to.rest, st, AT_SYMLINK_NOFOLLOW));
}
int reach_open(const char *path, int flags, mode_t mode) {
	REACH(path, openat(to.at, to.rest, flags, mode));
}
int reach_mkdir(const char *path, mode_t mode) {
	REACH(path, mkdirat(to.at, to.rest, mode));
}
int reach_mknod(const char *path, mode_t mode, dev_t device) {
	REACH(path, mknodat(to.at, to.rest, mode, device));
}
int reach_symlink(const char *text, const char *path) {
	REACH(path, symlinkat(text, to.at, to.rest));
}
ssize_t reach_readlink(const char *path, char *text, size_t size) {
	REACH(path, readlinkat(to.at, to.rest, text, size));
}
int reach_unlink(const char *path) {
	REACH(path, unlinkat(to.at, to.rest, 0));
}
int reach_rmdir(const char *path) {
	REACH(path, unlinkat(to.at, to.rest, AT_REMOVEDIR));
}
int reach_chmod(const char *path, mode_t mode) {
	REACH(path, fchmodat(to.at, to.rest, mode, 0));
}
int reach_chown(const char *path, unsigned uid, unsigned gid, bool follow) {
	REACH(path, fchownat(to.at, to.rest, uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}
int reach_times(const char *path, const struct timespec times[2], bool follow) {
	REACH(path, utimensat(to.at, to.rest, times, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}
int reach_access(const char *path, int want) {
	REACH(path, faccessat(to.at, to.rest, want, 0));
}
