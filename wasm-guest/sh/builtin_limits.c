/* umask (octal and symbolic) and ulimit. */
#include "sh.h"
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static unsigned who_bits(char c)
{
	return c == 'u' ? 0700u : c == 'g' ? 0070u : c == 'o' ? 0007u : 0777u;
}

/* u=rwx,g-w,+x … on the permissions (not the mask). False: not such a text. */
static bool symbolic(const char *p, unsigned *permissions)
{
	do {
		unsigned who = 0;
		for (; *p != '\0' && strchr("ugoa", *p) != NULL; p++)
			who |= who_bits(*p);
		if (who == 0)
			who = 0777;
		if (*p != '\0' && strchr("+-=", *p) == NULL)
			return false;
		while (*p == '+' || *p == '-' || *p == '=') {
			char op = *p++;
			unsigned bits = 0;
			for (; *p != '\0' && strchr("rwxXstugo", *p) != NULL; p++) {
				unsigned shift = *p == 'u' ? 6 : *p == 'g' ? 3 : 0;
				if (*p == 'r' || *p == 'w' || *p == 'x' || *p == 'X')
					bits |= *p == 'r' ? 0444u : *p == 'w' ? 0222u : 0111u;
				else if (*p != 's' && *p != 't')
					bits |= (*permissions >> shift & 7) * 0111;
			}
			bits &= who;
			*permissions = op == '+' ? *permissions | bits : op == '-' ? *permissions & ~bits : (*permissions & ~who) | bits;
		}
	} while (*p == ',' && *++p != '\0');
	return *p == '\0';
}

int builtin_umask(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option;
	bool as_symbols = false;
	(void)argc;
	while ((option = next_option(&scan, "S")) != 0) {
		if (scan.failed)
			return 2;
		as_symbols = true;
	}
	unsigned mask = (unsigned)umask(0);
	(void)umask((mode_t)mask);
	const char *text = *scan.argv;
	if (text == NULL) {
		for (int i = 2; as_symbols && i >= 0; i--) {
			unsigned bits = ~mask >> (3 * i);
			format_text(&out, "%c=%s%s%s%c", "oug"[i == 2 ? 1 : i == 1 ? 2 : 0], bits & 4 ? "r" : "", bits & 2 ? "w" : "", bits & 1 ? "x" : "",
				i > 0 ? ',' : '\n');
		}
		if (!as_symbols)
			format_text(&out, "0%d%d%d\n", (int)(mask >> 6 & 7), (int)(mask >> 3 & 7), (int)(mask & 7));
		return 0;
	}
	if (*text >= '0' && *text <= '9') {
		unsigned value = 0;
		for (const char *p = text; *p != '\0'; p++) {
			if (*p < '0' || *p > '7')
				return fail(2, "Illegal number: %s", text);
			value = value * 8 + (unsigned)(*p - '0');
		}
		(void)umask((mode_t)(value & 0777));
		return 0;
	}
	unsigned permissions = ~mask & 0777;
	if (!symbolic(text, &permissions))
		return fail(2, "Illegal mode: %s", text);
	(void)umask((mode_t)(~permissions & 0777));
	return 0;
}

static const struct {
	const char *name;
	int resource;
	int factor;
	char option;
} limits[] = {
	{"time(seconds)", RLIMIT_CPU, 1, 't'}, {"file(blocks)", RLIMIT_FSIZE, 512, 'f'}, {"data(kbytes)", RLIMIT_DATA, 1024, 'd'},
	{"stack(kbytes)", RLIMIT_STACK, 1024, 's'}, {"coredump(blocks)", RLIMIT_CORE, 512, 'c'}, {"memory(kbytes)", RLIMIT_RSS, 1024, 'm'},
	{"locked memory(kbytes)", RLIMIT_MEMLOCK, 1024, 'l'}, {"process", RLIMIT_NPROC, 1, 'p'}, {"nofiles", RLIMIT_NOFILE, 1, 'n'},
	{"vmemory(kbytes)", RLIMIT_AS, 1024, 'v'}, {"locks", RLIMIT_LOCKS, 1, 'w'}, {"rtprio", RLIMIT_RTPRIO, 1, 'r'},
};
enum { LIMITS = sizeof limits / sizeof *limits };

static void show_limit(int i, bool hard)
{
	struct rlimit limit;
	if (getrlimit(limits[i].resource, &limit) != 0) {
		buf_text(&out, "unlimited\n");
		return;
	}
	rlim_t value = hard ? limit.rlim_max : limit.rlim_cur;
	if (value == RLIM_INFINITY)
		buf_text(&out, "unlimited");
	else
		buf_number(&out, (long long)(value / (rlim_t)limits[i].factor));
	buf_char(&out, '\n');
}

int builtin_ulimit(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option, which = 1;
	bool hard = true, soft = true, all = false;
	(void)argc;
	while ((option = next_option(&scan, "HSatfdscmlpnvwr")) != 0) {
		if (scan.failed)
			return 2;
		if (option == 'H')
			soft = false, hard = true;
		else if (option == 'S')
			hard = false, soft = true;
		else if (option == 'a')
			all = true;
		for (int i = 0; i < LIMITS; i++)
			if (limits[i].option == option)
				which = i;
	}
	const char *text = *scan.argv;
	if (text == NULL) {
		for (int i = 0; all && i < LIMITS; i++) {
			size_t len = strlen(limits[i].name);
			buf_text(&out, limits[i].name);
			buf_pad(&out, ' ', len < 20 ? 20 - len : 0);
			buf_char(&out, ' ');
			show_limit(i, !soft);
		}
		if (!all)
			show_limit(which, !soft);
		return 0;
	}
	if (all || scan.argv[1] != NULL)
		return fail(2, "too many arguments");
	rlim_t value = RLIM_INFINITY;
	if (!text_is(text, "unlimited")) {
		value = 0;
		for (const char *p = text; *p != '\0'; p++) {
			if (*p < '0' || *p > '9')
				return fail(2, "bad number");
			value = value * 10 + (rlim_t)(*p - '0');
		}
		value *= (rlim_t)limits[which].factor;
	}
	struct rlimit limit;
	(void)getrlimit(limits[which].resource, &limit);
	if (hard)
		limit.rlim_max = value;
	if (soft)
		limit.rlim_cur = value;
	if (setrlimit(limits[which].resource, &limit) < 0)
		return fail(2, "error setting limit (%s)", strerror(errno));
	return 0;
}
