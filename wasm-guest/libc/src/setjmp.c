/*
 * setjmp by Asyncify: the kernel unwinds the stack, keeps the image under the buffer's address and rewinds it, again for each
 * longjmp. The frame of setjmp itself is part of the image, so a plain function may wrap the call.
 */
#include "internal.h"
#include <setjmp.h>
#include <signal.h>

int setjmp(jmp_buf buffer)
{
	int32_t value = 0;
	buffer[0].mask_saved = 0;
	const int32_t error = tsrun_stack_checkpoint(buffer, &value);
	if (error != 0)
		__builtin_trap();
	return value;
}

int sigsetjmp(sigjmp_buf buffer, int save_mask)
{
	int32_t value = 0;
	buffer[0].mask_saved = save_mask != 0;
	if (save_mask)
		(void)tsrun_signal_mask(SIG_BLOCK, NULL, &buffer[0].mask);
	const int32_t error = tsrun_stack_checkpoint(buffer, &value);
	if (error != 0)
		__builtin_trap();
	return value;
}

_Noreturn void longjmp(jmp_buf buffer, int value)
{
	if (buffer[0].mask_saved)
		(void)tsrun_signal_mask(SIG_SETMASK, &buffer[0].mask, NULL);
	tsrun_stack_restore(buffer, value == 0 ? 1 : value);
}

_Noreturn void siglongjmp(sigjmp_buf buffer, int value)
{
	longjmp(buffer, value);
}
