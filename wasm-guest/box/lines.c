/* uniq, comm, join: sorted lines. */
#include "box.h"
#include <ctype.h>
#include <strings.h>

static struct {
	size_t fields, chars, width;
	bool count, repeated, unique, fold;
} uniq;

static const char *compared(const char *line, size_t length, size_t *left) {
	const char *end = line + length;
	for (size_t i = 0; i < uniq.fields && line < end; i++) {
		while (line < end && isblank((unsigned char)*line)) line++;
		while (line < end && !isblank((unsigned char)*line)) line++;
	}
	line = (size_t)(end - line) < uniq.chars ? end : line + uniq.chars;
	*left = (size_t)(end - line) < uniq.width ? (size_t)(end - line) : uniq.width;
	return line;
}

static bool same(const char *a, size_t a_length, const char *b, size_t b_length) {
	size_t x, y;
	a = compared(a, a_length, &x);
	b = compared(b, b_length, &y);
	return x == y && (uniq.fold ? strncasecmp(a, b, x) == 0 : memcmp(a, b, x) == 0);
}

static void put_group(const struct buffer *line, unsigned long long times, char delimiter) {
	if ((uniq.repeated && times < 2) || (uniq.unique && times > 1)) return;
	if (uniq.count) printf("%7llu ", times);
	fwrite(line->data, 1, line->length, stdout);
	putchar(delimiter);
	check_output();
}

int uniq_main(int argc, char **argv) {
	static const struct long_option names[] = {{"count", 'c'}, {"repeated", 'd'}, {"unique", 'u'}, {"ignore-case", 'i'}, {"skip-fields",
		'f'}, {"skip-chars", 's'},
		{"check-chars", 'w'}, {"zero-terminated", 'z'}, {NULL, 0}};
	struct options parsed;
	char delimiter = '\n';
	uniq.width = SIZE_MAX;
	options_start(&parsed, argc, argv, "cduif:s:w:z", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'c': uniq.count = true; break;
		case 'd': uniq.repeated = true; break;
		case 'u': uniq.unique = true; break;
		case 'i': uniq.fold = true; break;
		case 'f': uniq.fields = (size_t)need_number(parsed.argument); break;
		case 's': uniq.chars = (size_t)need_number(parsed.argument); break;
		case 'w': uniq.width = (size_t)need_number(parsed.argument); break;
		default: delimiter = '\0';
		}
	struct reader in;
	if (parsed.argc > 2) usage_error("extra operand '%s'", parsed.argv[2]);
	if (!reader_open(&in, parsed.argc ? parsed.argv[0] : "-")) return 1;
	if (parsed.argc > 1 && strcmp(parsed.argv[1], "-") != 0) {
		int fd = open(parsed.argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) die_errno(1, "%s", parsed.argv[1]);
		close(fd);
	}
	struct buffer held = {0};
	unsigned long long times = 0;
	size_t length;
	for (char *line; (line = reader_line(&in, delimiter, &length, NULL));) {
		if (times && same(held.data, held.length, line, length)) {
			times++;
			continue;
		}
		if (times) put_group(&held, times, delimiter);
		held.length = 0;
		buffer_add(&held, line, length);
		times = 1;
	}
	if (times) put_group(&held, times, delimiter);
	return reader_close(&in);
}

static int compare(const char *a, size_t a_length, const char *b, size_t b_length, bool fold) {
	size_t shorter = a_length < b_length ? a_length : b_length;
	int order = fold ? strncasecmp(a, b, shorter) : memcmp(a, b, shorter);
	return order ? order : (a_length > b_length) - (a_length < b_length);
}

int comm_main(int argc, char **argv) {
	static const struct long_option names[] = {{"output-delimiter", '\1'}, {"nocheck-order", '\2'}, {NULL, 0}};
	struct options parsed;
	bool shown[4] = {false, true, true, true};
	const char *between = "\t";
	options_start(&parsed, argc, argv, "123\1:\2", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == '\1') between = parsed.argument;
		else if (letter != '\2') shown[letter - '0'] = false;
	}
	if (parsed.argc != 2) missing_operand();
	struct reader in[2];
	if (!reader_open(&in[0], parsed.argv[0]) || !reader_open(&in[1], parsed.argv[1])) return 1;
	size_t length[2];
	char *line[2];
	for (int i = 0; i < 2; i++) line[i] = reader_line(&in[i], '\n', &length[i], NULL);
	while (line[0] || line[1]) {
		int order = !line[0] ? 1 : !line[1] ? -1 : compare(line[0], length[0], line[1], length[1], false);
		int column = order < 0 ? 1 : order > 0 ? 2 : 3;
		const char *text = order > 0 ? line[1] : line[0];
		if (shown[column]) {
			for (int i = 1; i < column; i++)
				if (shown[i]) fputs(between, stdout);
			fwrite(text, 1, order > 0 ? length[1] : length[0], stdout);
			putchar('\n');
			check_output();
		}
		if (order <= 0) line[0] = reader_line(&in[0], '\n', &length[0], NULL);
		if (order >= 0) line[1] = reader_line(&in[1], '\n', &length[1], NULL);
	}
	return reader_close(&in[0]) | reader_close(&in[1]);
}

/* ---- join ---- */
struct row {
	char *text;
	struct range {
		size_t start, length;
	} *fields;
	size_t count, capacity;
};
static struct {
	int separator;
	size_t field[2];
	bool unpaired[2], only_unpaired, fold;
	const char *empty;
	struct { int file; size_t field; } *format;
	size_t format_count, format_capacity;
} join;

