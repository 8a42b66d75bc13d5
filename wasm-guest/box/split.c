/* split: a file in parts named PREFIXaa, PREFIXab … */
#include "box.h"

static struct {
	const char *prefix, *suffix;
	char *name;
	int length, fd;
	unsigned long long made;
	bool digits;
} part;

static void next_part(void) {
	unsigned base = part.digits ? 10 : 26;
	unsigned long long number = part.made++;
	char letters[32];
	for (int i = part.length; i-- > 0; number /= base) letters[i] = (char)((part.digits ? '0' : 'a') + (int)(number % base));
	if (number) die(1, "output file suffixes exhausted");
	letters[part.length] = '\0';
	free(part.name);
	part.name = format_text("%s%s%s", part.prefix, letters, part.suffix);
	if (part.fd >= 0 && close(part.fd) != 0) die_errno(1, "%s", part.name);
	part.fd = open(part.name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (part.fd < 0) die_errno(1, "%s", part.name);
}

static void put(const char *bytes, size_t length) {
	if (!write_all(part.fd, bytes, length)) die_errno(1, "%s", part.name);
}

int split_main(int argc, char **argv) {
	static const struct long_option names[] = {{"lines", 'l'}, {"bytes", 'b'}, {"suffix-length", 'a'}, {"numeric-suffixes", 'd'},
		{"additional-suffix", '\1'}, {NULL, 0}};
	struct options parsed;
	unsigned long long lines = 1000, bytes = 0;
	part.length = 2;
	part.fd = -1;
	part.suffix = "";
	options_start(&parsed, argc, argv, "l:b:a:d\1:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'l': lines = need_size(parsed.argument); bytes = 0; break;
		case 'b': bytes = need_size(parsed.argument); lines = 0; break;
		case 'a': part.length = (int)need_number(parsed.argument); break;
		case 'd': part.digits = true; break;
		default: part.suffix = parsed.argument;
		}
	if (part.length < 1 || part.length > 30 || (lines == 0 && bytes == 0)) usage_error("invalid number");
	const char *name = parsed.argc ? parsed.argv[0] : "-";
	part.prefix = parsed.argc > 1 ? parsed.argv[1] : "x";
	int fd = open_input(name);
	if (fd < 0) return 1;
	char *block = xmalloc(BLOCK);
	unsigned long long left = 0;
	ssize_t got;
	while ((got = read_some(fd, block, BLOCK)) > 0)
		for (size_t at = 0, length = (size_t)got; at < length;) {
			if (left == 0) {
				next_part();
				left = lines ? lines : bytes;
			}
			size_t end = at;
			if (bytes) {
				end = left < length - at ? at + (size_t)left : length;
				left -= end - at;
			} else
				while (end < length && left > 0)
					if (block[end++] == '\n') left--;
			put(block + at, end - at);
			at = end;
		}
	if (got < 0) return warn_errno("%s", name);
	return part.fd >= 0 && close(part.fd) != 0 ? warn_errno("%s", part.name) : 0;
}
