/* sort: a stable merge sort of lines in memory. */
#include "box.h"
#include <ctype.h>
#include <strings.h>

struct key {
	unsigned start_field, start_char, end_field, end_char; /* 1-based; end_field 0: end of line; end_char 0: end of field */
	bool start_blanks, end_blanks, own_flags, reverse, fold, dictionary, printable;
	char kind; /* '\0' bytes, n number, g floating, h human, V version, M month */
};
struct line {
	char *text;
	size_t length;
};
static struct {
	struct key *keys;
	size_t key_count, key_capacity;
	struct key global;
	int separator, delimiter;
	bool unique, stable;
} sort;

static void set_flag(struct key *key, char letter, bool end) {
	switch (letter) {
	case 'b': *(end ? &key->end_blanks : &key->start_blanks) = true; break;
	case 'd': key->dictionary = true; break;
	case 'f': key->fold = true; break;
	case 'i': key->printable = true; break;
	case 'r': key->reverse = true; break;
	default: key->kind = letter;
	}
	if (letter != 'b') key->own_flags = true;
}

static void add_key(const char *text) {
	struct key key = {.start_char = 1};
	char *end;
	key.start_field = (unsigned)strtoul(text, &end, 10);
	if (end == text || key.start_field == 0) die(2, "invalid key '%s'", text);
	if (*end == '.') key.start_char = (unsigned)strtoul(end + 1, &end, 10);
	bool blanks = false;
	for (; *end && strchr("bdfirngVhM", *end); end++) {
		blanks |= *end == 'b';
		set_flag(&key, *end, false);
	}
	if (*end == ',') {
		key.end_field = (unsigned)strtoul(end + 1, &end, 10);
		if (key.end_field == 0) die(2, "invalid key '%s'", text);
		if (*end == '.') key.end_char = (unsigned)strtoul(end + 1, &end, 10);
		for (; *end && strchr("bdfirngVhM", *end); end++) {
			blanks |= *end == 'b';
			set_flag(&key, *end, true);
		}
	}
	if (*end || key.start_char == 0) die(2, "invalid key '%s'", text);
	key.own_flags |= blanks;
	sort.keys = grow(sort.keys, sort.key_count, &sort.key_capacity, sizeof key);
	sort.keys[sort.key_count++] = key;
}

static const char *skip_blanks(const char *at, const char *end) {
	while (at < end && (*at == ' ' || *at == '\t')) at++;
	return at;
}

/* The start of field `number` (1-based); `end` when there are fewer. With no separator a field owns the blanks before it. */
static const char *field_start(const char *at, const char *end, unsigned number) {
	while (--number > 0 && at < end) {
		if (sort.separator >= 0) {
			const char *found = memchr(at, sort.separator, (size_t)(end - at));
			at = found ? found + 1 : end;
			if (!found) break;
		} else {
			at = skip_blanks(at, end);
			while (at < end && *at != ' ' && *at != '\t') at++;
		}
	}
	return at;
}

static const char *field_end(const char *at, const char *end) {
	if (sort.separator >= 0) {
		const char *found = memchr(at, sort.separator, (size_t)(end - at));
		return found ? found : end;
	}
	at = skip_blanks(at, end);
	while (at < end && *at != ' ' && *at != '\t') at++;
	return at;
}

static void key_of(const struct line *line, const struct key *key, const char **from, const char **to) {
	const char *end = line->text + line->length;
	const char *start = field_start(line->text, end, key->start_field);
	const struct key *flags = key->own_flags ? key : &sort.global;
	if (flags->start_blanks || key->start_blanks) start = skip_blanks(start, end);
	start = (size_t)(end - start) < key->start_char - 1 ? end : start + key->start_char - 1;
	const char *stop = end;
	if (key->end_field) {
		const char *field = field_start(line->text, end, key->end_field);
		if (key->end_char == 0) stop = field_end(field, end);
		else {
			if (key->end_blanks) field = skip_blanks(field, end);
			stop = (size_t)(end - field) < key->end_char ? end : field + key->end_char;
		}
	}
	*from = start;
	*to = stop < start ? start : stop;
}

