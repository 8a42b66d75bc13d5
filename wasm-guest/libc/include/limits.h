#ifndef TSRUN_LIMITS_H
#define TSRUN_LIMITS_H
#include_next <limits.h>
#ifndef PIPE_BUF
#define PIPE_BUF 4096
#endif
#ifndef LOGIN_NAME_MAX
#define LOGIN_NAME_MAX 256
#endif
#undef HOST_NAME_MAX
#define HOST_NAME_MAX 64
#endif