static bool read_row(struct reader *in, struct row *row) {
	size_t length, at = 0;
	char *line = reader_line(in, '\n', &length, NULL);
	*row = (struct row){0};
	if (!line) return false;
	row->text = xstrndup(line, length);
	for (;;) {
		if (join.separator < 0)
			while (at < length && isblank((unsigned char)line[at])) at++;
		if (join.separator < 0 && at >= length) break;
		size_t start = at;
		while (at < length && (join.separator < 0 ? !isblank((unsigned char)row->text[at])
			: (unsigned char)row->text[at] != join.separator)) at++;
		row->fields = grow(row->fields, row->count, &row->capacity, sizeof *row->fields);
		row->fields[row->count++] = (struct range){start, at - start};
		if (at >= length) break;
		at++;
	}
	return true;
}

static void free_row(struct row *row) {
	free(row->text);
	free(row->fields);
}

static const char *field_of(const struct row *row, size_t number, size_t *length) {
	if (!row || number > row->count) {
		*length = strlen(join.empty);
		return join.empty;
	}
	*length = row->fields[number - 1].length;
	return row->text + row->fields[number - 1].start;
}

static void put_field(const struct row *row, size_t number, bool *first) {
	size_t length;
	const char *text = field_of(row, number, &length);
	if (length == 0) {
		text = join.empty;
		length = strlen(text);
	}
	if (!*first) putchar(join.separator < 0 ? ' ' : join.separator);
	*first = false;
	fwrite(text, 1, length, stdout);
}

static void put_joined(const struct row *a, const struct row *b) {
	bool first = true;
	const struct row *rows[2] = {a, b};
	int keyed = a ? 0 : 1;
	if (join.format_count)
		for (size_t i = 0; i < join.format_count; i++) {
			int file = join.format[i].file;
			if (file == 0) put_field(rows[keyed], join.field[keyed], &first);
			else put_field(rows[file - 1], join.format[i].field, &first);
		}
	else {
		put_field(rows[keyed], join.field[keyed], &first);
		for (int file = 0; file < 2; file++)
			for (size_t i = 1; rows[file] && i <= rows[file]->count; i++)
				if (i != join.field[file]) put_field(rows[file], i, &first);
	}
	putchar('\n');
	check_output();
}

static int compare_rows(const struct row *a, const struct row *b) {
	size_t x, y;
	const char *left = field_of(a, join.field[0], &x), *right = field_of(b, join.field[1], &y);
	return compare(left, x, right, y, join.fold);
}

static void parse_format(char *text) {
	for (char *each = strtok(text, ", "); each; each = strtok(NULL, ", ")) {
		join.format = grow(join.format, join.format_count, &join.format_capacity, sizeof *join.format);
		int file = *each - '0';
		if (file < 0 || file > 2 || (file && each[1] != '.')) die(1, "invalid field specifier: '%s'", each);
		join.format[join.format_count].file = file;
		join.format[join.format_count++].field = file ? (size_t)need_number(each + 2) : 0;
	}
}

int join_main(int argc, char **argv) {
	struct options parsed;
	join.separator = -1;
	join.field[0] = join.field[1] = 1;
	join.empty = "";
	options_start(&parsed, argc, argv, "t:1:2:j:a:v:e:o:i", NULL);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 't': join.separator = (unsigned char)parsed.argument[0]; break;
		case '1': case '2': join.field[letter - '1'] = (size_t)need_number(parsed.argument); break;
		case 'j': join.field[0] = join.field[1] = (size_t)need_number(parsed.argument); break;
		case 'a': case 'v':
			if (strcmp(parsed.argument, "1") != 0 && strcmp(parsed.argument, "2") != 0) usage_error("invalid file number '%s'",
				parsed.argument);
			join.unpaired[parsed.argument[0] - '1'] = true;
			join.only_unpaired |= letter == 'v';
			break;
		case 'e': join.empty = parsed.argument; break;
		case 'o': parse_format(parsed.argument); break;
		default: join.fold = true;
		}
	if (parsed.argc != 2 || !join.field[0] || !join.field[1]) missing_operand();
	struct reader in[2];
	if (!reader_open(&in[0], parsed.argv[0]) || !reader_open(&in[1], parsed.argv[1])) return 1;
	struct row a, *group = NULL, next;
	size_t count = 0, capacity = 0;
	bool have = read_row(&in[0], &a), more = read_row(&in[1], &next), used = true;
	/* group: the lines of file 2 with one key, each joined with every line of file 1 that has it. */
	while (have || more || count) {
		if (count && have && compare_rows(&a, &group[0]) == 0) {
			for (size_t i = 0; i < count && !join.only_unpaired; i++) put_joined(&a, &group[i]);
			used = true;
			free_row(&a);
			have = read_row(&in[0], &a);
			continue;
		}
		if (count == 0 || !have || compare_rows(&a, &group[0]) > 0) {
			for (size_t i = 0; i < count; i++) {
				if (!used && join.unpaired[1]) put_joined(NULL, &group[i]);
				free_row(&group[i]);
			}
			count = 0;
			used = false;
			while (more) {
				size_t x = 0, y = 0;
				const char *left = count ? field_of(&group[0], join.field[1], &x) : NULL, *right = field_of(&next, join.field[1], &y);
				if (count && compare(left, x, right, y, join.fold) != 0) break;
				group = grow(group, count, &capacity, sizeof *group);
				group[count++] = next;
				more = read_row(&in[1], &next);
			}
			if (count || !have) continue;
		}
		if (join.unpaired[0]) put_joined(&a, NULL);
		free_row(&a);
		have = read_row(&in[0], &a);
	}
	return reader_close(&in[0]) | reader_close(&in[1]);
}
