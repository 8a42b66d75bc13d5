/* diff: Myers' shortest edit script in linear space, printed as normal or unified output. */
#include "box.h"
#include <ctype.h>

struct text {
	char *data;
	size_t length;
	struct piece {
		const char *start;
		size_t length;
		uint32_t hash;
	} *lines;
	size_t count, capacity;
	bool ended; /* the last line has its newline */
	char *changed; /* per line: is it deleted (or added) */
	struct stat st;
};
static struct {
	bool brief, report_same, recursive, new_file, ignore_case, ignore_blanks, ignore_all_blanks, ignore_blank_lines, text, unified;
	long context;
	const char *label[2];
	size_t labels;
	struct text a, b;
	long *forward, *backward;
	int status;
} diff;

static size_t next_byte(const struct piece *line, size_t at, int *out) {
	if (diff.ignore_all_blanks)
		while (at < line->length && isspace((unsigned char)line->start[at])) at++;
	if (at >= line->length) {
		*out = -1;
		return at;
	}
	int c = (unsigned char)line->start[at++];
	if (diff.ignore_blanks && isspace(c)) {
		while (at < line->length && isspace((unsigned char)line->start[at])) at++;
		c = at >= line->length ? -1 : ' '; /* blanks at the end do not count */
	}
	*out = diff.ignore_case && c >= 0 ? tolower(c) : c;
	return at;
}

static bool same_line(const struct piece *a, const struct piece *b) {
	if (a->hash != b->hash) return false;
	for (size_t i = 0, j = 0;;) {
		int x, y;
		i = next_byte(a, i, &x);
		j = next_byte(b, j, &y);
		if (x != y) return false;
		if (x < 0) return true;
	}
}

static bool load(const char *path, struct text *text) {
	*text = (struct text){0};
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : reach_open(path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0 && diff.new_file && errno == ENOENT) {
		text->data = xstrdup("");
		text->ended = true;
	} else {
		if (fd >= 0) fstat(fd, &text->st);
		if (fd < 0 || !(text->data = read_fd(fd, &text->length))) {
			warn_errno("%s", path);
			return false;
		}
		close_input(fd);
	}
	text->ended = text->length == 0 || text->data[text->length - 1] == '\n';
	for (char *at = text->data, *end = at + text->length; at < end;) {
		char *stop = memchr(at, '\n', (size_t)(end - at));
		struct piece line = {at, (size_t)((stop ? stop : end) - at), 2166136261u};
		int c;
		for (size_t i = next_byte(&line, 0, &c); c >= 0; i = next_byte(&line, i, &c)) line.hash = (line.hash ^ (uint32_t)c) * 16777619u;
		if (!stop) line.hash ^= diff.ignore_blanks || diff.ignore_all_blanks ? 0 : 0x9e3779b9u; /* without a newline it is another line */
		text->lines = grow(text->lines, text->count, &text->capacity, sizeof line);
		text->lines[text->count++] = line;
		at = stop ? stop + 1 : end;
	}
	text->changed = xcalloc(text->count + 1, 1);
	return true;
}

static void unload(struct text *text) {
	free(text->data);
	free(text->lines);
	free(text->changed);
}

static bool equal(long i, long j) {
	return same_line(&diff.a.lines[i], &diff.b.lines[j]);
}

