/* Paths, modes, directories. */
#include "box.h"
#include <dirent.h>
#include <limits.h>

char *join_path(const char *directory, const char *name) {
	size_t length = strlen(directory);
	return format_text("%s%s%s", directory, length && directory[length - 1] == '/' ? "" : "/", name);
}

char *base_name(const char *path) {
	size_t end = strlen(path);
	while (end > 1 && path[end - 1] == '/') end--;
	if (end == 1 && path[0] == '/') return xstrdup("/");
	size_t start = end;
	while (start > 0 && path[start - 1] != '/') start--;
	return xstrndup(path + start, end - start);
}

char *directory_name(const char *path) {
	size_t end = strlen(path);
	while (end > 1 && path[end - 1] == '/') end--;
	while (end > 0 && path[end - 1] != '/') end--;
	if (end == 0) return xstrdup(".");
	while (end > 1 && path[end - 1] == '/') end--;
	return xstrndup(path, end);
}

bool is_directory(const char *path) {
	struct stat st;
	return reach_stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool is_dot_name(const char *name) {
	return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

bool list_directory(const char *path, struct names *out) {
	*out = (struct names){0};
	int fd = reach_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);
	if (!directory) {
		int error = errno;
		if (fd >= 0) close(fd);
		errno = error;
		return false;
	}
	for (;;) {
		errno = 0;
		struct dirent *entry = readdir(directory);
		if (!entry) break;
		if (!is_dot_name(entry->d_name)) names_add(out, xstrdup(entry->d_name));
	}
	int error = errno;
	closedir(directory);
	names_sort(out);
	errno = error;
	if (error) names_free(out);
	return error == 0;
}

char *read_link(const char *path) {
	for (size_t size = 128;; size *= 2) {
		char *text = xmalloc(size);
		ssize_t got = reach_readlink(path, text, size);
		if (got >= 0 && (size_t)got < size) {
			text[got] = '\0';
			return text;
		}
		int error = errno;
		free(text);
		errno = error;
		if (got < 0) return NULL;
	}
}

/* Appends the components of `rest` to the canonical `done`, following links. */
static char *resolve(char *done, const char *rest, int need, int *links) {
	while (done) {
		while (*rest == '/') rest++;
		if (*rest == '\0') return done;
		size_t length = strcspn(rest, "/");
		const char *after = rest + length;
		bool last = after[strspn(after, "/")] == '\0';
		if (length == 1 && rest[0] == '.') {
			rest = after;
			continue;
		}
		if (length == 2 && rest[0] == '.' && rest[1] == '.') {
			char *slash = strrchr(done, '/');
			if (slash == done) done[1] = '\0';
			else *slash = '\0';
			rest = after;
			continue;
		}
		char *component = xstrndup(rest, length);
		char *next = join_path(done, component);
		free(component);
		struct stat st;
		if (reach_lstat(next, &st) != 0) {
			if (need == 2 || (need == 1 && !last) || (need == 1 && errno != ENOENT)) {
				free(done);
				free(next);
				return NULL;
			}
			free(done);
			done = next;
		} else if (S_ISLNK(st.st_mode)) {
			char *link = ++*links > 40 ? NULL : read_link(next);
			if (*links > 40) errno = ELOOP;
			free(next);
			if (!link) {
				free(done);
				return NULL;
			}
			if (link[0] == '/') {
				free(done);
				done = xstrdup("/");
			}
			done = resolve(done, link, last || need == 0 ? need : 2, links);
			free(link);
		} else {
			free(done);
			done = next;
			if (!last && !S_ISDIR(st.st_mode) && need > 0) {
				free(done);
				errno = ENOTDIR;
				return NULL;
			}
		}
		rest = after;
	}
	return done;
}

char *canonical_path(const char *path, int need) {
	int links = 0;
	if (*path == '\0') {
		errno = ENOENT;
		return NULL;
	}
	char *start = *path == '/' ? xstrdup("/") : getcwd(NULL, 0);
	if (!start) return NULL;
	char *done = resolve(start, path, need, &links);
	if (done && need == 2 && path[strlen(path) - 1] == '/' && !is_directory(done)) {
		free(done);
		errno = ENOTDIR;
		return NULL;
	}
	return done;
}

static mode_t who_bits(unsigned who, mode_t rwx) {
	return (mode_t)((who & 4 ? rwx << 6 : 0) | (who & 2 ? rwx << 3 : 0) | (who & 1 ? rwx : 0));
}

bool parse_mode(const char *text, mode_t old, bool directory, mode_t mask, mode_t *out) {
	mode_t mode = old & 07777;
	if (*text >= '0' && *text <= '7') {
		char *end;
		unsigned long value = strtoul(text, &end, 8);
		if (*end != '\0' || value > 07777) return false;
		/* As GNU: a directory keeps set-id bits that fewer than five digits do not speak of. */
		*out = (mode_t)value | (directory && strlen(text) < 5 ? mode & (S_ISUID | S_ISGID) : 0);
		return true;
	}
	do {
		unsigned who = 0;
		for (;; text++) {
			if (*text == 'u') who |= 4;
			else if (*text == 'g') who |= 2;
			else if (*text == 'o') who |= 1;
			else if (*text == 'a') who |= 7;
			else break;
		}
		bool masked = who == 0;
		if (masked) who = 7;
		if (*text != '+' && *text != '-' && *text != '=') return false;
		while (*text == '+' || *text == '-' || *text == '=') {
			char operation = *text++;
			mode_t bits = 0;
			if (*text == 'u' || *text == 'g' || *text == 'o') {
				mode_t from = *text == 'u' ? mode >> 6 : *text == 'g' ? mode >> 3 : mode;
				bits = who_bits(who, from & 7);
				text++;
			} else {
				for (;; text++) {
					if (*text == 'r') bits |= who_bits(who, 4);
					else if (*text == 'w') bits |= who_bits(who, 2);
					else if (*text == 'x') bits |= who_bits(who, 1);
					else if (*text == 'X') bits |= directory || (mode & 0111) ? who_bits(who, 1) : 0;
					else if (*text == 's') bits |= (who & 4 ? S_ISUID : 0) | (who & 2 ? S_ISGID : 0);
					else if (*text == 't') bits |= who & 1 ? S_ISVTX : 0;
					else break;
				}
			}
			if (masked) bits &= (mode_t)~mask;
			if (operation == '+') mode |= bits;
			else if (operation == '-') mode &= (mode_t)~bits;
			else {
				mode_t cleared = who_bits(who, 7) | (who & 1 ? S_ISVTX : 0);
				if (!directory) cleared |= (who & 4 ? S_ISUID : 0) | (who & 2 ? S_ISGID : 0);
				mode = (mode & (mode_t)~cleared) | bits;
			}
		}
	} while (*text == ',' && *++text);
	*out = mode;
	return *text == '\0';
}

mode_t current_umask(void) {
	mode_t mask = umask(0);
	umask(mask);
	return mask;
}

void mode_text(mode_t mode, char out[11]) {
	out[0] = S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : S_ISSOCK(mode)
		? 's' : '-';
	for (int i = 0; i < 9; i++) out[1 + i] = mode & (0400u >> i) ? "rwx"[i % 3] : '-';
	if (mode & S_ISUID) out[3] = mode & 0100 ? 's' : 'S';
	if (mode & S_ISGID) out[6] = mode & 0010 ? 's' : 'S';
	if (mode & S_ISVTX) out[9] = mode & 0001 ? 't' : 'T';
	out[10] = '\0';
}

bool make_directories(const char *path, mode_t mode, bool verbose) {
	char *copy = xstrdup(path);
	bool done = true;
	for (char *at = copy; done && *at;) {
		at += strspn(at, "/");
		at += strcspn(at, "/");
		char *rest = at + strspn(at, "/");
		bool last = *rest == '\0';
		char kept = *at;
		*at = '\0';
		if (*copy) {
			/* Parents must stay open to us whatever the umask says. */
			mode_t mask = last ? 0 : umask(current_umask() & (mode_t)~0300);
			int made = reach_mkdir(copy, last ? mode : 0777);
			int error = errno;
			if (!last) umask(mask);
			if (made == 0) {
				if (verbose) printf("%s: created directory '%s'\n", tool_name, copy);
				if (last && (mode & 07000)) reach_chmod(copy, mode);
			} else if (!is_directory(copy)) {
				errno = error;
				warn_errno("cannot create directory '%s'", copy);
				done = false;
			}
		}
		*at = kept;
		at = rest;
	}
	free(copy);
	return done;
}

/* Device numbers are packed as glibc's makedev does; wasi-libc has no sys/sysmacros.h. */
unsigned device_major(uint64_t device) {
	return (unsigned)((device >> 8 & 0xfff) | (device >> 32 & 0xfffff000));
}
unsigned device_minor(uint64_t device) {
	return (unsigned)((device & 0xff) | (device >> 12 & 0xffffff00));
}
uint64_t make_device(unsigned major, unsigned minor) {
	return (uint64_t)(major & 0xfff) << 8 | (uint64_t)(major & 0xfffff000) << 32 | (minor & 0xff) | (uint64_t)(minor & 0xffffff00) << 12;
}

struct timespec modified(const struct stat *st) {
	return st->st_mtim;
}
struct timespec accessed(const struct stat *st) {
	return st->st_atim;
}
struct timespec changed(const struct stat *st) {
	return st->st_ctim;
}

char *target_path(const char *from, const char *to) {
	if (!is_directory(to)) return xstrdup(to);
	char *base = base_name(from);
	char *path = join_path(to, base);
	free(base);
	return path;
}
