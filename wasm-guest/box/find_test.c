/* find: what tests and actions do with one file. */
#include "find.h"
#include <fnmatch.h>
#include <regex.h>
#include <strings.h>

static bool compare(const struct node *node, long long value) {
	return node->relation == '+' ? value > node->number : node->relation == '-' ? value < node->number : value == node->number;
}

static bool later(struct timespec a, struct timespec b) {
	return a.tv_sec > b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec > b.tv_nsec);
}

static APART bool test_age(const struct node *node, const struct found *found) {
	struct timespec when = *node->name == 'a' ? accessed(&found->st) : *node->name == 'c' ? changed(&found->st) : modified(&found->st);
	long long age = (long long)(find.now.tv_sec - when.tv_sec) - (find.now.tv_nsec < when.tv_nsec);
	long long unit = strcmp(node->name + 1, "min") == 0 ? 60 : 86400;
	if (unit == 60 && node->relation == '\0') return (age + 59) / 60 == node->number; /* minutes are rounded up, days down */
	if (unit == 60) return node->relation == '+' ? age > node->number * 60 : age < node->number * 60;
	return compare(node, age / unit);
}

static APART bool is_empty(const struct found *found) {
	if (S_ISREG(found->st.st_mode)) return found->st.st_size == 0;
	struct names names;
	if (!S_ISDIR(found->st.st_mode) || !list_directory(found->path, &names)) return false;
	bool empty = names.count == 0;
	names_free(&names);
	return empty;
}

static bool test_type(const char *letters, mode_t mode) {
	char kind = S_ISREG(mode) ? 'f' : S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b'
		: S_ISFIFO(mode) ? 'p' : 's';
	for (; *letters; letters++)
		if (*letters == kind) return true;
	return false;
}

static APART bool test_regex(const char *expression, const char *path) {
	regex_t regex;
	char *whole = format_text("^\\(%s\\)$", expression);
	if (regcomp(&regex, whole, REG_NOSUB) != 0) die(1, "invalid regular expression '%s'", expression);
	bool matched = regexec(&regex, path, 0, NULL, 0) == 0;
	regfree(&regex);
	free(whole);
	return matched;
}

static APART void put_ls(const struct found *found) {
	char mode[11], date[32];
	struct timespec when = modified(&found->st);
	mode_text(found->st.st_mode, mode);
	strftime(date, sizeof date, when.tv_sec > find.now.tv_sec - 15778476 && when.tv_sec <= find.now.tv_sec ? "%b %e %H:%M" : "%b %e  %Y",
		localtime(&when.tv_sec));
	printf("%9llu %6llu %s %3llu %-8s ", (unsigned long long)found->st.st_ino, (unsigned long long)(found->st.st_blocks + 1) / 2, mode,
		(unsigned long long)found->st.st_nlink,
		user_label(found->st.st_uid));
	printf("%-8s %8llu %s %s", group_label(found->st.st_gid), (unsigned long long)found->st.st_size, date, found->path);
	char *link = S_ISLNK(found->st.st_mode) ? read_link(found->path) : NULL;
	if (link) printf(" -> %s", link);
	free(link);
	putchar('\n');
}

