/* Mounting, and what is known of mounted file systems. */
#include "internal.h"
#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)
{
	return TSRUN_SIMPLE(tsrun_sys_mount(source == NULL ? "" : source, target, type == NULL ? "" : type, flags, data == NULL ? "" : data));
}

int umount2(const char *target, int flags)
{
	return TSRUN_SIMPLE(tsrun_sys_umount(target, (uint32_t)flags));
}

int umount(const char *target)
{
	return umount2(target, 0);
}

int statfs(const char *path, struct statfs *result)
{
	struct tsrun_statfs kernel;
	if (TSRUN_SIMPLE(tsrun_path_statfs(path, __tsrun_length(path), &kernel)) != 0)
		return -1;
	memset(result, 0, sizeof *result);
	result->f_type = (unsigned long)kernel.type;
	result->f_bsize = result->f_frsize = (unsigned long)kernel.bsize;
	result->f_blocks = kernel.blocks;
	result->f_bfree = kernel.bfree;
	result->f_bavail = kernel.bavail;
	result->f_files = kernel.files;
	result->f_ffree = kernel.ffree;
	result->f_namelen = (unsigned long)kernel.namelen;
	return 0;
}

/* The call knows paths only; /proc leads from a descriptor to its file. */
static const char *path_of(int fd, char buffer[32])
{
	(void)snprintf(buffer, 32, "/proc/self/fd/%d", fd);
	return buffer;
}

int fstatfs(int fd, struct statfs *result)
{
	char path[32];
	return statfs(path_of(fd, path), result);
}

int statvfs(const char *restrict path, struct statvfs *restrict result)
{
	struct statfs known;
	if (statfs(path, &known) != 0)
		return -1;
	*result = (struct statvfs){
		.f_bsize = known.f_bsize,
		.f_frsize = known.f_frsize,
		.f_blocks = known.f_blocks,
		.f_bfree = known.f_bfree,
		.f_bavail = known.f_bavail,
		.f_files = known.f_files,
		.f_ffree = known.f_ffree,
		.f_favail = known.f_ffree,
		.f_namemax = known.f_namelen,
	};
	return 0;
}

int fstatvfs(int fd, struct statvfs *result)
{
	char path[32];
	return statvfs(path_of(fd, path), result);
}

FILE *setmntent(const char *path, const char *mode)
{
	return fopen(path, mode);
}

int endmntent(FILE *file)
{
	if (file != NULL)
		(void)fclose(file);
	return 1;
}

/* \040 and its like are spaces and tabs in names. */
static char *decode(char *text)
{
	char *to = text;
	for (const char *from = text; *from != '\0'; from++) {
		if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] >= '0' && from[2] <= '7' && from[3] >= '0' && from[3] <= '7') {
			*to++ = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
			from += 3;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return text;
}

struct mntent *getmntent_r(FILE *file, struct mntent *entry, char *buffer, int size)
{
	while (fgets(buffer, size, file) != NULL) {
		char *fields[6] = { NULL }, *rest = buffer;
		int count = 0;
		buffer[strcspn(buffer, "\n")] = '\0';
		while (count < 6 && rest != NULL) {
			char *field = strsep(&rest, " \t");
			if (*field != '\0')
				fields[count++] = decode(field);
		}
		if (count < 4 || fields[0][0] == '#')
			continue;
		*entry = (struct mntent){
			fields[0], fields[1], fields[2], fields[3], count > 4 ? atoi(fields[4]) : 0, count > 5 ? atoi(fields[5]) : 0,
		};
		return entry;
	}
	return NULL;
}

struct mntent *getmntent(FILE *file)
{
	static struct mntent entry;
	static char *buffer;
	if (buffer == NULL && (buffer = malloc(2 * PATH_MAX)) == NULL)
		return NULL;
	return getmntent_r(file, &entry, buffer, 2 * PATH_MAX);
}

char *hasmntopt(const struct mntent *entry, const char *option)
{
	const size_t length = strlen(option);
	for (char *at = entry->mnt_opts; at != NULL; at = strchr(at, ',')) {
		if (*at == ',')
			at++;
		if (strncmp(at, option, length) == 0 && (at[length] == '\0' || at[length] == ',' || at[length] == '='))
			return at;
	}
	return NULL;
}
