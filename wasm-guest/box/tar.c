/* tar: options and members' names. */
#include "tar.h"
#include "deflate.h"
#include <fnmatch.h>
#include <signal.h>

struct tar tar;

unsigned tar_checksum(const struct header *header) {
	const unsigned char *bytes = (const unsigned char *)header;
	unsigned sum = 0;
	for (size_t i = 0; i < sizeof *header; i++) sum += i >= offsetof(struct header, checksum) && i < offsetof(struct header, type) ? ' '
		: bytes[i];
	return sum;
}

/* A pattern excludes a whole path, its last components, or all below a directory. */
bool tar_excluded(const char *path) {
	for (size_t i = 0; i < tar.exclude.count; i++) {
		const char *pattern = tar.exclude.list[i];
		for (const char *at = path; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
			for (size_t length = strlen(at); length > 0;) {
				char *part = xstrndup(at, length);
				bool matched = fnmatch(pattern, part, 0) == 0;
				free(part);
				if (matched) return true;
				while (length > 0 && at[length - 1] != '/') length--;
				if (length > 0) length--;
			}
	}
	return false;
}

static void read_list(const char *file, struct names *out) {
	struct reader in;
	size_t length;
	if (!reader_open(&in, file)) exit(2);
	for (char *line; (line = reader_line(&in, '\n', &length, NULL));)
		if (length) names_add(out, xstrndup(line, length));
	reader_close(&in);
}

/* A file tells by its first bytes; a pipe is not looked into. */
static bool is_gzip(int fd) {
	unsigned char magic[2];
	return pread(fd, magic, 2, lseek(fd, 0, SEEK_CUR)) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
}

/* tar.fd becomes a pipe to a child that packs or unpacks. */
static pid_t through_gzip(bool packing) {
	int ends[2];
	fflush(NULL);
	if (pipe(ends) != 0) die_errno(2, "pipe");
	pid_t child = fork();
	if (child < 0) die_errno(2, "fork");
	if (child == 0) {
		unsigned long long total;
		close(ends[packing]);
		int result = packing ? gzip_stream(ends[0], tar.fd, 6, NULL, 0, &total) : gunzip_stream(tar.fd, ends[1], false, &total);
		if (result != GZIP_OK && result != GZIP_GARBAGE) warn("%s", gzip_problem(result));
		_exit(result == GZIP_OK || result == GZIP_GARBAGE ? 0 : 2);
	}
	close(ends[!packing]);
	if (tar.fd > 2) close(tar.fd);
	tar.fd = ends[packing];
	return child;
}

int tar_main(int argc, char **argv) {
	static const struct long_option names[] = {{"create", 'c'}, {"extract", 'x'}, {"get", 'x'}, {"list", 't'}, {"file", 'f'}, {"verbose",
		'v'}, {"directory", 'C'},
		{"preserve-permissions", 'p'}, {"same-permissions", 'p'}, {"dereference", 'h'}, {"exclude", '\1'}, {"strip-components", '\2'},
			{"numeric-owner", '\3'},
		{"no-recursion", '\4'}, {"files-from", 'T'}, {"exclude-from", 'X'}, {"to-stdout", 'O'}, {"keep-old-files", 'k'}, {"touch", 'm'}, {"gzip", 'z'}, {"gunzip", 'z'}, {"auto-compress", 'a'},
			{"same-owner", '\5'},
		{"no-same-owner", 'o'}, {"no-same-permissions", '\6'}, {"overwrite", '\7'}, {NULL, 0}};
	struct options parsed;
	char action = '\0';
	const char *file = "-", *directory = NULL;
	bool zipped = false, by_name = false;
	pid_t filter = 0;
	struct names listed = {0};
	usage_status = 2;
	tar.same_owner = tar.preserve = geteuid() == 0;
	/* Old style: the first argument's letters need no dash, and their arguments follow in order. */
	char **all = xcalloc((size_t)argc * 2 + 2, sizeof *all);
	int count = 0;
	all[count++] = argv[0];
	int first = 1;
	if (argc > 1 && argv[1][0] != '-') {
		first = 2;
		for (const char *letter = argv[1]; *letter; letter++) {
			all[count++] = format_text("-%c", *letter);
			if (strchr("fCTX", *letter)) {
				if (first >= argc) usage_error("option requires an argument -- '%c'", *letter);
				all[count++] = argv[first++];
			}
		}
	}
	while (first < argc) all[count++] = argv[first++];
	options_start(&parsed, count, all, "cxtf:vC:phT:X:OkmozajJ\1:\2:\3\4\5\6\7", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'c': case 'x': case 't':
			if (action && action != letter) usage_error("only one of -c, -x and -t can be given");
			action = (char)letter;
			break;
		case 'f': file = parsed.argument; break;
		case 'v': tar.verbose = true; break;
		case 'C': directory = parsed.argument; break;
		case 'p': tar.preserve = true; break;
		case 'h': tar.follow = true; break;
		case 'T': read_list(parsed.argument, &listed); break;
		case 'X': read_list(parsed.argument, &tar.exclude); break;
		case 'O': tar.to_stdout = true; break;
		case 'k': tar.keep_old = true; break;
		case 'm': tar.touch = true; break;
		case 'o': tar.same_owner = false; break;
		case '\1': names_add(&tar.exclude, parsed.argument); break;
		case '\2': tar.strip = (size_t)need_number(parsed.argument); break;
		case '\3': tar.numeric = true; break;
		case '\4': tar.no_recursion = true; break;
		case '\5': tar.same_owner = true; break;
		case '\6': tar.preserve = false; break;
		case '\7': break;
		case 'z': zipped = true; break;
		case 'a': by_name = true; break;
		default: die(2, "this tar has no -%c, only -z", letter);
		}
	if (!action) usage_error("you must specify one of -c, -x, -t");
	for (int i = 0; i < parsed.argc; i++) names_add(&listed, parsed.argv[i]);
	names_add(&listed, NULL);
	listed.count--;
	bool standard = strcmp(file, "-") == 0;
	if (action == 'c') tar.fd = standard ? STDOUT_FILENO : open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	else tar.fd = standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	if (tar.fd < 0) die_errno(2, "%s: cannot open", file);
	if (by_name && action == 'c') zipped |= fnmatch("*.gz", file, 0) == 0 || fnmatch("*.tgz", file, 0) == 0;
	if (zipped || (action != 'c' && is_gzip(tar.fd))) filter = through_gzip(action == 'c');
	if (directory && chdir(directory) != 0) die_errno(2, "%s: cannot change directory", directory);
	if (action == 'c') {
		if (listed.count == 0) die(2, "refusing to create an empty archive");
		tar_create(listed.list);
		if ((filter || !standard) && close(tar.fd) != 0) die_errno(2, "%s: cannot write", file);
	} else {
		tar.members = listed;
		tar.matched = xcalloc(listed.count + 1, 1);
		tar_read(action == 'x');
		for (size_t i = 0; i < listed.count; i++)
			if (!tar.matched[i]) tar.status = warn("%s: not found in archive", listed.list[i]) + 1;
	}
	if (filter) {
		if (action != 'c') close(tar.fd); /* what follows the archive is not read */
		int ended = wait_status(filter);
		if (ended != 0 && ended != 128 + SIGPIPE) tar.status = 2;
	}
	return tar.status;
}
