/* dd */
#include "box.h"
#include <ctype.h>
#include <signal.h>

static struct {
	unsigned long long in_full, in_part, out_full, out_part, bytes;
	double start;
} done;
static volatile sig_atomic_t report_wanted;

static void on_usr1(int number) {
	(void)number;
	report_wanted = 1;
}

static void report(bool transfer) {
	fprintf(stderr, "%llu+%llu records in\n%llu+%llu records out\n", done.in_full, done.in_part, done.out_full, done.out_part);
	if (!transfer) return;
	double seconds = monotonic_seconds() - done.start;
	char human[16] = "";
	fprintf(stderr, "%llu bytes", done.bytes);
	if (done.bytes >= 1024) {
		human_size(done.bytes, human);
		fprintf(stderr, " (%sB)", human);
	}
	human_size(seconds > 0 ? (unsigned long long)((double)done.bytes / seconds) : 0, human);
	fprintf(stderr, " copied, %.6f seconds, %sB/s\n", seconds, human);
}

enum { NOTRUNC = 1, SYNC = 2, NOERROR = 4, FSYNC = 8, UCASE = 16, LCASE = 32, SWAB = 64, EXCL = 128, NOCREAT = 256, APPEND = 512,
	FULLBLOCK = 1024, COUNT_BYTES = 2048,
	SKIP_BYTES = 4096, SEEK_BYTES = 8192, DIRECT = 16384, FDATASYNC = 32768 };
static const struct { const char *name; int flag; } words[] = {{"notrunc", NOTRUNC}, {"sync", SYNC}, {"noerror", NOERROR}, {"fsync",
	FSYNC}, {"fdatasync", FDATASYNC},
	{"ucase", UCASE}, {"lcase", LCASE}, {"swab", SWAB}, {"excl", EXCL}, {"nocreat", NOCREAT}, {"append", APPEND}, {"fullblock",
		FULLBLOCK}, {"count_bytes", COUNT_BYTES},
	{"skip_bytes", SKIP_BYTES}, {"seek_bytes", SEEK_BYTES}, {"direct", DIRECT}};

static int parse_words(char *text, const char *option) {
	int flags = 0;
	for (char *each = strtok(text, ","); each; each = strtok(NULL, ",")) {
		size_t i = 0;
		while (i < LENGTH(words) && strcmp(words[i].name, each) != 0) i++;
		if (i == LENGTH(words)) usage_error("invalid %s: '%s'", option, each);
		flags |= words[i].flag;
	}
	return flags;
}

static void convert(unsigned char *block, size_t length, int flags) {
	for (size_t i = 0; i < length && (flags & (UCASE | LCASE)); i++) block[i] = (unsigned char)(flags & UCASE ? toupper(block[i])
		: tolower(block[i]));
	for (size_t i = 0; i + 1 < length && (flags & SWAB); i += 2) {
		unsigned char kept = block[i];
		block[i] = block[i + 1];
		block[i + 1] = kept;
	}
}

static bool skip(int fd, unsigned long long bytes, unsigned char *block, size_t size) {
	if (bytes == 0) return true;
	struct stat st;
	if (lseek(fd, (off_t)bytes, SEEK_CUR) >= 0) {
		if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (unsigned long long)st.st_size < bytes) warn("cannot skip to specified offset");
		return true;
	}
	while (bytes > 0) {
		ssize_t got = read_full(fd, block, bytes < size ? (size_t)bytes : size);
		if (got <= 0) return got == 0;
		bytes -= (unsigned long long)got;
	}
	return true;
}

