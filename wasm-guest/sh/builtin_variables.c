/* export, readonly, unset, local */
#include "sh.h"
#include <string.h>

static bool good_name(const char *text, const char **equals)
{
	size_t len = name_length(text);
	if (len > 0 && (text[len] == '\0' || text[len] == '=')) {
		*equals = text[len] == '=' ? text + len : NULL;
		return true;
	}
	struct buf name = {0};
	buf_bytes(&name, text, strcspn(text, "="));
	(void)fail(2, "%s: bad variable name", buf_cstr(&name));
	buf_free(&name);
	return false;
}

int builtin_export(int argc, char **argv)
{
	int flags = argv[0][0] == 'e' ? VAR_EXPORT : VAR_READONLY;
	struct option_scan scan = {.argv = argv + 1};
	int option;
	bool print = false;
	(void)argc;
	while ((option = next_option(&scan, "p")) != 0) {
		if (scan.failed)
			return 2;
		print = true;
	}
	if (*scan.argv == NULL || print) {
		struct buf prefix = {0};
		format_text(&prefix, "%s ", argv[0]);
		var_list(buf_cstr(&prefix), flags);
		buf_free(&prefix);
		return 0;
	}
	for (char **p = scan.argv; *p != NULL; p++) {
		const char *equals;
		if (!good_name(*p, &equals))
			return 2;
		if (equals == NULL)
			var_mark(*p, flags);
		else if (!var_assign(*p, flags))
			return 2;
	}
	return 0;
}

int builtin_local(int argc, char **argv)
{
	if (sh.function_depth == 0)
		return fail(2, "not in a function");
	for (int i = 1; i < argc; i++) {
		const char *equals;
		if (text_is(argv[i], "-"))
			scope_keep_options();
		else if (!good_name(argv[i], &equals) || !var_local(argv[i]))
			return 2;
	}
	return 0;
}

int builtin_unset(int argc, char **argv)
{
	struct option_scan scan = {.argv = argv + 1};
	int option, kind = 0;
	(void)argc;
	while ((option = next_option(&scan, "vf")) != 0) {
		if (scan.failed)
			return 2;
		kind = option;
	}
	for (char **p = scan.argv; *p != NULL; p++) {
		if (kind != 'f') {
			const char *equals;
			if (!good_name(*p, &equals) || equals != NULL)
				return sh.flow == FLOW_NONE ? fail(2, "%s: bad variable name", *p) : 2;
			if (!var_unset(*p))
				return 2;
		} else {
			(void)function_unset(*p);
		}
	}
	return 0;
}
