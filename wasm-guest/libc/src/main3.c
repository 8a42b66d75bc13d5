/* main(argc, argv, envp): Clang leaves its name alone, so it is reached from here. Linked only when there is no other main. */
#include <unistd.h>

int program_main(int argc, char **argv, char **envp) __asm__("main");
int __main_argc_argv(int argc, char **argv);

int __main_argc_argv(int argc, char **argv)
{
	return program_main(argc, argv, environ);
}
