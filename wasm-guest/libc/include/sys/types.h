#ifndef TSRUN_SYS_TYPES_H
#define TSRUN_SYS_TYPES_H
#include_next <sys/types.h>
#include <sys/sysmacros.h>
#endif
