/* RFC 1951 and 1952: what gzip and tar -z share. */
#ifndef BOX_DEFLATE_H
#define BOX_DEFLATE_H
#include "box.h"

enum { GZIP_OK, GZIP_FORMAT, GZIP_CORRUPT, GZIP_TRUNCATED, GZIP_CRC, GZIP_READ, GZIP_WRITE, GZIP_GARBAGE };
/* All members of a stream, to `out` (-1: only checked); plain: what is no gzip data is copied. The last two of a result have errno; *total gets the bytes written. */
int gunzip_stream(int in, int out, bool plain, unsigned long long *total);
/* One member. level 1 to 9; name may be NULL. */
int gzip_stream(int in, int out, int level, const char *name, uint32_t time, unsigned long long *total);
const char *gzip_problem(int result);
uint32_t crc32_add(uint32_t crc, const unsigned char *bytes, size_t length);
extern const uint16_t length_base[29], distance_base[30];
extern const unsigned char length_extra[29], distance_extra[30], code_order[19];
#endif
