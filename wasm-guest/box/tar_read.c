/* tar -x and -t: ustar, GNU long names, pax paths and sizes. */
#include "tar.h"
#include <limits.h>

struct member {
	char *name, *link;
	unsigned long long size;
	mode_t mode;
	unsigned uid, gid, major, minor;
	struct timespec mtime;
	char type, user[33], group[33];
};
/* Directories get their modes and times last: what is made inside would change them, or could not be made. */
static struct {
	struct later {
		char *path;
		mode_t mode;
		struct timespec mtime;
	} *list;
	size_t count, capacity;
} directories;

static bool archive_ended; /* by its records of zeros */

static unsigned long long number(const char *field, size_t size) {
	unsigned long long value = 0;
	if ((unsigned char)field[0] & 0x80) {
		if (field[0] & 0x40) value = ULLONG_MAX; /* a time before 1970 */
		for (size_t i = 0; i < size; i++) value = value << 8 | (i == 0 ? (unsigned char)field[0] & 0x7f : (unsigned char)field[i]);
		return value;
	}
	size_t i = 0;
	while (i < size && field[i] == ' ') i++;
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++) value = value * 8 + (unsigned)(field[i] - '0');
	return value;
}

static bool read_record(void *record) {
	ssize_t got = read_full(tar.fd, record, RECORD);
	if (got < 0) die_errno(2, "cannot read");
	if (got > 0 && got < RECORD) die(2, "unexpected end of the archive");
	return got == RECORD;
}

/* Reads the data of a member; fd -1: it is thrown away. False: writing failed (errno), the rest was read all the same. */
static bool take_data(unsigned long long size, int fd) {
	char *block = xmalloc(BLOCK);
	unsigned long long left = (size + RECORD - 1) / RECORD * RECORD, wanted = size;
	int error = 0;
	while (left > 0) {
		size_t part = left < BLOCK ? (size_t)left : BLOCK;
		ssize_t got = read_full(tar.fd, block, part);
		if (got < (ssize_t)part) die(2, "unexpected end of the archive");
		size_t useful = wanted < part ? (size_t)wanted : part;
		if (fd >= 0 && useful && !error && !write_all(fd, block, useful)) error = errno;
		wanted -= useful;
		left -= part;
	}
	free(block);
	errno = error;
	return error == 0;
}

static char *take_text(unsigned long long size) {
	if (size > 1 << 20) die(2, "an extended header of %llu bytes is not believed", size);
	size_t room = (size_t)((size + RECORD - 1) / RECORD * RECORD);
	char *text = xmalloc(room + 1);
	if (read_full(tar.fd, text, room) < (ssize_t)room) die(2, "unexpected end of the archive");
	text[size] = '\0';
	return text;
}

/* pax: "LENGTH KEY=VALUE\n" */
static void take_pax(char *text, size_t length, struct member *next) {
	for (char *at = text, *end = text + length; at < end;) {
		char *key, *value;
		unsigned long size = strtoul(at, &key, 10);
		if (size == 0 || size > (unsigned long)(end - at) || *key != ' ' || !(value = memchr(key, '=', size - (size_t)(key - at)))) die(2,
			"malformed extended header");
		*value++ = '\0';
		key++;
		at[size - 1] = '\0';
		if (strcmp(key, "path") == 0) {
			free(next->name);
			next->name = xstrdup(value);
		} else if (strcmp(key, "linkpath") == 0) {
			free(next->link);
			next->link = xstrdup(value);
		} else if (strcmp(key, "size") == 0) next->size = strtoull(value, NULL, 10);
		else if (strcmp(key, "uid") == 0) next->uid = (unsigned)strtoul(value, NULL, 10);
		else if (strcmp(key, "gid") == 0) next->gid = (unsigned)strtoul(value, NULL, 10);
		else if (strcmp(key, "mtime") == 0) {
			char *fraction;
			next->mtime.tv_sec = (time_t)strtoll(value, &fraction, 10);
			long unit = 100000000;
			for (next->mtime.tv_nsec = 0; *fraction && unit && (*fraction == '.' || (*fraction >= '0' && *fraction <= '9')); fraction++)
				if (*fraction != '.') {
					next->mtime.tv_nsec += (*fraction - '0') * unit;
					unit /= 10;
				}
		}
		at += size;
	}
}

