/* Unit tests of the plan checker. A claim per test; run under ASan and UBSan by `make test`. */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void expect(const char *claim, const char *wanted, const char *got) {
  if (wanted == got || (wanted != NULL && got != NULL && strcmp(wanted, got) == 0))
    return;
  printf("FAIL %s: wanted %s, got %s\n", claim, wanted != NULL ? wanted : "ok", got != NULL ? got : "ok");
  failures++;
}

/* A plan under construction, small enough to be exact: any read behind it is found by ASan. */
struct draft {
  struct plan_op ops[4];
  uint32_t count;
  char data[256];
  uint32_t size;
};

static const char *check(const struct draft *draft, uint32_t change_word, uint32_t change_value) {
  uint32_t total = PLAN_HEADER_SIZE + draft->count * PLAN_RECORD_SIZE + draft->size;
  uint32_t header[] = {PLAN_MAGIC, PLAN_ABI, total, draft->count, draft->size, 0};
  char *bytes = malloc(total);
  struct plan plan;
  const char *why;

  if (change_word < 6)
    header[change_word] = change_value;
  memcpy(bytes, header, sizeof header);
  memcpy(bytes + sizeof header, draft->ops, draft->count * sizeof draft->ops[0]);
  memcpy(bytes + sizeof header + draft->count * sizeof draft->ops[0], draft->data, draft->size);
  why = plan_load(&plan, bytes, total);
  if (why == NULL && plan.count > 0 && plan.ops[0].op == OP_HOOK) {
    char **list = plan_vector(&plan, &plan.ops[0], 1);
    expect("a vector reads back", NULL, list[0] == NULL || strcmp(list[0], "a") == 0 ? NULL : "other");
    free(list);
  }
  free(bytes);
  return why;
}

#define UNCHANGED 6
#define AS_IS UNCHANGED, 0

/* One host instruction with a string argument at offset `ref`; data "\0ab\0". */
static struct draft with_string(uint32_t ref) {
  struct draft draft = {.count = 1, .data = "\0ab", .size = 4};

  draft.ops[0] = (struct plan_op){.op = OP_START_SOCKET, .stage = STAGE_HOST, .ref = {ref}};
  return draft;
}

static void test_header(void) {
  struct draft draft = with_string(1);

  expect("a good plan is taken", NULL, check(&draft, AS_IS));
  expect("another magic is refused", "not a plan", check(&draft, 0, 1));
  expect("another ABI is refused", "helper and tsrun come from different builds", check(&draft, 1, PLAN_ABI ^ 1u));
  expect("a total that is too small is refused", "bad length", check(&draft, 2, 40));
  expect("a total over the limit is refused", "bad length", check(&draft, 2, PLAN_MAX_SIZE + 1));
  expect("a count that overflows is refused", "bad length", check(&draft, 3, 0xffffffffu));
  expect("a data size of 0 is refused", "bad length", check(&draft, 4, 0));
  expect("trailing bytes are refused", "bad length", check(&draft, 4, draft.size - 1));
  expect("a reserved word that is set is refused", "bad length", check(&draft, 5, 1));
}

static void test_strings(void) {
  struct draft draft = with_string(3);

  expect("the last byte is a string", NULL, check(&draft, AS_IS));
  draft = with_string(4);
  expect("a reference behind the data is refused", "reference out of range", check(&draft, AS_IS));
  draft = with_string(0xffffffffu);
  expect("the largest reference is refused", "reference out of range", check(&draft, AS_IS));
  draft = with_string(1);
  draft.data[3] = 'x';
  expect("data that does not end in NUL is refused", "data area does not end in NUL", check(&draft, AS_IS));
  draft = with_string(1);
  draft.ops[0].ref[1] = 1;
  expect("an unused reference must be 0", "unused reference is not 0", check(&draft, AS_IS));
}

static void test_opcodes(void) {
  struct draft draft = with_string(1);

  draft.ops[0].op = 19;
  expect("a gap in the table is refused", "unknown opcode", check(&draft, AS_IS));
  draft.ops[0].op = 0xffff;
  expect("an opcode past the table is refused", "unknown opcode", check(&draft, AS_IS));
  draft = with_string(1);
  draft.ops[0].stage = STAGE_INIT;
  expect("an instruction of another stage is refused", "opcode not allowed in this stage", check(&draft, AS_IS));
  draft.ops[0].stage = 77;
  expect("a stage that does not exist is refused", "opcode not allowed in this stage", check(&draft, AS_IS));
  draft = with_string(1);
  draft.count = 2;
  draft.ops[1] = draft.ops[0];
  draft.ops[0] = (struct plan_op){.op = OP_UNSHARE, .stage = STAGE_JOIN};
  expect("stages do not go back", "stages out of order", check(&draft, AS_IS));
  draft.count = 1;
  expect("a process must be executed in the end", "a process needs one awaitStart and ends in exec", check(&draft, AS_IS));
}

static void test_vectors(void) {
  struct draft draft = {.count = 1, .size = 16};
  uint32_t count = 2;

  draft.ops[0] = (struct plan_op){.op = OP_HOOK, .stage = STAGE_SETUP, .ref = {0, 4, 4, 4}};
  memcpy(draft.data + 4, &count, sizeof count);
  memcpy(draft.data + 8, "a\0bcdef", 8);
  expect("a vector within the data is taken", "a process needs one awaitStart and ends in exec", check(&draft, AS_IS));
  count = 3;
  memcpy(draft.data + 4, &count, sizeof count);
  expect("a vector with too many strings is refused", "vector out of range", check(&draft, AS_IS));
  count = 0xffffffffu;
  memcpy(draft.data + 4, &count, sizeof count);
  expect("the largest count is refused", "vector out of range", check(&draft, AS_IS));
  draft.ops[0].ref[1] = 13;
  expect("a count that is cut off is refused", "vector out of range", check(&draft, AS_IS));
}

static void test_blocks(void) {
  struct draft draft = {.count = 1, .size = 33};
  uint32_t size = 8;

  draft.ops[0] = (struct plan_op){.op = OP_CPU_AFFINITY, .stage = STAGE_JOIN, .ref = {8}};
  memcpy(draft.data + 8, &size, sizeof size);
  expect("a block within the data is taken", "a process needs one awaitStart and ends in exec", check(&draft, AS_IS));
  size = 18;
  memcpy(draft.data + 8, &size, sizeof size);
  expect("a block that reaches past the data is refused", "block out of range", check(&draft, AS_IS));
  size = 0xfffffff8u;
  memcpy(draft.data + 8, &size, sizeof size);
  expect("a size that overflows is refused", "block out of range", check(&draft, AS_IS));
  draft.ops[0].ref[0] = 9;
  expect("a block that is not aligned is refused", "block not aligned", check(&draft, AS_IS));
  draft.ops[0].ref[0] = 32;
  expect("a head that is cut off is refused", "block out of range", check(&draft, AS_IS));
  size = 8;
  memcpy(draft.data + 8, &size, sizeof size);
  draft.ops[0] = (struct plan_op){.op = OP_RLIMIT, .stage = STAGE_INIT, .ref = {0, 8}};
  expect("a structure has its size", "block of wrong size", check(&draft, AS_IS));
}

int main(void) {
  test_header();
  test_strings();
  test_opcodes();
  test_vectors();
  test_blocks();
  printf(failures == 0 ? "plan checker: all claims hold\n" : "plan checker: %d claims failed\n", failures);
  return failures != 0;
}
