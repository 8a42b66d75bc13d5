/* User and group ids. */
#include "internal.h"
#include <unistd.h>

enum { RUID, EUID, SUID, RGID, EGID, SGID };

/* The call cannot fail. */
static uint32_t id(int which)
{
	uint32_t all[6] = { 0 };
	(void)TSRUN_SIMPLE(tsrun_id_get(all));
	return all[which];
}

uid_t getuid(void)
{
	return id(RUID);
}

uid_t geteuid(void)
{
	return id(EUID);
}

gid_t getgid(void)
{
	return id(RGID);
}

gid_t getegid(void)
{
	return id(EGID);
}

int getresuid(uid_t *real, uid_t *effective, uid_t *saved)
{
	uint32_t all[6] = { 0 };
	const int result = TSRUN_SIMPLE(tsrun_id_get(all));
	*real = all[RUID];
	*effective = all[EUID];
	*saved = all[SUID];
	return result;
}

int getresgid(gid_t *real, gid_t *effective, gid_t *saved)
{
	uint32_t all[6] = { 0 };
	const int result = TSRUN_SIMPLE(tsrun_id_get(all));
	*real = all[RGID];
	*effective = all[EGID];
	*saved = all[SGID];
	return result;
}

int setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return TSRUN_SIMPLE(tsrun_id_set_uid((int32_t)real, (int32_t)effective, (int32_t)saved));
}

int setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return TSRUN_SIMPLE(tsrun_id_set_gid((int32_t)real, (int32_t)effective, (int32_t)saved));
}

/*
 * setuid(2) sets all three ids when the caller is privileged, else the effective one. Who is privileged the kernel knows: it
 * refuses (EPERM) to set an id to what none of the three is.
 */
int setuid(uid_t uid)
{
	if (id(EUID) == 0 && setresuid(uid, uid, uid) == 0)
		return 0;
	return setresuid((uid_t)-1, uid, (uid_t)-1);
}

int setgid(gid_t gid)
{
	if (id(EUID) == 0 && setresgid(gid, gid, gid) == 0)
		return 0;
	return setresgid((gid_t)-1, gid, (gid_t)-1);
}

int seteuid(uid_t uid)
{
	return setresuid((uid_t)-1, uid, (uid_t)-1);
}

int setegid(gid_t gid)
{
	return setresgid((gid_t)-1, gid, (gid_t)-1);
}

/* The saved id follows the effective one when the real id is set, or the effective one to another than the real (setreuid(2)). */
int setreuid(uid_t real, uid_t effective)
{
	const uid_t none = (uid_t)-1;
	const bool follows = real != none || (effective != none && effective != getuid());
	return setresuid(real, effective, follows ? (effective == none ? geteuid() : effective) : none);
}

int setregid(gid_t real, gid_t effective)
{
	const gid_t none = (gid_t)-1;
	const bool follows = real != none || (effective != none && effective != getgid());
	return setresgid(real, effective, follows ? (effective == none ? getegid() : effective) : none);
}

int getgroups(int room, gid_t groups[])
{
	if (room < 0) {
		errno = EINVAL;
		return -1;
	}
	uint32_t count = (uint32_t)room;
	return TSRUN_SIMPLE(tsrun_groups_get(groups, &count)) == 0 ? (int)count : -1;
}

int setgroups(size_t count, const gid_t *groups)
{
	return TSRUN_SIMPLE(tsrun_groups_set(groups, (uint32_t)count));
}
