/* mkdir, mkfifo, mknod, mktemp, ln, link, touch, truncate. */
#include "box.h"

static mode_t need_mode(const char *text, mode_t old, bool directory) {
	mode_t mode;
	if (!parse_mode(text, old, directory, current_umask(), &mode)) die(1, "invalid mode '%s'", text);
	return mode;
}

int mkdir_main(int argc, char **argv) {
	static const struct long_option names[] = {{"parents", 'p'}, {"mode", 'm'}, {"verbose", 'v'}, {NULL, 0}};
	struct options parsed;
	bool parents = false, verbose = false, exact = false;
	mode_t mode = 0777;
	options_start(&parsed, argc, argv, "pm:v", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'p') parents = true;
		else if (letter == 'v') verbose = true;
		else {
			mode = need_mode(parsed.argument, 0777, true);
			exact = true;
		}
	}
	if (parsed.argc == 0) missing_operand();
	int status = 0;
	for (int i = 0; i < parsed.argc; i++) {
		const char *path = parsed.argv[i];
		bool there = is_directory(path);
		if (parents ? !make_directories(path, mode, verbose) : mkdir(path, mode) != 0)
			status = parents ? 1 : warn_errno("cannot create directory '%s'", path);
		else {
			if (verbose && !parents) printf("%s: created directory '%s'\n", tool_name, path);
			if (exact && !there && chmod(path, mode) != 0) status = warn_errno("cannot set permissions of '%s'", path);
		}
	}
	return status;
}

int mkfifo_main(int argc, char **argv) {
	static const struct long_option names[] = {{"mode", 'm'}, {NULL, 0}};
	struct options parsed;
	mode_t mode = 0666;
	bool exact = false;
	options_start(&parsed, argc, argv, "m:", names);
	while (options_next(&parsed) != -1) {
		mode = need_mode(parsed.argument, 0666, false);
		exact = true;
	}
	if (parsed.argc == 0) missing_operand();
	int status = 0;
	for (int i = 0; i < parsed.argc; i++)
		if (mkfifo(parsed.argv[i], mode) != 0 || (exact && chmod(parsed.argv[i],
			mode) != 0)) status = warn_errno("cannot create fifo '%s'", parsed.argv[i]);
	return status;
}

int mknod_main(int argc, char **argv) {
	struct options parsed;
	mode_t mode = 0666;
	bool exact = false;
	options_start(&parsed, argc, argv, "m:", NULL);
	while (options_next(&parsed) != -1) {
		mode = need_mode(parsed.argument, 0666, false);
		exact = true;
	}
	if (parsed.argc < 2) missing_operand();
	char kind = parsed.argv[1][0];
	if (!kind || parsed.argv[1][1] || !strchr("bcup", kind)) usage_error("invalid device type '%s'", parsed.argv[1]);
	if (parsed.argc != (kind == 'p' ? 2 : 4)) usage_error(kind == 'p' ? "fifos do not have major and minor device numbers"
		: "special files require major and minor device numbers");
	uint64_t device = kind == 'p' ? 0 : make_device((unsigned)need_number(parsed.argv[2]), (unsigned)need_number(parsed.argv[3]));
	if (mknod(parsed.argv[0], mode | (kind == 'p' ? S_IFIFO : kind == 'b' ? S_IFBLK : S_IFCHR), device) != 0) return warn_errno("%s",
		parsed.argv[0]);
	if (exact && chmod(parsed.argv[0], mode) != 0) return warn_errno("cannot set permissions of '%s'", parsed.argv[0]);
	return 0;
}

/* Puts letters and digits for the X's that end at `end`. */
static void random_letters(char *end, size_t count) {
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	unsigned char bytes[16] = {0};
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (fd < 0 || read_full(fd, bytes, sizeof bytes) != (ssize_t)sizeof bytes) /* no /dev: O_EXCL keeps it correct, this only spreads */
		for (size_t i = 0; i < sizeof bytes;
			i++) bytes[i] = (unsigned char)((unsigned long)now.tv_nsec * 2654435761u >> (i % 24)) ^ (unsigned char)(getpid() * (int)(i + 7));
	if (fd >= 0) close(fd);
	for (size_t i = 0; i < count; i++) end[-1 - (ptrdiff_t)i] = letters[bytes[i % sizeof bytes] % (sizeof letters - 1)];
}