/* Fills *member from the next headers; false at the end of the archive. */
static bool next_member(struct member *member) {
	struct member pax = {.size = UINT64_MAX, .uid = UINT32_MAX, .gid = UINT32_MAX, .mtime = {.tv_nsec = -1}};
	struct header header;
	for (;;) {
		if (!read_record(&header)) return false;
		if (header.name[0] == '\0') {
			archive_ended = true;
			return false;
		}
		if (number(header.checksum, sizeof header.checksum) != tar_checksum(&header)) die(2, "this does not look like a tar archive");
		unsigned long long size = number(header.size, sizeof header.size);
		if (header.type == 'L' || header.type == 'K') {
			char **into = header.type == 'L' ? &pax.name : &pax.link;
			free(*into);
			*into = take_text(size);
		} else if (header.type == 'x') {
			char *text = take_text(size);
			take_pax(text, (size_t)size, &pax);
			free(text);
		} else if (header.type == 'g') take_data(size, -1);
		else break;
	}
	*member = pax;
	bool ustar = memcmp(header.magic, "ustar", 5) == 0;
	if (!member->name) {
		int prefix = ustar && header.magic[5] == '\0' ? (int)strnlen(header.prefix, sizeof header.prefix) : 0;
		member->name = format_text("%.*s%s%.*s", prefix, header.prefix, prefix ? "/" : "", (int)sizeof header.name, header.name);
	}
	if (!member->link) member->link = format_text("%.*s", (int)sizeof header.link, header.link);
	if (member->size == UINT64_MAX) member->size = number(header.size, sizeof header.size);
	if (member->uid == UINT32_MAX) member->uid = (unsigned)number(header.uid, sizeof header.uid);
	if (member->gid == UINT32_MAX) member->gid = (unsigned)number(header.gid, sizeof header.gid);
	if (member->mtime.tv_nsec < 0) member->mtime = (struct timespec){.tv_sec = (time_t)number(header.mtime, sizeof header.mtime)};
	member->mode = (mode_t)number(header.mode, sizeof header.mode) & 07777;
	member->major = (unsigned)number(header.major, sizeof header.major);
	member->minor = (unsigned)number(header.minor, sizeof header.minor);
	member->type = header.type ? header.type : '0';
	if (member->type == '0' && member->name[0] && member->name[strlen(member->name) - 1] == '/') member->type = '5'; /* before ustar */
	if (member->type != '0' && member->type != '7') member->size = 0;
	snprintf(member->user, sizeof member->user, "%.32s", ustar ? header.user : "");
	snprintf(member->group, sizeof member->group, "%.32s", ustar ? header.group : "");
	return true;
}

static void put_listing(const struct member *member) {
	if (!tar.verbose) {
		puts(member->name);
		return;
	}
	char mode[11], date[32], owner[80], size[32];
	static const char types[] = "01234567", letters[] = "-hlcbdp-";
	const char *place = strchr(types, member->type);
	mode_text(member->mode, mode);
	mode[0] = place ? letters[place - types] : '?';
	strftime(date, sizeof date, "%Y-%m-%d %H:%M", localtime(&member->mtime.tv_sec));
	if (*member->user && !tar.numeric) snprintf(owner, sizeof owner, "%s/%s", member->user, member->group);
	else snprintf(owner, sizeof owner, "%u/%u", member->uid, member->gid);
	if (member->type == '3' || member->type == '4') snprintf(size, sizeof size, "%u,%u", member->major, member->minor);
	else snprintf(size, sizeof size, "%llu", member->size);
	printf("%s %s %*s %s %s", mode, owner, (int)(18 - strlen(owner) > 18 ? 0 : 18 - strlen(owner)), size, date, member->name);
	if (member->type == '2') printf(" -> %s", member->link);
	if (member->type == '1') printf(" link to %s", member->link);
	putchar('\n');
}

/* Relative, inside the directory; NULL: nothing is left of it, or it would lead out. */
static char *safe_name(const char *name, size_t strip) {
	const char *at = name + strspn(name, "/");
	while (strip-- > 0) {
		at += strcspn(at, "/");
		at += strspn(at, "/");
	}
	for (const char *each = at; *each; each += strcspn(each, "/"), each += strspn(each, "/"))
		if (strncmp(each, "..", 2) == 0 && (each[2] == '/' || !each[2])) {
			tar.status = warn("%s: member name contains '..', skipped", name) + 1;
			return NULL;
		}
	char *safe = xstrdup(at);
	for (size_t length = strlen(safe); length > 1 && safe[length - 1] == '/';) safe[--length] = '\0';
	if (*safe) return safe;
	free(safe);
	return NULL;
}

/* A parent that is a symbolic link would lead what is extracted out of the directory: only real directories are entered. */
static bool make_parents(char *path) {
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		struct stat st;
		*slash = '\0';
		bool there = reach_lstat(path, &st) == 0;
		bool good = there ? S_ISDIR(st.st_mode) : reach_mkdir(path, 0777) == 0;
		if (there && !good) errno = S_ISLNK(st.st_mode) ? ELOOP : ENOTDIR;
		if (!good) warn_errno("%s: cannot use as a directory", path);
		*slash = '/';
		if (!good) return false;
	}
	return true;
}

