/* In place of wasi-libc's placeholder: bit n-1 is signal n, as the kernel has it. */
#ifndef TSRUN_TYPEDEF_SIGSET_T_H
#define TSRUN_TYPEDEF_SIGSET_T_H
typedef unsigned long long sigset_t;
#endif
