/* df, du, mount, umount, mountpoint, sync. */
#include "walk.h"
#include <sys/mount.h>
#include <sys/statvfs.h>

/* Space, tab, newline and backslash are octal escapes in /proc/mounts. */
static void unescape(char *text) {
	char *to = text;
	for (const char *at = text; *at;) {
		if (*at == '\\' && at[1] >= '0' && at[1] <= '3' && at[2] && at[3]) {
			*to++ = (char)((at[1] - '0') * 64 + (at[2] - '0') * 8 + at[3] - '0');
			at += 4;
		} else *to++ = *at++;
	}
	*to = '\0';
}

bool read_mounts(struct mounts *out) {
	char *text = read_file("/proc/self/mounts", NULL);
	*out = (struct mounts){0};
	if (!text && !(text = read_file("/proc/mounts", NULL))) {
		warn_errno("cannot read /proc/mounts");
		return false;
	}
	for (char *line = text, *next; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next) *next++ = '\0';
		char *fields[4];
		size_t count = 0;
		for (char *field = strtok(line, " "); field && count < 4; field = strtok(NULL, " ")) {
			unescape(field);
			fields[count++] = field;
		}
		if (count < 4) continue;
		out->list = grow(out->list, out->count, &out->capacity, sizeof *out->list);
		out->list[out->count++] = (struct mount_entry){fields[0], fields[1], fields[2], fields[3]};
	}
	return true; /* `text` stays: the entries point into it */
}

struct df {
	bool human, all, types, inodes, posix;
	unsigned long long unit;
	const char *only;
};

static void put_df_row(const struct df *df, const char *source, const char *type, const char *used[5], const char *target) {
	printf("%-20s ", source);
	if (df->types) printf("%-8s ", type);
	printf("%10s %10s %10s %4s %s\n", used[0], used[1], used[2], used[3], target);
}

static void df_size(const struct df *df, unsigned long long bytes, char out[24]) {
	if (df->human) human_size(bytes, out);
	else snprintf(out, 24, "%llu", (bytes + df->unit - 1) / df->unit);
}

static int put_df(const struct df *df, const struct mount_entry *mount, bool asked) {
	struct statvfs fs;
	if (df->only && strcmp(df->only, mount->type) != 0) return 0;
	if (statvfs(mount->target, &fs) != 0) return asked ? warn_errno("%s", mount->target) : 0;
	if (fs.f_blocks == 0 && !df->all && !asked) return 0;
	char text[4][24];
	unsigned long long total = fs.f_blocks, free_blocks = fs.f_bfree, available = fs.f_bavail, size = fs.f_frsize ? fs.f_frsize
		: fs.f_bsize;
	if (df->inodes) {
		total = fs.f_files;
		free_blocks = available = fs.f_ffree;
	}
	unsigned long long used = total > free_blocks ? total - free_blocks : 0, usable = used + available;
	if (df->inodes) {
		snprintf(text[0], 24, "%llu", total);
		snprintf(text[1], 24, "%llu", used);
		snprintf(text[2], 24, "%llu", available);
	} else {
		df_size(df, total * size, text[0]);
		df_size(df, used * size, text[1]);
		df_size(df, available * size, text[2]);
	}
	if (usable) snprintf(text[3], 24, "%llu%%", (used * 100 + usable - 1) / usable);
	else snprintf(text[3], 24, "-");
	const char *row[5] = {text[0], text[1], text[2], text[3]};
	put_df_row(df, mount->source, mount->type, row, mount->target);
	return 0;
}

/* The last mount on the longest target above the path. */
static const struct mount_entry *mount_of(const struct mounts *mounts, const char *path) {
	char *full = canonical_path(path, 2);
	const struct mount_entry *best = NULL;
	if (!full) return NULL;
	for (size_t i = 0; i < mounts->count; i++) {
		const char *target = mounts->list[i].target;
		size_t length = strlen(target);
		bool inside = strcmp(target, "/") == 0 || (strncmp(target, full, length) == 0 && (full[length] == '\0' || full[length] == '/'));
		if (inside && (!best || length >= strlen(best->target))) best = &mounts->list[i];
	}
	free(full);
	return best;
}

