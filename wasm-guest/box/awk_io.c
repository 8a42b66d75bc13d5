/* awk: records, fields, files and commands. */
#include "awk.h"
#include <sys/wait.h>

static struct {
	struct text *text; /* $0; NULL: to be joined from the fields */
	struct value whole;
	struct value *fields; /* [0] is not used */
	size_t count, capacity;
	bool split;
} record;

static struct {
	struct reader reader;
	bool open, standard_done;
	double next; /* of ARGV */
	bool any; /* a file operand was seen */
} input;

static struct stream {
	struct stream *next;
	char *name;
	FILE *file; /* output, or a command either way */
	struct reader *reader; /* getline */
	bool command;
} *streams;

static struct value *special(enum special which) {
	return &awk.globals[which].value;
}

static void set_number(enum special which, double number) {
	value_free(special(which));
	*special(which) = value_number(number);
}

void awk_set_record(struct text *text) {
	text_release(record.text);
	record.text = text;
	record.split = false;
}

static void keep_field(size_t number, const char *bytes, size_t length, void *context) {
	(void)context;
	while (record.capacity <= number + 1) {
		size_t old = record.capacity;
		record.fields = grow(record.fields, record.capacity, &record.capacity, sizeof *record.fields);
		memset(record.fields + old, 0, (record.capacity - old) * sizeof *record.fields);
	}
	value_free(&record.fields[number]);
	record.fields[number] = value_text(bytes, length, INPUT);
}

/* Calls `each` for the parts of the text; how many there are. */
size_t awk_split(const struct text *text, const struct text *separator, bool regex_node, regex_t *regex, void (*each)(size_t,
	const char *, size_t, void *), void *context) {
	const char *at = text->bytes, *end = at + text->length;
	size_t count = 0;
	bool paragraph = special(V_RS)->kind != UNSET && special(V_RS)->text && special(V_RS)->text->length == 0;
	if (text->length == 0) return 0;
	if (!regex_node && separator->length == 1 && separator->bytes[0] == ' ') {
		for (;;) {
			while (at < end && (*at == ' ' || *at == '\t' || *at == '\n')) at++;
			if (at == end) return count;
			const char *start = at;
			while (at < end && *at != ' ' && *at != '\t' && *at != '\n') at++;
			each(++count, start, (size_t)(at - start), context);
		}
	}
	if (!regex_node && separator->length == 0) { /* each character is a part */
		for (; at < end; at++) each(++count, at, 1, context);
		return count;
	}
	bool plain = !regex_node && separator->length == 1 && separator->bytes[0] != '\\';
	if (!plain && !regex) regex = awk_compile(separator);
	for (const char *start = at;;) {
		const char *found = NULL, *after = NULL;
		if (plain) {
			for (found = start; found < end && *found != separator->bytes[0] && !(paragraph && *found == '\n'); found++) continue;
			if (found == end) found = NULL;
			else after = found + 1;
		} else {
			regmatch_t match;
			size_t from = (size_t)(start - text->bytes);
			while (from <= text->length && regexec(regex, text->bytes + from, 1, &match, from ? REG_NOTBOL : 0) == 0) {
				if (match.rm_eo > match.rm_so) {
					found = text->bytes + from + match.rm_so;
					after = text->bytes + from + match.rm_eo;
					break;
				}
				from += (size_t)match.rm_eo + 1;
			}
		}
		if (!found) {
			each(++count, start, (size_t)(end - start), context);
			return count;
		}
		each(++count, start, (size_t)(found - start), context);
		start = after;
	}
}

static void split_record(void) {
	if (record.split) return;
	struct text *separator = to_text(special(V_FS), false);
	struct text *text = record.text ? record.text : (record.text = text_new("", 0));
	record.count = awk_split(text, separator, false, NULL, keep_field, NULL);
	record.split = true;
	text_release(separator);
	set_number(V_NF, (double)record.count);
}

size_t awk_field_count(void) {
	split_record();
	return record.count;
}

