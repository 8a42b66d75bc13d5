/* Writing as gzip does: repeats found through chains of equal beginnings, then Huffman codes made for each block. */
#include "deflate.h"

enum { WINDOW = 32768, CHUNK = 65536, TOKENS = 32768, HASHES = 32768, LITERALS = 286, FIXED_LITERALS = 288, DISTANCES = 30, ORDERS = 19 };
struct huffman {
	uint32_t weight[FIXED_LITERALS];
	uint16_t code[FIXED_LITERALS];
	unsigned char length[FIXED_LITERALS];
};
struct deflater {
	int out;
	bool failed;
	unsigned char data[WINDOW + CHUNK];
	size_t end; /* of what is in data; base is the place of data[0] in the stream */
	uint32_t base, head[HASHES], previous[WINDOW]; /* places plus 1 */
	uint16_t token_length[TOKENS], token_distance[TOKENS]; /* distance 0: the length is a literal */
	unsigned tokens, chain;
	size_t block_start; /* place in data where the tokens begin */
	struct huffman literals, distances, orders;
	unsigned char output[16384];
	size_t filled;
	uint64_t bits;
	unsigned bit_count;
	unsigned long long written;
};

static void flush_output(struct deflater *d) {
	if (!d->failed && !write_all(d->out, d->output, d->filled)) d->failed = true;
	d->written += d->filled;
	d->filled = 0;
}

static void put_bits(struct deflater *d, unsigned value, unsigned count) {
	d->bits |= (uint64_t)value << d->bit_count;
	for (d->bit_count += count; d->bit_count >= 8; d->bit_count -= 8) {
		d->output[d->filled++] = (unsigned char)d->bits;
		d->bits >>= 8;
		if (d->filled == sizeof d->output) flush_output(d);
	}
}

static void align(struct deflater *d) {
	if (d->bit_count) put_bits(d, 0, 8 - d->bit_count);
}

/* Lengths of at most `limit` bits: where a tree is deeper, weights are brought closer together. */
static void make_lengths(struct huffman *h, unsigned count, unsigned limit) {
	for (unsigned shift = 0;; shift++) {
		uint16_t node[LITERALS], parent[2 * LITERALS];
		uint32_t weight[2 * LITERALS];
		unsigned leaves = 0, next = 0, inner, first;
		memset(h->length, 0, sizeof h->length);
		for (unsigned i = 0; i < count; i++) {
			if (!h->weight[i]) continue;
			uint32_t mine = (h->weight[i] >> shift) + 1;
			unsigned at = leaves++;
			for (; at > 0 && weight[at - 1] > mine; at--) {
				weight[at] = weight[at - 1];
				node[at] = node[at - 1];
			}
			weight[at] = mine;
			node[at] = (uint16_t)i;
		}
		if (leaves == 1) h->length[node[0]] = 1;
		if (leaves < 2) return;
		/* Two queues, both sorted: leaves, and inner nodes in the order of their making. */
		inner = first = leaves;
		while (next < leaves || inner - first > 1) {
			unsigned pair[2];
			for (int i = 0; i < 2; i++) pair[i] = next < leaves && (first == inner || weight[next] <= weight[first]) ? next++ : first++;
			weight[inner] = weight[pair[0]] + weight[pair[1]];
			parent[pair[0]] = parent[pair[1]] = (uint16_t)inner++;
		}
		unsigned char depth[2 * LITERALS];
		unsigned deepest = 0;
		depth[inner - 1] = 0;
		for (unsigned i = inner - 1; i-- > 0;) {
			depth[i] = (unsigned char)(depth[parent[i]] + 1);
			if (depth[i] > deepest) deepest = depth[i];
			if (i < leaves) h->length[node[i]] = depth[i];
		}
		if (deepest <= limit) return;
	}
}

