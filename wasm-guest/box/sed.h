/* sed: the script as commands in an array; blocks and labels are indices into it. */
#ifndef BOX_SED_H
#define BOX_SED_H
#include "pattern.h"

enum address_kind { ADDRESS_NONE, ADDRESS_LINE, ADDRESS_LAST, ADDRESS_PATTERN, ADDRESS_STEP, ADDRESS_PLUS, ADDRESS_MULTIPLE, ADDRESS_ZERO };
struct address {
	enum address_kind kind;
	unsigned long long line, step;
	struct pattern *pattern; /* NULL: the last one used */
};
struct output {
	char *name;
	FILE *file;
};
struct command {
	struct address from, to;
	bool negated, in_range;
	unsigned long long range_end; /* while in_range with a line as its end */
	char name;
	struct pattern *pattern; /* s */
	char *text; /* a i c: text; s: replacement; y: 256 bytes; b t T : label; r w: file */
	bool global, print, expand_case;
	unsigned long occurrence; /* s///N */
	struct output *output; /* w, s///w */
	size_t target; /* {: behind its }; b t T: where to go */
	int status; /* q Q */
};
struct script {
	struct command *list;
	size_t count, capacity;
	bool extended, quiet, separate, in_place;
	char *backup;
	char delimiter;
	struct output *outputs;
};
void sed_parse(struct script *script, const char *text);
void sed_resolve(struct script *script); /* labels and blocks, once all parts are parsed */
int sed_run(struct script *script, char **files);
#endif
