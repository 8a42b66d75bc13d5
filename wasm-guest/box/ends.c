/* head, tail, wc, split: parts and sizes of files. */
#include "box.h"
#include <ctype.h>

static void heading(const char *name, bool *first) {
	printf("%s==> %s <==\n", *first ? "" : "\n", strcmp(name, "-") == 0 ? "standard input" : name);
	*first = false;
}

/* -5 is -n 5 for head and tail; +5 too for tail. Done in place, before other options are read. */
static void old_style(int argc, char **argv, bool plus) {
	if (argc < 2) return;
	char *text = argv[1];
	if (text[0] == '-' && isdigit((unsigned char)text[1])) {
		size_t digits = strspn(text + 1, "0123456789");
		char *rest = text + 1 + digits;
		bool bytes = *rest == 'c';
		if (*rest == 'c' || *rest == 'n') rest++;
		if (*rest && strcmp(rest, "f") != 0 && strcmp(rest, "q") != 0) return;
		/* Letters behind the number come first in the new cluster. */
		argv[1] = format_text("-%s%c%.*s", rest, bytes ? 'c' : 'n', (int)digits, text + 1);
	} else if (plus && text[0] == '+' && isdigit((unsigned char)text[1]) && text[1 + strspn(text + 1,
		"0123456789")] == '\0') argv[1] = format_text("-n%s", text);
}

static int head_lines(struct reader *in, unsigned long long lines, int delimiter) {
	size_t length;
	bool ended;
	char *line;
	while (lines-- > 0 && (line = reader_line(in, delimiter, &length, &ended))) {
		fwrite(line, 1, length, stdout);
		if (ended) putchar(delimiter);
		check_output();
	}
	/* What was read ahead belongs to the next reader of a shared, seekable input. */
	if (in->end > in->start) lseek(in->fd, -(off_t)(in->end - in->start), SEEK_CUR);
	return in->failed;
}

static int head_bytes(int fd, const char *name, unsigned long long bytes) {
	char *block = xmalloc(BLOCK);
	ssize_t got = 0;
	while (bytes > 0 && (got = read_some(fd, block, bytes < BLOCK ? (size_t)bytes : BLOCK)) > 0) {
		fwrite(block, 1, (size_t)got, stdout);
		check_output();
		bytes -= (unsigned long long)got;
	}
	free(block);
	return got < 0 ? warn_errno("%s", name) : 0;
}

/* All but the last `keep` lines or bytes: held in a buffer that slides. */
static int head_but(int fd, const char *name, unsigned long long keep, bool bytes, int delimiter) {
	struct buffer held = {0};
	char *block = xmalloc(BLOCK);
	ssize_t got;
	while ((got = read_some(fd, block, BLOCK)) > 0) {
		buffer_add(&held, block, (size_t)got);
		size_t release = 0;
		if (bytes) release = held.length > keep ? held.length - (size_t)keep : 0;
		else {
			unsigned long long seen = 0;
			size_t at = held.length;
			/* An unfinished last line counts when the input ends; so one delimiter more is kept meanwhile. */
			while (at > 0 && !(held.data[at - 1] == delimiter && seen++ == keep + 1)) at--;
			release = at;
		}
		fwrite(held.data, 1, release, stdout);
		check_output();
		memmove(held.data, held.data + release, held.length - release);
		held.length -= release;
	}
	if (!bytes) {
		size_t at = held.length;
		unsigned long long seen = held.length && held.data[held.length - 1] != delimiter;
		while (at > 0 && !(held.data[at - 1] == delimiter && seen++ == keep)) at--;
		fwrite(held.data, 1, at, stdout);
	}
	free(held.data);
	free(block);
	return got < 0 ? warn_errno("%s", name) : 0;
}