/* Marks the changed lines between a[i..n) and b[j..m): the middle snake splits the problem (Myers 1986, section 4b). */
static void find_changes(long i, long n, long j, long m) {
	while (i < n && j < m && equal(i, j)) i++, j++;
	while (i < n && j < m && equal(n - 1, m - 1)) n--, m--;
	if (i == n || j == m) {
		for (; i < n; i++) diff.a.changed[i] = 1;
		for (; j < m; j++) diff.b.changed[j] = 1;
		return;
	}
	long delta = (n - i) - (m - j), limit = ((n - i) + (m - j) + 1) / 2;
	bool odd = delta & 1;
	long *forward = diff.forward, *backward = diff.backward; /* indexed by diagonal, with offset */
	forward[1] = 0;
	backward[1] = 0;
	for (long d = 0; d <= limit; d++) {
		for (long k = -d; k <= d; k += 2) {
			long x = k == -d || (k != d && forward[k - 1] < forward[k + 1]) ? forward[k + 1] : forward[k - 1] + 1, y = x - k, start = x;
			if (x > n - i || y > m - j) {
				forward[k] = x;
				continue;
			}
			while (x < n - i && y < m - j && equal(i + x, j + y)) x++, y++;
			forward[k] = x;
			if (odd && k - delta >= -(d - 1) && k - delta <= d - 1 && x + backward[delta - k] >= n - i) {
				find_changes(i, i + start, j, j + start - k);
				find_changes(i + x, n, j + y, m);
				return;
			}
		}
		for (long k = -d; k <= d; k += 2) {
			long x = k == -d || (k != d && backward[k - 1] < backward[k + 1]) ? backward[k + 1] : backward[k - 1] + 1, y = x - k, start = x;
			if (x > n - i || y > m - j) {
				backward[k] = x;
				continue;
			}
			while (x < n - i && y < m - j && equal(n - 1 - x, m - 1 - y)) x++, y++;
			backward[k] = x;
			if (!odd && delta - k >= -d && delta - k <= d && x + forward[delta - k] >= n - i) {
				find_changes(i, n - x, j, m - y);
				find_changes(n - start, n, m - (start - k), m);
				return;
			}
		}
	}
}

static void compare_lines(void) {
	size_t most = diff.a.count + diff.b.count + 3;
	long *space = xmalloc(sizeof *space * 4 * most);
	diff.forward = space + most;
	diff.backward = space + 3 * most;
	find_changes(0, (long)diff.a.count, 0, (long)diff.b.count);
	free(space);
	/* Slide each change as far down as equal lines allow: what people expect of an insertion. */
	for (int side = 0; side < 2; side++) {
		struct text *text = side ? &diff.b : &diff.a;
		for (size_t start = 0; start < text->count;) {
			if (!text->changed[start]) {
				start++;
				continue;
			}
			size_t end = start;
			while (end < text->count && text->changed[end]) end++;
			while (end < text->count && same_line(&text->lines[start], &text->lines[end])) {
				text->changed[start++] = 0;
				text->changed[end++] = 1;
				while (end < text->count && text->changed[end]) end++;
			}
			start = end;
		}
	}
}

struct hunk {
	long a_from, a_to, b_from, b_to; /* half-open, 0-based */
};

static bool next_hunk(struct hunk *hunk) {
	long i = hunk->a_to, j = hunk->b_to, n = (long)diff.a.count, m = (long)diff.b.count;
	while (i < n && j < m && !diff.a.changed[i] && !diff.b.changed[j]) i++, j++;
	hunk->a_from = i;
	hunk->b_from = j;
	while (i < n && diff.a.changed[i]) i++;
	while (j < m && diff.b.changed[j]) j++;
	hunk->a_to = i;
	hunk->b_to = j;
	return hunk->a_to > hunk->a_from || hunk->b_to > hunk->b_from;
}

static bool only_blank(const struct hunk *hunk) {
	for (long i = hunk->a_from; i < hunk->a_to; i++)
		if (diff.a.lines[i].length) return false;
	for (long j = hunk->b_from; j < hunk->b_to; j++)
		if (diff.b.lines[j].length) return false;
	return diff.ignore_blank_lines;
}

static void put_lines(const struct text *text, long from, long to, const char *mark) {
	for (; from < to; from++) {
		printf("%s", mark);
		fwrite(text->lines[from].start, 1, text->lines[from].length, stdout);
		putchar('\n');
		if (from + 1 == (long)text->count && !text->ended) puts("\\ No newline at end of file");
	}
	check_output();
}

static void put_range(long from, long to) {
	if (to - from > 1) printf("%ld,%ld", from + 1, to);
	else printf("%ld", to - from == 1 ? to : from);
}

static void put_normal(void) {
	struct hunk hunk = {0};
	while (next_hunk(&hunk)) {
		if (only_blank(&hunk)) continue;
		bool removes = hunk.a_to > hunk.a_from, adds = hunk.b_to > hunk.b_from;
		put_range(hunk.a_from, hunk.a_to);
		putchar(removes && adds ? 'c' : removes ? 'd' : 'a');
		put_range(hunk.b_from, hunk.b_to);
		putchar('\n');
		put_lines(&diff.a, hunk.a_from, hunk.a_to, "< ");
		if (removes && adds) puts("---");
		put_lines(&diff.b, hunk.b_from, hunk.b_to, "> ");
	}
}

