/* Message digests in one shape: a block is 64 or 128 bytes, the state 4 to 8 words. */
#ifndef BOX_DIGEST_H
#define BOX_DIGEST_H
#include "box.h"

struct digest {
	const struct digest_kind *kind;
	uint64_t state[8];
	unsigned char block[128];
	size_t used;
	uint64_t total;
};
struct digest_kind {
	const char *tool;
	size_t block, size;
	bool little; /* byte order of words and length */
	bool wide; /* words of 64 bits */
	void (*compress)(uint64_t *state, const unsigned char *block);
	uint64_t start[8];
};
const struct digest_kind *digest_kind(const char *tool);
void digest_start(struct digest *digest, const struct digest_kind *kind);
void digest_add(struct digest *digest, const void *data, size_t length);
void digest_end(struct digest *digest, unsigned char *out);
#endif