static void set_attributes(const char *path, const struct member *member) {
	unsigned uid = member->uid, gid = member->gid, known;
	if (!tar.numeric && *member->user && need_user(member->user, &known, NULL)) uid = known;
	if (!tar.numeric && *member->group && need_group(member->group, &known)) gid = known;
	bool link = member->type == '2';
	if (tar.same_owner && reach_chown(path, uid, gid, false) != 0) tar.status = warn_errno("%s: cannot change ownership", path) + 1;
	if (!link && reach_chmod(path, tar.preserve ? member->mode
		: member->mode & 0777 & ~current_umask()) != 0) tar.status = warn_errno("%s: cannot change mode", path) + 1;
	struct timespec times[2] = {member->mtime, member->mtime};
	if (!tar.touch && reach_times(path, times, false) != 0 && !link) tar.status = warn_errno("%s: cannot set times",
		path) + 1;
}

static bool make_node(const char *path, const struct member *member) {
	struct stat st;
	char *target;
	bool made;
	switch (member->type) {
	case '1':
		target = safe_name(member->link, tar.strip);
		made = target && linkat(AT_FDCWD, target, AT_FDCWD, path, 0) == 0;
		free(target);
		return made;
	case '2': return reach_symlink(member->link, path) == 0;
	case '3': case '4': return reach_mknod(path, (member->type == '3' ? S_IFCHR : S_IFBLK) | member->mode, make_device(member->major,
		member->minor)) == 0;
	case '5': return reach_mkdir(path, 0700) == 0 || (errno == EEXIST && reach_lstat(path, &st) == 0 && S_ISDIR(st.st_mode));
	case '6': return reach_mknod(path, S_IFIFO | member->mode, 0) == 0;
	default: die(2, "unreachable");
	}
}

static void extract(const struct member *member) {
	char *path = safe_name(member->name, tar.strip);
	struct stat st;
	bool regular = member->type == '0' || member->type == '7';
	int fd = -1;
	bool done = false;
	if (path && strchr("01234567", member->type) && make_parents(path)) {
		bool there = reach_lstat(path, &st) == 0;
		if (there && tar.keep_old) {
			errno = EEXIST;
			there = S_ISDIR(st.st_mode) && member->type == '5';
			done = there;
		} else {
			if (there && !S_ISDIR(st.st_mode)) reach_unlink(path); /* never through an old link */
			else if (there && member->type != '5') reach_rmdir(path);
			if (regular) done = (fd = reach_open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) >= 0;
			else done = make_node(path, member);
		}
		if (!done) tar.status = warn_errno("%s: cannot create", path) + 1;
	} else if (path) {
		tar.status = 2;
		if (!strchr("01234567", member->type)) warn("%s: unknown file type '%c'", path, member->type);
	}
	bool written = take_data(member->size, fd);
	if (fd >= 0 && (close(fd) != 0 || !written)) tar.status = warn_errno("%s: cannot write", path) + 1;
	if (done && member->type == '5') {
		if (tar.same_owner) reach_chown(path, member->uid, member->gid, false) != 0 ? (void)(tar.status = warn_errno("%s: cannot change ownership",
			path) + 1) : (void)0;
		directories.list = grow(directories.list, directories.count, &directories.capacity, sizeof *directories.list);
		directories.list[directories.count++] = (struct later){xstrdup(path), tar.preserve ? member->mode
			: member->mode & 0777 & ~current_umask(), member->mtime};
	} else if (done && member->type != '1') set_attributes(path, member);
	free(path);
}

static bool wanted(const char *name) {
	bool any = tar.members.count == 0;
	for (size_t i = 0; i < tar.members.count; i++) {
		const char *member = tar.members.list[i];
		size_t length = strlen(member);
		while (length > 1 && member[length - 1] == '/') length--;
		if (strncmp(name, member, length) == 0 && (name[length] == '\0' || name[length] == '/')) tar.matched[i] = any = true;
	}
	return any && !tar_excluded(name);
}

void tar_read(bool extracting) {
	struct member member;
	bool any = false;
	while (next_member(&member)) {
		any = true;
		if (!wanted(member.name)) take_data(member.size, -1);
		else if (!extracting) {
			put_listing(&member);
			take_data(member.size, -1);
		} else {
			if (tar.verbose) fprintf(tar.to_stdout ? stderr : stdout, "%s\n", member.name);
			if (!tar.to_stdout) extract(&member);
			else {
				fflush(stdout);
				if (!take_data(member.size, STDOUT_FILENO)) die_errno(2, "write error");
			}
		}
		check_output();
		free(member.name);
		free(member.link);
	}
	if (!any && !archive_ended) die(2, "this does not look like a tar archive");
	for (size_t i = directories.count; i-- > 0;) {
		const struct later *each = &directories.list[i];
		struct timespec times[2] = {each->mtime, each->mtime};
		if (reach_chmod(each->path, each->mode) != 0) tar.status = warn_errno("%s: cannot change mode", each->path) + 1;
		if (!tar.touch && reach_times(each->path, times, true) != 0) tar.status = warn_errno("%s: cannot set times", each->path) + 1;
	}
}