/* Decimal numbers of any length compared without conversion. */
static int compare_numbers(const char *a, const char *a_end, const char *b, const char *b_end) {
	a = skip_blanks(a, a_end);
	b = skip_blanks(b, b_end);
	bool a_negative = a < a_end && *a == '-', b_negative = b < b_end && *b == '-';
	a += a_negative;
	b += b_negative;
	while (a < a_end && *a == '0') a++;
	while (b < b_end && *b == '0') b++;
	const char *a_point = a, *b_point = b;
	while (a_point < a_end && isdigit((unsigned char)*a_point)) a_point++;
	while (b_point < b_end && isdigit((unsigned char)*b_point)) b_point++;
	int order = (a_point - a > b_point - b) - (a_point - a < b_point - b);
	if (!order && a_point > a) order = memcmp(a, b, (size_t)(a_point - a));
	bool a_zero = a_point == a, b_zero = b_point == b;
	const char *x = a_point < a_end && *a_point == '.' ? a_point + 1 : a_end, *y = b_point < b_end && *b_point == '.' ? b_point + 1 : b_end;
	for (;;) {
		int p = x < a_end && isdigit((unsigned char)*x) ? *x++ - '0' : -1, q = y < b_end && isdigit((unsigned char)*y) ? *y++ - '0' : -1;
		if (p < 0 && q < 0) break;
		if (p > 0) a_zero = false;
		if (q > 0) b_zero = false;
		if (!order) order = (p < 0 ? 0 : p) - (q < 0 ? 0 : q);
	}
	if (a_zero) a_negative = false;
	if (b_zero) b_negative = false;
	if (a_negative != b_negative) return a_negative ? -1 : 1;
	return a_negative ? -order : order;
}

static int unit_of(const char *at, const char *end) {
	at = skip_blanks(at, end);
	bool zero = true;
	if (at < end && *at == '-') at++;
	while (at < end && (isdigit((unsigned char)*at) || *at == '.')) zero &= *at == '0' || *at == '.', at++;
	static const char units[] = "KMGTPE";
	const char *place = at < end && *at ? strchr(units, *at == 'k' ? 'K' : *at) : NULL;
	return place && !zero ? (int)(place - units) + 1 : 0;
}

static int month_of(const char *at, const char *end) {
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	at = skip_blanks(at, end);
	for (int i = 0; end - at >= 3 && i < 12; i++)
		if (strncasecmp(at, months + 3 * i, 3) == 0) return i + 1;
	return 0;
}

static int compare_bytes(const char *a, const char *a_end, const char *b, const char *b_end, const struct key *key) {
	if (!key->fold && !key->dictionary && !key->printable) {
		size_t x = (size_t)(a_end - a), y = (size_t)(b_end - b);
		int order = memcmp(a, b, x < y ? x : y);
		return order ? order : (x > y) - (x < y);
	}
	for (;;) {
#define SKIP(at, end) \
	while (at < end && ((key->dictionary && !isalnum((unsigned char)*at) && *at != ' ' && *at != '\t') || (key->printable && !isprint((unsigned char)*at)))) at++
		SKIP(a, a_end);
		SKIP(b, b_end);
#undef SKIP
		if (a >= a_end || b >= b_end) return (a < a_end) - (b < b_end);
		int x = (unsigned char)*a++, y = (unsigned char)*b++;
		if (key->fold) {
			x = toupper(x);
			y = toupper(y);
		}
		if (x != y) return x - y;
	}
}

static double floating(const char *at, const char *end) {
	char text[64];
	size_t length = (size_t)(end - at) < sizeof text - 1 ? (size_t)(end - at) : sizeof text - 1;
	memcpy(text, at, length);
	text[length] = '\0';
	char *stop;
	double value = strtod(text, &stop);
	return stop == text ? -__builtin_inf() : value;
}

static int compare_ranges(const char *a, const char *a_end, const char *b, const char *b_end, const struct key *key) {
	switch (key->kind) {
	case 'n': return compare_numbers(a, a_end, b, b_end);
	case 'g': {
		double x = floating(a, a_end), y = floating(b, b_end);
		return (x > y) - (x < y);
	}
	case 'h': {
		const char *start = skip_blanks(a, a_end);
		bool negative = start < a_end && *start == '-';
		int x = unit_of(a, a_end), y = unit_of(b, b_end);
		if (x != y && compare_numbers(a, a_end, "0", &"0"[1]) >= 0) return x - y;
		if (x != y && negative) return y - x;
		return compare_numbers(a, a_end, b, b_end);
	}
	case 'M': return month_of(a, a_end) - month_of(b, b_end);
	case 'V': {
		char *x = xstrndup(a, (size_t)(a_end - a)), *y = xstrndup(b, (size_t)(b_end - b));
		int order = strverscmp(x, y);
		free(x);
		free(y);
		return order;
	}
	default: return compare_bytes(a, a_end, b, b_end, key);
	}
}

static int compare_keys(const struct line *left, const struct line *right) {
	if (sort.key_count == 0) {
		const char *a = left->text, *a_end = a + left->length, *b = right->text, *b_end = b + right->length;
		if (sort.global.start_blanks) {
			a = skip_blanks(a, a_end);
			b = skip_blanks(b, b_end);
		}
		int order = compare_ranges(a, a_end, b, b_end, &sort.global);
		return sort.global.reverse ? -order : order;
	}
	for (size_t i = 0; i < sort.key_count; i++) {
		const struct key *key = &sort.keys[i], *flags = key->own_flags ? key : &sort.global;
		const char *a, *a_end, *b, *b_end;
		key_of(left, key, &a, &a_end);
		key_of(right, key, &b, &b_end);
		int order = compare_ranges(a, a_end, b, b_end, flags);
		if (order) return flags->reverse ? -order : order;
	}
	return 0;
}

