#ifndef TSRUN_MNTENT_H
#define TSRUN_MNTENT_H
#include <stdio.h>
#define MOUNTED "/proc/mounts"
#define MNTTAB "/etc/fstab"
#define MNTTYPE_SWAP "swap"
#define MNTTYPE_IGNORE "ignore"
#define MNTOPT_RO "ro"
#define MNTOPT_RW "rw"
struct mntent {
	char *mnt_fsname, *mnt_dir, *mnt_type, *mnt_opts;
	int mnt_freq, mnt_passno;
};
FILE *setmntent(const char *, const char *);
struct mntent *getmntent(FILE *);
struct mntent *getmntent_r(FILE *, struct mntent *, char *, int);
int endmntent(FILE *);
char *hasmntopt(const struct mntent *, const char *);
#endif
