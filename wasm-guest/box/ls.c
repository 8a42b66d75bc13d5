/* ls */
#include "box.h"
#include <sys/ioctl.h>

struct entry {
	char *name, *path, *link;
	struct stat st;
	bool known;
};
static struct {
	bool all, almost_all, one, directory, human, inode, numeric, recursive, reverse, slash, classify, columns, long_form, no_group,
		no_owner, size;
	bool follow, dereference, comma, quote_control, escape;
	char sort, time; /* sort: n name, t time, S size, U none, X extension, v version; time: m, a, c */
	int width;
	time_t now;
	bool full_time, printed;
} ls;

static struct timespec entry_time(const struct entry *entry) {
	return ls.time == 'a' ? accessed(&entry->st) : ls.time == 'c' ? changed(&entry->st) : modified(&entry->st);
}

static int compare_entries(const void *left, const void *right) {
	const struct entry *a = left, *b = right;
	int order = 0;
	if (ls.sort == 'S') order = (a->st.st_size < b->st.st_size) - (a->st.st_size > b->st.st_size);
	else if (ls.sort == 't') {
		struct timespec x = entry_time(a), y = entry_time(b);
		order = x.tv_sec != y.tv_sec ? (x.tv_sec < y.tv_sec) - (x.tv_sec > y.tv_sec) : (x.tv_nsec < y.tv_nsec) - (x.tv_nsec > y.tv_nsec);
	} else if (ls.sort == 'X') {
		const char *x = strrchr(a->name, '.'), *y = strrchr(b->name, '.');
		order = strcmp(x ? x : "", y ? y : "");
	} else if (ls.sort == 'v') order = strverscmp(a->name, b->name);
	if (order == 0) order = strcmp(a->name, b->name);
	return ls.reverse ? -order : order;
}

static char suffix_of(const struct entry *entry, mode_t mode) {
	if (!entry->known || !(ls.slash || ls.classify)) return '\0';
	if (S_ISDIR(mode)) return '/';
	if (!ls.classify) return '\0';
	return S_ISLNK(mode) ? '@' : S_ISFIFO(mode) ? '|' : S_ISSOCK(mode) ? '=' : S_ISREG(mode) && (mode & 0111) ? '*' : '\0';
}

/* -b: as C writes it. Gives how long it is. */
static size_t put_escaped(const char *name, FILE *to) {
	static const char controls[] = "\a\b\t\n\v\f\r", letters[] = "abtnvfr";
	size_t length = 0;
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;
		const char *place = strchr(controls, c);
		char text[8];
		if (place) snprintf(text, sizeof text, "\\%c", letters[place - controls]);
		else if (c == ' ' || c == '\\') snprintf(text, sizeof text, "\\%c", c);
		else if (c < ' ' || c >= 127) snprintf(text, sizeof text, "\\%03o", c);
		else snprintf(text, sizeof text, "%c", c);
		if (to) fputs(text, to);
		length += strlen(text);
	}
	return length;
}

static size_t name_length(const char *name) {
	return ls.escape ? put_escaped(name, NULL) : strlen(name);
}

static void put_name(const char *name) {
	if (ls.escape) put_escaped(name, stdout);
	else if (!ls.quote_control) fputs(name, stdout);
	else for (; *name; name++) putchar((unsigned char)*name < ' ' || *name == 127 ? '?' : *name);
}

static int digits_of(unsigned long long value) {
	return snprintf(NULL, 0, "%llu", value);
}

static void size_text(const struct entry *entry, char out[48]) {
	if (S_ISCHR(entry->st.st_mode) || S_ISBLK(entry->st.st_mode))
		snprintf(out, 48, "%3u, %3u", device_major(entry->st.st_rdev), device_minor(entry->st.st_rdev));
	else if (ls.human) human_size((unsigned long long)entry->st.st_size, out);
	else snprintf(out, 48, "%llu", (unsigned long long)entry->st.st_size);
}