static int compare_lines(const struct line *left, const struct line *right) {
	int order = compare_keys(left, right);
	if (order || sort.unique || sort.stable) return order;
	static const struct key plain = {0};
	order = compare_bytes(left->text, left->text + left->length, right->text, right->text + right->length, &plain);
	return sort.global.reverse ? -order : order;
}

static void merge_sort(struct line *list, struct line *spare, size_t count) {
	if (count < 2) return;
	size_t half = count / 2;
	merge_sort(list, spare, half);
	merge_sort(list + half, spare, count - half);
	if (compare_lines(&list[half - 1], &list[half]) <= 0) return;
	memcpy(spare, list, half * sizeof *list);
	for (size_t i = 0, left = 0, right = half; left < half; i++)
		list[i] = right < count && compare_lines(&spare[left], &list[right]) > 0 ? list[right++] : spare[left++];
}

/* The lines of `text`, pointing into it. */
static void add_lines(char *text, size_t length, struct line **list, size_t *count, size_t *capacity) {
	for (char *at = text, *end = text + length; at < end;) {
		char *stop = memchr(at, sort.delimiter, (size_t)(end - at));
		if (!stop) stop = end;
		*list = grow(*list, *count, capacity, sizeof **list);
		(*list)[(*count)++] = (struct line){at, (size_t)(stop - at)};
		at = stop + 1;
	}
}

static int check_order(const char *name, const struct line *list, size_t count, bool quiet) {
	for (size_t i = 1; i < count; i++) {
		int order = compare_lines(&list[i - 1], &list[i]);
		if (order < 0 || (order == 0 && !sort.unique)) continue;
		if (!quiet) warn("%s:%zu: disorder: %.*s", name, i + 1, (int)list[i].length, list[i].text);
		return 1;
	}
	return 0;
}

int sort_main(int argc, char **argv) {
	static const struct long_option names[] = {{"numeric-sort", 'n'}, {"reverse", 'r'}, {"unique", 'u'}, {"key", 'k'}, {"field-separator",
		't'}, {"ignore-case", 'f'},
		{"ignore-leading-blanks", 'b'}, {"stable", 's'}, {"check", 'c'}, {"output", 'o'}, {"human-numeric-sort", 'h'}, {"version-sort",
			'V'},
		{"dictionary-order", 'd'}, {"general-numeric-sort", 'g'}, {"month-sort", 'M'}, {"merge", 'm'}, {"zero-terminated", 'z'}, {NULL, 0}};
	struct options parsed;
	const char *output = NULL;
	char check = '\0';
	usage_status = 2;
	sort.separator = -1;
	sort.delimiter = '\n';
	options_start(&parsed, argc, argv, "nruk:t:fbscCo:hVdigMmzT:S:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'u': sort.unique = true; break;
		case 's': sort.stable = true; break;
		case 'z': sort.delimiter = '\0'; break;
		case 'k': add_key(parsed.argument); break;
		case 'c': case 'C': check = (char)letter; break;
		case 'o': output = parsed.argument; break;
		case 't':
			if (strcmp(parsed.argument, "\\0") == 0) sort.separator = '\0';
			else if (parsed.argument[0] == '\0' || parsed.argument[1]) usage_error("invalid field separator '%s'", parsed.argument);
			else sort.separator = (unsigned char)parsed.argument[0];
			break;
		case 'm': case 'T': case 'S': break; /* merging is sorting; everything is in memory */
		default: set_flag(&sort.global, (char)letter, false);
		}
	struct line *list = NULL;
	size_t count = 0, capacity = 0;
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		const char *name = parsed.argc ? parsed.argv[i] : "-";
		int fd = open_input(name);
		size_t length;
		char *text = fd < 0 ? NULL : read_fd(fd, &length);
		if (!text) return fd < 0 ? 2 : warn_errno("%s", name) + 1;
		close_input(fd);
		add_lines(text, length, &list, &count, &capacity);
	}
	if (check) return check_order(parsed.argc ? parsed.argv[0] : "-", list, count, check == 'C');
	struct line *spare = xmalloc((count / 2 + 1) * sizeof *spare);
	merge_sort(list, spare, count);
	if (output) {
		int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) die_errno(2, "%s", output);
		close(fd);
	}
	for (size_t i = 0; i < count; i++) {
		if (sort.unique && i > 0 && compare_keys(&list[i - 1], &list[i]) == 0) {
			list[i] = list[i - 1];
			continue;
		}
		fwrite(list[i].text, 1, list[i].length, stdout);
		putchar(sort.delimiter);
		check_output();
	}
	return 0;
}