int df_main(int argc, char **argv) {
	static const struct long_option names[] = {{"human-readable", 'h'}, {"all", 'a'}, {"print-type", 'T'}, {"inodes", 'i'},
		{"portability", 'P'}, {"type", 't'}, {NULL, 0}};
	struct options parsed;
	struct df df = {.unit = 1024};
	int status = 0;
	options_start(&parsed, argc, argv, "hkmaTiPt:B:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'h': df.human = true; break;
		case 'k': df.unit = 1024; df.human = false; break;
		case 'm': df.unit = 1024 * 1024; break;
		case 'B': df.unit = need_size(parsed.argument[0] >= 'A' ? format_text("1%s", parsed.argument) : parsed.argument); break;
		case 'a': df.all = true; break;
		case 'T': df.types = true; break;
		case 'i': df.inodes = true; break;
		case 't': df.only = parsed.argument; break;
		default: df.posix = true;
		}
	struct mounts mounts;
	if (!read_mounts(&mounts)) return 1;
	char blocks[32];
	snprintf(blocks, sizeof blocks, df.posix ? "%llu-blocks" : "%lluK-blocks", df.posix ? df.unit : df.unit / 1024);
	bool headed = false;
	const char *head[5] = {df.inodes ? "Inodes" : df.human ? "Size" : blocks, df.inodes ? "IUsed" : "Used", df.inodes ? "IFree" : df.human
		? "Avail" : "Available",
		df.inodes ? "IUse%" : df.posix ? "Capacity" : "Use%"};
	for (int i = 0; i < parsed.argc && !headed; i++) headed = access(parsed.argv[i], F_OK) == 0;
	if (headed || parsed.argc == 0) put_df_row(&df, "Filesystem", "Type", head, "Mounted on");
	if (parsed.argc == 0)
		for (size_t i = 0; i < mounts.count; i++) {
			bool covered = false; /* a later mount on the same target hides this one */
			for (size_t j = i + 1; j < mounts.count; j++) covered |= strcmp(mounts.list[i].target, mounts.list[j].target) == 0;
			if (!covered || df.all) status |= put_df(&df, &mounts.list[i], false);
		}
	for (int i = 0; i < parsed.argc; i++) {
		struct stat st;
		const struct mount_entry *mount = stat(parsed.argv[i], &st) == 0 ? mount_of(&mounts, parsed.argv[i]) : NULL;
		if (mount) status |= put_df(&df, mount, true);
		else status = warn_errno("%s", parsed.argv[i]);
	}
	return status;
}

static struct {
	bool all, human, summarize, total, same_device, apparent, follow, bytes;
	int depth;
	unsigned long long unit;
	struct { dev_t device; ino_t inode; } *links; /* hard links already counted */
	size_t link_count, link_capacity;
	int status;
} du;

static APART bool counted_before(const struct stat *st) {
	if (S_ISDIR(st->st_mode) || st->st_nlink < 2) return false;
	for (size_t i = 0; i < du.link_count; i++)
		if (du.links[i].device == st->st_dev && du.links[i].inode == st->st_ino) return true;
	du.links = grow(du.links, du.link_count, &du.link_capacity, sizeof *du.links);
	du.links[du.link_count].device = st->st_dev;
	du.links[du.link_count++].inode = st->st_ino;
	return false;
}

static APART void put_usage(unsigned long long bytes, const char *path) {
	char text[16];
	human_size(bytes, text);
	if (du.human) printf("%s\t%s\n", text, path);
	else printf("%llu\t%s\n", (bytes + du.unit - 1) / du.unit, path);
	check_output();
}

static bool meet(struct visit *visit, void *context) {
	dev_t *device = context; /* of the operand */
	const struct stat *st = &visit->st;
	if ((du.follow ? reach_stat : reach_lstat)(visit->path, &visit->st) != 0) {
		du.status = warn_errno("cannot access '%s'", visit->path);
		return false;
	}
	if (visit->depth == 0) *device = st->st_dev;
	if ((du.same_device && st->st_dev != *device) || counted_before(st)) return false;
	visit->sum = du.apparent ? (S_ISREG(st->st_mode) || S_ISLNK(st->st_mode) || S_ISDIR(st->st_mode) ? (unsigned long long)st->st_size : 0)
		: (unsigned long long)st->st_blocks * 512;
	if (S_ISDIR(st->st_mode)) return true;
	if (visit->depth == 0 || (du.all && !du.summarize && (du.depth < 0 || visit->depth <= du.depth))) put_usage(visit->sum, visit->path);
	return false;
}

static void leave(struct visit *visit, void *context) {
	(void)context;
	errno = visit->error;
	if (errno) du.status = warn_errno("cannot read directory '%s'", visit->path);
	if (visit->depth == 0 || (!du.summarize && (du.depth < 0 || visit->depth <= du.depth))) put_usage(visit->sum, visit->path);
}

static unsigned long long measure(const char *path) {
	unsigned long long sum;
	dev_t device;
	walk_tree(path, &(struct walk){.meet = meet, .leave = leave, .context = &device}, &sum);
	return sum;
}

