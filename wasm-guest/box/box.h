/* What every tool of box shares: messages, memory, reading, writing, options, paths, users. Long-lived state stays small. */
#ifndef BOX_H
#define BOX_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
/* Not inlined: the stack is small (128 KiB), and what recurses must not carry the room of what it calls. */
#define APART __attribute__((noinline))
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
enum { BLOCK = 64 * 1024 };

typedef int tool_main(int argc, char **argv);
struct applet {
	const char *name;
	tool_main *run;
	const char *usage;
};
extern const struct applet applets[];
extern const size_t applet_count;
const struct applet *find_applet(const char *name);

/* ---- messages: "NAME: text" on standard error. The warn family gives 1, so that a status can be set from it. ---- */
extern const char *tool_name;
/* What a usage error exits with: 1, but for tools where 1 means something else. */
extern int usage_status;
int warn(const char *format, ...) PRINTF_LIKE(1, 2);
int warn_errno(const char *format, ...) PRINTF_LIKE(1, 2); /* adds ": strerror(errno)" */
_Noreturn void die(int status, const char *format, ...) PRINTF_LIKE(2, 3);
_Noreturn void die_errno(int status, const char *format, ...) PRINTF_LIKE(2, 3);
_Noreturn void usage_error(const char *format, ...) PRINTF_LIKE(1, 2);
_Noreturn void missing_operand(void);
/* Flushes standard output; a failed write turns the status into `failure`. */
int finish(int status, int failure);
/* Ends the tool when standard output has failed: for loops that could go on for ever. */
void check_output(void);
/* Asks on standard error; true for an answer that begins with y. */
bool confirm(const char *format, ...) PRINTF_LIKE(1, 2);

/* ---- memory: these end the tool when there is none ---- */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
/* Room for one more element: doubles the array when count has reached *capacity. */
void *grow(void *array, size_t count, size_t *capacity, size_t element);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t length);
char *format_text(const char *format, ...) PRINTF_LIKE(1, 2);

struct buffer {
	char *data; /* NUL-terminated once anything was added */
	size_t length, capacity;
};
void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
void buffer_char(struct buffer *buffer, int byte);
void buffer_text(struct buffer *buffer, const char *text);

struct names {
	char **list;
	size_t count, capacity;
};
void names_add(struct names *names, char *name);
void names_sort(struct names *names);
void names_free(struct names *names);

/* ---- reading and writing ---- */
ssize_t read_some(int fd, void *data, size_t size); /* one read, again after EINTR */
ssize_t read_full(int fd, void *data, size_t size); /* until size or the end */
bool write_all(int fd, const void *data, size_t size);
/* Copies until the end; 0, 1 reading failed, 2 writing failed (errno says why). */
int copy_stream(int in, int out);
/* The whole file, or NULL with errno. *length may be NULL; there is a NUL behind the last byte. */
char *read_file(const char *path, size_t *length);
char *read_fd(int fd, size_t *length);
int open_input(const char *name); /* "-": standard input. Complains and gives -1. */
void close_input(int fd);

struct reader {
	int fd;
	char *data;
	size_t start, end, capacity;
	bool eof, failed;
	const char *name;
};
bool reader_open(struct reader *reader, const char *name); /* complains */
void reader_start(struct reader *reader, int fd, const char *name);
/*
 * The next line without its delimiter, which is replaced by a NUL; NULL at the end (a failed read is complained about and
 * noted in `failed`). *ended: it had a delimiter. Valid until the next call.
 */
char *reader_line(struct reader *reader, int delimiter, size_t *length, bool *ended);
int reader_byte(struct reader *reader); /* EOF at the end */
int reader_close(struct reader *reader); /* 1 when reading has failed */

/* ---- options ---- */
struct long_option {
	const char *name;
	int letter;
};
struct options {
	int argc;
	char **argv; /* after the last option: the operands */
	const char *letters; /* as for getopt: ':' takes an argument, '::' may; '+' first: stop at the first operand */
	const struct long_option *long_options; /* ends with a NULL name; may be NULL */
	char *argument;
	int next, operands;
	char *cluster;
};
void options_start(struct options *options, int argc, char **argv, const char *letters, const struct long_option *long_options);
/* The next option letter, or -1: then argc and argv are the operands. Unknown options end the tool. */
int options_next(struct options *options);

/* ---- numbers ---- */
bool parse_number(const char *text, unsigned long long *out); /* decimal, all of it */
bool parse_signed(const char *text, long long *out);
bool parse_size(const char *text, unsigned long long *out); /* 10, 4k, 1M, 2b, 1KB … */
unsigned long long need_number(const char *text); /* or die */
unsigned long long need_size(const char *text);
bool parse_seconds(const char *text, double *out); /* 1.5, 2m, 1h, 1d */
/* "1.5K": one decimal below ten, rounded up, as GNU prints it. */
void human_size(unsigned long long bytes, char out[16]);
int signal_number(const char *text); /* NAME, SIGNAME or number; -1 */
const char *signal_name(int number); /* without SIG; NULL */
double monotonic_seconds(void);
void sleep_seconds(double seconds);

