#ifndef TSRUN_DIRENT_H
#define TSRUN_DIRENT_H
#include_next <dirent.h>
#include <__header_dirent.h>
/* wasi-libc names fifos as sockets. preview1 has no type for them: the kernel says unknown, and a program asks stat. */
#define DT_SOCK 6
#undef DT_FIFO
#define DT_FIFO 0x81
#endif