int du_main(int argc, char **argv) {
	static const struct long_option names[] = {{"summarize", 's'}, {"human-readable", 'h'}, {"all", 'a'}, {"total", 'c'}, {"max-depth",
		'd'}, {"one-file-system", 'x'},
		{"apparent-size", '\1'}, {"bytes", 'b'}, {"dereference", 'L'}, {NULL, 0}};
	struct options parsed;
	du.depth = -1;
	du.unit = 1024;
	options_start(&parsed, argc, argv, "shkmacd:xbLHlB:\1", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 's': du.summarize = true; break;
		case 'h': du.human = true; break;
		case 'a': du.all = true; break;
		case 'c': du.total = true; break;
		case 'd': du.depth = (int)need_number(parsed.argument); break;
		case 'x': du.same_device = true; break;
		case 'b': du.apparent = true; du.unit = 1; break;
		case '\1': du.apparent = true; break;
		case 'L': du.follow = true; break;
		case 'm': du.unit = 1024 * 1024; break;
		case 'B': du.unit = need_size(parsed.argument[0] >= 'A' ? format_text("1%s", parsed.argument) : parsed.argument); break;
		default: du.unit = 1024;
		}
	unsigned long long total = 0;
	if (parsed.argc == 0) total = measure(".");
	for (int i = 0; i < parsed.argc; i++) total += measure(parsed.argv[i]);
	if (du.total) put_usage(total, "total");
	return du.status;
}

/* MS_* of Linux: the emulated kernel takes them as they are. */
static const struct { const char *name; unsigned long flag; bool clear; } mount_options[] = {{"ro", 1, false}, {"rw", 1, true}, {"nosuid",
	2, false}, {"suid", 2, true},
	{"nodev", 4, false}, {"dev", 4, true}, {"noexec", 8, false}, {"exec", 8, true}, {"sync", 16, false}, {"async", 16, true}, {"remount",
		32, false},
	{"noatime", 1024, false}, {"atime", 1024, true}, {"nodiratime", 2048, false}, {"bind", 4096, false}, {"rbind", 4096 | 16384, false},
		{"move", 8192, false},
	{"rec", 16384, false}, {"silent", 32768, false}, {"unbindable", 1UL << 17, false}, {"private", 1UL << 18, false}, {"slave", 1UL << 19,
		false},
	{"shared", 1UL << 20, false}, {"runbindable", 1UL << 17 | 16384, false}, {"rprivate", 1UL << 18 | 16384, false}, {"rslave",
		1UL << 19 | 16384, false},
	{"rshared", 1UL << 20 | 16384, false}, {"relatime", 1UL << 21, false}, {"norelatime", 1UL << 21, true}, {"strictatime", 1UL << 24,
		false}, {"defaults", 0, false}};

static void add_mount_options(char *text, unsigned long *flags, struct buffer *data) {
	for (char *each = strtok(text, ","); each; each = strtok(NULL, ",")) {
		size_t i = 0;
		while (i < LENGTH(mount_options) && strcmp(mount_options[i].name, each) != 0) i++;
		if (i < LENGTH(mount_options)) {
			if (mount_options[i].clear) *flags &= ~mount_options[i].flag;
			else *flags |= mount_options[i].flag;
			continue;
		}
		if (data->length) buffer_char(data, ',');
		buffer_text(data, each);
	}
}

static int list_mounts(const char *type) {
	struct mounts mounts;
	if (!read_mounts(&mounts)) return 1;
	for (size_t i = 0; i < mounts.count; i++) {
		const struct mount_entry *each = &mounts.list[i];
		if (!type || strcmp(type, each->type) == 0) printf("%s on %s type %s (%s)\n", each->source, each->target, each->type,
			each->options);
	}
	return 0;
}

