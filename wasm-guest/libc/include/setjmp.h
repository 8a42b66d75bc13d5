#ifndef TSRUN_SETJMP_H
#define TSRUN_SETJMP_H
struct __tsrun_jmp_buf {
	int mask_saved;
	unsigned long long mask;
};
typedef struct __tsrun_jmp_buf jmp_buf[1];
typedef struct __tsrun_jmp_buf sigjmp_buf[1];

/* setjmp keeps no signal mask (System V, and POSIX's default), as with glibc. */
int setjmp(jmp_buf) __attribute__((returns_twice));
int sigsetjmp(sigjmp_buf, int) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);
_Noreturn void siglongjmp(sigjmp_buf, int);
#define _setjmp(buffer) setjmp(buffer)
#define _longjmp(buffer, value) longjmp(buffer, value)
#endif