int head_main(int argc, char **argv) {
	static const struct long_option names[] = {{"lines", 'n'}, {"bytes", 'c'}, {"quiet", 'q'}, {"silent", 'q'}, {"verbose", 'v'},
		{"zero-terminated", 'z'}, {NULL, 0}};
	struct options parsed;
	bool bytes = false, but = false, quiet = false, verbose = false, first = true;
	unsigned long long count = 10;
	int delimiter = '\n', status = 0;
	old_style(argc, argv, false);
	options_start(&parsed, argc, argv, "n:c:qvz", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'n': case 'c':
			bytes = letter == 'c';
			but = parsed.argument[0] == '-';
			count = need_size(parsed.argument + but);
			break;
		case 'q': quiet = true; break;
		case 'v': verbose = true; break;
		default: delimiter = '\0';
		}
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		const char *name = parsed.argc ? parsed.argv[i] : "-";
		int fd = open_input(name);
		if (fd < 0) {
			status = 1;
			continue;
		}
		if (verbose || (parsed.argc > 1 && !quiet)) heading(name, &first);
		if (but) status |= head_but(fd, name, count, bytes, delimiter);
		else if (bytes) status |= head_bytes(fd, name, count);
		else {
			struct reader in;
			reader_start(&in, fd, name);
			status |= head_lines(&in, count, delimiter);
			free(in.data);
		}
		close_input(fd);
	}
	return status;
}

struct tail {
	unsigned long long count;
	bool bytes, from_start, follow;
	int delimiter;
};

/* Where the last `count` lines of a seekable file begin, read backwards in blocks. */
static off_t find_lines(int fd, off_t size, const struct tail *tail) {
	char *block = xmalloc(BLOCK);
	unsigned long long seen = 0;
	off_t end = size;
	bool last = true;
	while (end > 0) {
		size_t length = end < BLOCK ? (size_t)end : BLOCK;
		off_t start = end - (off_t)length;
		lseek(fd, start, SEEK_SET);
		ssize_t got = read_full(fd, block, length);
		if (got < (ssize_t)length) break;
		for (size_t i = length; i > 0; i--) {
			bool delimiter = block[i - 1] == tail->delimiter;
			if (last) {
				last = false; /* the delimiter that ends the file ends its last line */
				continue;
			}
			if (delimiter && ++seen == tail->count) {
				free(block);
				return start + (off_t)i;
			}
		}
		end = start;
	}
	free(block);
	return 0;
}

static int tail_stream(int fd, const char *name, const struct tail *tail) {
	struct buffer held = {0};
	char *block = xmalloc(BLOCK);
	ssize_t got;
	while ((got = read_some(fd, block, BLOCK)) > 0) {
		buffer_add(&held, block, (size_t)got);
		if (tail->bytes) {
			/* Slide when twice as much is held as is wanted. */
			if (held.length > tail->count * 2 + BLOCK) {
				memmove(held.data, held.data + held.length - tail->count, (size_t)tail->count);
				held.length = (size_t)tail->count;
			}
			continue;
		}
		if (held.length < 4 * BLOCK) continue;
		unsigned long long seen = 0;
		size_t at = held.length;
		while (at > 0 && !(held.data[at - 1] == tail->delimiter && seen++ == tail->count)) at--;
		memmove(held.data, held.data + at, held.length - at);
		held.length -= at;
	}
	size_t at = held.length;
	if (tail->bytes) at = held.length > tail->count ? held.length - (size_t)tail->count : 0;
	else {
		unsigned long long seen = held.length && held.data[held.length - 1] != tail->delimiter;
		while (at > 0 && !(held.data[at - 1] == tail->delimiter && seen++ == tail->count)) at--;
	}
	fwrite(held.data + at, 1, held.length - at, stdout);
	free(held.data);
	free(block);
	return got < 0 ? warn_errno("%s", name) : 0;
}

static int tail_from(int fd, const char *name, const struct tail *tail) {
	unsigned long long skip = tail->count ? tail->count - 1 : 0;
	char *block = xmalloc(BLOCK);
	ssize_t got;
	while ((got = read_some(fd, block, BLOCK)) > 0) {
		size_t at = 0, length = (size_t)got;
		while (skip > 0 && at < length) {
			if (tail->bytes) {
				size_t step = skip < length - at ? (size_t)skip : length - at;
				at += step;
				skip -= step;
			} else if (block[at++] == tail->delimiter) skip--;
		}
		fwrite(block + at, 1, length - at, stdout);
		check_output();
	}
	free(block);
	return got < 0 ? warn_errno("%s", name) : 0;
}