static void make_codes(struct huffman *h, unsigned count) {
	unsigned used[16] = {0}, next[16] = {0};
	for (unsigned i = 0; i < count; i++) used[h->length[i]]++;
	used[0] = 0;
	for (int bits = 1; bits < 16; bits++) next[bits] = (next[bits - 1] + used[bits - 1]) << 1;
	for (unsigned i = 0; i < count; i++) {
		unsigned length = h->length[i], code = length ? next[length]++ : 0, reversed = 0;
		for (unsigned bit = 0; bit < length; bit++) reversed |= (code >> bit & 1) << (length - 1 - bit);
		h->code[i] = (uint16_t)reversed;
	}
}

static unsigned length_symbol(unsigned length) {
	unsigned i = 28;
	while (length_base[i] > length) i--;
	return i;
}

static unsigned distance_symbol(unsigned distance) {
	unsigned i = 29;
	while (distance_base[i] > distance) i--;
	return i;
}

static unsigned long long data_bits(const struct deflater *d, const struct huffman *literals, const struct huffman *distances) {
	unsigned long long total = 0;
	for (unsigned i = 0; i < LITERALS; i++)
		total += (unsigned long long)d->literals.weight[i] * (literals->length[i] + (i > 256 ? length_extra[i - 257] : 0));
	for (unsigned i = 0; i < DISTANCES; i++) total += (unsigned long long)d->distances.weight[i] * (distances->length[i] + distance_extra[i]);
	return total;
}

static void put_tokens(struct deflater *d, const struct huffman *literals, const struct huffman *distances) {
	for (unsigned i = 0; i < d->tokens; i++) {
		unsigned length = d->token_length[i], distance = d->token_distance[i];
		if (distance == 0) {
			put_bits(d, literals->code[length], literals->length[length]);
			continue;
		}
		unsigned symbol = length_symbol(length);
		put_bits(d, literals->code[257 + symbol], literals->length[257 + symbol]);
		put_bits(d, length - length_base[symbol], length_extra[symbol]);
		symbol = distance_symbol(distance);
		put_bits(d, distances->code[symbol], distances->length[symbol]);
		put_bits(d, distance - distance_base[symbol], distance_extra[symbol]);
	}
	put_bits(d, literals->code[256], literals->length[256]);
}

struct header {
	unsigned char symbol[LITERALS + DISTANCES], extra[LITERALS + DISTANCES];
	unsigned count, literals, distances, orders;
};

/* The lengths of both codes, runs of equal ones shortened, and the code for these. Gives its bits. */
static unsigned long long make_header(struct deflater *d, struct header *h) {
	unsigned char all[LITERALS + DISTANCES];
	h->literals = LITERALS;
	h->distances = DISTANCES;
	while (h->literals > 257 && !d->literals.length[h->literals - 1]) h->literals--;
	while (h->distances > 1 && !d->distances.length[h->distances - 1]) h->distances--;
	memcpy(all, d->literals.length, h->literals);
	memcpy(all + h->literals, d->distances.length, h->distances);
	memset(d->orders.weight, 0, sizeof d->orders.weight);
	h->count = 0;
	for (unsigned i = 0, total = h->literals + h->distances; i < total;) {
		unsigned run = 1, symbol = all[i], extra = 0, taken = 1;
		while (i + run < total && all[i + run] == all[i]) run++;
		if (all[i] == 0 && run >= 3) {
			taken = run > 138 ? 138 : run;
			symbol = taken < 11 ? 17 : 18;
			extra = taken - (taken < 11 ? 3 : 11);
		} else if (i > 0 && all[i - 1] == all[i] && run >= 3) {
			taken = run > 6 ? 6 : run;
			symbol = 16;
			extra = taken - 3;
		}
		h->symbol[h->count] = (unsigned char)symbol;
		h->extra[h->count++] = (unsigned char)extra;
		d->orders.weight[symbol]++;
		i += taken;
	}
	make_lengths(&d->orders, ORDERS, 7);
	make_codes(&d->orders, ORDERS);
	h->orders = ORDERS;
	while (h->orders > 4 && !d->orders.length[code_order[h->orders - 1]]) h->orders--;
	unsigned long long bits = 14 + 3ull * h->orders;
	for (unsigned i = 0; i < ORDERS; i++)
		bits += (unsigned long long)d->orders.weight[i] * (d->orders.length[i] + (i == 16 ? 2u : i == 17 ? 3u : i == 18 ? 7u : 0u));
	return bits;
}

