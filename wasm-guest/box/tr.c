/* tr: bytes. */
#include "box.h"
#include <ctype.h>

struct set {
	short *list; /* bytes in order; one FILL stands for "as many as needed" ([x*]) */
	size_t count, capacity;
	size_t fill_at;
	int fill;
};
enum { NO_FILL = -1 };

static void add(struct set *set, int c) {
	set->list = grow(set->list, set->count, &set->capacity, sizeof *set->list);
	set->list[set->count++] = (short)c;
}

static int take(const char **at) {
	int c = (unsigned char)*(*at)++;
	if (c != '\\' || !**at) return c;
	static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
	const char *place = strchr(letters, **at);
	if (**at >= '0' && **at <= '7') {
		int value = 0;
		for (int digits = 0; digits < 3 && **at >= '0' && **at <= '7' && value * 8 + **at - '0' < 256;
			digits++) value = value * 8 + *(*at)++ - '0';
		return value;
	}
	c = place ? values[place - letters] : (unsigned char)**at;
	(*at)++;
	return c;
}

static const struct {
	const char *name;
	int (*member)(int);
} classes[] = {{"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit}, {"graph", isgraph},
	{"lower", islower},
	{"print", isprint}, {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit}};

/* [:class:], [=c=] or [c*n] at *at (on the bracket). */
static bool bracket(struct set *set, const char **at) {
	const char *text = *at + 1;
	if (*text == ':') {
		const char *end = strstr(text + 1, ":]");
		if (!end) return false;
		size_t length = (size_t)(end - text - 1);
		for (size_t i = 0; i < LENGTH(classes); i++)
			if (strlen(classes[i].name) == length && memcmp(classes[i].name, text + 1, length) == 0) {
				for (int c = 0; c < 256; c++)
					if (c < 128 && classes[i].member(c)) add(set, c);
				*at = end + 2;
				return true;
			}
		die(1, "invalid character class '%.*s'", (int)length, text + 1);
	}
	if (*text == '=' && text[1] && text[2] == '=' && text[3] == ']') {
		add(set, (unsigned char)text[1]);
		*at = text + 4;
		return true;
	}
	if (!*text) return false;
	int c = take(&text);
	if (*text != '*') return false;
	char *end;
	unsigned long count = strtoul(text + 1, &end, text[1] == '0' ? 8 : 10);
	if (*end != ']') return false;
	if (count == 0) {
		set->fill = c;
		set->fill_at = set->count;
	}
	while (count-- > 0) add(set, c);
	*at = end + 1;
	return true;
}

static void parse_set(struct set *set, const char *text) {
	*set = (struct set){.fill = NO_FILL};
	while (*text) {
		if (*text == '[' && bracket(set, &text)) continue;
		int from = take(&text);
		if (*text == '-' && text[1]) {
			text++;
			int to = take(&text);
			if (to < from) die(1, "range-endpoints of '%c-%c' are in reverse collating sequence order", from, to);
			for (int c = from; c <= to; c++) add(set, c);
		} else add(set, from);
	}
}

static void complement(struct set *set) {
	bool member[256] = {false};
	for (size_t i = 0; i < set->count; i++) member[set->list[i]] = true;
	set->count = 0;
	for (int c = 0; c < 256; c++)
		if (!member[c]) add(set, c);
}

int tr_main(int argc, char **argv) {
	static const struct long_option names[] = {{"delete", 'd'}, {"squeeze-repeats", 's'}, {"complement", 'c'}, {"truncate-set1", 't'},
		{NULL, 0}};
	struct options parsed;
	bool delete = false, squeeze = false, inverse = false, truncate = false;
	options_start(&parsed, argc, argv, "+dscCt", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'd': delete = true; break;
		case 's': squeeze = true; break;
		case 't': truncate = true; break;
		default: inverse = true;
		}
	int wanted = delete == squeeze ? 2 : 1;
	if (parsed.argc < wanted) usage_error("missing operand");
	if (parsed.argc > 2 || (delete && !squeeze && parsed.argc > 1)) usage_error("extra operand '%s'", parsed.argv[parsed.argc - 1]);
	struct set first, second = {0};
	parse_set(&first, parsed.argv[0]);
	if (inverse) complement(&first);
	bool translate = parsed.argc == 2 && !delete;
	if (parsed.argc == 2) {
		parse_set(&second, parsed.argv[1]);
		if (second.fill != NO_FILL && second.count < first.count) { /* [x*]: pad in the middle */
			size_t tail = second.count - second.fill_at, missing = first.count - second.count;
			for (size_t i = 0; i < missing; i++) add(&second, 0);
			memmove(second.list + second.fill_at + missing, second.list + second.fill_at, tail * sizeof *second.list);
			for (size_t i = 0; i < missing; i++) second.list[second.fill_at + i] = (short)second.fill;
		}
		if (translate && second.count == 0 && first.count && !truncate) die(1, "when not truncating set1, string2 must be non-empty");
	}
	unsigned char map[256];
	bool removed[256] = {false}, squeezed[256] = {false};
	for (int c = 0; c < 256; c++) map[c] = (unsigned char)c;
	if (translate)
		for (size_t i = 0; i < first.count; i++) {
			if (i >= second.count && truncate) break;
			map[first.list[i]] = (unsigned char)second.list[i < second.count ? i : second.count - 1];
		}
	if (delete)
		for (size_t i = 0; i < first.count; i++) removed[first.list[i]] = true;
	if (squeeze) {
		const struct set *last = parsed.argc == 2 ? &second : &first;
		for (size_t i = 0; i < last->count; i++) squeezed[last->list[i]] = true;
	}
	unsigned char *block = xmalloc(BLOCK);
	int previous = -1;
	ssize_t got;
	while ((got = read_some(STDIN_FILENO, block, BLOCK)) > 0) {
		size_t kept = 0;
		for (ssize_t i = 0; i < got; i++) {
			if (removed[block[i]]) continue;
			int c = map[block[i]];
			if (squeezed[c] && c == previous) continue;
			block[kept++] = (unsigned char)(previous = c);
		}
		if (!write_all(STDOUT_FILENO, block, kept)) return warn_errno("write error");
	}
	return got < 0 ? warn_errno("read error") : 0;
}