static void put_name(const char *mark, size_t which, const char *path, const struct text *text) {
	if (which < diff.labels) {
		printf("%s %s\n", mark, diff.label[which]);
		return;
	}
	char date[64], zone[8];
	struct timespec when = modified(&text->st);
	struct tm *parts = localtime(&when.tv_sec);
	strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", parts);
	strftime(zone, sizeof zone, "%z", parts);
	printf("%s %s\t%s.%09ld %s\n", mark, path, date, (long)when.tv_nsec, zone);
}

static void put_unified_range(long from, long to) {
	if (to - from == 1) printf("%ld", to);
	else printf("%ld,%ld", to > from ? from + 1 : from, to - from);
}

static void put_unified(const char *a, const char *b) {
	struct hunk hunk = {0};
	bool more = next_hunk(&hunk);
	put_name("---", 0, a, &diff.a);
	put_name("+++", 1, b, &diff.b);
	while (more) {
		/* Changes whose context touches go into one group. */
		struct hunk first = hunk, last = hunk, next = hunk;
		while ((more = next_hunk(&next)) && next.a_from - last.a_to <= 2 * diff.context) last = next;
		long before = first.a_from < diff.context ? first.a_from : diff.context, left = (long)diff.a.count - last.a_to,
			after = left < diff.context ? left : diff.context;
		fputs("@@ -", stdout);
		put_unified_range(first.a_from - before, last.a_to + after);
		fputs(" +", stdout);
		put_unified_range(first.b_from - before, last.b_to + after);
		puts(" @@");
		long at = first.a_from - before;
		struct hunk each = {.a_to = at, .b_to = first.b_from - before};
		while (each.a_to < last.a_to || each.b_to < last.b_to) {
			next_hunk(&each);
			put_lines(&diff.a, at, each.a_from, " ");
			put_lines(&diff.a, each.a_from, each.a_to, "-");
			put_lines(&diff.b, each.b_from, each.b_to, "+");
			at = each.a_to;
		}
		put_lines(&diff.a, at, last.a_to + after, " ");
		hunk = next;
	}
}

static int compare_files(const char *a, const char *b, const char *heading) {
	if (!load(a, &diff.a)) return 2;
	if (!load(b, &diff.b)) {
		unload(&diff.a);
		return 2;
	}
	bool identical = diff.a.length == diff.b.length && memcmp(diff.a.data, diff.b.data, diff.a.length) == 0;
	bool binary = !diff.text && (memchr(diff.a.data, '\0', diff.a.length) || memchr(diff.b.data, '\0', diff.b.length));
	int status = 0;
	if (!identical && binary) {
		printf(diff.brief ? "Files %s and %s differ\n" : "Binary files %s and %s differ\n", a, b);
		status = 1;
	} else if (!identical) {
		compare_lines();
		struct hunk hunk = {0};
		while (status == 0 && next_hunk(&hunk)) status = !only_blank(&hunk);
		if (status && heading && !diff.brief) puts(heading);
		if (status && diff.brief) printf("Files %s and %s differ\n", a, b);
		else if (status && diff.unified) put_unified(a, b);
		else if (status) put_normal();
	}
	if (status == 0 && diff.report_same) printf("Files %s and %s are identical\n", a, b);
	unload(&diff.a);
	unload(&diff.b);
	return status;
}

/* Two directories that are being compared. On the heap: a tree can be deeper than the stack. */
struct pair {
	char *a, *b;
	struct names left, right;
	size_t i, j;
	struct pair *above;
};

static struct pair *open_pair(const char *a, const char *b, struct pair *above) {
	struct pair *pair = xcalloc(1, sizeof *pair);
	const char *failed = !list_directory(a, &pair->left) ? a : !list_directory(b, &pair->right) ? b : NULL;
	if (failed) {
		warn_errno("%s", failed);
		names_free(&pair->left);
		free(pair);
		return NULL;
	}
	pair->a = xstrdup(a);
	pair->b = xstrdup(b);
	pair->above = above;
	return pair;
}

static struct pair *close_pair(struct pair *pair) {
	struct pair *above = pair->above;
	names_free(&pair->left);
	names_free(&pair->right);
	free(pair->a);
	free(pair->b);
	free(pair);
	return above;
}