static int tail_one(int fd, const char *name, const struct tail *tail) {
	struct stat st;
	if (tail->from_start) return tail_from(fd, name, tail);
	off_t here = lseek(fd, 0, SEEK_CUR);
	if (here == 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		off_t start = tail->count == 0 ? st.st_size : tail->bytes ? ((unsigned long long)st.st_size > tail->count
			? st.st_size - (off_t)tail->count : 0) : find_lines(fd, st.st_size, tail);
		if (lseek(fd, start, SEEK_SET) < 0) return warn_errno("%s", name);
		return head_bytes(fd, name, UINT64_MAX);
	}
	return tail_stream(fd, name, tail);
}

static _Noreturn void follow(char **list, int *fds, int count, bool headings, bool by_name, double interval) {
	int last = count - 1;
	bool first = false;
	for (;;) {
		fflush(stdout);
		check_output();
		sleep_seconds(interval);
		for (int i = 0; i < count; i++) {
			struct stat st, named;
			if (by_name && stat(list[i], &named) == 0 && (fds[i] < 0 || (fstat(fds[i], &st) == 0 && (st.st_ino != named.st_ino
				|| st.st_dev != named.st_dev)))) {
				if (fds[i] >= 0) close(fds[i]);
				fds[i] = open(list[i], O_RDONLY | O_CLOEXEC);
			}
			if (fds[i] < 0) continue;
			off_t here = lseek(fds[i], 0, SEEK_CUR);
			if (here >= 0 && fstat(fds[i], &st) == 0 && S_ISREG(st.st_mode)) {
				if (st.st_size == here) continue;
				if (st.st_size < here) {
					warn("%s: file truncated", list[i]);
					lseek(fds[i], 0, SEEK_SET);
				}
			}
			if (headings && last != i) heading(list[i], &first);
			last = i;
			head_bytes(fds[i], list[i], UINT64_MAX);
		}
	}
}

int tail_main(int argc, char **argv) {
	static const struct long_option names[] = {{"lines", 'n'}, {"bytes", 'c'}, {"follow", '\1'}, {"quiet", 'q'}, {"silent", 'q'},
		{"verbose", 'v'},
		{"zero-terminated", 'z'}, {"sleep-interval", 's'}, {NULL, 0}};
	struct options parsed;
	struct tail tail = {.count = 10, .delimiter = '\n'};
	bool quiet = false, verbose = false, first = true, by_name = false;
	double interval = 1;
	int status = 0;
	old_style(argc, argv, true);
	options_start(&parsed, argc, argv, "n:c:fFqvzs:\1::", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'n': case 'c':
			tail.bytes = letter == 'c';
			tail.from_start = parsed.argument[0] == '+';
			tail.count = need_size(parsed.argument + (parsed.argument[0] == '+' || parsed.argument[0] == '-'));
			break;
		case 'F': by_name = tail.follow = true; break;
		case 'f': tail.follow = true; break;
		case '\1':
			tail.follow = true;
			by_name = parsed.argument && strcmp(parsed.argument, "name") == 0;
			break;
		case 'q': quiet = true; break;
		case 'v': verbose = true; break;
		case 's': if (!parse_seconds(parsed.argument, &interval)) usage_error("invalid interval '%s'", parsed.argument); break;
		default: tail.delimiter = '\0';
		}
	static char dash[] = "-";
	char *only[] = {dash, NULL};
	int count = parsed.argc ? parsed.argc : 1, opened = 0;
	char **list = parsed.argc ? parsed.argv : only;
	int *fds = xmalloc(sizeof *fds * (size_t)count);
	bool headings = verbose || (count > 1 && !quiet);
	for (int i = 0; i < count; i++) {
		fds[i] = open_input(list[i]);
		if (fds[i] < 0) {
			status = 1;
			continue;
		}
		opened++;
		if (headings) heading(list[i], &first);
		status |= tail_one(fds[i], list[i], &tail);
		if (!tail.follow) close_input(fds[i]);
	}
	if (tail.follow && (opened || by_name)) follow(list, fds, count, headings, by_name, interval);
	return status;
}

struct counts {
	unsigned long long lines, words, characters, bytes, longest;
};

static bool utf8_locale(void) {
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	for (size_t i = 0; i < LENGTH(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value) return strstr(value, "UTF-8") || strstr(value, "utf8");
	}
	return false;
}