static APART void put_formatted(const char *format, const struct found *found) {
	for (const char *at = format; *at; at++) {
		if (*at == '\\' && at[1]) {
			static const char letters[] = "abfnrtv\\0", values[] = "\a\b\f\n\r\t\v\\";
			const char *place = strchr(letters, *++at);
			if (place) putchar(place - letters < 8 ? values[place - letters] : '\0');
			else printf("\\%c", *at);
			continue;
		}
		if (*at != '%' || !at[1]) {
			putchar(*at);
			continue;
		}
		char mode[11], *text;
		switch (*++at) {
		case 'p': fputs(found->path, stdout); break;
		case 'P': text = strchr(found->path, '/'); fputs(found->depth && text ? text + 1 : "", stdout); break;
		case 'f': fputs(found->base, stdout); break;
		case 'h': text = directory_name(found->path); fputs(text, stdout); free(text); break;
		case 's': printf("%llu", (unsigned long long)found->st.st_size); break;
		case 'm': printf("%o", (unsigned)found->st.st_mode & 07777); break;
		case 'M': mode_text(found->st.st_mode, mode); fputs(mode, stdout); break;
		case 'u': fputs(user_label(found->st.st_uid), stdout); break;
		case 'g': fputs(group_label(found->st.st_gid), stdout); break;
		case 'U': printf("%u", (unsigned)found->st.st_uid); break;
		case 'G': printf("%u", (unsigned)found->st.st_gid); break;
		case 'd': printf("%d", found->depth); break;
		case 'i': printf("%llu", (unsigned long long)found->st.st_ino); break;
		case 'n': printf("%llu", (unsigned long long)found->st.st_nlink); break;
		case 'l': text = S_ISLNK(found->st.st_mode) ? read_link(found->path) : NULL; fputs(text ? text : "", stdout); free(text); break;
		case 'y': putchar(S_ISREG(found->st.st_mode) ? 'f' : S_ISDIR(found->st.st_mode) ? 'd' : S_ISLNK(found->st.st_mode) ? 'l' : '?');
			break;
		case 'T': if (at[1] == '@') at++; printf("%lld.%09ld0", (long long)modified(&found->st).tv_sec,
			(long)modified(&found->st).tv_nsec); break;
		case '%': putchar('%'); break;
		default: die(1, "unrecognized format directive '%%%c'", *at);
		}
	}
}

/* The word with each {} replaced. */
static char *fill(const char *word, const char *path) {
	struct buffer text = {0};
	buffer_add(&text, "", 0);
	for (const char *at = word; *at;) {
		if (at[0] == '{' && at[1] == '}') {
			buffer_text(&text, path);
			at += 2;
		} else buffer_char(&text, *at++);
	}
	return text.data;
}

static APART bool run_one(struct node *node, const struct found *found) {
	size_t count = 0;
	while (node->command[count]) count++;
	char **argv = xcalloc(count + 1, sizeof *argv);
	bool in_directory = strcmp(node->name, "execdir") == 0;
	char *base = in_directory ? base_name(found->path) : NULL, *path = in_directory ? (*base == '/' ? xstrdup(base) : format_text("./%s",
		base)) : xstrdup(found->path);
	for (size_t i = 0; i < count; i++) argv[i] = fill(node->command[i], path);
	bool done = false;
	if (strcmp(node->name, "ok") == 0 && !confirm("< %s ... %s > ? ", argv[0], path)) done = false;
	else if (in_directory) {
		char *directory = directory_name(found->path);
		int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		int there = here < 0 ? -1 : reach_open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
		if (there < 0 || fchdir(there) != 0) warn_errno("%s", directory);
		else {
			done = run_command(argv, false) == 0;
			if (fchdir(here) != 0) die_errno(1, "cannot return to the starting directory");
		}
		if (there >= 0) close(there);
		if (here >= 0) close(here);
		free(directory);
	} else done = run_command(argv, false) == 0;
	for (size_t i = 0; i < count; i++) free(argv[i]);
	free(argv);
	free(base);
	free(path);
	return done;
}

void find_flush(struct node *node) {
	if (!node) return;
	find_flush(node->left);
	find_flush(node->right);
	if (node->pending.count == 0) return;
	size_t count = 0;
	while (node->command[count]) count++;
	char **argv = xcalloc(count + node->pending.count + 1, sizeof *argv);
	memcpy(argv, node->command, count * sizeof *argv);
	memcpy(argv + count, node->pending.list, node->pending.count * sizeof *argv);
	if (run_command(argv, false) != 0) find.failed = true;
	free(argv);
	names_free(&node->pending);
	node->pending_bytes = 0;
}

static bool run_batch(struct node *node, const struct found *found) {
	size_t length = strlen(found->path) + 1;
	if (node->pending_bytes + length > 32768 || node->pending.count >= 4096) find_flush(node);
	names_add(&node->pending, xstrdup(found->path));
	node->pending_bytes += length;
	return true;
}

