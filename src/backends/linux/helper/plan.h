/* The encoded plan: checked whole before any of it runs (docs/plan-format.md). */
#ifndef TSRUN_PLAN_H
#define TSRUN_PLAN_H
#include <stddef.h>
#include <stdint.h>

#include "plan_abi.h"

struct plan_op {
  uint16_t op;
  uint16_t stage;
  uint32_t flags;
  uint32_t ref[PLAN_MAX_ARGS];
  uint64_t n;
};

struct plan {
  const struct plan_op *ops;
  uint32_t count;
  const char *data;
  uint32_t data_size;
};

struct bytes {
  const void *at; /* aligned to 8 */
  uint32_t size;
};

/* The total size that a header announces, or 0 with *why set. Cheap enough to run before the rest is read. */
uint32_t plan_header(const void *header, const char **why);

/* NULL, or what is wrong: a constant string. `bytes` must be aligned to 8 and outlive the plan. */
const char *plan_load(struct plan *plan, const void *bytes, size_t size);

/* Accessors for a checked plan; `slot` counts arguments from 0. */
const char *plan_string(const struct plan *plan, const struct plan_op *op, int slot);
struct bytes plan_bytes(const struct plan *plan, const struct plan_op *op, int slot);
uint32_t plan_vector_count(const struct plan *plan, const struct plan_op *op, int slot);

/* A NULL-terminated array of the vector's strings, malloc'ed; NULL on ENOMEM. */
char **plan_vector(const struct plan *plan, const struct plan_op *op, int slot);

/* The first instruction with this opcode at or behind index `from`, or NULL. */
const struct plan_op *plan_find(const struct plan *plan, uint16_t opcode, uint32_t from);
#endif
