/* In place of wasi-libc's two members: Linux's names; what the kernel does not count is 0. */
#ifndef TSRUN_STRUCT_RUSAGE_H
#define TSRUN_STRUCT_RUSAGE_H
#include <__struct_timeval.h>
struct rusage {
	struct timeval ru_utime, ru_stime;
	long ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock;
	long ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw;
};
#endif
