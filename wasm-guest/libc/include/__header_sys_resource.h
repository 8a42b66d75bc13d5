#ifndef TSRUN_HEADER_SYS_RESOURCE_H
#define TSRUN_HEADER_SYS_RESOURCE_H
#include <__struct_rusage.h>
#define RUSAGE_SELF 0
#define RUSAGE_CHILDREN (-1)
int getrusage(int, struct rusage *);
#endif