int dd_main(int argc, char **argv) {
	unsigned long long in_size = 512, out_size = 512, count = UINT64_MAX, skipped = 0, sought = 0;
	const char *from = NULL, *to = NULL, *status_word = "";
	int flags = 0, in_flags = 0, out_flags = 0, status = 0;
	for (int i = 1; i < argc; i++) {
		char *value = strchr(argv[i], '=');
		if (strcmp(argv[i], "--") == 0) continue;
		if (!value) usage_error("unrecognized operand '%s'", argv[i]);
		*value++ = '\0';
		const char *name = argv[i];
		if (strcmp(name, "if") == 0) from = value;
		else if (strcmp(name, "of") == 0) to = value;
		else if (strcmp(name, "bs") == 0) in_size = out_size = need_size(value);
		else if (strcmp(name, "ibs") == 0) in_size = need_size(value);
		else if (strcmp(name, "obs") == 0) out_size = need_size(value);
		else if (strcmp(name, "count") == 0) count = need_size(value);
		else if (strcmp(name, "skip") == 0 || strcmp(name, "iseek") == 0) skipped = need_size(value);
		else if (strcmp(name, "seek") == 0 || strcmp(name, "oseek") == 0) sought = need_size(value);
		else if (strcmp(name, "conv") == 0) flags |= parse_words(value, "conversion");
		else if (strcmp(name, "iflag") == 0) in_flags |= parse_words(value, "input flag");
		else if (strcmp(name, "oflag") == 0) out_flags |= parse_words(value, "output flag");
		else if (strcmp(name, "status") == 0) status_word = value;
		else usage_error("unrecognized operand '%s'", name);
	}
	if (in_size == 0 || out_size == 0 || in_size > SIZE_MAX / 2 || out_size > SIZE_MAX / 2) die(1, "invalid number");
	int in = STDIN_FILENO, out = STDOUT_FILENO;
	if (from && (in = open(from, O_RDONLY | O_CLOEXEC)) < 0) die_errno(1, "failed to open '%s'", from);
	if (to) {
		/* With seek= what stands before stays: the file is cut at the seek point instead. */
		int mode = O_WRONLY | O_CLOEXEC | (flags & NOCREAT ? 0 : O_CREAT) | (flags & EXCL ? O_EXCL : 0) | (out_flags & APPEND ? O_APPEND
			: 0);
		if (!(flags & NOTRUNC) && !sought && !(out_flags & APPEND)) mode |= O_TRUNC;
		if ((out = open(to, mode, 0666)) < 0) die_errno(1, "failed to open '%s'", to);
	}
	unsigned char *block = xmalloc((size_t)in_size), *gather = in_size == out_size ? NULL : xmalloc((size_t)out_size);
	size_t gathered = 0;
	unsigned long long seek_bytes = out_flags & SEEK_BYTES ? sought : sought * out_size;
	if (!skip(in, in_flags & SKIP_BYTES ? skipped : skipped * in_size, block, (size_t)in_size)) die_errno(1, "'%s': cannot skip", from
		? from : "standard input");
	if (sought) {
		if (lseek(out, (off_t)seek_bytes, SEEK_CUR) < 0) die_errno(1, "'%s': cannot seek", to ? to : "standard output");
		if (to && !(flags & NOTRUNC) && ftruncate(out, (off_t)seek_bytes) != 0 && errno != EINVAL) die_errno(1, "failed to truncate '%s'",
			to);
	}
	signal(SIGUSR1, on_usr1);
	done.start = monotonic_seconds();
	unsigned long long limit = in_flags & COUNT_BYTES ? count : UINT64_MAX, blocks = in_flags & COUNT_BYTES ? UINT64_MAX : count;
	while (blocks-- > 0 && limit > 0) {
		size_t wanted = limit < in_size ? (size_t)limit : (size_t)in_size;
		ssize_t got = in_flags & FULLBLOCK ? read_full(in, block, wanted) : read_some(in, block, wanted);
		if (report_wanted) {
			report_wanted = 0;
			report(true);
		}
		if (got == 0) break;
		size_t length = (size_t)got;
		if (got < 0) {
			status = warn_errno("error reading '%s'", from ? from : "standard input");
			if (!(flags & NOERROR)) break;
			if (lseek(in, (off_t)in_size, SEEK_CUR) < 0 && !(flags & SYNC)) continue;
			length = 0;
		}
		limit -= length;
		if (length == in_size) done.in_full++;
		else done.in_part++;
		if (length < in_size && (flags & SYNC)) {
			memset(block + length, 0, (size_t)in_size - length);
			length = (size_t)in_size;
		}
		convert(block, length, flags);
		size_t at = 0;
		while (at < length) {
			const unsigned char *piece = block + at;
			size_t size = length - at;
			if (gather) {
				if (size > out_size - gathered) size = (size_t)out_size - gathered;
				memcpy(gather + gathered, piece, size);
				gathered += size;
				at += size;
				if (gathered < out_size) break;
				piece = gather;
				size = gathered;
				gathered = 0;
			} else at += size;
			if (!write_all(out, piece, size)) {
				status = warn_errno("error writing '%s'", to ? to : "standard output");
				goto end;
			}
			done.bytes += size;
			if (size == out_size) done.out_full++;
			else done.out_part++;
		}
	}
	if (gathered) {
		if (!write_all(out, gather, gathered)) status = warn_errno("error writing '%s'", to ? to : "standard output");
		else {
			done.bytes += gathered;
			done.out_part++;
		}
	}
	if ((flags & (FSYNC | FDATASYNC)) && fsync(out) != 0) status = warn_errno("fsync failed for '%s'", to ? to : "standard output");
end:
	if (close(out) != 0 && status == 0) status = warn_errno("error writing '%s'", to ? to : "standard output");
	if (strcmp(status_word, "none") != 0) report(strcmp(status_word, "noxfer") != 0);
	exit(status); /* standard output is closed: nothing is left to flush */
}
