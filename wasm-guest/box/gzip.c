/* gzip, gunzip, zcat. */
#include "deflate.h"
#include "walk.h"
#include <signal.h>
#include <sys/stat.h>

static struct {
	bool decompress, to_stdout, force, keep, list, name, quiet, recursive, test, verbose;
	int level, status;
	const char *suffix;
} gzip;

/* 2 is for warnings, 1 for errors. */
static void note(int status) {
	if (gzip.status != 1 && status) gzip.status = status;
}

static bool has_suffix(const char *name, const char *suffix) {
	size_t length = strlen(name), end = strlen(suffix);
	return length > end && strcmp(name + length - end, suffix) == 0 && name[length - end - 1] != '/';
}

/* x.gz from x, x from x.gz, x.tar from x.tgz. NULL: complained about. */
static char *output_name(const char *name) {
	static const char *const endings[] = {".gz", "-gz", ".z", "-z", "_z", ".Z"};
	if (!gzip.decompress) {
		if (!has_suffix(name, gzip.suffix) && !has_suffix(name, ".tgz")) return format_text("%s%s", name, gzip.suffix);
		if (!gzip.quiet) warn("%s already has %s suffix -- unchanged", name, has_suffix(name, gzip.suffix) ? gzip.suffix : ".tgz");
		return NULL;
	}
	if (has_suffix(name, ".tgz") || has_suffix(name, ".taz")) return format_text("%.*s.tar", (int)strlen(name) - 4, name);
	if (has_suffix(name, gzip.suffix)) return xstrndup(name, strlen(name) - strlen(gzip.suffix));
	for (size_t i = 0; i < LENGTH(endings); i++)
		if (has_suffix(name, endings[i])) return xstrndup(name, strlen(name) - strlen(endings[i]));
	if (!gzip.quiet) warn("%s: unknown suffix -- ignored", name);
	note(2);
	return NULL;
}

/* False: complained about. *total: bytes written. */
static bool convert(int in, int out, const char *name, const struct stat *st, unsigned long long *total) {
	char *base = gzip.name && st ? base_name(name) : NULL;
	uint32_t time = gzip.name && st && S_ISREG(st->st_mode) ? (uint32_t)modified(st).tv_sec : 0;
	int result = gzip.decompress ? gunzip_stream(in, out, gzip.force && gzip.to_stdout, total) : gzip_stream(in, out, gzip.level, base, time, total);
	int error = errno;
	free(base);
	errno = error;
	if (result == GZIP_OK) return true;
	if (result == GZIP_GARBAGE) {
		if (!gzip.quiet) warn("%s: %s", name, gzip_problem(result));
		note(2);
		return true;
	}
	note(warn("%s: %s", name, gzip_problem(result)));
	return false;
}

static double saved(unsigned long long packed, unsigned long long plain) {
	return plain ? 100.0 - 100.0 * (double)packed / (double)plain : 0.0;
}

static void list_file(int fd, const char *name) {
	static bool headed;
	unsigned char tail[4] = {0};
	struct stat st;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 18 || pread(fd, tail, 4, st.st_size - 4) != 4) {
		note(warn("%s: not in gzip format", name));
		return;
	}
	unsigned long plain = (unsigned long)tail[0] | (unsigned long)tail[1] << 8 | (unsigned long)tail[2] << 16 | (unsigned long)tail[3] << 24;
	if (!headed && !gzip.quiet) puts("         compressed        uncompressed  ratio uncompressed_name");
	headed = true;
	char *shown = output_name(name);
	unsigned long long packed = (unsigned long long)st.st_size;
	printf("%19llu %19lu %5.1f%% %s\n", packed, plain, saved(packed - 18, plain), shown ? shown : name);
	free(shown);
}

static void standard(void) {
	unsigned long long total;
	if (gzip.list) list_file(STDIN_FILENO, "stdin");
	else if (!gzip.force && !gzip.decompress && isatty(STDOUT_FILENO))
		note(warn("compressed data not written to a terminal. Use -f to force compression."));
	else (void)convert(STDIN_FILENO, gzip.test ? -1 : STDOUT_FILENO, "stdin", NULL, &total);
}

static char *unfinished;
static void on_signal(int number) {
	if (unfinished) reach_unlink(unfinished);
	signal(number, SIG_DFL);
	raise(number);
}

static void keep_attributes(int out, const char *path, const struct stat *st) {
	struct timespec times[2] = {accessed(st), modified(st)};
	if (fchown(out, st->st_uid, st->st_gid) != 0 && geteuid() == 0) note(warn_errno("%s", path));
	if (fchmod(out, st->st_mode & 07777) != 0 || futimens(out, times) != 0) note(warn_errno("%s", path));
}