struct text *awk_record(void) {
	if (record.text) return record.text;
	struct buffer all = {0};
	struct text *between = to_text(special(V_OFS), false);
	buffer_add(&all, "", 0);
	for (size_t i = 1; i <= record.count; i++) {
		struct text *field = to_text(&record.fields[i], false);
		if (i > 1) buffer_add(&all, between->bytes, between->length);
		buffer_add(&all, field->bytes, field->length);
		text_release(field);
	}
	text_release(between);
	record.text = text_new(all.data, all.length);
	free(all.data);
	return record.text;
}

struct value *awk_field(size_t number) {
	static struct value unset;
	if (number == 0) {
		struct text *text = awk_record();
		value_free(&record.whole);
		text->references++;
		record.whole = (struct value){.kind = INPUT, .text = text};
		return &record.whole;
	}
	split_record();
	return number <= record.count ? &record.fields[number] : &unset;
}

void awk_set_field_count(size_t count) {
	split_record();
	for (size_t i = record.count + 1; i <= count; i++) keep_field(i, "", 0, NULL);
	record.count = count;
	text_release(record.text);
	record.text = NULL;
	set_number(V_NF, (double)count);
}

void awk_set_field(size_t number, struct value value) {
	if (number == 0) {
		awk_set_record(to_text(&value, false));
		value_free(&value);
		return;
	}
	split_record();
	awk_set_field_count(number > record.count ? number : record.count);
	value_free(&record.fields[number]);
	record.fields[number] = value;
}

/* The next record of a reader by RS; NULL at its end. */
static struct text *read_record(struct reader *reader) {
	struct text *separator = to_text(special(V_RS), false);
	size_t length;
	struct text *text = NULL;
	char *line;
	if (separator->length == 1) {
		line = reader_line(reader, (unsigned char)separator->bytes[0], &length, NULL);
		if (line) text = text_new(line, length);
	} else if (separator->length == 0) { /* paragraphs: blank lines stand between records */
		struct buffer all = {0};
		while ((line = reader_line(reader, '\n', &length, NULL)) && (length > 0 || all.length == 0)) {
			if (length == 0) continue;
			if (all.length) buffer_char(&all, '\n');
			buffer_add(&all, line, length);
		}
		if (all.length) text = text_new(all.data, all.length);
		free(all.data);
	} else awk_wrong("RS of more than one character is not supported");
	text_release(separator);
	return text;
}

