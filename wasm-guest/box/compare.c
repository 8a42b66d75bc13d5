/* cmp */
#include "box.h"

static void byte_text(int c, char out[8]) {
	size_t at = 0;
	if (c >= 128) {
		out[at++] = 'M';
		out[at++] = '-';
		c -= 128;
	}
	if (c < 32 || c == 127) {
		out[at++] = '^';
		c = c == 127 ? '?' : c + 64;
	}
	out[at++] = (char)c;
	out[at] = '\0';
}

int cmp_main(int argc, char **argv) {
	static const struct long_option names[] = {{"silent", 's'}, {"quiet", 's'}, {"verbose", 'l'}, {"bytes", 'n'}, {"print-bytes", 'b'},
		{"ignore-initial", 'i'}, {NULL, 0}};
	struct options parsed;
	bool silent = false, list = false, bytes = false;
	unsigned long long limit = UINT64_MAX, skip[2] = {0, 0};
	usage_status = 2;
	options_start(&parsed, argc, argv, "slbn:i:", names);
	for (int letter; (letter = options_next(&parsed)) != -1;) switch (letter) {
		case 's': silent = true; break;
		case 'l': list = true; break;
		case 'b': bytes = true; break;
		case 'n': limit = need_size(parsed.argument); break;
		default: {
			char *second = strchr(parsed.argument, ':');
			if (second) *second++ = '\0';
			skip[0] = need_size(parsed.argument);
			skip[1] = second ? need_size(second) : skip[0];
		}
		}
	if (parsed.argc < 1 || parsed.argc > 4) missing_operand();
	for (int i = 2; i < parsed.argc; i++) skip[i - 2] = need_size(parsed.argv[i]);
	const char *name[2] = {parsed.argv[0], parsed.argc > 1 ? parsed.argv[1] : "-"};
	struct reader in[2];
	for (int i = 0; i < 2; i++)
		if (!reader_open(&in[i], name[i])) return 2;
	for (int i = 0; i < 2; i++)
		for (unsigned long long j = 0; j < skip[i] && reader_byte(&in[i]) != EOF; j++) continue;
	unsigned long long place = 0, line = 1;
	int status = 0;
	while (place < limit) {
		int a = reader_byte(&in[0]), b = reader_byte(&in[1]);
		if (a == EOF && b == EOF) break;
		if (a == EOF || b == EOF) {
			if (in[0].failed || in[1].failed) return 2;
			if (silent) return 1;
			const char *which = name[a == EOF ? 0 : 1];
			if (place == 0) warn("EOF on %s which is empty", which);
			else if (list) warn("EOF on %s after byte %llu", which, place);
			else warn("EOF on %s after byte %llu, in line %llu", which, place, line);
			return 1;
		}
		place++;
		if (a != b) {
			char left[8], right[8];
			byte_text(a, left);
			byte_text(b, right);
			status = 1;
			if (silent) return 1;
			if (!list) {
				printf("%s %s differ: %s %llu, line %llu", name[0], name[1], bytes ? "byte" : "char", place, line);
				if (bytes) printf(" is %3o %s %3o %s", (unsigned)a, left, (unsigned)b, right);
				putchar('\n');
				return 1;
			}
			printf("%llu %3o %3o\n", place, (unsigned)a, (unsigned)b);
			check_output();
		}
		if (a == '\n') line++;
	}
	return in[0].failed || in[1].failed ? 2 : status;
}
