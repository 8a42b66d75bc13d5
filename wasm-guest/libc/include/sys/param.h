#ifndef TSRUN_SYS_PARAM_H
#define TSRUN_SYS_PARAM_H
#include_next <sys/param.h>
#include <sys/resource.h>
#endif
