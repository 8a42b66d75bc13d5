/* What the files of the helper share. Functions return 0 (or a descriptor), or -1 with errno, unless said otherwise. */
#ifndef TSRUN_HELPER_H
#define TSRUN_HELPER_H
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "plan.h"

#define PLAN_FD 3
#define FIRST_PRESERVED 4 /* --preserve-fds: 4… here, 3… in the program */
#define NO_OP UINT32_MAX  /* op index of a failure outside of the plan */

/* A page shared by H, M and I: the last words of a process that can make no system call any more (seccomp). */
struct shared {
  volatile uint32_t op;       /* instruction that runs in M or I */
  volatile int32_t error;     /* its errno, once it failed */
  volatile uint32_t reported; /* FAILED was sent */
  volatile uint32_t executing;
  volatile int32_t listener;  /* see seccomp.c */
  volatile int32_t listener_sent;
};

/* Everything one process of the three knows. H fills it, M and I inherit it by fork. */
struct run {
  struct plan plan;
  struct shared *shared;
  int report;    /* where events go: the plan socket, later the starter's connection */
  int control;   /* between H and M, then H and I: struct message, SOCK_SEQPACKET */
  int proc;      /* the host's procfs, verified, O_PATH */
  int own_proc;  /* a procfs of our own for sysctls, or -1 */
  int root;      /* in-root paths start here */
  int mask_dir;  /* an empty read-only tmpfs, once a directory is masked, */
  int mask_null; /* and the host's null device: what masked paths are covered with */
  bool mask_dir_attached, mask_null_attached;
  int op_fd[PLAN_MAX_OPS]; /* what the host stage opened for each instruction, or -1 */
  pid_t helper;  /* H */
  pid_t pid;     /* I as H sees it */
  int pidfd;
  uid_t caller;  /* uid of H */
  int pty;       /* slave that `console` made, or -1 */
  const struct plan_op *born_in; /* M: the joinCgroup that was done by clone3 */
  bool keep_sys_admin; /* seccomp comes without no_new_privs */
  uint8_t stage;
  uint32_t detail_size; /* payload of the next FAILED */
  char detail[EVENT_PAYLOAD_MAX];
  char program[4096]; /* what awaitStart found */
};

static inline int error_of(int error) {
  errno = error;
  return -1;
}

/* A descriptor that is closed where its variable ends, with errno as it was. Start it with -1 or an open call. */
#define AUTO_CLOSE __attribute__((cleanup(close_keeping_errno)))
void close_keeping_errno(const int *fd);

typedef int op_handler(struct run *run, const struct plan_op *op);
/* op_…: one for each instruction of ops.ts */
#define X(name, function, code, kinds, stages) op_handler op_##function;
PLAN_OPS(X)
#undef X

/* ---- main.c */
int run_stage(struct run *run, uint8_t stage);
uint32_t op_index(const struct run *run, const struct plan_op *op);

/* ---- report.c: events and the control socket */
int report(const struct run *run, uint16_t type, uint32_t op, int32_t value, const void *payload, size_t size);
void report_warning(const struct run *run, const struct plan_op *op, int error, const void *payload, size_t size);
_Noreturn void fail(struct run *run, uint32_t op, int error);
void detail(struct run *run, const void *bytes, size_t size); /* append to the payload of the next FAILED */

enum message_kind { MESSAGE_ID_MAP = 1, MESSAGE_CHILD, MESSAGE_GO, MESSAGE_RELEASED, MESSAGE_TERMINAL, MESSAGE_ANSWER };
struct message {
  uint32_t kind;
  int32_t value;
};
int message_send(int socket, enum message_kind kind, int32_t value, int fd);
int message_receive(int socket, struct message *message, int *fd); /* 1, 0 at end of file, -1 */
int send_fd(int socket, int fd, const void *bytes, size_t size);

/* ---- sys.c: system calls that musl has no wrapper for, small tools */
struct open_how;
struct mount_attr;
int sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
int sys_open_tree(int dir, const char *path, unsigned flags);
int sys_move_mount(int from, int to);
int sys_mount_setattr(int fd, unsigned flags, const struct mount_attr *attr);
int sys_fsopen(const char *fstype);
int sys_fsconfig(int fd, unsigned command, const char *key, const char *value);
int sys_fsmount(int fd, unsigned attrs);
int sys_pidfd_open(pid_t pid);
int sys_pidfd_send_signal(int pidfd, int signal);
int close_on_exec_from(int first, bool close_now);
int write_all(int fd, const void *bytes, size_t size);
int read_all(int fd, void *bytes, size_t size); /* short count: -1, errno ECONNRESET */
int write_file_at(int dir, const char *path, const char *text); /* beneath dir, no links, one mount */
int proc_write_self(struct run *run, const char *name, const char *text);
void close_fd(int *fd);
int take_fd(int *fd);
int connect_unix(const char *path, int type);
int listen_unix(const char *directory, const char *name, int type);
bool peer_closed(int socket);

/* ---- seal.c */
int seal_self(char *const argv[]);

/* ---- host.c: stage host and parent, and H's waiting */
void open_for_later(struct run *run); /* namespaces and listener sockets of later stages */
void await_child(struct run *run, pid_t intermediate);
void release_child(struct run *run);

/* ---- join.c */
_Noreturn void join_main(struct run *run);

/* ---- path.c: everything inside the rootfs, by descriptor */
int path_open(const struct run *run, const char *path, uint64_t flags, uint64_t resolve);
int path_make_directory(const struct run *run, const char *path, mode_t mode);
int path_make_file(const struct run *run, const char *path);
/* Open the directory that holds (or is to hold) the last component, which goes to `name`. */
int path_parent(const struct run *run, const char *path, char name[256]);

/* ---- mount.c, attach.c, copyup.c */
int attach(const struct run *run, int mount, int target, const char *path, uint64_t resolve);
int attach_at(const struct run *run, int tree, const char *path, uint64_t resolve);
int clone_tree(int dir, const char *path, bool recursive);
int copy_up(int from, int to);

/* ---- tty.c, monitor.c, hook.c */
int open_pty_slave(int master);
int send_pty_master(int socket, int master);
void copy_window_size(int terminal); /* from our stdin, if that is a terminal */
void leave_signals_to_tsrun(void);
_Noreturn void monitor(struct run *run, uint32_t flags, int terminal);

/* ---- process.c, caps.c, seccomp.c, init.c: becoming the program */
_Noreturn void init_main(struct run *run);
int die_with_parent(const struct run *run);
int settle_preserved(struct run *run, uint32_t count);
char *join_with_number(const struct run *run, const struct plan_op *op, int slot, pid_t pid, size_t *size);

/* ---- home.c: env with a HOME; NULL without memory */
char **with_home(char **env);

/* ---- signal.c: the other modes of the program */
int open_process(pid_t pid, uint64_t wanted); /* a pidfd; ESRCH where it is not the process that started then */
int main_signal(char *const argv[]);
int main_oom(char *const argv[]);
int main_pidfd(char *const argv[]);
bool parse_number(const char *text, unsigned long long max, unsigned long long *value); /* signal.c */
int main_console(char *const argv[]); /* console.c */
#endif