int mount_main(int argc, char **argv) {
	static const struct long_option names[] = {{"bind", 'B'}, {"rbind", 'R'}, {"move", 'M'}, {"make-private", '\1'}, {"make-rprivate",
		'\2'}, {"make-shared", '\3'},
		{"make-rshared", '\4'}, {"make-slave", '\5'}, {"make-rslave", '\6'}, {"types", 't'}, {"options", 'o'}, {"read-only", 'r'}, {NULL,
			0}};
	struct options parsed;
	const char *type = NULL;
	unsigned long flags = 0, propagation = 0;
	struct buffer data = {0};
	buffer_add(&data, "", 0);
	options_start(&parsed, argc, argv, "t:o:rwBRMnvi\1\2\3\4\5\6", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 't': type = parsed.argument; break;
		case 'o': add_mount_options(parsed.argument, &flags, &data); break;
		case 'r': flags |= 1; break;
		case 'w': flags &= ~1UL; break;
		case 'B': flags |= 4096; break;
		case 'R': flags |= 4096 | 16384; break;
		case 'M': flags |= 8192; break;
		case '\1': case '\2': propagation = 1UL << 18 | (letter == '\2' ? 16384 : 0); break;
		case '\3': case '\4': propagation = 1UL << 20 | (letter == '\4' ? 16384 : 0); break;
		case '\5': case '\6': propagation = 1UL << 19 | (letter == '\6' ? 16384 : 0); break;
		default: break;
		}
	if (parsed.argc == 0) return list_mounts(type);
	if (parsed.argc > 2) usage_error("extra operand '%s'", parsed.argv[2]);
	const char *target = parsed.argv[parsed.argc - 1], *source = parsed.argc == 2 ? parsed.argv[0] : "none";
	if (propagation && parsed.argc == 1 && !flags) return mount("none", target, NULL, propagation, NULL) != 0 ? warn_errno("%s", target)
		: 0;
	if (parsed.argc == 1 && !(flags & 32)) return warn("can't find %s in /etc/fstab", target);
	if (!type && (flags & (4096 | 8192 | 32))) type = "none";
	if (!type) return warn("%s: the type of the file system (-t) is needed", target);
	if (mount(source, target, type, flags, data.length ? data.data : NULL) != 0) return warn_errno("mounting %s on %s failed", source,
		target);
	/* Linux takes the flags of a bind mount only from a second call, a remount. */
	if ((flags & 4096) && (flags & (1 | 2 | 4 | 8)) && mount("none", target, NULL, flags | 32,
		NULL) != 0) return warn_errno("remounting %s failed", target);
	if (propagation && mount("none", target, NULL, propagation, NULL) != 0) return warn_errno("%s", target);
	return 0;
}

int umount_main(int argc, char **argv) {
	struct options parsed;
	int flags = 0, status = 0;
	bool all = false, below = false;
	options_start(&parsed, argc, argv, "flranvdt:R", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'f': flags |= 1; break; /* MNT_FORCE */
		case 'l': flags |= 2; break; /* MNT_DETACH */
		case 'a': all = true; break;
		case 'R': below = true; break;
		default: break;
		}
	if (parsed.argc == 0 && !all) missing_operand();
	struct mounts mounts = {0};
	if ((all || below) && !read_mounts(&mounts)) return 1;
	for (size_t i = mounts.count; all && i-- > 0;)
		if (umount2(mounts.list[i].target, flags) != 0) status = warn_errno("can't unmount %s", mounts.list[i].target);
	for (int i = 0; i < parsed.argc; i++) {
		char *root = below ? canonical_path(parsed.argv[i], 2) : NULL;
		size_t length = root ? strlen(root) : 0;
		for (size_t j = mounts.count; root && j-- > 0;) { /* the last mounted first; the target itself comes after them */
			const char *target = mounts.list[j].target;
			if (strncmp(target, root, length) == 0 && target[length] == '/' && umount2(target,
				flags) != 0) status = warn_errno("can't unmount %s", target);
		}
		free(root);
		if (umount2(parsed.argv[i], flags) != 0) status = warn_errno("can't unmount %s", parsed.argv[i]);
	}
	return status;
}

int mountpoint_main(int argc, char **argv) {
	struct options parsed;
	bool quiet = false, device = false;
	struct stat st, parent;
	options_start(&parsed, argc, argv, "qd", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) *(letter == 'q' ? &quiet : &device) = true;
	if (parsed.argc != 1) missing_operand();
	const char *path = parsed.argv[0];
	if (stat(path, &st) != 0) return quiet ? 1 : warn_errno("%s", path);
	bool is_mount = false;
	struct mounts mounts;
	char *full = canonical_path(path, 2);
	if (full && access("/proc/self/mounts", R_OK) == 0 && read_mounts(&mounts))
		for (size_t i = 0; i < mounts.count; i++) is_mount |= strcmp(mounts.list[i].target, full) == 0;
	if (!is_mount && S_ISDIR(st.st_mode)) {
		char *above = join_path(path, "..");
		is_mount = stat(above, &parent) == 0 && (parent.st_dev != st.st_dev || parent.st_ino == st.st_ino);
		free(above);
	}
	if (device) printf("%u:%u\n", device_major(st.st_dev), device_minor(st.st_dev));
	else if (!quiet) printf("%s is %sa mountpoint\n", path, is_mount ? "" : "not ");
	return !is_mount;
}

int sync_main(int argc, char **argv) {
	int status = 0;
	if (argc == 1) sync();
	for (int i = 1; i < argc; i++) {
		int fd = open(argv[i], O_RDONLY | O_CLOEXEC);
		if (fd < 0 || fsync(fd) != 0) status = warn_errno("error syncing '%s'", argv[i]);
		if (fd >= 0) close(fd);
	}
	return status;
}
