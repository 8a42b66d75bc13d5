/* shuf, tsort. */
#include "box.h"
#include <ctype.h>

/* A number below `limit`, each as likely. */
static unsigned long long below(unsigned long long limit) {
	unsigned long long value, rest = UINT64_MAX % limit;
	do {
		if (getentropy(&value, sizeof value) != 0) die_errno(1, "getentropy");
	} while (value > UINT64_MAX - rest - 1 && rest != limit - 1);
	return value % limit;
}

static void range(const char *text, struct names *out) {
	char *end;
	unsigned long long low = strtoull(text, &end, 10), high;
	if (!isdigit((unsigned char)*text) || *end != '-' || !parse_number(end + 1, &high) || low > high + 1) die(1,
		"invalid input range: '%s'", text);
	for (unsigned long long i = low; i <= high; i++) names_add(out, format_text("%llu", i));
}

int shuf_main(int argc, char **argv) {
	static const struct long_option names[] = {{"echo", 'e'}, {"input-range", 'i'}, {"head-count", 'n'}, {"output", 'o'}, {"repeat", 'r'},
		{"zero-terminated", 'z'}, {NULL, 0}};
	struct options parsed;
	struct names lines = {0};
	bool echo = false, repeat = false, ranged = false, limited = false;
	unsigned long long most = UINT64_MAX;
	int end = '\n', status = 0;
	options_start(&parsed, argc, argv, "ei:n:o:rz", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'e': echo = true; break;
		case 'i': ranged = true; range(parsed.argument, &lines); break;
		case 'n': limited = true; most = need_number(parsed.argument); break;
		case 'o': if (!freopen(parsed.argument, "w", stdout)) die_errno(1, "%s", parsed.argument); break;
		case 'r': repeat = true; break;
		default: end = '\0';
		}
	if (echo && ranged) usage_error("cannot combine -e and -i options");
	if (!echo && parsed.argc > (ranged ? 0 : 1)) usage_error("extra operand '%s'", parsed.argv[ranged ? 0 : 1]);
	if (echo) for (int i = 0; i < parsed.argc; i++) names_add(&lines, parsed.argv[i]);
	else if (!ranged) {
		struct reader in;
		size_t length;
		if (!reader_open(&in, parsed.argc ? parsed.argv[0] : "-")) return 1;
		for (char *line; (line = reader_line(&in, end, &length, NULL));) names_add(&lines, xstrndup(line, length));
		status = reader_close(&in);
	}
	if (repeat && most && lines.count == 0) die(1, "no lines to repeat");
	if (!repeat && (!limited || most > lines.count)) most = lines.count;
	for (unsigned long long i = 0; i < most; i++) {
		size_t pick = (size_t)(repeat ? below(lines.count) : i + below(lines.count - i));
		char *line = lines.list[pick];
		if (!repeat) {
			lines.list[pick] = lines.list[i];
			lines.list[i] = line;
		}
		fputs(line, stdout);
		putchar(end);
		check_output();
	}
	return status;
}

struct item {
	char *name;
	size_t before; /* how many must come first */
	struct after {
		size_t item;
		struct after *next;
	} *after; /* the last one said comes first, as GNU has it */
	bool done;
};
static struct {
	struct item *list;
	size_t count, capacity, *sorted;
} items;

static size_t item_named(const char *name) {
	size_t low = 0, high = items.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(items.list[items.sorted[middle]].name, name);
		if (order == 0) return items.sorted[middle];
		if (order < 0) low = middle + 1;
		else high = middle;
	}
	size_t had = items.capacity;
	items.list = grow(items.list, items.count, &items.capacity, sizeof *items.list);
	if (items.capacity != had) items.sorted = xrealloc(items.sorted, items.capacity * sizeof *items.sorted);
	items.list[items.count] = (struct item){.name = xstrdup(name)};
	memmove(items.sorted + low + 1, items.sorted + low, (items.count - low) * sizeof *items.sorted);
	items.sorted[low] = items.count;
	return items.count++;
}

static void relate(size_t first, size_t second) {
	if (first == second) return;
	struct after *after = xmalloc(sizeof *after);
	*after = (struct after){second, items.list[first].after};
	items.list[first].after = after;
	items.list[second].before++;
}

/* Says a loop of what is left, and cuts it open. */
static void break_loop(const char *file) {
	size_t *why = xmalloc(items.count * sizeof *why), *seen = xcalloc(items.count, sizeof *seen), at = SIZE_MAX;
	for (size_t i = 0; i < items.count; i++) { /* for each that is left, one that must come first */
		if (items.list[i].done) continue;
		at = i;
		for (struct after *after = items.list[i].after; after; after = after->next) why[after->item] = i;
	}
	while (!seen[at]) {
		seen[at] = 1;
		at = why[at];
	}
	warn("%s: input contains a loop:", file);
	size_t start = at;
	do {
		warn("%s", items.list[at].name);
		if (why[at] == start) break;
		at = why[at];
	} while (at != start);
	for (struct after **link = &items.list[start].after; *link; link = &(*link)->next)
		if ((*link)->item == at) {
			*link = (*link)->next;
			items.list[at].before--;
			break;
		}
	free(why);
	free(seen);
}

int tsort_main(int argc, char **argv) {
	struct options parsed;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	if (parsed.argc > 1) usage_error("extra operand '%s'", parsed.argv[1]);
	const char *file = parsed.argc ? parsed.argv[0] : "-";
	int fd = open_input(file), status = 0;
	if (fd < 0) return 1;
	char *text = read_fd(fd, NULL);
	if (!text) die_errno(1, "%s", file);
	bool odd = false;
	size_t first = 0;
	for (char *word = strtok(text, " \t\n"); word; word = strtok(NULL, " \t\n"), odd = !odd) {
		size_t item = item_named(word);
		if (odd) relate(first, item);
		else first = item;
	}
	if (odd) die(1, "%s: input contains an odd number of tokens", file);
	size_t *queue = xmalloc((items.count + 1) * sizeof *queue), head = 0, tail = 0, left = items.count;
	while (left) {
		for (size_t i = 0; i < items.count; i++) {
			struct item *item = &items.list[items.sorted[i]];
			if (item->before || item->done) continue;
			item->done = true;
			queue[tail++] = items.sorted[i];
		}
		if (head == tail) {
			break_loop(file);
			status = 1;
		}
		for (; head < tail; head++, left--) {
			puts(items.list[queue[head]].name);
			for (struct after *after = items.list[queue[head]].after; after; after = after->next) {
				struct item *item = &items.list[after->item];
				if (--item->before > 0) continue;
				item->done = true;
				queue[tail++] = after->item;
			}
		}
	}
	return status;
}
