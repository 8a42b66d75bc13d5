/* Options: getopt's letters and GNU's long names. Operands may stand between options unless the letters begin with '+'. */
#include "box.h"

void options_start(struct options *options, int argc, char **argv, const char *letters, const struct long_option *long_options) {
	*options = (struct options){.argc = argc, .argv = argv, .letters = letters, .long_options = long_options, .next = 1};
}

static const char *spec_of(const struct options *options, int letter) {
	return letter == ':' || letter == '+' ? NULL : strchr(options->letters, letter);
}

static int long_option(struct options *options, char *name) {
	char *value = strchr(name, '=');
	size_t length = value ? (size_t)(value - name) : strlen(name);
	const struct long_option *found = NULL;
	for (const struct long_option *each = options->long_options; each && each->name; each++) {
		if (strncmp(each->name, name, length) != 0) continue;
		if (each->name[length] == '\0') {
			found = each;
			break;
		}
		if (found && found->letter != each->letter) usage_error("option '--%.*s' is ambiguous", (int)length, name);
		found = each;
	}
	if (!found) {
		if (strcmp(name, "help") == 0) {
			const struct applet *applet = find_applet(tool_name);
			printf("usage: %s %s\n", tool_name, applet ? applet->usage : "");
			exit(finish(0, 1));
		}
		usage_error("unrecognized option '--%s'", name);
	}
	const char *spec = spec_of(options, found->letter);
	bool takes = spec && spec[1] == ':', may = takes && spec[2] == ':';
	options->argument = value ? value + 1 : NULL;
	if (value && !takes) usage_error("option '--%s' doesn't allow an argument", found->name);
	if (!value && takes && !may) {
		if (options->next >= options->argc) usage_error("option '--%s' requires an argument", found->name);
		options->argument = options->argv[options->next++];
	}
	return found->letter;
}

static int end_of_options(struct options *options) {
	while (options->next < options->argc) options->argv[options->operands++] = options->argv[options->next++];
	options->argc = options->operands;
	options->argv[options->argc] = NULL;
	return -1;
}

int options_next(struct options *options) {
	options->argument = NULL;
	while (!options->cluster || *options->cluster == '\0') {
		if (options->next >= options->argc) return end_of_options(options);
		char *argument = options->argv[options->next];
		if (argument[0] != '-' || argument[1] == '\0') {
			if (options->letters[0] == '+') return end_of_options(options);
			options->argv[options->operands++] = argument;
			options->next++;
			continue;
		}
		options->next++;
		if (argument[1] == '-') {
			if (argument[2] == '\0') return end_of_options(options);
			return long_option(options, argument + 2);
		}
		options->cluster = argument + 1;
	}
	int letter = *options->cluster++;
	const char *spec = spec_of(options, letter);
	if (!spec || (unsigned char)letter < ' ') usage_error("invalid option -- '%c'", letter);
	if (spec[1] != ':') return letter;
	if (*options->cluster) options->argument = options->cluster;
	else if (spec[2] != ':') {
		if (options->next >= options->argc) usage_error("option requires an argument -- '%c'", letter);
		options->argument = options->argv[options->next++];
	}
	options->cluster = NULL;
	return letter;
}
