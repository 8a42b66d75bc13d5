/* md5sum, sha1sum … cksum, base64. */
#include "digest.h"
#include <ctype.h>

static bool digest_file(const char *name, const struct digest_kind *kind, char text[130]) {
	struct digest *digest = xmalloc(sizeof *digest);
	unsigned char out[64], *block = xmalloc(BLOCK);
	int fd = open_input(name);
	ssize_t got = -1;
	if (fd >= 0) {
		digest_start(digest, kind);
		while ((got = read_some(fd, block, BLOCK)) > 0) digest_add(digest, block, (size_t)got);
		if (got < 0) warn_errno("%s", name);
		close_input(fd);
		digest_end(digest, out);
		for (size_t i = 0; i < kind->size; i++) snprintf(text + 2 * i, 3, "%02x", out[i]);
	}
	free(digest);
	free(block);
	return got == 0;
}

struct check {
	bool quiet, silent, warn;
	unsigned long failed, unread, malformed, right;
};

static void check_list(const char *list, const struct digest_kind *kind, struct check *check) {
	struct reader in;
	size_t length;
	if (!reader_open(&in, list)) {
		check->unread++;
		return;
	}
	for (char *line; (line = reader_line(&in, '\n', &length, NULL));) {
		size_t digits = strspn(line, "0123456789abcdefABCDEF");
		if (digits != kind->size * 2 || line[digits] != ' ' || (line[digits + 1] != ' ' && line[digits + 1] != '*')) {
			check->malformed++;
			continue;
		}
		char text[130];
		const char *name = line + digits + 2;
		line[digits] = '\0';
		if (!digest_file(name, kind, text)) {
			check->unread++;
			if (!check->silent) printf("%s: FAILED open or read\n", name);
			continue;
		}
		for (char *each = line; *each; each++) *each = (char)tolower((unsigned char)*each);
		bool same = strcmp(text, line) == 0;
		if (same) check->right++;
		else check->failed++;
		if (!check->silent && (!same || !check->quiet)) printf("%s: %s\n", name, same ? "OK" : "FAILED");
	}
	reader_close(&in);
}

int sums_main(int argc, char **argv) {
	static const struct long_option names[] = {{"check", 'c'}, {"quiet", '\1'}, {"status", 's'}, {"warn", 'w'}, {"binary", 'b'}, {"text",
		't'}, {NULL, 0}};
	const struct digest_kind *kind = digest_kind(tool_name);
	struct options parsed;
	struct check check = {0};
	bool checking = false;
	char mark = ' ';
	int status = 0;
	options_start(&parsed, argc, argv, "cswbt\1", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 'c': checking = true; break;
		case 's': check.silent = true; break;
		case 'w': check.warn = true; break;
		case '\1': check.quiet = true; break;
		case 'b': mark = '*'; break;
		default: mark = ' ';
		}
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		const char *name = parsed.argc ? parsed.argv[i] : "-";
		char text[130];
		if (checking) check_list(name, kind, &check);
		else if (digest_file(name, kind, text)) printf("%s %c%s\n", text, mark, name);
		else status = 1;
	}
	if (!checking) return status;
	if (check.malformed && check.warn) warn("WARNING: %lu lines are improperly formatted", check.malformed);
	if (check.unread && !check.silent) warn("WARNING: %lu listed file%s could not be read", check.unread, check.unread > 1 ? "s" : "");
	if (check.failed && !check.silent) warn("WARNING: %lu computed checksum%s did NOT match", check.failed, check.failed > 1 ? "s" : "");
	if (!check.right && !check.failed && !check.unread) return warn("no properly formatted checksum lines found");
	return check.failed || check.unread;
}