static bool count_file(int fd, const char *name, struct counts *counts, bool only_bytes, bool utf8) {
	struct stat st;
	off_t here;
	if (only_bytes && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && (here = lseek(fd, 0, SEEK_CUR)) >= 0) {
		counts->bytes = st.st_size > here ? (unsigned long long)(st.st_size - here) : 0;
		return true;
	}
	unsigned char *block = xmalloc(BLOCK);
	bool in_word = false;
	unsigned long long column = 0;
	ssize_t got;
	while ((got = read_some(fd, block, BLOCK)) > 0) {
		counts->bytes += (unsigned long long)got;
		if (only_bytes) continue;
		for (ssize_t i = 0; i < got; i++) {
			unsigned char c = block[i];
			if (!utf8 || (c & 0xc0) != 0x80) counts->characters++;
			if (c == '\n') counts->lines++;
			if (c == '\n' || c == '\r' || c == '\f') {
				if (column > counts->longest) counts->longest = column;
				column = 0;
			} else if (c == '\t') column = (column | 7) + 1;
			else if (utf8 ? c >= 0xc0 || (c < 0x80 && isprint(c)) : isprint(c)) column++;
			if (isspace(c)) in_word = false;
			else if (!in_word && (isgraph(c) || c >= 0x80)) {
				in_word = true;
				counts->words++;
			}
		}
	}
	if (column > counts->longest) counts->longest = column;
	free(block);
	if (got < 0) warn_errno("%s", name);
	return got >= 0;
}

static void put_counts(const struct counts *counts, const char *which, int width, const char *name) {
	static const char order[] = "lwmcL";
	const unsigned long long values[] = {counts->lines, counts->words, counts->characters, counts->bytes, counts->longest};
	bool first = true;
	for (size_t i = 0; i < sizeof order - 1; i++)
		if (strchr(which, order[i])) {
			printf(first ? "%*llu" : " %*llu", width, values[i]);
			first = false;
		}
	if (name) printf(" %s", name);
	putchar('\n');
}

int wc_main(int argc, char **argv) {
	static const struct long_option names[] = {{"lines", 'l'}, {"words", 'w'}, {"bytes", 'c'}, {"chars", 'm'}, {"max-line-length", 'L'},
		{NULL, 0}};
	struct options parsed;
	char which[8] = "";
	size_t chosen = 0;
	struct counts total = {0};
	int status = 0, width = 1;
	options_start(&parsed, argc, argv, "lwcmL", names);
	for (int letter; (letter = options_next(&parsed)) != -1;)
		if (!strchr(which, letter)) which[chosen++] = (char)letter;
	if (!chosen) memcpy(which, "lwc", 4);
	else which[chosen] = '\0';
	int count = parsed.argc ? parsed.argc : 1;
	/* GNU: wide enough for the total of the sizes; 7 when a size cannot be known; one count of one file is bare. */
	if (count > 1 || strlen(which) > 1) {
		unsigned long long sizes = 0;
		int least = 1;
		for (int i = 0; i < count; i++) {
			struct stat st;
			bool known = parsed.argc && strcmp(parsed.argv[i], "-") != 0 ? stat(parsed.argv[i], &st) == 0 : fstat(STDIN_FILENO, &st) == 0;
			if (known && S_ISREG(st.st_mode)) sizes += (unsigned long long)st.st_size;
			else if (known) least = 7;
		}
		width = snprintf(NULL, 0, "%llu", sizes);
		if (width < least) width = least;
	}
	bool utf8 = utf8_locale();
	for (int i = 0; i < count; i++) {
		const char *name = parsed.argc ? parsed.argv[i] : "-";
		struct counts counts = {0};
		int fd = open_input(name);
		if (fd < 0) {
			status = 1;
			continue;
		}
		if (!count_file(fd, name, &counts, strcmp(which, "c") == 0, utf8)) status = 1;
		close_input(fd);
		put_counts(&counts, which, width, parsed.argc ? name : NULL);
		total.lines += counts.lines;
		total.words += counts.words;
		total.characters += counts.characters;
		total.bytes += counts.bytes;
		if (counts.longest > total.longest) total.longest = counts.longest;
	}
	if (count > 1) put_counts(&total, which, width, "total");
	return status;
}
