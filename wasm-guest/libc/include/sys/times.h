/* In place of wasi-libc's, which wants an emulation macro. */
#ifndef TSRUN_SYS_TIMES_H
#define TSRUN_SYS_TIMES_H
#include <__struct_tms.h>
clock_t times(struct tms *);
#endif