static void time_text(const struct entry *entry, char out[64]) {
	struct timespec when = entry_time(entry);
	struct tm *parts = localtime(&when.tv_sec);
	if (ls.full_time) {
		size_t length = strftime(out, 64, "%Y-%m-%d %H:%M:%S", parts);
		length += (size_t)snprintf(out + length, 64 - length, ".%09ld ", (long)when.tv_nsec);
		strftime(out + length, 64 - length, "%z", parts);
		return;
	}
	bool recent = when.tv_sec <= ls.now && when.tv_sec > ls.now - 15778476; /* half a Gregorian year */
	strftime(out, 64, recent ? "%b %e %H:%M" : "%b %e  %Y", parts);
}

struct widths {
	int inode, blocks, links, user, group, size;
};

static void widen(int *width, int value) {
	if (value > *width) *width = value;
}

static unsigned long long blocks_of(const struct entry *entry) {
	return ((unsigned long long)entry->st.st_blocks + 1) / 2;
}

static void blocks_text(const struct entry *entry, char out[24]) {
	if (ls.human) human_size((unsigned long long)entry->st.st_blocks * 512, out);
	else snprintf(out, 24, "%llu", blocks_of(entry));
}

static struct widths measure(const struct entry *list, size_t count) {
	struct widths widths = {0};
	char text[64];
	for (size_t i = 0; i < count; i++) {
		const struct entry *each = &list[i];
		widen(&widths.inode, digits_of(each->st.st_ino));
		blocks_text(each, text);
		widen(&widths.blocks, (int)strlen(text));
		if (!ls.long_form) continue;
		widen(&widths.links, digits_of(each->st.st_nlink));
		widen(&widths.user, (int)(ls.numeric ? (size_t)digits_of(each->st.st_uid) : strlen(user_label(each->st.st_uid))));
		widen(&widths.group, (int)(ls.numeric ? (size_t)digits_of(each->st.st_gid) : strlen(group_label(each->st.st_gid))));
		size_text(each, text);
		widen(&widths.size, (int)strlen(text));
	}
	return widths;
}

static APART void put_long(const struct entry *entry, const struct widths *widths) {
	char mode[11], size[48], when[64];
	mode_text(entry->st.st_mode, mode);
	size_text(entry, size);
	time_text(entry, when);
	printf("%s %*llu ", mode, widths->links, (unsigned long long)entry->st.st_nlink);
	if (ls.numeric) {
		if (!ls.no_owner) printf("%-*u ", widths->user, (unsigned)entry->st.st_uid);
		if (!ls.no_group) printf("%-*u ", widths->group, (unsigned)entry->st.st_gid);
	} else {
		if (!ls.no_owner) printf("%-*s ", widths->user, user_label(entry->st.st_uid));
		if (!ls.no_group) printf("%-*s ", widths->group, group_label(entry->st.st_gid));
	}
	printf("%*s %s ", widths->size, size, when);
}

/* What stands before the name in every form. */
static void put_prefix(const struct entry *entry, const struct widths *widths) {
	char blocks[24];
	if (ls.inode) printf("%*llu ", widths->inode, (unsigned long long)entry->st.st_ino);
	blocks_text(entry, blocks);
	if (ls.size) printf("%*s ", widths->blocks, blocks);
}

static APART void put_columns(const struct entry *list, size_t count, const struct widths *widths) {
	int prefix = (ls.inode ? widths->inode + 1 : 0) + (ls.size ? widths->blocks + 1 : 0);
	int *lengths = xmalloc(count * sizeof *lengths);
	for (size_t i = 0; i < count; i++) lengths[i] = prefix + (int)name_length(list[i].name) + (suffix_of(&list[i], list[i].st.st_mode) != '\0');
	size_t rows = 1;
	for (;; rows++) { /* the least rows whose columns fit */
		int total = 0;
		for (size_t start = 0; start < count; start += rows) {
			int widest = 0;
			for (size_t i = start; i < start + rows && i < count; i++) widen(&widest, lengths[i]);
			total += widest + (start + rows < count ? 2 : 0);
		}
		if (total <= ls.width || rows >= count) break;
	}
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = row; i < count; i += rows) {
			int widest = 0;
			for (size_t j = i - row; j < i - row + rows && j < count; j++) widen(&widest, lengths[j]);
			char suffix = suffix_of(&list[i], list[i].st.st_mode);
			put_prefix(&list[i], widths);
			put_name(list[i].name);
			if (suffix) putchar(suffix);
			if (i + rows < count) printf("%*s", widest - lengths[i] + 2, "");
		}
		putchar('\n');
	}
	free(lengths);
}