static void to_file(int in, const char *name, const struct stat *st) {
	unsigned long long total = 0;
	char *target = output_name(name);
	if (!target) return;
	if (st->st_nlink > 1 && !gzip.force && !gzip.keep) {
		if (!gzip.quiet) warn("%s has %lu other link%s -- unchanged", name, (unsigned long)st->st_nlink - 1, st->st_nlink > 2 ? "s" : "");
		note(2);
		free(target);
		return;
	}
	if (gzip.force) reach_unlink(target);
	int out = reach_open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool exists = out < 0 && errno == EEXIST;
	if (exists && isatty(STDIN_FILENO) && confirm("%s already exists; do you wish to overwrite (y or n)? ", target)) {
		reach_unlink(target);
		out = reach_open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		exists = out < 0 && errno == EEXIST;
	}
	if (out < 0) {
		if (exists) warn("%s already exists;\tnot overwritten", target);
		else warn_errno("%s", target);
		note(exists ? 2 : 1);
		free(target);
		return;
	}
	unfinished = target;
	bool good = convert(in, out, name, st, &total);
	if (good) keep_attributes(out, target, st);
	if (close(out) != 0) {
		note(warn_errno("%s", target));
		good = false;
	}
	unfinished = NULL;
	if (!good) reach_unlink(target);
	else if (gzip.verbose) {
		unsigned long long packed = gzip.decompress ? (unsigned long long)st->st_size : total;
		unsigned long long plain = gzip.decompress ? total : (unsigned long long)st->st_size;
		fprintf(stderr, "%s:\t%5.1f%% -- %s %s\n", name, saved(packed, plain), gzip.keep ? "created" : "replaced with", target);
	}
	if (good && !gzip.keep && reach_unlink(name) != 0) note(warn_errno("%s", name));
	free(target);
}

static void folder(const char *name);
static void one_file(const char *name) {
	struct stat st;
	if (strcmp(name, "-") == 0) {
		standard();
		return;
	}
	int in = reach_open(name, O_RDONLY | O_CLOEXEC | (gzip.to_stdout || gzip.force || gzip.list || gzip.test ? 0 : O_NOFOLLOW), 0);
	if (in < 0 && errno == ENOENT && gzip.decompress && !has_suffix(name, gzip.suffix)) {
		char *with = format_text("%s%s", name, gzip.suffix);
		if (access(with, F_OK) == 0) one_file(with);
		else {
			errno = ENOENT;
			note(warn_errno("%s", with));
		}
		free(with);
		return;
	}
	if (in < 0 || fstat(in, &st) != 0) note(warn_errno("%s", name));
	else if (S_ISDIR(st.st_mode)) {
		if (gzip.recursive) {
			close(in);
			folder(name);
			return;
		} else {
			if (!gzip.quiet) warn("%s is a directory -- ignored", name);
			note(2);
		}
	} else if (gzip.list) list_file(in, name);
	else if (gzip.test || gzip.to_stdout) {
		unsigned long long total;
		if (convert(in, gzip.test ? -1 : STDOUT_FILENO, name, &st, &total) && gzip.test && gzip.verbose)
			fprintf(stderr, "%s:\t OK\n", name);
	} else if (!S_ISREG(st.st_mode)) {
		if (!gzip.quiet) warn("%s is not a directory or a regular file - ignored", name);
		note(2);
	} else to_file(in, name, &st);
	if (in >= 0) close(in);
}

static bool meet(struct visit *visit, void *context) {
	(void)context;
	if (visit->depth == 0 || (reach_lstat(visit->path, &visit->st) == 0 && S_ISDIR(visit->st.st_mode))) return true;
	one_file(visit->path);
	return false;
}

static void leave(struct visit *visit, void *context) {
	(void)context;
	errno = visit->error;
	if (errno) note(warn_errno("%s", visit->path));
}

static void folder(const char *name) {
	walk_tree(name, &(struct walk){.meet = meet, .leave = leave}, NULL);
}

int gzip_main(int argc, char **argv) {
	static const struct long_option names[] = {{"stdout", 'c'}, {"to-stdout", 'c'}, {"decompress", 'd'}, {"uncompress", 'd'}, {"force", 'f'},
		{"keep", 'k'}, {"list", 'l'}, {"no-name", 'n'}, {"name", 'N'}, {"quiet", 'q'}, {"recursive", 'r'}, {"suffix", 'S'}, {"test", 't'},
		{"verbose", 'v'}, {"fast", '1'}, {"best", '9'}, {NULL, 0}};
	struct options parsed;
	gzip.level = 6;
	gzip.name = true;
	gzip.suffix = ".gz";
	gzip.to_stdout = strcmp(tool_name, "zcat") == 0;
	gzip.decompress = gzip.to_stdout || strcmp(tool_name, "gunzip") == 0;
	options_start(&parsed, argc, argv, "cdfklnNqrS:tv123456789", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'c': gzip.to_stdout = true; break;
		case 'd': gzip.decompress = true; break;
		case 'f': gzip.force = true; break;
		case 'k': gzip.keep = true; break;
		case 'l': gzip.list = gzip.decompress = true; break;
		case 'n': gzip.name = false; break;
		case 'N': gzip.name = true; break;
		case 'q': gzip.quiet = true; break;
		case 'r': gzip.recursive = true; break;
		case 'S': gzip.suffix = parsed.argument; break;
		case 't': gzip.test = gzip.decompress = true; break;
		case 'v': gzip.verbose = true; break;
		default: gzip.level = letter - '0';
		}
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	signal(SIGHUP, on_signal);
	if (parsed.argc == 0) standard();
	for (int i = 0; i < parsed.argc; i++) one_file(parsed.argv[i]);
	return gzip.status;
}