/* NAME=value among the operands */
static bool assign_operand(const char *operand) {
	size_t length = strspn(operand, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
	if (length == 0 || operand[length] != '=' || (operand[0] >= '0' && operand[0] <= '9')) return false;
	struct node node = {.type = N_GLOBAL, .index = awk_global(operand, length)};
	struct text *text = awk_unescape(operand + length + 1, strlen(operand + length + 1));
	awk_assign(&node, (struct value){.kind = INPUT, .text = text});
	return true;
}

static bool open_next(void) {
	struct array *arguments = awk.globals[V_ARGV].array;
	for (input.next = input.next < 1 ? 1 : input.next; input.next < to_number(special(V_ARGC));) {
		struct value number = value_number(input.next++);
		struct text *key = to_text(&number, false);
		struct value *found = array_find(arguments, key);
		text_release(key);
		if (!found) continue;
		struct text *name = to_text(found, false);
		if (name->length == 0 || assign_operand(name->bytes)) {
			text_release(name);
			continue;
		}
		input.any = true;
		if (!reader_open(&input.reader, name->bytes)) {
			awk.status = 2;
			text_release(name);
			continue;
		}
		value_free(special(V_FILENAME));
		*special(V_FILENAME) = (struct value){.kind = STRING, .text = name};
		set_number(V_FNR, 0);
		return input.open = true;
	}
	if (input.any || input.standard_done) return false;
	input.standard_done = true;
	reader_start(&input.reader, STDIN_FILENO, "standard input");
	return input.open = true;
}

void awk_skip_file(void) {
	if (!input.open) return;
	if (reader_close(&input.reader)) awk.status = 2;
	input.open = false;
}

static struct text *next_of_input(void) {
	for (;;) {
		if (!input.open && !open_next()) return NULL;
		struct text *text = read_record(&input.reader);
		if (text) {
			set_number(V_NR, to_number(special(V_NR)) + 1);
			set_number(V_FNR, to_number(special(V_FNR)) + 1);
			return text;
		}
		awk_skip_file();
	}
}

bool awk_next_record(void) {
	struct text *text = next_of_input();
	if (!text) return false;
	awk_set_record(text);
	return true;
}

static struct stream *find_stream(const char *name) {
	for (struct stream *each = streams; each; each = each->next)
		if (strcmp(each->name, name) == 0) return each;
	struct stream *stream = xcalloc(1, sizeof *stream);
	stream->name = xstrdup(name);
	stream->next = streams;
	return streams = stream;
}

FILE *awk_output(struct node *node) {
	if (!node->a) return stdout;
	struct text *name = awk_eval_text(node->a);
	struct stream *stream = find_stream(name->bytes);
	if (!stream->file) {
		fflush(stdout);
		if (node->operation == PIPE) {
			stream->file = popen(name->bytes, "w");
			stream->command = true;
		} else if (strcmp(name->bytes, "/dev/stdout") == 0 || strcmp(name->bytes, "-") == 0) stream->file = stdout;
		else if (strcmp(name->bytes, "/dev/stderr") == 0) stream->file = stderr;
		else stream->file = fopen(name->bytes, node->operation == APPEND ? "a" : "w");
		if (!stream->file) awk_wrong("cannot open '%s': %s", name->bytes, strerror(errno));
	}
	text_release(name);
	return stream->file;
}

struct value awk_getline(struct node *node) {
	struct text *text, *name = node->b ? awk_eval_text(node->b) : NULL;
	if (!name) text = next_of_input();
	else {
		struct stream *stream = find_stream(name->bytes);
		if (!stream->reader) {
			fflush(stdout);
			stream->command = node->operation == PIPE;
			if (stream->command) stream->file = popen(name->bytes, "r");
			int fd = stream->command ? (stream->file ? fileno(stream->file) : -1) : strcmp(name->bytes, "-") == 0 ? STDIN_FILENO
				: open(name->bytes, O_RDONLY | O_CLOEXEC);
			if (fd < 0) {
				text_release(name);
				return value_number(-1);
			}
			stream->reader = xcalloc(1, sizeof *stream->reader);
			reader_start(stream->reader, fd, stream->name);
		}
		text = read_record(stream->reader);
		if (text && stream->command) set_number(V_NR, to_number(special(V_NR)) + 1);
		if (!text && stream->reader->failed) {
			text_release(name);
			return value_number(-1);
		}
	}
	text_release(name);
	if (!text) return value_number(0);
	if (node->a) awk_assign(node->a, (struct value){.kind = INPUT, .text = text});
	else awk_set_record(text);
	return value_number(1);
}

static int close_stream(struct stream *stream) {
	int status = 0;
	if (stream->reader) {
		free(stream->reader->data);
		if (!stream->command) close_input(stream->reader->fd);
		free(stream->reader);
	}
	if (stream->file && stream->command) {
		status = pclose(stream->file);
		status = WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
	} else if (stream->file == stdout || stream->file == stderr) status = fflush(stream->file);
	else if (stream->file) status = fclose(stream->file);
	free(stream->name);
	free(stream);
	return status;
}

int awk_close(const char *name) {
	for (struct stream **at = &streams; *at; at = &(*at)->next)
		if (strcmp((*at)->name, name) == 0) {
			struct stream *stream = *at;
			*at = stream->next;
			return close_stream(stream);
		}
	return -1;
}

void awk_close_all(void) {
	fflush(stdout); /* before what waits for commands */
	while (streams) {
		struct stream *stream = streams;
		streams = stream->next;
		if (close_stream(stream) == EOF) awk.status = warn_errno("cannot close a file") + 1;
	}
}

int awk_flush(const char *name) {
	int status = 0;
	if (!name) status = fflush(stdout);
	for (struct stream *each = streams; each; each = each->next)
		if (each->file && !each->reader && (!name || strcmp(each->name, name) == 0)) status |= fflush(each->file);
	return status;
}
