#ifndef TSRUN_PWD_H
#define TSRUN_PWD_H
#include <stdio.h>
#include <sys/types.h>
struct passwd {
	char *pw_name, *pw_passwd;
	uid_t pw_uid;
	gid_t pw_gid;
	char *pw_gecos, *pw_dir, *pw_shell;
};
struct passwd *getpwnam(const char *);
struct passwd *getpwuid(uid_t);
int getpwnam_r(const char *, struct passwd *, char *, size_t, struct passwd **);
int getpwuid_r(uid_t, struct passwd *, char *, size_t, struct passwd **);
void setpwent(void);
struct passwd *getpwent(void);
void endpwent(void);
struct passwd *fgetpwent(FILE *);
#endif
