/* box: one binary, many tools. Which one it is says argv[0], or the first argument. */
#include "box.h"

const char *tool_name = "box";
int usage_status = 1;

#define APPLET(name, function, usage) tool_main function;
#include "applets.h"
#undef APPLET

const struct applet applets[] = {
#define APPLET(name, function, usage) {name, function, usage},
#include "applets.h"
#undef APPLET
};
const size_t applet_count = LENGTH(applets);

static int compare_applet(const void *name, const void *applet) {
	return strcmp(name, ((const struct applet *)applet)->name);
}

const struct applet *find_applet(const char *name) {
	return bsearch(name, applets, applet_count, sizeof applets[0], compare_applet);
}

static int run(const struct applet *applet, int argc, char **argv) {
	tool_name = applet->name;
	return finish(applet->run(argc, argv), usage_status);
}

int main(int argc, char **argv) {
	static char none[] = "box";
	char *own[] = {none, NULL};
	if (argc < 1) {
		argc = 1;
		argv = own;
	}
	const char *slash = strrchr(argv[0], '/');
	const char *name = slash ? slash + 1 : argv[0];
	if (*name == '-') name++; /* a login shell's name */
	const struct applet *applet = find_applet(name);
	if (applet) return run(applet, argc, argv);
	if (argc > 1 && strcmp(argv[1], "--list") == 0) {
		for (size_t i = 0; i < applet_count; i++) puts(applets[i].name);
		return finish(0, 1);
	}
	if (argc > 1 && argv[1][0] != '-') {
		applet = find_applet(argv[1]);
		if (applet) return run(applet, argc - 1, argv + 1);
		warn("%s: no such tool", argv[1]);
		return 127;
	}
	puts("usage: box NAME [argument…], box --list\nLinks to box with a tool's name are that tool.");
	return finish(argc > 1 && strcmp(argv[1], "--help") == 0 ? 0 : 1, 1);
}
