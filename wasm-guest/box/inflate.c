/* Reading what gzip wrote. Codes are decoded bit by bit from counts of their lengths, as in RFC 1951, 3.2.2. */
#include "deflate.h"

const uint16_t length_base[29] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
const unsigned char length_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
const uint16_t distance_base[30] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
	4097, 6145, 8193, 12289, 16385, 24577};
const unsigned char distance_extra[30] = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
const unsigned char code_order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

enum { WINDOW = 32768, MAX_BITS = 15, FAST = 9 };
struct code {
	uint16_t count[MAX_BITS + 1], symbol[288];
	uint16_t fast[1 << FAST]; /* of short codes: symbol << 4 | length; 0: longer */
};
struct inflater {
	int in, out, problem;
	unsigned char input[16384], window[2 * WINDOW];
	size_t at, end, filled; /* filled: bytes of the window that are not written yet end here; written ones begin at 0 */
	size_t pending; /* where those that are not written begin */
	uint32_t bits, crc;
	unsigned bit_count;
	unsigned long long member, total;
	struct code lengths, distances;
};

uint32_t crc32_add(uint32_t crc, const unsigned char *bytes, size_t length) {
	static uint32_t table[256];
	if (table[1] == 0)
		for (uint32_t i = 0; i < 256; i++) {
			uint32_t value = i;
			for (int bit = 0; bit < 8; bit++) value = value & 1 ? value >> 1 ^ 0xedb88320 : value >> 1;
			table[i] = value;
		}
	crc = ~crc;
	while (length--) crc = crc >> 8 ^ table[(crc ^ *bytes++) & 0xff];
	return ~crc;
}

/* The next byte, or -1 at the end or after a problem. */
static int next_byte(struct inflater *z) {
	if (z->at == z->end && !z->problem) {
		ssize_t got = read_some(z->in, z->input, sizeof z->input);
		if (got < 0) z->problem = GZIP_READ;
		z->at = 0;
		z->end = got > 0 ? (size_t)got : 0;
	}
	return z->at < z->end ? z->input[z->at++] : -1;
}

static bool need_bits(struct inflater *z, unsigned count) {
	while (z->bit_count < count) {
		int byte = next_byte(z);
		if (byte < 0) return false;
		z->bits |= (uint32_t)byte << z->bit_count;
		z->bit_count += 8;
	}
	return true;
}

static unsigned get_bits(struct inflater *z, unsigned count) {
	if (!need_bits(z, count)) {
		if (!z->problem) z->problem = GZIP_TRUNCATED;
		return 0;
	}
	unsigned value = z->bits & ((1u << count) - 1);
	z->bits >>= count;
	z->bit_count -= count;
	return value;
}

/* False: more codes than there is room for, or fewer than needed (one code alone is allowed). */
static bool make_code(struct code *code, const unsigned char *lengths, unsigned count) {
	uint16_t next[MAX_BITS + 2] = {0};
	memset(code, 0, sizeof *code);
	for (unsigned i = 0; i < count; i++) code->count[lengths[i]]++;
	unsigned used = count - code->count[0];
	code->count[0] = 0;
	int left = 1;
	for (int bits = 1; bits <= MAX_BITS; bits++) {
		left = left * 2 - code->count[bits];
		if (left < 0) return false;
		next[bits + 1] = (uint16_t)(next[bits] + code->count[bits]);
	}
	for (unsigned i = 0; i < count; i++)
		if (lengths[i]) code->symbol[next[lengths[i]]++] = (uint16_t)i;
	unsigned value = 0, index = 0;
	for (unsigned bits = 1; bits <= FAST; bits++, value <<= 1)
		for (unsigned i = 0; i < code->count[bits]; i++, value++, index++) {
			unsigned reversed = 0;
			for (unsigned bit = 0; bit < bits; bit++) reversed |= (value >> bit & 1) << (bits - 1 - bit);
			for (; reversed < 1u << FAST; reversed += 1u << bits) code->fast[reversed] = (uint16_t)(code->symbol[index] << 4 | bits);
		}
	return left == 0 || used <= 1;
}

