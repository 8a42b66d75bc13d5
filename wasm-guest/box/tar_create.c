/* tar -c */
#include "tar.h"
#include "walk.h"

static struct {
	struct link {
		dev_t device;
		ino_t inode;
		char *name;
	} *list;
	size_t count, capacity;
} links;

static void put(const void *data, size_t length) {
	if (!write_all(tar.fd, data, length)) die_errno(2, "cannot write");
	tar.written += length;
}

static void pad(unsigned long long size) {
	static const char zeros[RECORD];
	size_t rest = size % RECORD;
	if (rest) put(zeros, RECORD - rest);
}

/* Octal when it fits, else (and for a time before 1970) base 256 as GNU writes it. */
static void put_number(char *field, size_t size, unsigned long long value) {
	long long rest = (long long)value;
	if (value >> (3 * (size - 1)) == 0) {
		snprintf(field, size, "%0*llo", (int)size - 1, value);
		return;
	}
	for (size_t i = size; i-- > 0; rest >>= 8) field[i] = (char)(rest & 0xff);
	field[0] = (char)(field[0] | 0x80);
}

static void finish_header(struct header *header) {
	memcpy(header->magic, "ustar ", 6);
	memcpy(header->version, " ", 2);
	snprintf(header->checksum, sizeof header->checksum, "%06o", tar_checksum(header));
	header->checksum[7] = ' ';
	put(header, sizeof *header);
}

/* A name that does not fit its field goes ahead in a record of its own. */
static void put_long(char type, const char *text) {
	struct header header = {0};
	memcpy(header.name, "././@LongLink", 13);
	put_number(header.mode, sizeof header.mode, 0644);
	put_number(header.uid, sizeof header.uid, 0);
	put_number(header.gid, sizeof header.gid, 0);
	put_number(header.size, sizeof header.size, strlen(text) + 1);
	put_number(header.mtime, sizeof header.mtime, 0);
	header.type = type;
	finish_header(&header);
	put(text, strlen(text) + 1);
	pad(strlen(text) + 1);
}

static const char *hard_link(const struct stat *st, const char *name) {
	if (S_ISDIR(st->st_mode) || st->st_nlink < 2) return NULL;
	for (size_t i = 0; i < links.count; i++)
		if (links.list[i].device == st->st_dev && links.list[i].inode == st->st_ino) return links.list[i].name;
	links.list = grow(links.list, links.count, &links.capacity, sizeof *links.list);
	links.list[links.count++] = (struct link){st->st_dev, st->st_ino, xstrdup(name)};
	return NULL;
}

static void put_contents(int fd, const char *path, unsigned long long size) {
	char *block = xcalloc(1, BLOCK);
	unsigned long long left = size;
	while (left > 0) {
		size_t wanted = left < BLOCK ? (size_t)left : BLOCK;
		ssize_t got = read_full(fd, block, wanted);
		if (got < (ssize_t)wanted) {
			if (got < 0) warn_errno("%s: read error", path);
			else warn("%s: file shrank by %llu bytes; padding with zeros", path, left - (unsigned long long)got);
			tar.status = 1;
			if (got < 0) got = 0;
			memset(block + got, 0, wanted - (size_t)got);
		}
		put(block, wanted);
		left -= wanted;
	}
	pad(size);
	free(block);
}

static const char *member_name(const char *path) {
	static bool told;
	const char *name = path + strspn(path, "/");
	for (const char *at = strstr(name, "../"); at; at = strstr(at, "../"))
		if (at == name || at[-1] == '/') at = name = at + 3;
		else at += 3;
	if (name != path && !told) {
		warn("removing leading '%.*s' from member names", (int)(name - path), path);
		told = true;
	}
	return *name ? name : "./";
}

/* Writes one member; true: a directory, to be entered. */
static bool add_member(struct visit *visit, void *context) {
	(void)context;
	struct stat st;
	const char *path = visit->path;
	if (tar_excluded(path)) return false;
	if ((tar.follow ? reach_stat : reach_lstat)(path, &st) != 0) {
		tar.status = warn_errno("%s: cannot stat", path) + 1;
		return false;
	}
	if (S_ISSOCK(st.st_mode)) {
		warn("%s: socket ignored", path);
		return false;
	}
	int fd = -1;
	if (S_ISREG(st.st_mode) && (fd = reach_open(path, O_RDONLY | O_CLOEXEC, 0)) < 0) {
		tar.status = warn_errno("%s: cannot open", path) + 1;
		return false;
	}
	const char *bare = member_name(path);
	bool directory = S_ISDIR(st.st_mode);
	char *name = format_text("%s%s", bare, directory && bare[strlen(bare) - 1] != '/' ? "/" : "");
	const char *same = hard_link(&st, name);
	char *link = same ? xstrdup(same) : S_ISLNK(st.st_mode) ? read_link(path) : NULL;
	struct header header = {0};
	if (strlen(name) > sizeof header.name) put_long('L', name);
	if (link && strlen(link) > sizeof header.link) put_long('K', link);
	memcpy(header.name, name, strlen(name) < sizeof header.name ? strlen(name) : sizeof header.name);
	if (link) memcpy(header.link, link, strlen(link) < sizeof header.link ? strlen(link) : sizeof header.link);
	unsigned long long size = S_ISREG(st.st_mode) && !same ? (unsigned long long)st.st_size : 0;
	put_number(header.mode, sizeof header.mode, st.st_mode & 07777);
	put_number(header.uid, sizeof header.uid, st.st_uid);
	put_number(header.gid, sizeof header.gid, st.st_gid);
	put_number(header.size, sizeof header.size, size);
	put_number(header.mtime, sizeof header.mtime, (unsigned long long)modified(&st).tv_sec);
	header.type = same ? '1' : S_ISLNK(st.st_mode) ? '2' : S_ISCHR(st.st_mode) ? '3' : S_ISBLK(st.st_mode) ? '4' : directory ? '5'
		: S_ISFIFO(st.st_mode) ? '6' : '0';
	if (!tar.numeric) {
		snprintf(header.user, sizeof header.user, "%s", user_label(st.st_uid));
		snprintf(header.group, sizeof header.group, "%s", group_label(st.st_gid));
	}
	if (header.type == '3' || header.type == '4') {
		put_number(header.major, sizeof header.major, device_major(st.st_rdev));
		put_number(header.minor, sizeof header.minor, device_minor(st.st_rdev));
	}
	finish_header(&header);
	if (tar.verbose) fprintf(tar.fd == STDOUT_FILENO ? stderr : stdout, "%s\n", name);
	if (fd >= 0 && !same) put_contents(fd, path, size);
	if (fd >= 0) close(fd);
	free(name);
	free(link);
	return directory && !tar.no_recursion;
}

static void check_listed(struct visit *visit, void *context) {
	(void)context;
	errno = visit->error;
	if (errno) tar.status = warn_errno("%s: cannot open", visit->path) + 1;
}

void tar_create(char **paths) {
	char *zeros = xcalloc(1, BLOCKING);
	for (; *paths; paths++) {
		if (strcmp(paths[0], "-C") == 0 && paths[1]) {
			if (chdir(*++paths) != 0) die_errno(2, "%s: cannot change directory", *paths);
			reach_forget();
			continue;
		}
		walk_tree(*paths, &(struct walk){.meet = add_member, .leave = check_listed}, NULL);
	}
	put(zeros, 2 * RECORD);
	if (tar.written % BLOCKING) put(zeros, BLOCKING - (size_t)(tar.written % BLOCKING));
	free(zeros);
}