static APART void put_entries(const struct entry *list, size_t count) {
	struct widths widths = measure(list, count);
	if (count) ls.printed = true;
	if (ls.columns && !ls.long_form && count) {
		put_columns(list, count, &widths);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		char suffix = suffix_of(&list[i], list[i].st.st_mode);
		put_prefix(&list[i], &widths);
		if (ls.long_form) put_long(&list[i], &widths);
		put_name(list[i].name);
		if (ls.long_form && list[i].link) {
			struct stat st;
			printf(" -> ");
			put_name(list[i].link);
			suffix = reach_stat(list[i].path, &st) == 0 ? suffix_of(&list[i], st.st_mode) : '\0';
		}
		if (suffix) putchar(suffix);
		if (ls.comma && i + 1 < count) fputs(", ", stdout);
		else putchar('\n');
	}
}

static bool needs_stat(void) {
	return ls.long_form || ls.inode || ls.size || ls.slash || ls.classify || ls.recursive || ls.sort == 't' || ls.sort == 'S';
}

static bool fill(struct entry *entry, bool follow) {
	if (follow ? reach_stat(entry->path, &entry->st) != 0 && reach_lstat(entry->path, &entry->st) != 0 : reach_lstat(entry->path, &entry->st) != 0) {
		warn_errno("cannot access '%s'", entry->path);
		return false;
	}
	entry->known = true;
	if (ls.long_form && S_ISLNK(entry->st.st_mode)) entry->link = read_link(entry->path);
	return true;
}

static void free_entries(struct entry *list, size_t count) {
	for (size_t i = 0; i < count; i++) {
		free(list[i].name);
		free(list[i].path);
		free(list[i].link);
	}
	free(list);
}

/* -R: what is still to be listed, the next one last. */
static struct names pending;

static int list_one(const char *path, bool heading) {
	struct names names;
	int status = 0;
	if (!list_directory(path, &names)) {
		warn_errno("cannot open directory '%s'", path);
		return heading ? 1 : 2;
	}
	if (ls.all) {
		names_add(&names, xstrdup("."));
		names_add(&names, xstrdup(".."));
	}
	struct entry *list = xcalloc(names.count, sizeof *list);
	size_t count = 0;
	unsigned long long total = 0;
	for (size_t i = 0; i < names.count; i++) {
		if (names.list[i][0] == '.' && !ls.all && !ls.almost_all) continue;
		struct entry *entry = &list[count];
		entry->name = xstrdup(names.list[i]);
		entry->path = join_path(path, entry->name);
		if (needs_stat() && !fill(entry, ls.follow)) {
			status = 1;
			free(entry->name);
			free(entry->path);
			memset(entry, 0, sizeof *entry);
			continue;
		}
		total += (unsigned long long)entry->st.st_blocks;
		count++;
	}
	names_free(&names);
	if (ls.sort != 'U') qsort(list, count, sizeof *list, compare_entries);
	if (heading) {
		if (ls.printed) putchar('\n');
		printf("%s:\n", path);
		ls.printed = true;
	}
	if (ls.long_form || ls.size) {
		char text[16];
		human_size(total * 512, text);
		if (ls.human) printf("total %s\n", text);
		else printf("total %llu\n", (total + 1) / 2);
	}
	put_entries(list, count);
	for (size_t i = count; ls.recursive && i-- > 0;)
		if (S_ISDIR(list[i].st.st_mode) && !is_dot_name(list[i].name)) names_add(&pending, xstrdup(list[i].path));
	free_entries(list, count);
	check_output();
	return status;
}