static void put_header(struct deflater *d, const struct header *h) {
	put_bits(d, h->literals - 257, 5);
	put_bits(d, h->distances - 1, 5);
	put_bits(d, h->orders - 4, 4);
	for (unsigned i = 0; i < h->orders; i++) put_bits(d, d->orders.length[code_order[i]], 3);
	for (unsigned i = 0; i < h->count; i++) {
		unsigned symbol = h->symbol[i];
		put_bits(d, d->orders.code[symbol], d->orders.length[symbol]);
		if (symbol >= 16) put_bits(d, h->extra[i], symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
	}
}

static void put_stored(struct deflater *d, size_t from, size_t to, bool last) {
	do {
		size_t part = to - from > 65535 ? 65535 : to - from;
		put_bits(d, last && from + part == to, 1);
		put_bits(d, 0, 2);
		align(d);
		put_bits(d, (unsigned)part, 16);
		put_bits(d, (unsigned)part ^ 0xffff, 16);
		for (size_t i = 0; i < part; i++) put_bits(d, d->data[from + i], 8);
		from += part;
	} while (from < to);
}

/* The tokens so far, up to `to` of the data, in the shortest of the three forms. */
static APART void end_block(struct deflater *d, size_t to, bool last) {
	struct header header;
	struct huffman fixed_literals = {0}, fixed_distances = {0};
	memset(d->literals.weight, 0, sizeof d->literals.weight);
	memset(d->distances.weight, 0, sizeof d->distances.weight);
	d->literals.weight[256] = 1;
	for (unsigned i = 0; i < d->tokens; i++) {
		if (d->token_distance[i] == 0) d->literals.weight[d->token_length[i]]++;
		else {
			d->literals.weight[257 + length_symbol(d->token_length[i])]++;
			d->distances.weight[distance_symbol(d->token_distance[i])]++;
		}
	}
	make_lengths(&d->literals, LITERALS, 15);
	make_codes(&d->literals, LITERALS);
	make_lengths(&d->distances, DISTANCES, 15);
	make_codes(&d->distances, DISTANCES);
	for (unsigned i = 0; i < FIXED_LITERALS; i++) fixed_literals.length[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	memset(fixed_distances.length, 5, DISTANCES);
	unsigned long long dynamic = make_header(d, &header) + data_bits(d, &d->literals, &d->distances);
	unsigned long long fixed = data_bits(d, &fixed_literals, &fixed_distances), stored = 8ull * (to - d->block_start) + 40;
	if (stored < dynamic && stored < fixed) put_stored(d, d->block_start, to, last);
	else {
		put_bits(d, last, 1);
		put_bits(d, fixed <= dynamic ? 1 : 2, 2);
		if (fixed <= dynamic) {
			make_codes(&fixed_literals, FIXED_LITERALS);
			make_codes(&fixed_distances, DISTANCES);
			put_tokens(d, &fixed_literals, &fixed_distances);
		} else {
			put_header(d, &header);
			put_tokens(d, &d->literals, &d->distances);
		}
	}
	d->tokens = 0;
	d->block_start = to;
}

static unsigned hash_of(const unsigned char *bytes) {
	return (((unsigned)bytes[0] << 16 | (unsigned)bytes[1] << 8 | bytes[2]) * 2654435761u) >> 17;
}

static void remember(struct deflater *d, size_t at) {
	if (at + 3 > d->end) return;
	uint32_t place = d->base + (uint32_t)at;
	unsigned hash = hash_of(d->data + at);
	d->previous[place % WINDOW] = d->head[hash];
	d->head[hash] = place + 1;
}

/* The longest repeat at `at` that is longer than `best`; 0: none. */
static unsigned find_repeat(const struct deflater *d, size_t at, unsigned best, unsigned *distance) {
	unsigned most = d->end - at > 258 ? 258 : (unsigned)(d->end - at), found = 0, chain = d->chain;
	uint32_t place = d->base + (uint32_t)at, candidate = most < 3 ? 0 : d->head[hash_of(d->data + at)], last = 0;
	for (; candidate != 0 && chain > 0 && best < most; candidate = d->previous[(candidate - 1) % WINDOW], chain--) {
		uint32_t far = place - (candidate - 1);
		if (far == 0 || far > WINDOW || far > at || far <= last) break; /* the place has been used again */
		last = far;
		const unsigned char *here = d->data + at, *there = here - far;
		if (there[best] != here[best]) continue;
		unsigned length = 0;
		while (length < most && there[length] == here[length]) length++;
		if (length <= best) continue;
		best = found = length;
		*distance = far;
	}
	return found;
}

static void put_token(struct deflater *d, unsigned length, unsigned distance, size_t to) {
	d->token_length[d->tokens] = (uint16_t)length;
	d->token_distance[d->tokens++] = (uint16_t)distance;
	if (d->tokens == TOKENS) end_block(d, to, false);
}

/* All of the data from `at` on. A repeat waits for the next place, which may have a longer one. */
static void find_tokens(struct deflater *d, size_t at) {
	while (at < d->end) {
		unsigned distance = 0, length = find_repeat(d, at, 2, &distance);
		remember(d, at);
		while (length > 0 && d->chain > 8 && length < 64 && at + 1 < d->end) {
			unsigned other = 0, longer = find_repeat(d, at + 1, length, &other);
			if (longer == 0) break;
			put_token(d, d->data[at], 0, at + 1);
			remember(d, ++at);
			length = longer;
			distance = other;
		}
		if (length == 0) {
			put_token(d, d->data[at], 0, at + 1);
			at++;
			continue;
		}
		for (size_t i = 1; i < length; i++) remember(d, at + i);
		at += length;
		put_token(d, length, distance, at);
	}
}

int gzip_stream(int in, int out, int level, const char *name, uint32_t time, unsigned long long *total) {
	static const unsigned short chains[10] = {0, 4, 6, 12, 16, 32, 128, 256, 1024, 4096};
	struct deflater *d = xcalloc(1, sizeof *d);
	uint32_t crc = 0, size = 0;
	d->out = out;
	d->chain = chains[level];
	put_bits(d, 0x8b1f, 16);
	put_bits(d, name ? 0x0808 : 0x0008, 16);
	put_bits(d, time & 0xffff, 16);
	put_bits(d, time >> 16, 16);
	put_bits(d, level == 9 ? 2 : level == 1 ? 4 : 0, 8);
	put_bits(d, 3, 8); /* Unix */
	for (const char *c = name; c && (c == name || c[-1]); c++) put_bits(d, (unsigned char)*c, 8);
	ssize_t got;
	while ((got = read_full(in, d->data + d->end, CHUNK)) > 0 && !d->failed) {
		size_t at = d->end;
		d->end += (size_t)got;
		crc = crc32_add(crc, d->data + at, (size_t)got);
		size += (uint32_t)got;
		find_tokens(d, at);
		end_block(d, d->end, false);
		size_t keep = d->end > WINDOW ? WINDOW : d->end;
		memmove(d->data, d->data + d->end - keep, keep);
		d->base += (uint32_t)(d->end - keep);
		d->end = d->block_start = keep;
		if (got < CHUNK) break;
	}
	int error = errno;
	if (got >= 0) {
		end_block(d, d->end, true);
		align(d);
		put_bits(d, crc & 0xffff, 16);
		put_bits(d, crc >> 16, 16);
		put_bits(d, size & 0xffff, 16);
		put_bits(d, size >> 16, 16);
		flush_output(d);
		error = errno;
	}
	int result = got < 0 ? GZIP_READ : d->failed ? GZIP_WRITE : GZIP_OK;
	*total = d->written;
	free(d);
	errno = error;
	return result;
}