/* CRC of POSIX cksum: polynomial 0x04c11db7, the length behind the data. */
static uint32_t crc_byte(uint32_t crc, unsigned char byte) {
	crc ^= (uint32_t)byte << 24;
	for (int bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? crc << 1 ^ 0x04c11db7 : crc << 1;
	return crc;
}

int cksum_main(int argc, char **argv) {
	struct options parsed;
	int status = 0;
	options_start(&parsed, argc, argv, "", NULL);
	options_next(&parsed);
	uint32_t table[256];
	for (int i = 0; i < 256; i++) table[i] = crc_byte(0, (unsigned char)i);
	unsigned char *block = xmalloc(BLOCK);
	for (int i = 0; i < (parsed.argc ? parsed.argc : 1); i++) {
		const char *name = parsed.argc ? parsed.argv[i] : "-";
		int fd = open_input(name);
		uint32_t crc = 0;
		unsigned long long total = 0;
		ssize_t got = -1;
		while (fd >= 0 && (got = read_some(fd, block, BLOCK)) > 0) {
			for (ssize_t j = 0; j < got; j++) crc = crc << 8 ^ table[(crc >> 24 ^ block[j]) & 0xff];
			total += (unsigned long long)got;
		}
		if (got < 0) {
			status = fd < 0 ? 1 : warn_errno("%s", name);
			continue;
		}
		close_input(fd);
		for (unsigned long long left = total; left; left >>= 8) crc = crc << 8 ^ table[(crc >> 24 ^ left) & 0xff];
		printf(parsed.argc ? "%lu %llu %s\n" : "%lu %llu\n", (unsigned long)(uint32_t)~crc, total, name);
	}
	return status;
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int encode(int fd, const char *name, unsigned long long width) {
	enum { CHUNK = 3 * 16384 };
	unsigned char *block = xmalloc(CHUNK);
	unsigned long long column = 0;
	ssize_t got;
	while ((got = read_full(fd, block, CHUNK)) > 0) {
		for (ssize_t i = 0; i < got; i += 3) {
			unsigned bits = (unsigned)block[i] << 16 | (i + 1 < got ? (unsigned)block[i + 1] << 8 : 0) | (i + 2 < got ? block[i + 2] : 0);
			for (int j = 0; j < 4; j++) {
				if (width && column == width) {
					putchar('\n');
					column = 0;
				}
				putchar(i + j > got ? '=' : alphabet[bits >> (18 - 6 * j) & 63]);
				column++;
			}
		}
		check_output();
		if (got < CHUNK) break;
	}
	if (column && width) putchar('\n');
	free(block);
	return got < 0 ? warn_errno("%s", name) : 0;
}

static int decode(struct reader *in, bool lenient) {
	unsigned bits = 0, count = 0, padding = 0;
	for (int c; (c = reader_byte(in)) != EOF;) {
		if (c == '\n') continue;
		const char *place = c ? strchr(alphabet, c) : NULL;
		if (c == '=' && count + padding > 0) {
			padding++;
			if (count < 2 || count + padding > 4) return warn("invalid input");
		} else if (place && padding == 0) {
			bits = bits << 6 | (unsigned)(place - alphabet);
			count++;
		} else if (lenient) continue;
		else return warn("invalid input");
		if (count + padding < 4) continue;
		bits <<= 6 * padding;
		for (unsigned i = 0; i + 1 < count; i++) putchar((int)(bits >> (16 - 8 * i) & 0xff));
		bits = count = padding = 0;
		check_output();
	}
	return count ? warn("invalid input") : in->failed;
}

int base64_main(int argc, char **argv) {
	static const struct long_option names[] = {{"decode", 'd'}, {"wrap", 'w'}, {"ignore-garbage", 'i'}, {NULL, 0}};
	struct options parsed;
	bool decoding = false, lenient = false;
	unsigned long long width = 76;
	options_start(&parsed, argc, argv, "dDw:i", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) {
		if (letter == 'w') width = need_number(parsed.argument);
		else if (letter == 'i') lenient = true;
		else decoding = true;
	}
	if (parsed.argc > 1) usage_error("extra operand '%s'", parsed.argv[1]);
	struct reader in;
	if (!reader_open(&in, parsed.argc ? parsed.argv[0] : "-")) return 1;
	return decoding ? decode(&in, lenient) : encode(in.fd, in.name, width);
}
