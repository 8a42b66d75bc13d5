/* stat: formats of GNU stat for files and, with -f, file systems. */
#include "box.h"
#include <ctype.h>
#include <sys/statvfs.h>

static const char *type_text(const struct stat *st) {
	switch (st->st_mode & S_IFMT) {
	case S_IFDIR: return "directory";
	case S_IFLNK: return "symbolic link";
	case S_IFCHR: return "character special file";
	case S_IFBLK: return "block special file";
	case S_IFIFO: return "fifo";
	case S_IFSOCK: return "socket";
	case S_IFREG: return st->st_size == 0 ? "regular empty file" : "regular file";
	default: return "weird file";
	}
}

/* The mount that `path` lies in: the one with the longest target that begins its canonical path. */
static char *mount_point(const char *path) {
	struct mounts mounts;
	char *full = canonical_path(path, 0), *best = NULL;
	if (!full || !read_mounts(&mounts)) return NULL;
	for (size_t i = 0; i < mounts.count; i++) {
		const char *target = mounts.list[i].target;
		size_t length = strlen(target);
		bool inside = strcmp(target, "/") == 0 || (strncmp(target, full, length) == 0 && (full[length] == '\0' || full[length] == '/'));
		if (inside && (!best || length >= strlen(best))) best = mounts.list[i].target;
	}
	return best;
}

/* Number or text under printf's flags of the directive. */
static void put_text(const char *spec, const char *text) {
	char format[32];
	snprintf(format, sizeof format, "%%%ss", spec);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* spec is flags, width and precision only */
	printf(format, text);
#pragma GCC diagnostic pop
}

static void put_number(const char *spec, char kind, unsigned long long value) {
	char format[32];
	snprintf(format, sizeof format, "%%%sll%c", spec, kind);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	printf(format, value);
#pragma GCC diagnostic pop
}

static void put_time(const char *spec, struct timespec when, bool text) {
	char date[80], zone[8];
	if (!text) {
		put_number(spec, 'd', (unsigned long long)when.tv_sec);
		return;
	}
	struct tm *parts = localtime(&when.tv_sec);
	size_t length = strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", parts);
	strftime(zone, sizeof zone, "%z", parts);
	snprintf(date + length, sizeof date - length, ".%09ld %s", (long)when.tv_nsec, zone);
	put_text(spec, date);
}

static void put_link_name(const char *spec, const char *path, const struct stat *st) {
	char *link = S_ISLNK(st->st_mode) ? read_link(path) : NULL;
	char *text = link ? format_text("'%s' -> '%s'", path, link) : format_text("'%s'", path);
	put_text(spec, text);
	free(text);
	free(link);
}

/* ID as stat's own report pads it */
static bool put_file(char kind, const char *spec, const char *path, const struct stat *st) {
	char mode[11];
	switch (kind) {
	case 'a': put_number(spec, 'o', st->st_mode & 07777); return true;
	case 'A':
		mode_text(st->st_mode, mode);
		put_text(spec, mode);
		return true;
	case 'b': put_number(spec, 'u', (unsigned long long)st->st_blocks); return true;
	case 'B': put_number(spec, 'u', 512); return true;
	case 'C': put_text(spec, "?"); return true;
	case 'd': put_number(spec, 'u', st->st_dev); return true;
	case 'D': put_number(spec, 'x', st->st_dev); return true;
	case 'f': put_number(spec, 'x', st->st_mode); return true;
	case 'F': put_text(spec, type_text(st)); return true;
	case 'g': put_number(spec, 'u', st->st_gid); return true;
	case 'G': put_text(spec, group_label(st->st_gid)); return true;
	case 'h': put_number(spec, 'u', st->st_nlink); return true;
	case 'i': put_number(spec, 'u', st->st_ino); return true;
	case 'm': {
		char *mount = mount_point(path);
		put_text(spec, mount ? mount : "?");
		return true;
	}
	case 'n': put_text(spec, path); return true;
	case 'N': put_link_name(spec, path, st); return true;
	case 'o': put_number(spec, 'u', (unsigned long long)st->st_blksize); return true;
	case 's': put_number(spec, 'u', (unsigned long long)st->st_size); return true;
	case 'r': put_number(spec, 'u', st->st_rdev); return true;
	case 'R': put_number(spec, 'x', st->st_rdev); return true;
	case 't': put_number(spec, 'x', device_major(st->st_rdev)); return true;
	case 'T': put_number(spec, 'x', device_minor(st->st_rdev)); return true;
	case 'u': put_number(spec, 'u', st->st_uid); return true;
	case 'U': put_text(spec, user_label(st->st_uid)); return true;
	case 'w': put_text(spec, "-"); return true;
	case 'W': put_number(spec, 'u', 0); return true;
	case 'x': case 'X': put_time(spec, accessed(st), kind == 'x'); return true;
	case 'y': case 'Y': put_time(spec, modified(st), kind == 'y'); return true;
	case 'z': case 'Z': put_time(spec, changed(st), kind == 'z'); return true;
	default: return false;
	}
}

