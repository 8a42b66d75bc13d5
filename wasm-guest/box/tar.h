/* tar: what its writer and reader share. */
#ifndef BOX_TAR_H
#define BOX_TAR_H
#include "box.h"

enum { RECORD = 512, BLOCKING = 20 * RECORD };
struct header { /* ustar */
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100], magic[6], version[2], user[32], group[32],
		major[8], minor[8], prefix[155], pad[12];
};
extern struct tar {
	int fd;
	bool verbose, preserve, same_owner, follow, keep_old, to_stdout, no_recursion, numeric, touch;
	int status;
	size_t strip;
	struct names exclude, members;
	char *matched; /* per member: was it found */
	unsigned long long written;
} tar;
bool tar_excluded(const char *path);
void tar_create(char **paths);
void tar_read(bool extract);
unsigned tar_checksum(const struct header *header);
#endif
