/* grep, egrep, fgrep */
#include "pattern.h"
#include "walk.h"
#include <ctype.h>
#include <fnmatch.h>

static struct {
	struct pattern *patterns;
	size_t pattern_count, pattern_capacity;
	bool extended, fixed, fold, invert, count, number, list, list_without, only, quiet, silent, recursive, dereference, word, line, names,
		no_names, offset, text, null_name;
	long before, after, most;
	int delimiter;
	struct names include, exclude, exclude_directories;
	bool matched, failed;
	bool context_shown; /* something was printed before: groups are set apart with -- */
} grep;

static bool word_byte(char c) {
	return isalnum((unsigned char)c) || c == '_';
}

/* The first match of one pattern from `start` on that -w and -x allow. */
static bool match_one(const struct pattern *pattern, const char *line, size_t length, size_t start, regmatch_t *found) {
	for (size_t from = start; from <= length;) {
		if (from > 0 && pattern->anchored && !pattern->fixed) return false;
		if (!pattern_search(pattern, line, length, from, found, 1)) return false;
		size_t so = (size_t)found->rm_so, eo = (size_t)found->rm_eo;
		if (grep.line && so == 0 && eo == length) return true;
		if (!grep.line && !grep.word) return true;
		if (grep.word && !grep.line) {
			/* A shorter match at the same place may be a word where the longest is not. */
			for (size_t end = eo; end > so; end--) {
				bool bounded = (so == 0 || !word_byte(line[so - 1])) && (end == length || !word_byte(line[end]));
				if (bounded && end == eo) return true;
				if (bounded && !pattern->fixed) {
					char *part = xstrndup(line, end);
					regmatch_t again;
					bool fits = pattern_search(pattern, part, end, so, &again, 1) && (size_t)again.rm_so == so
						&& (size_t)again.rm_eo == end;
					free(part);
					if (fits) {
						found->rm_eo = (regoff_t)end;
						return true;
					}
				}
			}
		}
		from = so + 1;
	}
	return false;
}

/* The leftmost, longest match of all patterns. */
static bool match(const char *line, size_t length, size_t start, regmatch_t *best) {
	bool any = false;
	for (size_t i = 0; i < grep.pattern_count; i++) {
		regmatch_t found;
		if (!match_one(&grep.patterns[i], line, length, start, &found)) continue;
		if (!any || found.rm_so < best->rm_so || (found.rm_so == best->rm_so && found.rm_eo > best->rm_eo)) *best = found;
		any = true;
	}
	return any;
}

static void put_prefix(const char *name, unsigned long long number, unsigned long long offset, char mark) {
	if (grep.names) printf("%s%c", name, grep.null_name ? '\0' : mark);
	if (grep.number) printf("%llu%c", number, mark);
	if (grep.offset) printf("%llu%c", offset, mark);
}

static void put_line(const char *name, unsigned long long number, unsigned long long offset, char mark, const char *line, size_t length) {
	put_prefix(name, number, offset, mark);
	fwrite(line, 1, length, stdout);
	putchar(grep.delimiter);
	check_output();
}

static void put_matches(const char *name, unsigned long long number, unsigned long long offset, const char *line, size_t length) {
	regmatch_t found;
	for (size_t at = 0; at <= length && match(line, length, at, &found);) {
		if (found.rm_eo > found.rm_so) {
			put_prefix(name, number, offset + (unsigned long long)found.rm_so, ':');
			fwrite(line + found.rm_so, 1, (size_t)(found.rm_eo - found.rm_so), stdout);
			putchar(grep.delimiter);
			at = (size_t)found.rm_eo;
		} else at = (size_t)found.rm_eo + 1;
	}
	check_output();
}

struct held {
	char *text;
	size_t length;
	unsigned long long offset;
};

