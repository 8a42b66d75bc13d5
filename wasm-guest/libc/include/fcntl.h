#ifndef TSRUN_FCNTL_H
#define TSRUN_FCNTL_H
#include_next <fcntl.h>
#ifndef F_OK
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4
#endif
#endif
