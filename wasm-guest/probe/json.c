#include "probe.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool first = true;

static void quoted(const char *text)
{
	putchar('"');
	for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			printf("\\%c", *at);
		else if (*at < 0x20)
			printf("\\u%04x", *at);
		else
			putchar(*at);
	}
	putchar('"');
}

static void begin(const char *name)
{
	if (!first)
		putchar(',');
	first = false;
	if (name == NULL)
		return;
	quoted(name);
	putchar(':');
}

void json_open(const char *name, char bracket)
{
	begin(name);
	putchar(bracket);
	first = true;
}

void json_close(char bracket)
{
	putchar(bracket);
	first = false;
}

void json_string(const char *name, const char *text)
{
	begin(name);
	if (text == NULL)
		fputs("null", stdout);
	else
		quoted(text);
}

void json_number(const char *name, long long value)
{
	begin(name);
	printf("%lld", value);
}

void json_unsigned(const char *name, unsigned long long value)
{
	begin(name);
	printf("%llu", value);
}

void json_boolean(const char *name, bool value)
{
	begin(name);
	fputs(value ? "true" : "false", stdout);
}

void json_null(const char *name)
{
	json_string(name, NULL);
}

/* The symbols that a container's refusals have; others by number. */
static const struct {
	int number;
	const char *symbol;
} symbols[] = {
	{ EPERM, "EPERM" },
	{ ENOENT, "ENOENT" },
	{ EACCES, "EACCES" },
	{ EROFS, "EROFS" },
	{ ENXIO, "ENXIO" },
	{ ENODEV, "ENODEV" },
	{ EBADF, "EBADF" },
	{ ENOTDIR, "ENOTDIR" },
	{ EISDIR, "EISDIR" },
	{ ENOSPC, "ENOSPC" },
	{ ENOMEM, "ENOMEM" },
	{ EAGAIN, "EAGAIN" },
	{ EINVAL, "EINVAL" },
	{ ENOTTY, "ENOTTY" },
	{ ENOSYS, "ENOSYS" },
	{ ELOOP, "ELOOP" },
	{ EIO, "EIO" },
	{ EMFILE, "EMFILE" },
	{ EEXIST, "EEXIST" },
};

void json_error(const char *name, int error)
{
	char number[16];
	const char *text = NULL;
	for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
		if (symbols[i].number == error)
			text = symbols[i].symbol;
	if (error != 0 && text == NULL) {
		(void)snprintf(number, sizeof number, "errno %d", error);
		text = number;
	}
	json_string(name, text);
}