static void search(struct reader *in, const char *name) {
	struct held *before = grep.before > 0 ? xcalloc((size_t)grep.before, sizeof *before) : NULL;
	unsigned long long number = 0, matches = 0, printed = 0, offset = 0;
	long after = 0;
	size_t length, kept = 0;
	bool binary = false, ended;
	bool lines = !grep.count && !grep.list && !grep.list_without && !grep.quiet;
	for (char *line; (line = reader_line(in, grep.delimiter, &length, &ended)); offset += length + ended) {
		regmatch_t found;
		number++;
		if (!grep.text && !binary && grep.delimiter && memchr(line, '\0', length)) binary = true;
		if (grep.most >= 0 && matches >= (unsigned long long)grep.most) {
			if (after <= 0 || match(line, length, 0, &found) != grep.invert) break;
			put_line(name, number, offset, '-', line, length);
			after--;
			continue;
		}
		if (match(line, length, 0, &found) != grep.invert) {
			matches++;
			grep.matched = true;
			if (grep.quiet) exit(0);
			if (grep.list || grep.list_without) break;
			if (!lines) {
				if (grep.most >= 0 && matches >= (unsigned long long)grep.most) break;
				continue;
			}
			if (binary) {
				// Since GNU grep 3.5 a message, not output.
				fflush(stdout);
				fprintf(stderr, "%s: %s: binary file matches\n", tool_name, name);
				break;
			}
			bool apart = (grep.before > 0 || grep.after > 0) && grep.context_shown && !grep.only && number - kept > printed + 1;
			if (apart) puts("--");
			for (size_t i = 0; i < kept && !grep.only; i++) {
				struct held *each = &before[(number - kept + i) % (size_t)grep.before];
				put_line(name, number - kept + i, each->offset, '-', each->text, each->length);
			}
			kept = 0;
			if (!grep.only) put_line(name, number, offset, ':', line, length);
			else if (!grep.invert) put_matches(name, number, offset, line, length);
			printed = number;
			grep.context_shown = true;
			after = grep.after;
			if (grep.most >= 0 && matches >= (unsigned long long)grep.most && after <= 0) break;
		} else if (lines && after > 0) {
			if (!grep.only) put_line(name, number, offset, '-', line, length);
			printed = number;
			after--;
		} else if (lines && grep.before > 0) {
			struct held *slot = &before[number % (size_t)grep.before];
			free(slot->text);
			*slot = (struct held){xstrndup(line, length), length, offset};
			if (kept < (size_t)grep.before) kept++;
		}
	}
	for (long i = 0; i < grep.before && before; i++) free(before[i].text);
	free(before);
	if (grep.count) {
		if (grep.names) printf("%s%c", name, grep.null_name ? '\0' : ':');
		printf("%llu\n", matches);
	}
	if ((grep.list && matches) || (grep.list_without && !matches)) printf("%s%c", name, grep.null_name ? '\0' : '\n');
	/* What was read ahead behind -m's last match belongs to the next reader. */
	if (grep.most >= 0 && in->end > in->start) lseek(in->fd, -(off_t)(in->end - in->start), SEEK_CUR);
}

static bool listed(const struct names *globs, const char *name) {
	for (size_t i = 0; i < globs->count; i++)
		if (fnmatch(globs->list[i], name, 0) == 0) return true;
	return false;
}

static void search_failed(const char *path) {
	grep.failed = true;
	if (!grep.silent) warn_errno("%s", path);
}

static void search_file(const char *path) {
	struct stat st;
	const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	bool input = strcmp(path, "-") == 0;
	if (!input && (listed(&grep.exclude, base) || (grep.include.count && !listed(&grep.include, base)))) return;
	int fd = input ? STDIN_FILENO : reach_open(path, O_RDONLY | O_CLOEXEC, 0);
	struct reader in;
	if (fd < 0 || (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))) {
		if (fd >= 0) {
			close(fd);
			errno = EISDIR;
		}
		search_failed(path);
		return;
	}
	reader_start(&in, fd, path);
	search(&in, input ? "(standard input)" : path);
	grep.failed |= reader_close(&in);
}

static bool meet(struct visit *visit, void *context) {
	const bool *operand = context; /* the first path was named, not met on the way */
	bool argument = *operand && visit->depth == 0;
	const char *path = visit->path, *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	if ((argument || grep.dereference ? reach_stat : reach_lstat)(path, &visit->st) == 0) {
		if (S_ISDIR(visit->st.st_mode)) return argument || !listed(&grep.exclude_directories, base);
		if (!argument && !S_ISREG(visit->st.st_mode)) return false;
	}
	search_file(path);
	return false;
}

static void leave(struct visit *visit, void *context) {
	(void)context;
	errno = visit->error;
	if (errno) search_failed(visit->path);
}

static void search_path(const char *path, bool argument) {
	if (grep.recursive && strcmp(path, "-") != 0) walk_tree(path, &(struct walk){.meet = meet, .leave = leave, .context = &argument}, NULL);
	else search_file(path);
}

/* Each line of a pattern list is one pattern. */
static void add_patterns(struct names *list, const char *text, size_t length) {
	for (const char *at = text, *end = text + length;;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		names_add(list, xstrndup(at, (size_t)((stop ? stop : end) - at)));
		if (!stop || stop + 1 > end) break;
		at = stop + 1;
	}
}

