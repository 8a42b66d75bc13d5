/* In place of wasi-libc's list of descriptors: a bit each, so that FD_ISSET is quick and descriptor sets can be compared. */
#ifndef TSRUN_TYPEDEF_FD_SET_H
#define TSRUN_TYPEDEF_FD_SET_H
#include <__macro_FD_SETSIZE.h>
typedef struct {
	unsigned long fds_bits[FD_SETSIZE / 32];
} fd_set;
#endif
