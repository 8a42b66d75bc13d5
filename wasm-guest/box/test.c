/* test and [: by the number of arguments, as POSIX has it, then by precedence. */
#include "box.h"

static struct {
	char **at;
	int left;
	bool failed;
} input;

static const char *const unary[] = {"-b", "-c", "-d", "-e", "-f", "-g", "-G", "-h", "-k", "-L", "-n", "-N", "-O", "-p", "-r", "-s", "-S",
	"-t", "-u", "-w", "-x", "-z"};
static const char *const binary[] = {"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"};

static bool one_of(const char *text, const char *const *list, size_t count) {
	for (size_t i = 0; i < count; i++)
		if (strcmp(text, list[i]) == 0) return true;
	return false;
}

static bool is_unary(const char *text) {
	return one_of(text, unary, LENGTH(unary));
}

static bool is_binary(const char *text) {
	return one_of(text, binary, LENGTH(binary));
}

static long long integer(const char *text) {
	const char *start = text + strspn(text, " \t\n");
	char *end;
	errno = 0;
	long long value = strtoll(start, &end, 10);
	if (end == start || end[strspn(end, " \t\n")] || errno) {
		warn("invalid integer '%s'", text);
		input.failed = true;
	}
	return value;
}

static bool test_file(char kind, const char *path) {
	struct stat st;
	switch (kind) {
	case 't': return isatty((int)integer(path));
	case 'r': return faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0;
	case 'w': return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
	case 'x': return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0;
	case 'h': case 'L': return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
	default: break;
	}
	if (stat(path, &st) != 0) return false;
	switch (kind) {
	case 'b': return S_ISBLK(st.st_mode);
	case 'c': return S_ISCHR(st.st_mode);
	case 'd': return S_ISDIR(st.st_mode);
	case 'f': return S_ISREG(st.st_mode);
	case 'g': return (st.st_mode & S_ISGID) != 0;
	case 'G': return st.st_gid == getegid();
	case 'k': return (st.st_mode & S_ISVTX) != 0;
	case 'N': return modified(&st).tv_sec > accessed(&st).tv_sec;
	case 'O': return st.st_uid == geteuid();
	case 'p': return S_ISFIFO(st.st_mode);
	case 's': return st.st_size > 0;
	case 'S': return S_ISSOCK(st.st_mode);
	case 'u': return (st.st_mode & S_ISUID) != 0;
	default: return true;
	}
}

static bool test_unary(const char *operator, const char *text) {
	if (operator[1] == 'n') return *text != '\0';
	if (operator[1] == 'z') return *text == '\0';
	return test_file(operator[1], text);
}

static bool compare_files(const char *left, char kind, const char *right) {
	struct stat a, b;
	bool first = stat(left, &a) == 0, second = stat(right, &b) == 0;
	if (kind == 'e') return first && second && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
	if (kind == 'o') {
		struct stat swapped = a;
		bool there = first;
		a = b;
		b = swapped;
		first = second;
		second = there;
	}
	if (!first || !second) return first;
	struct timespec x = modified(&a), y = modified(&b);
	return x.tv_sec > y.tv_sec || (x.tv_sec == y.tv_sec && x.tv_nsec > y.tv_nsec);
}

static bool test_binary(const char *left, const char *operator, const char *right) {
	if (operator[0] == '=') return strcmp(left, right) == 0;
	if (operator[0] == '!') return strcmp(left, right) != 0;
	if (operator[0] == '<') return strcmp(left, right) < 0;
	if (operator[0] == '>') return strcmp(left, right) > 0;
	if (strcmp(operator, "-nt") == 0 || strcmp(operator, "-ot") == 0 || strcmp(operator, "-ef") == 0) return compare_files(left,
		operator[1], right);
	long long a = integer(left), b = integer(right);
	if (strcmp(operator, "-eq") == 0) return a == b;
	if (strcmp(operator, "-ne") == 0) return a != b;
	if (strcmp(operator, "-lt") == 0) return a < b;
	if (strcmp(operator, "-le") == 0) return a <= b;
	if (strcmp(operator, "-gt") == 0) return a > b;
	return a >= b;
}

static bool any_of(void);

static bool primary(void) {
	if (input.left == 0) {
		warn("argument expected");
		input.failed = true;
		return false;
	}
	if (input.left >= 3 && is_binary(input.at[1])) {
		bool value = test_binary(input.at[0], input.at[1], input.at[2]);
		input.at += 3;
		input.left -= 3;
		return value;
	}
	char *text = *input.at++;
	input.left--;
	if (strcmp(text, "!") == 0 && input.left > 0) return !primary();
	if (strcmp(text, "(") == 0 && input.left > 0) {
		bool value = any_of();
		if (input.left == 0 || strcmp(*input.at, ")") != 0) {
			if (!input.failed) warn("missing ')'");
			input.failed = true;
			return false;
		}
		input.at++;
		input.left--;
		return value;
	}
	if (is_unary(text) && input.left > 0) {
		char *operand = *input.at++;
		input.left--;
		return test_unary(text, operand);
	}
	return *text != '\0';
}

static bool all_of(void) {
	bool value = primary();
	while (input.left && strcmp(*input.at, "-a") == 0) {
		input.at++;
		input.left--;
		value &= primary();
	}
	return value;
}

static bool any_of(void) {
	bool value = all_of();
	while (input.left && strcmp(*input.at, "-o") == 0) {
		input.at++;
		input.left--;
		value |= all_of();
	}
	return value;
}

/* POSIX: up to four arguments the number decides, so that operands may look like operators. */
static bool evaluate(char **at, int count) {
	switch (count) {
	case 0: return false;
	case 1: return *at[0] != '\0';
	case 2:
		if (strcmp(at[0], "!") == 0) return *at[1] == '\0';
		if (is_unary(at[0])) return test_unary(at[0], at[1]);
		warn("%s: unary operator expected", at[0]);
		input.failed = true;
		return false;
	case 3:
		if (strcmp(at[1], "-a") == 0) return *at[0] && *at[2];
		if (strcmp(at[1], "-o") == 0) return *at[0] || *at[2];
		if (is_binary(at[1])) return test_binary(at[0], at[1], at[2]);
		if (strcmp(at[0], "!") == 0) return !evaluate(at + 1, 2);
		if (strcmp(at[0], "(") == 0 && strcmp(at[2], ")") == 0) return *at[1] != '\0';
		break;
	case 4:
		if (strcmp(at[0], "!") == 0) return !evaluate(at + 1, 3);
		if (strcmp(at[0], "(") == 0 && strcmp(at[3], ")") == 0) return evaluate(at + 1, 2);
		break;
	default: break;
	}
	input.at = at;
	input.left = count;
	bool value = any_of();
	if (input.left && !input.failed) {
		warn("%s: unexpected operator", *input.at);
		input.failed = true;
	}
	return value;
}

int test_main(int argc, char **argv) {
	usage_status = 2;
	if (strcmp(tool_name, "[") == 0) {
		if (strcmp(argv[argc - 1], "]") != 0 || argc < 2) return warn("missing ]") + 1;
		argc--;
	}
	bool value = evaluate(argv + 1, argc - 1);
	return input.failed ? 2 : !value;
}

int true_main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	return 0;
}

int false_main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	return 1;
}