static void set_option(int letter, const char *argument) {
	switch (letter) {
	case 'a': ls.all = true; break;
	case 'A': ls.almost_all = true; break;
	case '1': ls.one = true; break;
	case 'd': ls.directory = true; break;
	case 'h': ls.human = true; break;
	case 'i': ls.inode = true; break;
	case 'n': ls.numeric = ls.long_form = true; break;
	case 'g': ls.no_owner = ls.long_form = true; break;
	case 'o': ls.no_group = ls.long_form = true; break;
	case 'l': ls.long_form = true; break;
	case 'R': ls.recursive = true; break;
	case 'r': ls.reverse = true; break;
	case 's': ls.size = true; break;
	case 'p': ls.slash = true; break;
	case 'F': ls.classify = true; break;
	case 'C': ls.columns = true; break;
	case 'x': ls.columns = true; break;
	case 'm': ls.comma = true; break;
	case 'b': ls.escape = true; break;
	case 'q': ls.quote_control = true; break;
	case 'L': ls.follow = ls.dereference = true; break;
	case 'H': ls.dereference = true; break;
	case 't': case 'S': case 'X': case 'v': ls.sort = (char)letter; break;
	case 'U': ls.sort = 'U'; break;
	case 'f': ls.sort = 'U'; ls.all = true; break;
	case 'u': ls.time = 'a'; break;
	case 'c': ls.time = 'c'; break;
	case 'w': ls.width = (int)need_number(argument); break;
	case '\2': ls.full_time = ls.long_form = true; break;
	default: break; /* --color: we colour nothing */
	}
}

int ls_main(int argc, char **argv) {
	static const struct long_option names[] = {{"all", 'a'}, {"almost-all", 'A'}, {"directory", 'd'}, {"human-readable", 'h'}, {"inode",
		'i'},
		{"numeric-uid-gid", 'n'}, {"recursive", 'R'}, {"reverse", 'r'}, {"classify", 'F'}, {"dereference", 'L'}, {"size", 's'},
		{"escape", 'b'}, {"full-time", '\2'}, {"color", '\1'}, {NULL, 0}};
	struct options parsed;
	struct winsize window = {0};
	bool tty = isatty(STDOUT_FILENO);
	usage_status = 2;
	ls.sort = 'n';
	ls.time = 'm';
	ls.now = time(NULL);
	ls.width = tty && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col ? window.ws_col : 80;
	ls.quote_control = tty;
	options_start(&parsed, argc, argv, "aA1bdhingolRrspFCxmqLHtSXvUfucw:\1::\2", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) set_option(letter, parsed.argument);
	if (tty && !ls.one && !ls.comma) ls.columns = true;
	if (ls.one) ls.columns = false;
	if ((ls.time != 'm') && ls.sort == 'n' && !ls.long_form) ls.sort = 't';
	static char dot[] = ".";
	char *only[] = {dot, NULL};
	int operands = parsed.argc ? parsed.argc : 1, status = 0;
	char **paths = parsed.argc ? parsed.argv : only;
	struct entry *files = xcalloc((size_t)operands, sizeof *files), *directories = xcalloc((size_t)operands, sizeof *directories);
	size_t file_count = 0, directory_count = 0;
	for (int i = 0; i < operands; i++) {
		struct entry entry = {.name = xstrdup(paths[i]), .path = xstrdup(paths[i])};
		/* A link to a directory is listed as one, unless its own entry is asked for. */
		bool follow = ls.dereference || !(ls.long_form || ls.directory || ls.classify);
		if (!fill(&entry, follow)) {
			status = 2;
			continue;
		}
		if (S_ISDIR(entry.st.st_mode) && !ls.directory) directories[directory_count++] = entry;
		else files[file_count++] = entry;
	}
	if (ls.sort != 'U') {
		qsort(files, file_count, sizeof *files, compare_entries);
		qsort(directories, directory_count, sizeof *directories, compare_entries);
	}
	put_entries(files, file_count);
	for (size_t i = 0; i < directory_count; i++) {
		int failed = list_one(directories[i].path, operands > 1 || ls.recursive);
		while (pending.count) {
			char *path = pending.list[--pending.count];
			failed |= list_one(path, true);
			free(path);
		}
		if (failed) status = status > 1 ? status : operands > 1 ? 2 : failed;
	}
	free_entries(files, file_count);
	free_entries(directories, directory_count);
	return status;
}
