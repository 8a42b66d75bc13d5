#ifndef TSRUN_STDLIB_H
#define TSRUN_STDLIB_H
#include_next <stdlib.h>
#include <sys/wait.h>
#ifdef __cplusplus
extern "C" {
#endif
char *mktemp(char *);
int mkstemp(char *);
int mkostemp(char *, int);
int mkstemps(char *, int);
int mkostemps(char *, int, int);
char *mkdtemp(char *);
char *realpath(const char *__restrict, char *__restrict);
char *canonicalize_file_name(const char *);
void *reallocarray(void *, size_t, size_t);
int getloadavg(double[], int);
#ifdef __cplusplus
}
#endif
#endif
