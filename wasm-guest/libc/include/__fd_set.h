#ifndef TSRUN_FD_SET_H
#define TSRUN_FD_SET_H
#include <__typedef_fd_set.h>
#define NFDBITS 32
#define FD_ZERO(set) ((void)__builtin_memset((set), 0, sizeof(fd_set)))
#define FD_SET(fd, set) ((void)((set)->fds_bits[(unsigned)(fd) / 32] |= 1UL << ((unsigned)(fd) % 32)))
#define FD_CLR(fd, set) ((void)((set)->fds_bits[(unsigned)(fd) / 32] &= ~(1UL << ((unsigned)(fd) % 32))))
#define FD_ISSET(fd, set) (((set)->fds_bits[(unsigned)(fd) / 32] >> ((unsigned)(fd) % 32) & 1) != 0)
#endif
