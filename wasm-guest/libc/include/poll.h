/* In place of wasi-libc's: the kernel takes Linux's event bits. */
#ifndef TSRUN_POLL_H
#define TSRUN_POLL_H
#include <__struct_pollfd.h>
#include <__typedef_nfds_t.h>
#include <signal.h>
#include <time.h>
#define POLLIN 0x001
#define POLLPRI 0x002
#define POLLOUT 0x004
#define POLLERR 0x008
#define POLLHUP 0x010
#define POLLNVAL 0x020
#define POLLRDNORM 0x040
#define POLLRDBAND 0x080
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
int poll(struct pollfd *, nfds_t, int);
int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
#endif