/* The status; -1: two directories that are to be entered. */
static int compare_pair(const char *a, const char *b, const char *arguments) {
	struct stat x, y;
	bool first = reach_stat(a, &x) == 0, second = reach_stat(b, &y) == 0;
	if (first && second && S_ISDIR(x.st_mode) && S_ISDIR(y.st_mode)) {
		if (diff.recursive) return -1;
		printf("Common subdirectories: %s and %s\n", a, b);
		return 0;
	}
	if (first && second && S_ISDIR(x.st_mode) != S_ISDIR(y.st_mode)) {
		printf("File %s is a %s while file %s is a %s\n", a, S_ISDIR(x.st_mode) ? "directory" : "regular file", b, S_ISDIR(y.st_mode)
			? "directory" : "regular file");
		return 1;
	}
	char *heading = format_text("diff%s %s %s", arguments, a, b);
	int status = compare_files(a, b, heading);
	free(heading);
	return status;
}

static int compare_directories(const char *a, const char *b, const char *arguments) {
	struct pair *pair = open_pair(a, b, NULL);
	int status = pair ? 0 : 2;
	while (pair) {
		if (pair->i == pair->left.count && pair->j == pair->right.count) {
			pair = close_pair(pair);
			continue;
		}
		int order = pair->i == pair->left.count ? 1 : pair->j == pair->right.count ? -1 : strcmp(pair->left.list[pair->i],
			pair->right.list[pair->j]);
		const char *name = order <= 0 ? pair->left.list[pair->i] : pair->right.list[pair->j];
		char *x = join_path(pair->a, name), *y = join_path(pair->b, name);
		int outcome = 1;
		pair->i += order <= 0;
		pair->j += order >= 0;
		if (order == 0 || (diff.new_file && !is_directory(order < 0 ? x : y))) outcome = compare_pair(x, y, arguments);
		else printf("Only in %s: %s\n", order < 0 ? pair->a : pair->b, name);
		if (outcome == -1) {
			struct pair *inner = open_pair(x, y, pair);
			if (inner) pair = inner;
			else outcome = 2;
		}
		if (outcome > status) status = outcome;
		free(x);
		free(y);
	}
	return status;
}

int diff_main(int argc, char **argv) {
	static const struct long_option names[] = {{"brief", 'q'}, {"recursive", 'r'}, {"new-file", 'N'}, {"unified", '\1'}, {"ignore-case",
		'i'}, {"ignore-space-change", 'b'},
		{"ignore-all-space", 'w'}, {"ignore-blank-lines", 'B'}, {"text", 'a'}, {"report-identical-files", 's'}, {"label", 'L'}, {"color",
			'\2'}, {NULL, 0}};
	struct options parsed;
	usage_status = 2;
	diff.context = 3;
	struct buffer arguments = {0};
	buffer_add(&arguments, "", 0);
	for (int i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) { /* repeated in front of each file's difference, as typed */
		buffer_char(&arguments, ' ');
		buffer_text(&arguments, argv[i]);
	}
	options_start(&parsed, argc, argv, "qrNuU:ibwBasL:\1::\2::", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'q': diff.brief = true; break;
		case 'r': diff.recursive = true; break;
		case 'N': diff.new_file = true; break;
		case 'i': diff.ignore_case = true; break;
		case 'b': diff.ignore_blanks = true; break;
		case 'w': diff.ignore_all_blanks = true; break;
		case 'B': diff.ignore_blank_lines = true; break;
		case 'a': diff.text = true; break;
		case 's': diff.report_same = true; break;
		case 'L': if (diff.labels < 2) diff.label[diff.labels++] = parsed.argument; break;
		case 'u': diff.unified = true; break;
		case '\2': break;
		default:
			diff.unified = true;
			if (parsed.argument) diff.context = (long)need_number(parsed.argument);
		}
	if (parsed.argc != 2) usage_error("two operands are needed");
	char *a = parsed.argv[0], *b = parsed.argv[1];
	bool first = is_directory(a), second = is_directory(b);
	if (first && second) return compare_directories(a, b, arguments.data);
	/* One is a directory: the file of the same name in it. */
	char *base = base_name(first ? b : a);
	if (first) a = join_path(a, base);
	if (second) b = join_path(b, base);
	return compare_files(a, b, NULL);
}
