#ifndef TSRUN_STDIO_H
#define TSRUN_STDIO_H
/* wasi-libc declares it deprecated; here it exists. */
#define tmpfile __tsrun_hidden_tmpfile
#include_next <stdio.h>
#undef tmpfile
#ifdef __cplusplus
extern "C" {
#endif
#define P_tmpdir "/tmp"
FILE *tmpfile(void);
FILE *popen(const char *, const char *);
int pclose(FILE *);
#ifdef __cplusplus
}
#endif
#endif
