/* probe: prints what it sees of its container, and behaves in ways that tests need. */
#ifndef PROBE_H
#define PROBE_H
#include <stdbool.h>
#include <stddef.h>

/* ---- json.c: a writer; names are NULL inside arrays ---- */
void json_open(const char *name, char bracket); /* '{' or '[' */
void json_close(char bracket); /* '}' or ']' */
void json_string(const char *name, const char *text); /* NULL: null */
void json_number(const char *name, long long value);
void json_unsigned(const char *name, unsigned long long value);
void json_boolean(const char *name, bool value);
void json_null(const char *name);
void json_error(const char *name, int error); /* null for 0, else errno's symbol */

/* ---- the report ---- */
void report_identity(void);
void report_limits(void);
void report_signals(void);
void report_files(int masked_count, char **masked);
void report_descriptors(void);
void report_terminal(void);
void report_mounts(void);
void report_kernel(void);

/* Reads a small file whole, NUL-terminated; NULL and errno. The caller frees it. */
char *read_file(const char *path, size_t *length);
/* "regular", "directory", "character" … */
const char *type_name(unsigned mode);

/* ---- behaviours: `probe NAME ARGUMENT…` ---- */
int behave(int argc, char **argv);

#endif
