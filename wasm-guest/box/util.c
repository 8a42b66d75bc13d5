/* Messages, memory, growing buffers. */
#include "box.h"

static void message(const char *format, va_list arguments, int error) {
	fflush(stdout);
	fprintf(stderr, "%s: ", tool_name);
	vfprintf(stderr, format, arguments);
	if (error) fprintf(stderr, ": %s", strerror(error));
	fputc('\n', stderr);
}

int warn(const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	message(format, arguments, 0);
	va_end(arguments);
	return 1;
}

int warn_errno(const char *format, ...) {
	int error = errno;
	va_list arguments;
	va_start(arguments, format);
	message(format, arguments, error);
	va_end(arguments);
	errno = error;
	return 1;
}

void die(int status, const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	message(format, arguments, 0);
	va_end(arguments);
	exit(status);
}

void die_errno(int status, const char *format, ...) {
	int error = errno;
	va_list arguments;
	va_start(arguments, format);
	message(format, arguments, error);
	va_end(arguments);
	exit(status);
}

static void print_usage(FILE *to) {
	const struct applet *applet = find_applet(tool_name);
	if (applet) fprintf(to, "usage: %s %s\n", applet->name, applet->usage);
}

void usage_error(const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	message(format, arguments, 0);
	va_end(arguments);
	print_usage(stderr);
	exit(usage_status);
}

void missing_operand(void) {
	usage_error("missing operand");
}

int finish(int status, int failure) {
	if (fflush(stdout) != 0 || ferror(stdout)) {
		warn_errno("write error");
		return status ? status : failure;
	}
	return status;
}

void check_output(void) {
	if (ferror(stdout)) exit(finish(usage_status, usage_status));
}

bool confirm(const char *format, ...) {
	va_list arguments;
	fflush(stdout);
	fprintf(stderr, "%s: ", tool_name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fflush(stderr);
	int first = getchar();
	for (int c = first; c != '\n' && c != EOF;) c = getchar();
	return first == 'y' || first == 'Y';
}

void *xmalloc(size_t size) {
	void *got = malloc(size ? size : 1);
	if (!got) die(usage_status, "out of memory");
	return got;
}

void *xcalloc(size_t count, size_t size) {
	void *got = calloc(count ? count : 1, size ? size : 1);
	if (!got) die(usage_status, "out of memory");
	return got;
}

void *xrealloc(void *old, size_t size) {
	void *got = realloc(old, size ? size : 1);
	if (!got) die(usage_status, "out of memory");
	return got;
}

void *grow(void *array, size_t count, size_t *capacity, size_t element) {
	if (count < *capacity) return array;
	size_t wanted = *capacity ? *capacity * 2 : 16;
	if (wanted > SIZE_MAX / element) die(usage_status, "out of memory");
	array = xrealloc(array, wanted * element);
	*capacity = wanted;
	return array;
}

char *xstrdup(const char *text) {
	return xstrndup(text, strlen(text));
}

char *xstrndup(const char *text, size_t length) {
	char *copy = xmalloc(length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *format_text(const char *format, ...) {
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	char *text = xmalloc((size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

void buffer_add(struct buffer *buffer, const char *bytes, size_t length) {
	if (buffer->length + length + 1 > buffer->capacity) {
		size_t wanted = buffer->capacity ? buffer->capacity * 2 : 64;
		while (wanted < buffer->length + length + 1) wanted *= 2;
		buffer->data = xrealloc(buffer->data, wanted);
		buffer->capacity = wanted;
	}
	if (length) memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void buffer_char(struct buffer *buffer, int byte) {
	char c = (char)byte;
	buffer_add(buffer, &c, 1);
}

void buffer_text(struct buffer *buffer, const char *text) {
	buffer_add(buffer, text, strlen(text));
}

void names_add(struct names *names, char *name) {
	names->list = grow(names->list, names->count, &names->capacity, sizeof *names->list);
	names->list[names->count++] = name;
}

static int compare_names(const void *a, const void *b) {
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void names_sort(struct names *names) {
	if (names->count > 1) qsort(names->list, names->count, sizeof *names->list, compare_names);
}

void names_free(struct names *names) {
	for (size_t i = 0; i < names->count; i++) free(names->list[i]);
	free(names->list);
	*names = (struct names){0};
}
