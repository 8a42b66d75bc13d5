/*
 * Ids and data bases: run as root with the /etc/passwd and /etc/group of test/emulation/guest-world.ts; what changes ids is
 * done in children.
 */
#include "check.h"
#include <fcntl.h>
#include <grp.h>
#include <mntent.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void data_bases(void)
{
	const struct passwd *user = getpwnam("user");
	struct passwd entry, *found;
	struct group own, *group;
	char buffer[200], tiny[5];
	gid_t groups[10];
	int count = 10, users = 0;
	CHECK(user != NULL && user->pw_uid == 1000 && user->pw_gid == 100 && strcmp(user->pw_gecos, "A User,,,") == 0);
	CHECK(strcmp(user->pw_dir, "/home/user") == 0 && strcmp(user->pw_shell, "/bin/sh") == 0);
	CHECK(getpwuid(0) != NULL && strcmp(getpwuid(0)->pw_name, "root") == 0);
	CHECK(getpwnam("nobody-here") == NULL && getpwuid(4242) == NULL);
	CHECK(getpwnam_r("user", &entry, buffer, sizeof buffer, &found) == 0 && found == &entry && strcmp(entry.pw_dir, "/home/user") == 0);
	CHECK(getpwuid_r(1000, &entry, tiny, sizeof tiny, &found) == ERANGE && found == NULL);
	CHECK(getpwnam_r("nobody-here", &entry, buffer, sizeof buffer, &found) == 0 && found == NULL);
	setpwent();
	while (getpwent() != NULL)
		users++;
	endpwent();
	CHECK(users == 2);
	group = getgrnam("wheel");
	CHECK(group != NULL && group->gr_gid == 10 && strcmp(group->gr_mem[1], "user") == 0 && group->gr_mem[2] == NULL);
	CHECK(getgrgid(100) != NULL && getgrgid(100)->gr_mem[0] == NULL);
	CHECK(getgrgid_r(10, &own, buffer, sizeof buffer, &group) == 0 && group == &own && strcmp(own.gr_mem[0], "root") == 0);
	CHECK(getgrouplist("user", 100, groups, &count) == 3 && groups[0] == 100 && groups[1] == 10 && groups[2] == 20);
	count = 1;
	CHECK(getgrouplist("user", 100, groups, &count) == -1 && count == 3);
	CHECK(getlogin() != NULL && strcmp(getlogin(), "root") == 0);
}

/* Runs in a child, which gives the number of what failed. */
static int drops_privileges(void)
{
	uid_t real, effective, saved;
	gid_t groups[10];
	if (initgroups("user", 100) != 0 || getgroups(0, NULL) != 3 || getgroups(10, groups) != 3 || groups[1] != 10)
		return 1;
	if (setgid(100) != 0 || getegid() != 100 || getgid() != 100)
		return 2;
	if (seteuid(1000) != 0 || geteuid() != 1000 || getuid() != 0 || seteuid(0) != 0)
		return 3;
	if (setuid(1000) != 0 || getresuid(&real, &effective, &saved) != 0 || real != 1000 || effective != 1000 || saved != 1000)
		return 4;
	if (setuid(0) != -1 || errno != EPERM || seteuid(0) != -1 || setgroups(0, NULL) != -1)
		return 5;
	if (open("/etc/passwd", O_WRONLY) != -1 || errno != EACCES)
		return 6;
	if (access("/etc/passwd", W_OK) != -1 || access("/etc/passwd", R_OK) != 0 || euidaccess("/root", W_OK) != -1)
		return 7;
	return kill(getppid(), 0) == -1 && errno == EPERM ? 0 : 8;
}

static void credentials(void)
{
	int status;
	const pid_t pid = fork();
	if (pid == 0)
		_exit(drops_privileges());
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	if (status != 0)
		printf("step %d\n", WEXITSTATUS(status));
	CHECK(getuid() == 0 && geteuid() == 0);
}

static void system_facts(void)
{
	struct utsname names;
	struct rlimit limit, changed = { 64, 128 };
	char name[65];
	struct tms used;
	struct timespec now;
	CHECK(uname(&names) == 0 && strcmp(names.sysname, "Linux") == 0);
	CHECK(gethostname(name, sizeof name) == 0 && strcmp(name, names.nodename) == 0);
	CHECK(gethostname(name, 1) == -1 && errno == ENAMETOOLONG);
	CHECK(sethostname("renamed", 7) == 0 && gethostname(name, sizeof name) == 0 && strcmp(name, "renamed") == 0);
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur <= limit.rlim_max);
	CHECK(setrlimit(RLIMIT_NOFILE, &changed) == 0 && getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == 64 && limit.rlim_max == 128);
	CHECK(sysconf(_SC_OPEN_MAX) == 64 && fcntl(0, F_DUPFD, 64) == -1 && errno == EINVAL);
	changed.rlim_cur = 200;
	CHECK_ERROR(setrlimit(RLIMIT_NOFILE, &changed), EINVAL);
	CHECK(sysconf(_SC_CLK_TCK) == 100 && sysconf(_SC_NPROCESSORS_ONLN) >= 1 && sysconf(_SC_PAGESIZE) > 0);
	CHECK(sysconf(-5) == -1 && errno == EINVAL);
	CHECK(times(&used) != -1 && clock() >= 0 && used.tms_utime >= 0);
	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0 && now.tv_sec > 1600000000);
	CHECK(setenv("IDENTITY", "1", 1) == 0 && strcmp(getenv("IDENTITY"), "1") == 0 && unsetenv("IDENTITY") == 0 && getenv("IDENTITY") == NULL);
	/* What the kernel does not have fails, and is not pretended. */
	CHECK_ERROR(fcntl(0, F_SETLK, 0), ENOSYS);
	CHECK(getpid() == getsid(0) || getsid(0) > 0);
}

static void reads_mounts(void)
{
	char path[] = "/tmp/mounts-XXXXXX";
	const int fd = mkstemp(path);
	dprintf(fd, "# comment\nnone /a\\040b tmpfs rw,size=5k,nosuid 1 2\nproc /proc proc ro 0 0\n");
	FILE *table = setmntent(path, "r");
	const struct mntent *entry = getmntent(table);
	CHECK(entry != NULL && strcmp(entry->mnt_dir, "/a b") == 0 && entry->mnt_freq == 1 && entry->mnt_passno == 2);
	CHECK(hasmntopt(entry, "size") != NULL && hasmntopt(entry, "siz") == NULL && strncmp(hasmntopt(entry, "nosuid"), "nosuid", 6) == 0);
	entry = getmntent(table);
	CHECK(entry != NULL && strcmp(entry->mnt_type, "proc") == 0 && getmntent(table) == NULL);
	CHECK(endmntent(table) == 1 && close(fd) == 0 && unlink(path) == 0);
}

int main(void)
{
	data_bases();
	credentials();
	system_facts();
	reads_mounts();
	return finish("identity");
}
