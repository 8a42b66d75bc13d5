/*
 * Preemption can come inside malloc, whose loops are counted like all others. Signal handlers may allocate, so they wait
 * until the heap is whole again (linked with --wrap).
 */
#include "internal.h"
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

void *__wrap_malloc(size_t size)
{
	__tsrun_critical++;
	void *block = __real_malloc(size);
	__tsrun_critical--;
	return block;
}

void *__wrap_calloc(size_t count, size_t size)
{
	__tsrun_critical++;
	void *block = __real_calloc(count, size);
	__tsrun_critical--;
	return block;
}

void *__wrap_realloc(void *block, size_t size)
{
	__tsrun_critical++;
	void *moved = __real_realloc(block, size);
	__tsrun_critical--;
	return moved;
}

void __wrap_free(void *block)
{
	__tsrun_critical++;
	__real_free(block);
	__tsrun_critical--;
}
