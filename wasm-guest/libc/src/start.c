/* How a program begins and ends, and where the loop counter enters the kernel. */
#include "internal.h"
#include <stdlib.h>
#include <unistd.h>

void __wasm_call_ctors(void);
/* Clang's name of main(void); for main(argc, argv) wasi-libc has one that fetches the arguments. */
int __main_void(void);

__attribute__((export_name("_start"))) void _start(void)
{
	__wasm_call_ctors();
	exit(__main_void());
}

/* Called by the code that src/backends/emulation/wasi/binary/fuel.ts puts at loop heads, when the time slice is over. */
__attribute__((export_name("__tsrun_preempt"))) void __tsrun_preempt(void)
{
	int32_t error = tsrun_sched_preempt();
	if (TSRUN_INTERRUPTED(error))
		(void)__tsrun_restarts(error);
}
