/* The system as a whole: names, limits, sysconf. */
#include "internal.h"
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

_Static_assert(sizeof(struct utsname) == 390, "uname passes the caller's structure on");

int uname(struct utsname *names)
{
	return TSRUN_SIMPLE(tsrun_sys_uname((char *)names));
}

int gethostname(char *name, size_t size)
{
	struct utsname names;
	if (uname(&names) != 0)
		return -1;
	const size_t length = strlen(names.nodename);
	if (length >= size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(name, names.nodename, length + 1);
	return 0;
}

int sethostname(const char *name, size_t length)
{
	return TSRUN_SIMPLE(tsrun_sys_sethostname(name, (uint32_t)length));
}

/* The kernel has no such call: the domain name is the container's configuration. */
int setdomainname(const char *name, size_t length)
{
	(void)name;
	(void)length;
	errno = ENOSYS;
	return -1;
}

int prlimit(pid_t pid, int resource, const struct rlimit *limit, struct rlimit *old)
{
	struct tsrun_rlimit before;
	if (pid != 0 && pid != getpid()) {
		errno = ENOSYS;
		return -1;
	}
	if (TSRUN_SIMPLE(tsrun_rlimit_get((uint32_t)resource, &before)) != 0)
		return -1;
	if (limit != NULL) {
		const struct tsrun_rlimit wanted = { limit->rlim_cur, limit->rlim_max };
		if (TSRUN_SIMPLE(tsrun_rlimit_set((uint32_t)resource, &wanted)) != 0)
			return -1;
	}
	if (old != NULL)
		*old = (struct rlimit){ before.soft, before.hard };
	return 0;
}

int getrlimit(int resource, struct rlimit *limit)
{
	return prlimit(0, resource, NULL, limit);
}

int setrlimit(int resource, const struct rlimit *limit)
{
	return prlimit(0, resource, limit, NULL);
}

/* All processes have the same priority; to change it fails, and to ask is answered truthfully. */
int getpriority(int which, id_t who)
{
	(void)who;
	if (which >= PRIO_PROCESS && which <= PRIO_USER)
		return 0;
	errno = EINVAL;
	return -1;
}

int setpriority(int which, id_t who, int priority)
{
	if (getpriority(which, who) == 0 && priority == 0)
		return 0;
	errno = ENOSYS;
	return -1;
}

int nice(int increment)
{
	return setpriority(PRIO_PROCESS, 0, increment);
}

/* Files are in memory or written at once. */
void sync(void)
{
}

int syncfs(int fd)
{
	return fsync(fd);
}

int getpagesize(void)
{
	return 65536;
}

int getdtablesize(void)
{
	return (int)sysconf(_SC_OPEN_MAX);
}

static long limit_of(int resource)
{
	struct rlimit limit;
	if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
		return -1;
	return limit.rlim_cur > LONG_MAX ? LONG_MAX : (long)limit.rlim_cur;
}

/* Lines of /proc/cpuinfo that begin a processor; 1 where there is no such file. */
static long processors(void)
{
	char line[256];
	long count = 0;
	FILE *file = fopen("/proc/cpuinfo", "re");
	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, "processor", 9) == 0)
			count++;
	if (file != NULL)
		(void)fclose(file);
	return count > 0 ? count : 1;
}

/* Pages of a line of /proc/meminfo ("MemTotal: 123 kB"). */
static long memory_pages(const char *name)
{
	char line[256];
	long long kilobytes = -1;
	FILE *file = fopen("/proc/meminfo", "re");
	while (kilobytes < 0 && file != NULL && fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			kilobytes = atoll(line + strlen(name));
	if (file != NULL)
		(void)fclose(file);
	return kilobytes < 0 ? -1 : (long)(kilobytes / (getpagesize() / 1024));
}

int getloadavg(double averages[], int count)
{
	double values[3];
	FILE *file = fopen("/proc/loadavg", "re");
	if (file == NULL)
		return -1;
	const int found = fscanf(file, "%lf %lf %lf", &values[0], &values[1], &values[2]);
	(void)fclose(file);
	for (int i = 0; i < count && i < found; i++)
		averages[i] = values[i];
	return found < count ? found : count;
}

static const struct {
	int name;
	long value;
} constants[] = {
	{ _SC_ARG_MAX, ARG_MAX },
	{ _SC_CLK_TCK, 100 },
	{ _SC_NGROUPS_MAX, NGROUPS_MAX },
	{ _SC_STREAM_MAX, FOPEN_MAX },
	{ _SC_TZNAME_MAX, TZNAME_MAX },
	{ _SC_JOB_CONTROL, 1 },
	{ _SC_SAVED_IDS, 1 },
	{ _SC_VERSION, _POSIX_VERSION },
	{ _SC_2_VERSION, _POSIX_VERSION },
	{ _SC_2_C_BIND, _POSIX_VERSION },
	{ _SC_XOPEN_VERSION, _XOPEN_VERSION },
	{ _SC_PAGESIZE, 65536 },
	{ _SC_BC_BASE_MAX, 99 },
	{ _SC_BC_DIM_MAX, 2048 },
	{ _SC_BC_SCALE_MAX, 99 },
	{ _SC_BC_STRING_MAX, 1000 },
	{ _SC_COLL_WEIGHTS_MAX, 2 },
	{ _SC_EXPR_NEST_MAX, 32 },
	{ _SC_LINE_MAX, 2048 },
	{ _SC_RE_DUP_MAX, 255 },
	{ _SC_IOV_MAX, IOV_MAX },
	{ _SC_GETGR_R_SIZE_MAX, 1024 },
	{ _SC_GETPW_R_SIZE_MAX, 1024 },
	{ _SC_LOGIN_NAME_MAX, LOGIN_NAME_MAX },
	{ _SC_TTY_NAME_MAX, TTY_NAME_MAX },
	{ _SC_HOST_NAME_MAX, 64 },
	{ _SC_SYMLOOP_MAX, SYMLOOP_MAX },
	{ _SC_ATEXIT_MAX, INT_MAX },
	{ _SC_NZERO, 20 },
	{ _SC_FSYNC, _POSIX_VERSION },
	{ _SC_MONOTONIC_CLOCK, _POSIX_VERSION },
	{ _SC_CPUTIME, _POSIX_VERSION },
	{ _SC_REGEXP, 1 },
	{ _SC_SHELL, 1 },
	{ _SC_SPAWN, _POSIX_VERSION },
};

/* -1 without an error: there is no limit, or no such option; with EINVAL: no such name. */
long sysconf(int name)
{
	switch (name) {
	case _SC_OPEN_MAX:
		return limit_of(RLIMIT_NOFILE);
	case _SC_CHILD_MAX:
		return limit_of(RLIMIT_NPROC);
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return processors();
	case _SC_PHYS_PAGES:
		return memory_pages("MemTotal:");
	case _SC_AVPHYS_PAGES:
		return memory_pages("MemAvailable:");
	default:
		break;
	}
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
		if (constants[i].name == name)
			return constants[i].value;
	if (name < 0 || name > _SC_THREAD_ROBUST_PRIO_PROTECT)
		errno = EINVAL;
	return -1;
}