/* ---- paths and files ---- */
char *join_path(const char *directory, const char *name);
char *base_name(const char *path); /* as basename(1) */
char *directory_name(const char *path);
bool is_directory(const char *path); /* follows links */
bool is_dot_name(const char *name);
/* Names in a directory without . and .., sorted; false with errno. */
bool list_directory(const char *path, struct names *out);
char *read_link(const char *path); /* NULL with errno */
/* Canonical absolute path. need: 0 nothing need exist, 1 all but the last, 2 everything. NULL with errno. */
char *canonical_path(const char *path, int need);
bool parse_mode(const char *text, mode_t old, bool directory, mode_t mask, mode_t *out);
mode_t current_umask(void);
void mode_text(mode_t mode, char out[11]);
bool make_directories(const char *path, mode_t mode, bool verbose); /* mkdir -p; complains */
unsigned device_major(uint64_t device);
unsigned device_minor(uint64_t device);
uint64_t make_device(unsigned major, unsigned minor);
struct timespec modified(const struct stat *st);
struct timespec accessed(const struct stat *st);
struct timespec changed(const struct stat *st);
/* ---- paths longer than the kernel takes: `rest` from the open directory `at` (-1: it cannot be reached, errno says why) ---- */
struct reached {
	int at;
	const char *rest;
};
struct reached reach(const char *path);
void reach_forget(void); /* after chdir: relative paths lead elsewhere */
int reach_stat(const char *path, struct stat *st);
int reach_lstat(const char *path, struct stat *st);
int reach_open(const char *path, int flags, mode_t mode);
int reach_mkdir(const char *path, mode_t mode);
int reach_mknod(const char *path, mode_t mode, dev_t device);
int reach_symlink(const char *text, const char *path);
ssize_t reach_readlink(const char *path, char *text, size_t size);
int reach_unlink(const char *path);
int reach_rmdir(const char *path);
int reach_chmod(const char *path, mode_t mode);
int reach_chown(const char *path, unsigned uid, unsigned gid, bool follow);
int reach_times(const char *path, const struct timespec times[2], bool follow);
int reach_access(const char *path, int want);
/* Copies one file, directory (recursive) or special file; see copy.c. */
struct copy_options {
	bool recursive, follow_all, follow_arguments, preserve, force, interactive, no_clobber, verbose, update;
};
int copy_node(const char *from, const char *to, const struct copy_options *options, bool argument);
int remove_tree(const char *path); /* complains; 0 or 1 */
/* TO/base of FROM when TO is a directory; else TO. */
char *target_path(const char *from, const char *to);

/* ---- users (files /etc/passwd and /etc/group) ---- */
struct user {
	char *name, *home, *shell;
	unsigned uid, gid;
};
bool user_by_name(const char *name, struct user *out);
bool user_by_id(unsigned uid, struct user *out);
bool group_by_name(const char *name, unsigned *gid);
char *group_name(unsigned gid); /* NULL: none; the caller frees */
/* Groups that list this user, beside `primary`. */
size_t groups_of(const char *name, unsigned primary, unsigned *out, size_t room);
const char *user_label(unsigned uid); /* name or number; kept for the last id asked */
const char *group_label(unsigned gid);
bool need_user(const char *text, unsigned *uid, unsigned *gid); /* name or number */
bool need_group(const char *text, unsigned *gid);

/* ---- mounts (/proc/self/mounts) and processes (/proc) ---- */
struct mount_entry {
	char *source, *target, *type, *options;
};
struct mounts {
	struct mount_entry *list;
	size_t count, capacity;
};
bool read_mounts(struct mounts *out); /* complains */
struct process {
	int pid, ppid, pgid, sid, tty, tpgid;
	unsigned uid, euid, gid;
	char state;
	char *comm, *args;
	unsigned long long utime, stime, start, vsize; /* ticks (100 a second), bytes */
	long long rss, nice; /* pages of 4096 */
	unsigned long long threads;
};
/* The processes of /proc by rising pid; false: no /proc. */
bool read_processes(struct process **out, size_t *count);
/* Runs argv and waits: its status as a shell has it (128 + signal), 126 or 127 (complained about) when it cannot run. */
int run_command(char **argv, bool null_input);
int start_command(char **argv, bool null_input, pid_t *pid); /* 0, or 126 or 127 */
int wait_status(pid_t pid);
/* Runs argv in place of this program; gives 126 or 127 (complained about). */
int exec_command(char **argv);
#endif
