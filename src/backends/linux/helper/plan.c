#include "plan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct plan_op) == PLAN_RECORD_SIZE, "records are read where they are");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the format is little-endian");

#define BLOCK_HEAD 8u

struct rule {
  const char *kinds;
  uint32_t stages;
};

static const struct rule rules[] = {
#define X(name, function, code, kinds, stages) [code] = {kinds, stages},
    PLAN_OPS(X)
#undef X
};

/* Blocks that are C structures have one size. */
static const uint32_t block_sizes[sizeof rules / sizeof rules[0]] = {
    [OP_BIND] = TSRUN_MOUNT_ATTRS_SIZE, [OP_ATTACH_TREE] = TSRUN_MOUNT_ATTRS_SIZE, [OP_MOUNT_ATTR] = TSRUN_MOUNT_ATTRS_SIZE,
    [OP_RLIMIT] = 16,                   [OP_CAPABILITIES] = 40,
};

static uint32_t read_u32(const char *at) {
  uint32_t value;

  memcpy(&value, at, sizeof value);
  return value;
}

static const char *check_vector(const struct plan *plan, uint32_t ref) {
  const char *end = plan->data + plan->data_size;
  const char *at = plan->data + ref;
  uint32_t count;

  if (plan->data_size - ref < sizeof count)
    return "vector out of range";
  count = read_u32(at);
  for (at += sizeof count; count > 0; count--) {
    if (at >= end)
      return "vector out of range";
    at += strlen(at) + 1; /* ends within the area: its last byte is NUL */
  }
  return NULL;
}

static const char *check_block(const struct plan *plan, const struct plan_op *op, uint32_t ref) {
  uint32_t size, wanted = block_sizes[op->op];

  if (ref % 8 != 0)
    return "block not aligned";
  if (plan->data_size - ref < BLOCK_HEAD)
    return "block out of range";
  size = read_u32(plan->data + ref);
  if (size > plan->data_size - ref - BLOCK_HEAD)
    return "block out of range";
  if (wanted != 0 && size != wanted)
    return "block of wrong size";
  return NULL;
}

static const char *check_argument(const struct plan *plan, const struct plan_op *op, int slot, char kind) {
  uint32_t ref = op->ref[slot];

  if (kind == 'u')
    return NULL;
  if (kind == '-')
    return ref == 0 ? NULL : "unused reference is not 0";
  if (ref >= plan->data_size)
    return "reference out of range";
  if (kind == 'v')
    return check_vector(plan, ref);
  if (kind == 'd')
    return check_block(plan, op, ref);
  return NULL; /* any offset is a string: the area's last byte is NUL */
}

static const char *check_op(const struct plan *plan, const struct plan_op *op, uint32_t *stage) {
  const struct rule *rule;

  if (op->op >= sizeof rules / sizeof rules[0] || rules[op->op].kinds == NULL)
    return "unknown opcode";
  rule = &rules[op->op];
  if (op->stage >= PLAN_STAGES || (rule->stages & (1u << op->stage)) == 0)
    return "opcode not allowed in this stage";
  if (op->stage < *stage)
    return "stages out of order";
  *stage = op->stage;
  for (int slot = 0; slot < PLAN_MAX_ARGS; slot++) {
    const char *why = check_argument(plan, op, slot, rule->kinds[slot]);
    if (why != NULL)
      return why;
  }
  return NULL;
}

/* A plan that makes a process ends in `awaitStart … exec`, once; one that makes none has host instructions only. */
static const char *check_shape(const struct plan *plan) {
  uint32_t waits = 0, execs = 0;

  if (plan->count == 0 || plan->ops[plan->count - 1].stage == STAGE_HOST)
    return NULL;
  for (uint32_t i = 0; i < plan->count; i++) {
    if (plan->ops[i].op == OP_EXEC)
      execs++;
    if (plan->ops[i].op == OP_AWAIT_START) {
      if (execs > 0)
        return "awaitStart behind exec";
      waits++;
    }
  }
  if (waits != 1 || execs != 1 || plan->ops[plan->count - 1].op != OP_EXEC)
    return "a process needs one awaitStart and ends in exec";
  return NULL;
}

uint32_t plan_header(const void *header, const char **why) {
  uint32_t field[PLAN_HEADER_SIZE / 4];

  memcpy(field, header, sizeof field);
  *why = "not a plan";
  if (field[0] != PLAN_MAGIC)
    return 0;
  *why = "helper and tsrun come from different builds";
  if (field[1] != PLAN_ABI)
    return 0;
  *why = "bad length";
  if (field[2] > PLAN_MAX_SIZE || field[3] > PLAN_MAX_OPS || field[4] == 0 || field[5] != 0)
    return 0;
  if ((uint64_t)PLAN_HEADER_SIZE + (uint64_t)field[3] * PLAN_RECORD_SIZE + field[4] != field[2])
    return 0;
  *why = NULL;
  return field[2];
}

const char *plan_load(struct plan *plan, const void *bytes, size_t size) {
  const char *why, *at = bytes;
  uint32_t stage = 0;

  if (size < PLAN_HEADER_SIZE)
    return "short header";
  if (plan_header(bytes, &why) != size)
    return why != NULL ? why : "bad length";
  plan->count = read_u32(at + 12);
  plan->data_size = read_u32(at + 16);
  plan->ops = (const struct plan_op *)(const void *)(at + PLAN_HEADER_SIZE);
  plan->data = at + PLAN_HEADER_SIZE + (size_t)plan->count * PLAN_RECORD_SIZE;
  if (plan->data[plan->data_size - 1] != '\0')
    return "data area does not end in NUL";
  for (uint32_t i = 0; i < plan->count; i++) {
    why = check_op(plan, &plan->ops[i], &stage);
    if (why != NULL)
      return why;
  }
  return check_shape(plan);
}

const char *plan_string(const struct plan *plan, const struct plan_op *op, int slot) { return plan->data + op->ref[slot]; }

struct bytes plan_bytes(const struct plan *plan, const struct plan_op *op, int slot) {
  const char *at = plan->data + op->ref[slot];

  return (struct bytes){.at = at + BLOCK_HEAD, .size = read_u32(at)};
}

uint32_t plan_vector_count(const struct plan *plan, const struct plan_op *op, int slot) {
  return read_u32(plan->data + op->ref[slot]);
}

char **plan_vector(const struct plan *plan, const struct plan_op *op, int slot) {
  uint32_t count = plan_vector_count(plan, op, slot); /* < data_size, since each string takes a byte */
  const char *at = plan->data + op->ref[slot] + sizeof count;
  char **list = calloc((size_t)count + 1, sizeof *list);

  if (list == NULL)
    return NULL;
  for (uint32_t i = 0; i < count; i++) {
    list[i] = (char *)(uintptr_t)at; /* execve takes char *const[] and changes nothing */
    at += strlen(at) + 1;
  }
  return list;
}

const struct plan_op *plan_find(const struct plan *plan, uint16_t opcode, uint32_t from) {
  for (uint32_t i = from; i < plan->count; i++) {
    if (plan->ops[i].op == opcode)
      return &plan->ops[i];
  }
  return NULL;
}
