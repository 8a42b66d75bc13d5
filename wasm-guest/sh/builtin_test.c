/* test and [ */
#include "sh.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tester {
	char **at, **end;
	bool failed;
};
static bool or_expression(struct tester *t);

static bool syntax(struct tester *t, const char *what, const char *message)
{
	if (!t->failed) {
		if (what != NULL && *what != '\0')
			(void)fail(2, "%s: %s", what, message);
		else
			(void)fail(2, "%s", message);
	}
	t->failed = true;
	return false;
}

static const char *peek(const struct tester *t, int ahead)
{
	return t->at + ahead < t->end ? t->at[ahead] : NULL;
}

static bool is_unary(const char *text)
{
	return text != NULL && text[0] == '-' && text[1] != '\0' && text[2] == '\0' && strchr("bcdefghkprstuwxznLSOG", text[1]) != NULL;
}

static bool is_binary(const char *text)
{
	static const char *const all[] = {"=", "!=", "<", ">", "-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-nt", "-ot", "-ef"};
	for (size_t i = 0; text != NULL && i < sizeof all / sizeof *all; i++)
		if (text_is(all[i], text))
			return true;
	return false;
}

static int64_t number(struct tester *t, const char *text)
{
	char *end;
	errno = 0;
	int64_t value = strtoll(text, &end, 10);
	while (*end == ' ' || *end == '\t' || *end == '\n')
		end++;
	if (end == text || *end != '\0' || errno == ERANGE)
		(void)syntax(t, "Illegal number", text);
	return value;
}

static bool unary(struct tester *t, char op, const char *text)
{
	struct stat st;
	switch (op) {
	case 'n':
		return *text != '\0';
	case 'z':
		return *text == '\0';
	case 't':
		return isatty((int)number(t, text)) != 0;
	case 'h':
	case 'L':
		return lstat(text, &st) == 0 && S_ISLNK(st.st_mode);
	case 'r':
		return access(text, R_OK) == 0;
	case 'w':
		return access(text, W_OK) == 0;
	case 'x':
		return access(text, X_OK) == 0;
	default:
		break;
	}
	if (stat(text, &st) != 0)
		return false;
	switch (op) {
	case 'b':
		return S_ISBLK(st.st_mode);
	case 'c':
		return S_ISCHR(st.st_mode);
	case 'd':
		return S_ISDIR(st.st_mode);
	case 'f':
		return S_ISREG(st.st_mode);
	case 'p':
		return S_ISFIFO(st.st_mode);
	case 'S':
		return S_ISSOCK(st.st_mode);
	case 's':
		return st.st_size > 0;
	case 'g':
		return (st.st_mode & S_ISGID) != 0;
	case 'u':
		return (st.st_mode & S_ISUID) != 0;
	case 'k':
		return (st.st_mode & S_ISVTX) != 0;
	case 'O':
		return st.st_uid == geteuid();
	case 'G':
		return st.st_gid == getegid();
	default: /* e */
		return true;
	}
}

static int newer(const char *a, const char *b)
{
	struct stat x, y;
	if (stat(a, &x) != 0 || stat(b, &y) != 0)
		return 0;
	if (x.st_mtim.tv_sec != y.st_mtim.tv_sec)
		return x.st_mtim.tv_sec > y.st_mtim.tv_sec ? 1 : -1;
	return x.st_mtim.tv_nsec > y.st_mtim.tv_nsec ? 1 : x.st_mtim.tv_nsec < y.st_mtim.tv_nsec ? -1 : 0;
}

static bool binary(struct tester *t, const char *a, const char *op, const char *b)
{
	struct stat x, y;
	if (op[0] != '-') {
		int order = strcmp(a, b);
		return op[0] == '=' ? order == 0 : op[0] == '!' ? order != 0 : op[0] == '<' ? order < 0 : order > 0;
	}
	if (text_is(op, "-nt"))
		return newer(a, b) > 0;
	if (text_is(op, "-ot"))
		return newer(a, b) < 0;
	if (text_is(op, "-ef"))
		return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	int64_t l = number(t, a);
	int64_t r = number(t, b);
	if (t->failed)
		return false;
	if (text_is(op, "-eq"))
		return l == r;
	if (text_is(op, "-ne"))
		return l != r;
	if (text_is(op, "-gt"))
		return l > r;
	if (text_is(op, "-ge"))
		return l >= r;
	return text_is(op, "-lt") ? l < r : l <= r;
}

static bool primary(struct tester *t)
{
	const char *first = peek(t, 0), *second = peek(t, 1);
	if (first == NULL)
		return false;
	if (second != NULL && is_binary(second) && peek(t, 2) != NULL) {
		const char *third = peek(t, 2);
		t->at += 3;
		return binary(t, first, second, third);
	}
	if (text_is(first, "(") && second != NULL) {
		t->at++;
		if (text_is(second, ")"))
			return t->at++, false;
		bool value = or_expression(t);
		if (!t->failed && (peek(t, 0) == NULL || !text_is(peek(t, 0), ")")))
			return syntax(t, NULL, "closing paren expected");
		t->at++;
		return value;
	}
	if (is_unary(first) && second != NULL) {
		t->at += 2;
		return unary(t, first[1], second);
	}
	if (is_binary(second))
		return syntax(t, second, "argument expected");
	t->at++;
	return *first != '\0';
}

static bool not_expression(struct tester *t)
{
	if (peek(t, 0) != NULL && text_is(peek(t, 0), "!") && peek(t, 1) != NULL && !(is_binary(peek(t, 1)) && peek(t, 2) != NULL)) {
		t->at++;
		return !not_expression(t);
	}
	return primary(t);
}

static bool and_expression(struct tester *t)
{
	bool value = not_expression(t);
	while (!t->failed && peek(t, 0) != NULL && text_is(peek(t, 0), "-a")) {
		t->at++;
		value = not_expression(t) && value;
	}
	return value;
}

static bool or_expression(struct tester *t)
{
	bool value = and_expression(t);
	while (!t->failed && peek(t, 0) != NULL && text_is(peek(t, 0), "-o")) {
		t->at++;
		value = and_expression(t) || value;
	}
	return value;
}

/* POSIX: what up to four operands mean depends on their number. */
static bool by_count(struct tester *t, long count)
{
	char **a = t->at;
	if (count == 3 && is_binary(a[1])) {
		t->at = t->end;
		return binary(t, a[0], a[1], a[2]);
	}
	if (count >= 2 && count <= 4 && text_is(a[0], "!")) {
		t->at++;
		return !by_count(t, count - 1);
	}
	if ((count == 3 || count == 4) && text_is(a[0], "(") && text_is(a[count - 1], ")")) {
		t->at++;
		t->end--;
		bool value = by_count(t, count - 2);
		t->at = ++t->end;
		return value;
	}
	if (count == 1) {
		t->at++;
		return *a[0] != '\0';
	}
	return or_expression(t);
}

int builtin_test(int argc, char **argv)
{
	if (argv[0][0] == '[') {
		if (!text_is(argv[argc - 1], "]") || argc == 1)
			return fail(2, "missing ]");
		argc--;
	}
	if (argc == 1)
		return 1;
	struct tester t = {.at = argv + 1, .end = argv + argc};
	bool value = by_count(&t, argc - 1);
	if (!t.failed && t.at < t.end)
		(void)syntax(&t, t.at[-1], "unexpected operator");
	return t.failed ? 2 : !value;
}
