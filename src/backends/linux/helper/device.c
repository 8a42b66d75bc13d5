/* cgroup v2: which devices may be used is a BPF program (compiled in TypeScript) attached to the cgroup. */
#include <fcntl.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper.h"

#define MAX_PROGRAMS 64

static int bpf(enum bpf_cmd command, union bpf_attr *attr) { return (int)syscall(SYS_bpf, command, attr, sizeof *attr); }

static int load_program(struct bytes program) {
  static const char license[] = "Apache";
  union bpf_attr attr;

  memset(&attr, 0, sizeof attr);
  attr.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
  attr.insns = (uintptr_t)program.at;
  attr.insn_cnt = program.size / (uint32_t)sizeof(struct bpf_insn);
  attr.license = (uintptr_t)license;
  return bpf(BPF_PROG_LOAD, &attr);
}

/* Programs attached already: an update replaces them, since each of several could only take more away. */
static int attached(int cgroup, const uint32_t ids[MAX_PROGRAMS], uint32_t *count) {
  union bpf_attr attr;

  memset(&attr, 0, sizeof attr);
  attr.query.target_fd = (uint32_t)cgroup;
  attr.query.attach_type = BPF_CGROUP_DEVICE;
  attr.query.prog_ids = (uintptr_t)ids;
  attr.query.prog_cnt = MAX_PROGRAMS;
  if (bpf(BPF_PROG_QUERY, &attr) < 0)
    return -1;
  *count = attr.query.prog_cnt;
  return 0;
}

static int change(enum bpf_cmd command, int cgroup, int program, uint32_t flags) {
  union bpf_attr attr;

  memset(&attr, 0, sizeof attr);
  attr.target_fd = (uint32_t)cgroup;
  attr.attach_bpf_fd = (uint32_t)program;
  attr.attach_type = BPF_CGROUP_DEVICE;
  attr.attach_flags = flags;
  return bpf(command, &attr);
}

static int detach(int cgroup, uint32_t id) {
  union bpf_attr attr;

  memset(&attr, 0, sizeof attr);
  attr.prog_id = id;
  AUTO_CLOSE int program = bpf(BPF_PROG_GET_FD_BY_ID, &attr);
  return program < 0 ? -1 : change(BPF_PROG_DETACH, cgroup, program, 0);
}

int op_device_filter(struct run *run, const struct plan_op *op) {
  uint32_t old[MAX_PROGRAMS], count = 0;
  AUTO_CLOSE int cgroup = open(plan_string(&run->plan, op, 0), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  AUTO_CLOSE int program = cgroup < 0 ? -1 : load_program(plan_bytes(&run->plan, op, 1)); /* the cgroup will hold it */

  if (program < 0 || attached(cgroup, old, &count) < 0)
    return -1;
  /* The new one first, then the old ones away: at no moment is more allowed than either says. */
  if (change(BPF_PROG_ATTACH, cgroup, program, BPF_F_ALLOW_MULTI) < 0)
    return -1;
  for (uint32_t i = 0; i < count; i++) {
    if (detach(cgroup, old[i]) < 0)
      return -1;
  }
  return 0;
}