static int get_symbol(struct inflater *z, const struct code *code) {
	if (need_bits(z, FAST) || z->bit_count > 0) {
		unsigned entry = code->fast[z->bits & ((1u << FAST) - 1)], length = entry & 15;
		if (length && length <= z->bit_count) {
			z->bits >>= length;
			z->bit_count -= length;
			return (int)(entry >> 4);
		}
	}
	unsigned value = 0, first = 0, index = 0;
	for (unsigned bits = 1; bits <= MAX_BITS; bits++) {
		value |= get_bits(z, 1);
		if (z->problem) return -1;
		if (value - first < code->count[bits]) return code->symbol[index + value - first];
		index += code->count[bits];
		first = (first + code->count[bits]) << 1;
		value <<= 1;
	}
	z->problem = GZIP_CORRUPT;
	return -1;
}

static void write_window(struct inflater *z) {
	size_t length = z->filled - z->pending;
	z->crc = crc32_add(z->crc, z->window + z->pending, length);
	z->member += length;
	z->total += length;
	if (length && z->out >= 0 && !write_all(z->out, z->window + z->pending, length)) z->problem = GZIP_WRITE;
	if (z->filled == sizeof z->window) {
		memcpy(z->window, z->window + WINDOW, WINDOW);
		z->filled = WINDOW;
	}
	z->pending = z->filled;
}

static void put(struct inflater *z, unsigned char byte) {
	z->window[z->filled++] = byte;
	if (z->filled == sizeof z->window) write_window(z);
}

static void read_codes(struct inflater *z) {
	unsigned char lengths[320] = {0};
	unsigned literals = get_bits(z, 5) + 257, distances = get_bits(z, 5) + 1, orders = get_bits(z, 4) + 4;
	for (unsigned i = 0; i < orders; i++) lengths[code_order[i]] = (unsigned char)get_bits(z, 3);
	if (z->problem) return;
	if (literals > 286 || !make_code(&z->lengths, lengths, 19)) {
		z->problem = GZIP_CORRUPT;
		return;
	}
	memset(lengths, 0, sizeof lengths);
	for (unsigned i = 0; i < literals + distances && !z->problem;) {
		int symbol = get_symbol(z, &z->lengths);
		unsigned repeat = 1, value = 0;
		if (symbol < 0) return;
		if (symbol < 16) value = (unsigned)symbol;
		else if (symbol == 16) {
			if (i == 0) z->problem = GZIP_CORRUPT;
			else value = lengths[i - 1];
			repeat = 3 + get_bits(z, 2);
		} else repeat = symbol == 17 ? 3 + get_bits(z, 3) : 11 + get_bits(z, 7);
		if (i + repeat > literals + distances) z->problem = GZIP_CORRUPT;
		while (repeat-- && !z->problem) lengths[i++] = (unsigned char)value;
	}
	if (z->problem) return;
	if (lengths[256] == 0 || !make_code(&z->lengths, lengths, literals) || !make_code(&z->distances, lengths + literals, distances))
		z->problem = GZIP_CORRUPT;
}

static void fixed_codes(struct inflater *z) {
	unsigned char lengths[288];
	for (int i = 0; i < 288; i++) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	make_code(&z->lengths, lengths, 288);
	memset(lengths, 5, 30);
	make_code(&z->distances, lengths, 30); /* two codes are never used: not complete */
}

static void copy_back(struct inflater *z, int symbol) {
	if (symbol > 285) {
		z->problem = GZIP_CORRUPT;
		return;
	}
	unsigned length = length_base[symbol - 257] + get_bits(z, length_extra[symbol - 257]);
	int code = get_symbol(z, &z->distances);
	if (code < 0) return;
	unsigned distance = code > 29 ? 0 : distance_base[code] + get_bits(z, distance_extra[code]);
	if (distance == 0 || distance > z->filled || (distance > z->member + (z->filled - z->pending))) {
		z->problem = GZIP_CORRUPT;
		return;
	}
	while (length-- && !z->problem) put(z, z->window[z->filled - distance]);
}

static void stored_block(struct inflater *z) {
	z->bits >>= z->bit_count & 7;
	z->bit_count -= z->bit_count & 7;
	unsigned length = get_bits(z, 16), check = get_bits(z, 16);
	if (!z->problem && length != (check ^ 0xffff)) z->problem = GZIP_CORRUPT;
	while (length-- && !z->problem) {
		unsigned char byte = (unsigned char)get_bits(z, 8);
		if (!z->problem) put(z, byte);
	}
}

