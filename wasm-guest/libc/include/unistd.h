/* What wasi-libc leaves out of POSIX's and GNU's unistd.h. */
#ifndef TSRUN_UNISTD_H
#define TSRUN_UNISTD_H
#include_next <unistd.h>
#include <__header_fcntl.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifndef _POSIX_JOB_CONTROL
#define _POSIX_JOB_CONTROL 1
#define _POSIX_SAVED_IDS 1
#define _POSIX_SHELL 1
#define _POSIX_SPAWN _POSIX_VERSION
#endif
#ifndef _CS_PATH
#define _CS_PATH 0
#endif

extern char **environ;

pid_t fork(void);
pid_t vfork(void) __attribute__((returns_twice));
pid_t _Fork(void);
int execve(const char *, char *const[], char *const[]);
int execv(const char *, char *const[]);
int execvp(const char *, char *const[]);
int execvpe(const char *, char *const[], char *const[]);
int execl(const char *, const char *, ...);
int execle(const char *, const char *, ...);
int execlp(const char *, const char *, ...);
int fexecve(int, char *const[], char *const[]);

int pipe(int[2]);
int pipe2(int[2], int);
int dup(int);
int dup2(int, int);
int dup3(int, int, int);

pid_t getppid(void);
pid_t gettid(void);
pid_t getpgrp(void);
pid_t getpgid(pid_t);
int setpgid(pid_t, pid_t);
pid_t setpgrp(void);
pid_t getsid(pid_t);
pid_t setsid(void);
pid_t tcgetpgrp(int);
int tcsetpgrp(int, pid_t);

uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int getresuid(uid_t *, uid_t *, uid_t *);
int getresgid(gid_t *, gid_t *, gid_t *);
int setuid(uid_t);
int seteuid(uid_t);
int setreuid(uid_t, uid_t);
int setresuid(uid_t, uid_t, uid_t);
int setgid(gid_t);
int setegid(gid_t);
int setregid(gid_t, gid_t);
int setresgid(gid_t, gid_t, gid_t);
int getgroups(int, gid_t[]);
int setgroups(size_t, const gid_t *);

int chown(const char *, uid_t, gid_t);
int lchown(const char *, uid_t, gid_t);
int fchown(int, uid_t, gid_t);
int fchownat(int, const char *, uid_t, gid_t, int);
int fchdir(int);
int chroot(const char *);
char *get_current_dir_name(void);
int euidaccess(const char *, int);
int eaccess(const char *, int);
int lockf(int, int, off_t);
void sync(void);
int syncfs(int);

unsigned alarm(unsigned);
unsigned ualarm(unsigned, unsigned);
int pause(void);
int nice(int);

char *ttyname(int);
int ttyname_r(int, char *, size_t);
int sethostname(const char *, size_t);
int getdomainname(char *, size_t);
int setdomainname(const char *, size_t);
int getpagesize(void);
int getdtablesize(void);
int daemon(int, int);
#ifdef __cplusplus
}
#endif
#endif
