/* libFuzzer target: any bytes are refused with a reason, or every accessor works on them. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const kinds_of[] = {
#define X(name, function, code, kinds, stages) [code] = kinds,
    PLAN_OPS(X)
#undef X
};

static volatile size_t sink;

static void read_all_arguments(const struct plan *plan, const struct plan_op *op) {
  for (int slot = 0; slot < PLAN_MAX_ARGS; slot++) {
    char kind = kinds_of[op->op][slot];

    if (kind == 's') {
      sink += strlen(plan_string(plan, op, slot));
    } else if (kind == 'd') {
      struct bytes block = plan_bytes(plan, op, slot);
      for (uint32_t i = 0; i < block.size; i++)
        sink += ((const uint8_t *)block.at)[i];
    } else if (kind == 'v') {
      char **list = plan_vector(plan, op, slot);
      for (char **at = list; list != NULL && *at != NULL; at++)
        sink += strlen(*at);
      free(list);
    }
  }
}

/* A mutated length is refused at once and nothing behind it is reached: make most headers fit their input. */
static void mend(char *copy, size_t size) {
  uint32_t header[6], room = (uint32_t)(size - PLAN_HEADER_SIZE);

  memcpy(header, copy, sizeof header);
  if ((header[5] & 7) == 7) /* one in eight stays as it is but for the ABI, which cannot be guessed */
    header[1] = PLAN_ABI;
  else if (room > 0) {
    header[0] = PLAN_MAGIC;
    header[1] = PLAN_ABI;
    header[2] = (uint32_t)size;
    header[3] %= (room - 1) / PLAN_RECORD_SIZE + 1;
    header[4] = room - header[3] * PLAN_RECORD_SIZE;
    header[5] = 0;
    copy[size - 1] = '\0';
  }
  memcpy(copy, header, sizeof header);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  struct plan plan;
  char *copy = malloc(size == 0 ? 1 : size); /* exactly as long, so that a read behind it is seen */

  if (size > 0)
    memcpy(copy, bytes, size);
  if (size >= PLAN_HEADER_SIZE)
    mend(copy, size);
  if (plan_load(&plan, copy, size) == NULL) {
    for (uint32_t i = 0; i < plan.count; i++)
      read_all_arguments(&plan, &plan.ops[i]);
  }
  free(copy);
  return 0;
}