static void set_option(int letter, const char *argument, struct names *patterns) {
	size_t length;
	char *text;
	switch (letter) {
	case 'E': grep.extended = true; grep.fixed = false; break;
	case 'F': grep.fixed = true; break;
	case 'G': grep.extended = grep.fixed = false; break;
	case 'i': case 'y': grep.fold = true; break;
	case 'v': grep.invert = true; break;
	case 'c': grep.count = true; break;
	case 'n': grep.number = true; break;
	case 'l': grep.list = true; break;
	case 'L': grep.list_without = true; break;
	case 'o': grep.only = true; break;
	case 'q': grep.quiet = true; break;
	case 's': grep.silent = true; break;
	case 'R': grep.dereference = true; /* fall through */
	case 'r': grep.recursive = true; break;
	case 'w': grep.word = true; break;
	case 'x': grep.line = true; break;
	case 'h': grep.no_names = true; grep.names = false; break;
	case 'H': grep.names = true; grep.no_names = false; break;
	case 'b': grep.offset = true; break;
	case 'a': grep.text = true; break;
	case 'z': grep.delimiter = '\0'; break;
	case 'Z': grep.null_name = true; break;
	case 'A': grep.after = (long)need_number(argument); break;
	case 'B': grep.before = (long)need_number(argument); break;
	case 'C': grep.after = grep.before = (long)need_number(argument); break;
	case 'm': grep.most = (long)need_number(argument); break;
	case 'e': add_patterns(patterns, argument, strlen(argument)); break;
	case 'f': {
		int fd = open_input(argument);
		text = fd < 0 ? NULL : read_fd(fd, &length);
		if (!text) exit(2);
		if (length && text[length - 1] == '\n') length--;
		else if (length == 0) break; /* no line, no pattern */
		add_patterns(patterns, text, length);
		break;
	}
	case '\2': names_add(&grep.include, xstrdup(argument)); break;
	case '\3': names_add(&grep.exclude, xstrdup(argument)); break;
	case '\4': names_add(&grep.exclude_directories, xstrdup(argument)); break;
	default: break; /* --color: never, whatever is asked; --line-buffered */
	}
}

int grep_main(int argc, char **argv) {
	static const struct long_option names[] = {{"extended-regexp", 'E'}, {"fixed-strings", 'F'}, {"basic-regexp", 'G'}, {"ignore-case",
		'i'}, {"invert-match", 'v'},
		{"count", 'c'}, {"line-number", 'n'}, {"files-with-matches", 'l'}, {"files-without-match", 'L'}, {"only-matching", 'o'}, {"quiet",
			'q'}, {"silent", 'q'},
		{"no-messages", 's'}, {"recursive", 'r'}, {"dereference-recursive", 'R'}, {"word-regexp", 'w'}, {"line-regexp", 'x'},
			{"no-filename", 'h'},
		{"with-filename", 'H'}, {"byte-offset", 'b'}, {"text", 'a'}, {"null-data", 'z'}, {"null", 'Z'}, {"after-context", 'A'},
			{"before-context", 'B'},
		{"context", 'C'}, {"max-count", 'm'}, {"regexp", 'e'}, {"file", 'f'}, {"color", '\1'}, {"colour", '\1'}, {"line-buffered", '\5'},
			{"include", '\2'},
		{"exclude", '\3'}, {"exclude-dir", '\4'}, {NULL, 0}};
	struct options parsed;
	struct names patterns = {0};
	bool given = false;
	usage_status = 2;
	grep.most = -1;
	grep.delimiter = '\n';
	grep.extended = strcmp(tool_name, "egrep") == 0;
	grep.fixed = strcmp(tool_name, "fgrep") == 0;
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) /* -5 is -C 5 */
		if (argv[i][0] == '-' && argv[i][1] && argv[i][1 + strspn(argv[i] + 1, "0123456789")] == '\0') argv[i] = format_text("-C%s",
			argv[i] + 1);
	options_start(&parsed, argc, argv, "EFGiyvcnlLoqsrRwxhHbazZA:B:C:m:e:f:\1::\2:\3:\4:\5", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		given |= letter == 'e' || letter == 'f';
		set_option(letter, parsed.argument, &patterns);
	}
	char **files = parsed.argv;
	if (!given) {
		if (parsed.argc == 0) usage_error("no pattern given");
		add_patterns(&patterns, *files, strlen(*files));
		files++;
		parsed.argc--;
	}
	grep.patterns = xcalloc(patterns.count, sizeof *grep.patterns);
	for (size_t i = 0; i < patterns.count; i++) pattern_compile(&grep.patterns[i], patterns.list[i], grep.extended, grep.fold, grep.fixed,
		2);
	grep.pattern_count = patterns.count;
	if ((parsed.argc > 1 || grep.recursive) && !grep.no_names) grep.names = true;
	if (parsed.argc == 0 && !grep.recursive) search_path("-", true);
	else if (parsed.argc == 0) {
		struct names inside;
		if (!list_directory(".", &inside)) die_errno(2, ".");
		for (size_t i = 0; i < inside.count; i++) search_path(inside.list[i], false);
	}
	for (; *files; files++) search_path(*files, true);
	if (grep.quiet && grep.matched) return 0;
	return grep.failed ? 2 : !grep.matched;
}
