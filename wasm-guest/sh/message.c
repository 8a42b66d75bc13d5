/* What the shell says: error messages in dash's words, and the output of builtins. */
#include "sh.h"
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

struct buf out;
bool out_captured;

/* %s %d %c %%: all that the messages need, without the weight of printf. */
void format_arguments(struct buf *b, const char *format, va_list arguments)
{
	for (const char *p = format; *p != '\0'; p++) {
		if (*p != '%') {
			buf_char(b, *p);
			continue;
		}
		switch (*++p) {
		case 's':
			buf_text(b, va_arg(arguments, const char *));
			break;
		case 'd':
			buf_number(b, va_arg(arguments, int));
			break;
		case 'c':
			buf_char(b, (char)va_arg(arguments, int));
			break;
		default:
			buf_char(b, *p);
			break;
		}
	}
}

void format_text(struct buf *b, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	format_arguments(b, format, arguments);
	va_end(arguments);
}

bool write_fully(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0) {
			if (errno == EINTR)
				continue;
			return false;
		}
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

void write_error(struct buf *b)
{
	(void)write_fully(2, b->data, b->len);
	buf_free(b);
}

static void complain_arguments(const char *format, va_list arguments)
{
	struct buf b = {0};
	format_text(&b, "%s: %d: ", sh.arg0, sh.line);
	if (sh.command != NULL)
		format_text(&b, "%s: ", sh.command);
	format_arguments(&b, format, arguments);
	buf_char(&b, '\n');
	write_error(&b);
}

void complain(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	complain_arguments(format, arguments);
	va_end(arguments);
}

void abandon(int status)
{
	sh.status = status;
	sh.flow = FLOW_ABORT;
}

int fail(int status, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	complain_arguments(format, arguments);
	va_end(arguments);
	abandon(status);
	return status;
}

const char *open_error(int error, bool creating)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return creating ? "Directory nonexistent" : "No such file";
	default:
		return strerror(error);
	}
}

bool out_flush(void)
{
	bool ok = write_fully(1, out.data, out.len);
	out.len = 0;
	if (out.cap > 4096)
		buf_free(&out);
	return ok;
}

void out_forget(void)
{
	out.len = 0;
}

void quote_single(struct buf *b, const char *text)
{
	do {
		size_t plain = strcspn(text, "'");
		buf_char(b, '\'');
		buf_bytes(b, text, plain);
		buf_char(b, '\'');
		text += plain;
		size_t quotes = strspn(text, "'");
		if (quotes == 0)
			break;
		buf_char(b, '"');
		buf_bytes(b, text, quotes);
		buf_char(b, '"');
		text += quotes;
	} while (*text != '\0');
}
