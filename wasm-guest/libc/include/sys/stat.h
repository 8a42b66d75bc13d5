#ifndef TSRUN_SYS_STAT_H
#define TSRUN_SYS_STAT_H
#include_next <sys/stat.h>
#ifndef ALLPERMS
#define ACCESSPERMS 0777
#define ALLPERMS 07777
#endif
int chmod(const char *, mode_t);
int lchmod(const char *, mode_t);
int fchmod(int, mode_t);
int fchmodat(int, const char *, mode_t, int);
mode_t umask(mode_t);
int mkfifo(const char *, mode_t);
int mkfifoat(int, const char *, mode_t);
int mknod(const char *, mode_t, dev_t);
int mknodat(int, const char *, mode_t, dev_t);
#define stat64 stat
#define lstat64 lstat
#define fstat64 fstat
#endif