static void inflate(struct inflater *z) {
	for (bool last = false; !last && !z->problem;) {
		last = get_bits(z, 1);
		unsigned type = get_bits(z, 2);
		if (z->problem) return;
		if (type == 0) stored_block(z);
		else if (type == 3) z->problem = GZIP_CORRUPT;
		else {
			if (type == 1) fixed_codes(z);
			else read_codes(z);
			for (int symbol = 0; !z->problem && (symbol = get_symbol(z, &z->lengths)) != 256;) {
				if (symbol < 0) break;
				if (symbol < 256) put(z, (unsigned char)symbol);
				else copy_back(z, symbol);
			}
		}
	}
	write_window(z);
}

static void skip_text(struct inflater *z) {
	while (get_bits(z, 8) && !z->problem) continue;
}

/* The header behind the two magic bytes, the data, the check. */
static void read_member(struct inflater *z) {
	if (get_bits(z, 8) != 8) z->problem = z->problem ? z->problem : GZIP_FORMAT;
	unsigned flags = get_bits(z, 8);
	for (int i = 0; i < 6; i++) get_bits(z, 8);
	if (flags & 4)
		for (unsigned left = get_bits(z, 16); left && !z->problem; left--) get_bits(z, 8);
	if (flags & 8) skip_text(z);
	if (flags & 16) skip_text(z);
	if (flags & 2) get_bits(z, 16);
	if (z->problem) return;
	z->crc = 0;
	z->member = 0;
	inflate(z);
	z->bits >>= z->bit_count & 7;
	z->bit_count -= z->bit_count & 7;
	uint32_t crc = get_bits(z, 16), size;
	crc |= (uint32_t)get_bits(z, 16) << 16;
	size = get_bits(z, 16);
	size |= (uint32_t)get_bits(z, 16) << 16;
	if (!z->problem && (crc != z->crc || size != (uint32_t)z->member)) z->problem = GZIP_CRC;
}

static void copy_rest(struct inflater *z) {
	for (; z->bit_count >= 8; z->bit_count -= 8, z->bits >>= 8) put(z, (unsigned char)z->bits);
	for (int byte; (byte = next_byte(z)) >= 0 && !z->problem;) put(z, (unsigned char)byte);
	write_window(z);
}

int gunzip_stream(int in, int out, bool plain, unsigned long long *total) {
	struct inflater *z = xcalloc(1, sizeof *z);
	z->in = in;
	z->out = out;
	for (bool first = true; !z->problem; first = false) {
		if (!need_bits(z, 16)) {
			if (!z->problem && first && plain) copy_rest(z);
			else if (!z->problem && first) z->problem = z->bit_count ? GZIP_FORMAT : GZIP_TRUNCATED;
			else if (!z->problem && z->bit_count && z->bits) z->problem = GZIP_GARBAGE;
			break;
		}
		if ((z->bits & 0xffff) == 0x8b1f) {
			get_bits(z, 16);
			read_member(z);
			continue;
		}
		/* Zeros may follow, of tapes; anything else is said and ignored. */
		if (first && plain) copy_rest(z);
		else if (first) z->problem = GZIP_FORMAT;
		else {
			bool zeros = (z->bits & 0xffff) == 0;
			for (int byte; zeros && (byte = next_byte(z)) >= 0;) zeros = byte == 0;
			if (!z->problem && !zeros) z->problem = GZIP_GARBAGE;
		}
		break;
	}
	int problem = z->problem, error = errno;
	*total = z->total;
	free(z);
	errno = error;
	return problem;
}

const char *gzip_problem(int result) {
	switch (result) {
	case GZIP_FORMAT: return "not in gzip format";
	case GZIP_TRUNCATED: return "unexpected end of file";
	case GZIP_CRC: return "invalid compressed data--crc error";
	case GZIP_CORRUPT: return "invalid compressed data--format violated";
	case GZIP_GARBAGE: return "decompression OK, trailing garbage ignored";
	default: return strerror(errno);
	}
}