int mktemp_main(int argc, char **argv) {
	static const struct long_option names[] = {{"directory", 'd'}, {"dry-run", 'u'}, {"tmpdir", 'p'}, {"quiet", 'q'}, {"suffix", '\1'},
		{NULL, 0}};
	struct options parsed;
	bool directory = false, dry = false, quiet = false, in_temporary = false;
	const char *parent = NULL, *suffix = "";
	options_start(&parsed, argc, argv, "duqtp:\1:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'd': directory = true; break;
		case 'u': dry = true; break;
		case 'q': quiet = true; break;
		case 't': in_temporary = true; break;
		case 'p': parent = parsed.argument; break;
		default: suffix = parsed.argument;
		}
	if (parsed.argc > 1) usage_error("too many templates");
	const char *template = parsed.argc ? parsed.argv[0] : "tmp.XXXXXXXXXX";
	const char *temporary = getenv("TMPDIR");
	if (!temporary || !*temporary) temporary = "/tmp";
	if (parsed.argc == 0 || in_temporary || parent) {
		if (!parent || (in_temporary && getenv("TMPDIR"))) parent = temporary;
	}
	char *base = parent ? join_path(parent, template) : xstrdup(template);
	char *last = strrchr(base, 'X');
	if (!last) die(1, "too few X's in template '%s'", template);
	size_t count = 0;
	while (last - count >= base && last[-(ptrdiff_t)count] == 'X') count++;
	if (count < 3) die(1, "too few X's in template '%s'", template);
	char *path = format_text("%s%s", base, suffix);
	char *end = path + (last - base) + 1;
	for (int attempt = 0; attempt < 100; attempt++) {
		random_letters(end, count);
		int fd = -1;
		if (dry) {
			if (access(path, F_OK) == 0) continue;
		} else if (directory ? mkdir(path, 0700) != 0 : (fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0) {
			if (errno == EEXIST) continue;
			return quiet ? 1 : warn_errno("failed to create %s via template '%s'", directory ? "directory" : "file", base);
		}
		if (fd >= 0) close(fd);
		puts(path);
		return 0;
	}
	return warn("cannot find a free name for '%s'", base);
}

struct link_options {
	bool symbolic, force, no_dereference, verbose, relative, plain, logical;
};

/* The text of a link at `link` that leads to `target`. */
static char *relative_target(const char *target, const char *link) {
	char *to = canonical_path(target, 0), *parent = directory_name(link), *from = canonical_path(parent, 0);
	struct buffer text = {0};
	size_t common = 0;
	free(parent);
	if (!to || !from) die_errno(1, "%s", target);
	for (size_t i = 0;; i++) {
		bool left = to[i] == '\0' || to[i] == '/', right = from[i] == '\0' || from[i] == '/';
		if (left && right) common = i;
		if (to[i] != from[i] || !to[i]) break;
	}
	if (strcmp(from, "/") != 0)
		for (const char *at = from + common; *at; at++)
			if (*at == '/') buffer_text(&text, text.length ? "/.." : "..");
	const char *rest = to + common + (to[common] == '/');
	if (*rest) {
		if (text.length) buffer_char(&text, '/');
		buffer_text(&text, rest);
	}
	free(to);
	free(from);
	return text.length ? text.data : xstrdup(".");
}

static int make_link(const char *target, const char *at, const struct link_options *options) {
	struct stat st, source;
	if (options->force && lstat(at, &st) == 0) {
		if (!options->symbolic && stat(target, &source) == 0 && source.st_dev == st.st_dev && source.st_ino == st.st_ino)
			return warn("'%s' and '%s' are the same file", target, at);
		if (S_ISDIR(st.st_mode)) return warn("%s: cannot overwrite directory", at);
		if (unlink(at) != 0) return warn_errno("cannot remove '%s'", at);
	}
	char *text = options->symbolic && options->relative ? relative_target(target, at) : xstrdup(target);
	int failed = options->symbolic ? symlink(text, at) : linkat(AT_FDCWD, target, AT_FDCWD, at, options->logical ? AT_SYMLINK_FOLLOW : 0);
	if (failed) warn_errno("failed to create %s link '%s'", options->symbolic ? "symbolic" : "hard", at);
	else if (options->verbose) printf("'%s' %s '%s'\n", at, options->symbolic ? "->" : "=>", text);
	free(text);
	return failed ? 1 : 0;
}

int ln_main(int argc, char **argv) {
	static const struct long_option names[] = {{"symbolic", 's'}, {"force", 'f'}, {"no-dereference", 'n'}, {"verbose", 'v'}, {"relative",
		'r'},
		{"no-target-directory", 'T'}, {"target-directory", 't'}, {NULL, 0}};
	struct link_options options = {0};
	struct options parsed;
	const char *directory = NULL;
	options_start(&parsed, argc, argv, "sfnvrTt:LP", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 's': options.symbolic = true; break;
		case 'f': options.force = true; break;
		case 'n': options.no_dereference = true; break;
		case 'v': options.verbose = true; break;
		case 'r': options.relative = true; break;
		case 'T': options.plain = true; break;
		case 'L': options.logical = true; break;
		case 'P': options.logical = false; break;
		default: directory = parsed.argument;
		}
	if (parsed.argc == 0) missing_operand();
	int count = directory || parsed.argc == 1 ? parsed.argc : parsed.argc - 1, status = 0;
	const char *last = directory ? directory : parsed.argc == 1 ? "." : parsed.argv[count];
	struct stat st;
	bool linked = options.no_dereference && lstat(last, &st) == 0 && S_ISLNK(st.st_mode);
	bool into = !options.plain && !linked && is_directory(last);
	if (count > 1 && !into) return warn("target '%s' is not a directory", last);
	for (int i = 0; i < count; i++) {
		char *at = into ? target_path(parsed.argv[i], last) : xstrdup(last);
		status |= make_link(parsed.argv[i], at, &options);
		free(at);
	}
	return status;
}

int link_main(int argc, char **argv) {
	struct options parsed;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	if (parsed.argc != 2) missing_operand();
	return make_link(parsed.argv[0], parsed.argv[1], &(struct link_options){0});
}

int truncate_main(int argc, char **argv) {
	static const struct long_option names[] = {{"size", 's'}, {"no-create", 'c'}, {"reference", 'r'}, {NULL, 0}};
	struct options parsed;
	bool create = true;
	char relation = '\0';
	unsigned long long size = 0;
	bool given = false;
	options_start(&parsed, argc, argv, "s:cor:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		struct stat st;
		if (letter == 'c') create = false;
		else if (letter == 'r') {
			if (stat(parsed.argument, &st) != 0) die_errno(1, "cannot stat '%s'", parsed.argument);
			size = (unsigned long long)st.st_size;
			given = true;
		} else if (letter == 's') {
			const char *text = parsed.argument;
			if (*text && strchr("+-<>/%", *text)) relation = *text++;
			size = need_size(text);
			given = true;
		}
	}
	if (!given) usage_error("you must specify either '--size' or '--reference'");
	if (parsed.argc == 0) missing_operand();
	if (size == 0 && (relation == '/' || relation == '%')) die(1, "division by zero");
	int status = 0;
	for (int i = 0; i < parsed.argc; i++) {
		int fd = open(parsed.argv[i], O_WRONLY | O_CLOEXEC | (create ? O_CREAT : 0), 0666);
		struct stat st;
		if (fd < 0) {
			if (create || errno != ENOENT) status = warn_errno("cannot open '%s' for writing", parsed.argv[i]);
			continue;
		}
		unsigned long long old = fstat(fd, &st) == 0 ? (unsigned long long)st.st_size : 0, wanted = size;
		if (relation == '+') wanted = old + size;
		else if (relation == '-') wanted = old > size ? old - size : 0;
		else if (relation == '<') wanted = old < size ? old : size;
		else if (relation == '>') wanted = old > size ? old : size;
		else if (relation == '/') wanted = old / size * size;
		else if (relation == '%') wanted = (old + size - 1) / size * size;
		if (ftruncate(fd, (off_t)wanted) != 0) status = warn_errno("failed to truncate '%s' at %llu bytes", parsed.argv[i], wanted);
		close(fd);
	}
	return status;
}