static bool put_file_system(char kind, const char *spec, const char *path, const struct statvfs *fs) {
	switch (kind) {
	case 'a': put_number(spec, 'u', fs->f_bavail); return true;
	case 'b': put_number(spec, 'u', fs->f_blocks); return true;
	case 'c': put_number(spec, 'u', fs->f_files); return true;
	case 'd': put_number(spec, 'u', fs->f_ffree); return true;
	case 'f': put_number(spec, 'u', fs->f_bfree); return true;
	case 'i': put_number(spec, 'x', fs->f_fsid); return true;
	case 'l': put_number(spec, 'u', fs->f_namemax); return true;
	case 'n': put_text(spec, path); return true;
	case 's': put_number(spec, 'u', fs->f_bsize); return true;
	case 'S': put_number(spec, 'u', fs->f_frsize); return true;
	case 'T': {
		struct mounts mounts;
		char *mount = mount_point(path);
		const char *type = "UNKNOWN";
		if (mount && read_mounts(&mounts))
			for (size_t i = 0; i < mounts.count; i++)
				if (strcmp(mounts.list[i].target, mount) == 0) type = mounts.list[i].type;
		put_text(spec, type);
		return true;
	}
	default: return false;
	}
}

static void put_format(const char *format, bool escapes, const char *path, const struct stat *st, const struct statvfs *fs) {
	for (const char *at = format; *at; at++) {
		if (*at == '\\' && escapes) {
			static const char letters[] = "abefnrtv\\\"", values[] = "\a\b\033\f\n\r\t\v\\\"";
			const char *place = at[1] ? strchr(letters, at[1]) : NULL;
			if (at[1] >= '0' && at[1] <= '7') {
				int value = 0, digits = 0;
				for (; digits < 3 && at[1] >= '0' && at[1] <= '7'; digits++) value = value * 8 + *++at - '0';
				putchar(value & 0xff);
			} else if (place) {
				putchar(values[place - letters]);
				at++;
			} else putchar('\\');
			continue;
		}
		if (*at != '%') {
			putchar(*at);
			continue;
		}
		size_t length = strspn(at + 1, "-+ #0123456789.");
		char spec[16];
		if (length > sizeof spec - 1) length = sizeof spec - 1;
		memcpy(spec, at + 1, length);
		spec[length] = '\0';
		at += length + 1;
		if (*at == '%') putchar('%');
		else if (!*at) {
			putchar('%');
			return;
		} else {
			if ((*at == 'H' || *at == 'L') && (at[1] == 'd' || at[1] == 'r')) {
				uint64_t device = at[1] == 'd' ? st->st_dev : st->st_rdev;
				put_number(spec, 'u', *at == 'H' ? device_major(device) : device_minor(device));
				at++;
			} else if (!(st ? put_file(*at, spec, path, st) : put_file_system(*at, spec, path, fs))) putchar('?');
		}
	}
}

static void put_report(const char *path, const struct stat *st) {
	put_format("  File: ", false, path, st, NULL);
	char *link = S_ISLNK(st->st_mode) ? read_link(path) : NULL;
	printf(link ? "%s -> %s\n" : "%s\n", path, link);
	free(link);
	put_format("  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n", false, path, st, NULL);
	put_format(S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode) ? "Device: %Hd,%Ld\tInode: %-10i  Links: %-5h Device type: %Hr,%Lr\n"
		: "Device: %Hd,%Ld\tInode: %-10i  Links: %h\n",
		false, path, st, NULL);
	put_format("Access: (%04a/%A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n", false, path, st, NULL);
}

int stat_main(int argc, char **argv) {
	static const struct long_option names[] = {{"format", 'c'}, {"printf", '\1'}, {"dereference", 'L'}, {"file-system", 'f'}, {"terse",
		't'}, {NULL, 0}};
	struct options parsed;
	const char *format = NULL;
	bool escapes = false, follow = false, file_system = false, terse = false;
	int status = 0;
	options_start(&parsed, argc, argv, "c:\1:Lft", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'c': format = parsed.argument; escapes = false; break;
		case '\1': format = parsed.argument; escapes = true; break;
		case 'L': follow = true; break;
		case 'f': file_system = true; break;
		default: terse = true;
		}
	if (parsed.argc == 0) missing_operand();
	if (!format && terse) format = file_system ? "%n %i %l %T %s %S %b %f %a %c %d" : "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o";
	for (int i = 0; i < parsed.argc; i++) {
		const char *path = parsed.argv[i];
		struct stat st;
		struct statvfs fs;
		if (file_system ? statvfs(path, &fs) != 0 : (follow ? stat(path, &st) : lstat(path, &st)) != 0) {
			status = warn_errno(file_system ? "cannot read file system information for '%s'" : "cannot stat '%s'", path);
			continue;
		}
		if (format) {
			put_format(format, escapes, path, file_system ? NULL : &st, &fs);
			if (!escapes) putchar('\n');
		} else if (file_system)
			put_format("  File: \"%n\"\n    ID: %-8i Namelen: %-7l Type: %T\nBlock size: %-10s Fundamental block size: %S\n"
					   "Blocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d\n", false, path, NULL, &fs);
		else put_report(path, &st);
	}
	return status;
}