static bool delete(const struct found *found) {
	if (strcmp(found->path, ".") == 0) return true;
	if ((S_ISDIR(found->st.st_mode) ? reach_rmdir(found->path) : reach_unlink(found->path)) == 0) return true;
	warn_errno("cannot delete '%s'", found->path);
	find.failed = true;
	return false;
}

static bool test(struct node *node, const struct found *found) {
	const char *name = node->name;
	const struct stat *st = &found->st;
#define IS(text) (strcmp(name, text) == 0)
	if (IS("name")) return fnmatch(node->text, found->base, 0) == 0;
	if (IS("iname")) return fnmatch(node->text, found->base, FNM_CASEFOLD) == 0;
	if (IS("path") || IS("wholename")) return fnmatch(node->text, found->path, 0) == 0;
	if (IS("ipath")) return fnmatch(node->text, found->path, FNM_CASEFOLD) == 0;
	if (IS("regex")) return test_regex(node->text, found->path);
	if (IS("type")) return test_type(node->text, st->st_mode);
	if (IS("size")) return compare(node, (long long)(((unsigned long long)st->st_size + node->unit - 1) / node->unit));
	if (IS("mtime") || IS("atime") || IS("ctime") || IS("mmin") || IS("amin") || IS("cmin")) return test_age(node, found);
	if (IS("newer") || IS("anewer") || IS("cnewer")) return later(*name == 'a' ? accessed(st) : *name == 'c' ? changed(st) : modified(st),
		node->when);
	if (IS("perm")) {
		mode_t bits = st->st_mode & 07777;
		return node->relation == '-' ? (bits & node->mode) == node->mode : node->relation == '/' ? !node->mode || (bits & node->mode)
			: bits == node->mode;
	}
	if (IS("user") || IS("uid")) return compare(node, st->st_uid);
	if (IS("group") || IS("gid")) return compare(node, st->st_gid);
	if (IS("links")) return compare(node, (long long)st->st_nlink);
	if (IS("inum")) return compare(node, (long long)st->st_ino);
	if (IS("samefile")) return (long long)st->st_ino == node->number && st->st_dev == node->unit;
	if (IS("empty")) return is_empty(found);
	if (IS("readable")) return reach_access(found->path, R_OK) == 0;
	if (IS("writable")) return reach_access(found->path, W_OK) == 0;
	if (IS("executable")) return reach_access(found->path, X_OK) == 0;
	if (IS("nouser")) return strspn(user_label(st->st_uid), "0123456789") == strlen(user_label(st->st_uid));
	if (IS("nogroup")) return strspn(group_label(st->st_gid), "0123456789") == strlen(group_label(st->st_gid));
	if (IS("lname")) {
		char *link = S_ISLNK(st->st_mode) ? read_link(found->path) : NULL;
		bool matched = link && fnmatch(node->text, link, 0) == 0;
		free(link);
		return matched;
	}
	if (IS("fstype")) die(1, "-fstype is not supported");
	if (IS("false")) return false;
	if (IS("print")) puts(found->path);
	else if (IS("print0")) {
		fputs(found->path, stdout);
		putchar('\0');
	} else if (IS("printf")) put_formatted(node->text, found);
	else if (IS("ls")) put_ls(found);
	else if (IS("prune")) find.prune = true;
	else if (IS("quit")) find.quit = true;
	else if (IS("delete")) return delete(found);
	else if (node->command) return node->batch ? run_batch(node, found) : run_one(node, found);
#undef IS
	return true;
}

bool find_evaluate(struct node *node, const struct found *found) {
	if (find.quit) return false;
	switch (node->kind) {
	case AND: return find_evaluate(node->left, found) && find_evaluate(node->right, found);
	case OR: return find_evaluate(node->left, found) || find_evaluate(node->right, found);
	case NOT: return !find_evaluate(node->left, found);
	default: return test(node, found);
	}
}
