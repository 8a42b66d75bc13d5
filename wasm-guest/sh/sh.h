/*
 * What the files of the shell share. Errors travel as return values plus `sh.flow`: whoever evaluates anything looks at
 * `sh.flow` afterwards and unwinds while it is not FLOW_NONE. There is no setjmp: it is dear on WebAssembly.
 */
#ifndef SH_H
#define SH_H
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* ---- memory.c: arenas for syntax trees, a stack for what one command needs, growing byte strings ---- */
struct arena;
struct arena *arena_new(void);
void arena_hold(struct arena *a);
void arena_drop(struct arena *a);
void *arena_alloc(struct arena *a, size_t size);
char *arena_copy(struct arena *a, const char *text, size_t len);

struct mark {
	void *chunk;
	size_t used;
};
struct mark temp_mark(void);
void temp_release(struct mark m);
void *temp_alloc(size_t size);
char *temp_copy(const char *text, size_t len);

struct buf {
	char *data;
	size_t len, cap;
};
void buf_char(struct buf *b, char c);
void buf_bytes(struct buf *b, const char *bytes, size_t len);
void buf_text(struct buf *b, const char *text);
void buf_number(struct buf *b, long long value);
void buf_pad(struct buf *b, char c, size_t count);
char *buf_cstr(struct buf *b); /* stays owned by b */
void buf_free(struct buf *b);
void *must_alloc(void *block, size_t size); /* realloc that ends the shell when there is no memory */
char *copy_text(const char *text);
bool text_is(const char *a, const char *b);

/* ---- syntax trees ---- */
enum part_kind { PART_TEXT, PART_PARAMETER, PART_COMMAND, PART_ARITHMETIC };
enum param_op {
	PARAM_PLAIN, PARAM_LENGTH, PARAM_DEFAULT, PARAM_ASSIGN, PARAM_ERROR, PARAM_ALTERNATIVE,
	PARAM_PREFIX, PARAM_LONG_PREFIX, PARAM_SUFFIX, PARAM_LONG_SUFFIX, PARAM_BAD
};
struct node;
struct part {
	struct part *next;
	uint8_t kind, op;
	bool quoted, colon, braces;
	const char *text; /* TEXT: bytes; PARAMETER: the name */
	size_t len;
	struct part *word; /* PARAMETER: operand; ARITHMETIC: expression */
	struct node *body; /* COMMAND; NULL: empty */
};
struct word {
	struct word *next;
	struct part *parts;
};
enum redir_kind { REDIR_READ, REDIR_WRITE, REDIR_CLOBBER, REDIR_APPEND, REDIR_BOTH, REDIR_DUP_IN, REDIR_DUP_OUT, REDIR_HERE };
struct redir {
	struct redir *next;
	uint8_t kind;
	bool expand, strip_tabs; /* HERE */
	int fd;
	struct word *target; /* HERE: the body, filled in when its line ends */
	const char *delimiter; /* HERE */
};
enum node_kind {
	NODE_SIMPLE, NODE_PIPELINE, NODE_AND, NODE_OR, NODE_NOT, NODE_SEQUENCE, NODE_BACKGROUND, NODE_SUBSHELL,
	NODE_GROUP, NODE_IF, NODE_WHILE, NODE_UNTIL, NODE_FOR, NODE_CASE, NODE_FUNCTION
};
struct case_item {
	struct case_item *next;
	struct word *patterns;
	struct node *body;
};
struct node {
	uint8_t kind;
	int line;
	struct node *next; /* next stage of a PIPELINE, next of a SEQUENCE */
	struct node *left, *right, *other; /* condition/then/else; AND, OR: left, right; SEQUENCE, PIPELINE, FUNCTION, GROUP …: left */
	struct word *words; /* SIMPLE, FOR (list), CASE (subject: first) */
	struct word *assignments; /* SIMPLE */
	struct redir *redirects;
	struct case_item *items;
	const char *name; /* FOR, FUNCTION */
	bool has_list; /* FOR … in */
	struct arena *arena; /* FUNCTION: holds the tree */
};

/* ---- state of the shell ---- */
enum flow { FLOW_NONE, FLOW_BREAK, FLOW_CONTINUE, FLOW_RETURN, FLOW_EXIT, FLOW_ABORT };
struct shell {
	enum flow flow;
	int flow_count; /* BREAK, CONTINUE: loops still to leave */
	int status; /* $? */
	int loop_depth, function_depth, dot_depth;
	int line, function_line; /* of the command being run; where the function began */
	pid_t pid; /* $$: of the main shell */
	pid_t last_background; /* $! */
	bool subshell; /* a forked child of the main shell */
	int substitution_status; /* of the last command substitution */
	bool substituted;
	const char *arg0; /* $0 */
	const char *command; /* builtin being run, for messages */
	char **args; /* $1 … */
	int arg_count;
	bool args_owned;
	int getopts_offset;
	int terminal; /* descriptor of job control's terminal or -1 */
	bool interrupted; /* SIGINT came and has no trap */
};
extern struct shell sh;

/* ---- message.c ---- */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2))); /* "sh: 1: cmd: text" on stderr; %s %d %c */
int fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3))); /* complain, then leave: script ends, prompt returns */
void abandon(int status);
const char *open_error(int error, bool creating);
void format_arguments(struct buf *b, const char *format, va_list arguments);
void format_text(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void write_error(struct buf *b); /* to descriptor 2, then frees b */
extern struct buf out; /* what a builtin prints; written when it ends */
extern bool out_captured;
bool out_flush(void);
void out_forget(void);
bool write_fully(int fd, const char *bytes, size_t len);
void quote_single(struct buf *b, const char *text);

/* ---- input.c ---- */
#define INPUT_END (-1)
void input_push_file(int fd, bool exact);
void input_push_text(const char *text, size_t len, int line);
struct alias;
void input_push_alias(struct alias *a, const char *text);
void input_pop(void);
void input_pop_text(const char *text); /* with everything pushed on it */
bool input_at_end(void);
void input_reopen(void);
int input_get(void);
void input_unget(int c);
bool input_alias_ended(void); /* an alias whose text ends in a blank ended just now */
int input_line(void);
void input_discard_line(void);
void input_prompt(int which); /* 1: PS1, 2: PS2 at the next line; 0: none */

/* ---- alias.c ---- */
struct alias {
	struct alias *next;
	char *name, *value;
	bool in_use, dead;
};
struct alias *alias_find(const char *name);

/* ---- lexer.c, lex_word.c, parser.c, heredoc.c ---- */
enum token {
	TOK_EOF, TOK_NEWLINE, TOK_SEMI, TOK_AMP, TOK_AND, TOK_OR, TOK_PIPE, TOK_LPAREN, TOK_RPAREN, TOK_DSEMI, TOK_BACKQUOTE,
	TOK_REDIR, TOK_WORD, TOK_NOT, TOK_CASE, TOK_DO, TOK_DONE, TOK_ELIF, TOK_ELSE, TOK_ESAC, TOK_FI, TOK_FOR, TOK_IF,
	TOK_IN, TOK_THEN, TOK_UNTIL, TOK_WHILE, TOK_LBRACE, TOK_RBRACE, TOK_ERROR
};
enum { LEX_KEYWORD = 1, LEX_NEWLINES = 2, LEX_ALIAS = 4 };
struct here_pending {
	struct here_pending *next;
	struct redir *redir;
};
struct parser {
	struct arena *arena;
	enum token token;
	bool pushed_back;
	struct word *word; /* of TOK_WORD */
	bool word_quoted;
	struct redir *redir; /* of TOK_REDIR, target not read yet */
	struct here_pending *pending, **pending_tail;
	bool failed;
};
enum lex_context { CTX_WORD, CTX_DQUOTE, CTX_HERE, CTX_BRACE, CTX_BRACE_DQUOTE, CTX_ARITHMETIC };
struct builder {
	struct parser *parser;
	struct part *first, **tail;
	struct buf text;
	bool text_open, text_quoted, any_quote;
};
void builder_start(struct builder *b, struct parser *p);
struct part *builder_end(struct builder *b);
bool lex_parts(struct builder *b, enum lex_context context);
int lex_get(void); /* input without backslash-newline */
enum token lex_token(struct parser *p, int flags);
void lex_push_back(struct parser *p);
const char *word_plain(const struct word *w); /* the text when the word is one unquoted text, else NULL */
bool name_start(int c);
bool name_char(int c);
size_t name_length(const char *text);
bool is_name(const char *text);
bool word_is_assignment(const struct word *w);
const char *keyword_text(enum token t);
bool is_keyword(const char *text);
void syntax_error(struct parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void here_queue(struct parser *p, struct redir *r);
void here_read_pending(struct parser *p);
struct node *parse_until(struct parser *p, enum token end);
struct part *parse_text_parts(struct arena *arena, const char *text, enum lex_context context, int line, bool *ok);
enum parse_result { PARSE_OK, PARSE_END, PARSE_FAILED };
enum parse_result parse_line(struct arena *arena, struct node **node, bool prompt);

/* ---- expansion ---- */
enum attribute { ATTR_LITERAL, ATTR_QUOTED, ATTR_EXPANDED, ATTR_EMPTY, ATTR_BREAK };
struct expanded { /* bytes and what each one is */
	struct buf bytes, attributes;
};
struct fields { /* temp memory */
	char **items;
	size_t count, cap;
};
enum { EXPAND_TILDE = 1, EXPAND_ASSIGNMENT = 2, EXPAND_OPERAND = 4, EXPAND_SPLIT = 8 };
void expanded_put(struct expanded *e, const char *bytes, size_t len, enum attribute a);
void expanded_free(struct expanded *e);
bool expand_parts(struct expanded *e, const struct part *parts, int flags);
bool expand_fields(struct fields *f, const struct word *w, bool assignment_builtin);
char *expand_string(const struct part *parts, int flags); /* temp memory; NULL: failed */
char *expand_pattern(const struct part *parts, int flags);
char *pattern_of(const struct expanded *e, size_t from, size_t to);
bool expand_parameter(struct expanded *e, const struct part *p, int flags);
bool expand_command(struct expanded *e, const struct part *p);
void expand_tilde(struct expanded *e, const char *text, size_t len, bool more, int flags);
bool expand_here(const struct redir *r, struct buf *body);
void fields_add(struct fields *f, char *text);
void split_fields(struct fields *f, const struct expanded *e);
void glob_add(struct fields *f, const struct expanded *e, size_t from, size_t to);
bool pattern_match(const char *pattern, const char *text, const char *text_end);
bool pattern_has_magic(const char *pattern);
bool arithmetic(const char *text, int64_t *value);

/* ---- variables.c, scope.c ---- */
enum { VAR_EXPORT = 1, VAR_READONLY = 2 };
void variables_start(char **environment);
const char *var_get(const char *name); /* NULL: unset */
bool var_set(const char *name, const char *value, int flags); /* false: read only, reported */
bool var_assign(const char *assignment, int flags); /* name=value */
bool var_unset(const char *name);
void var_mark(const char *name, int flags);
bool var_local(const char *assignment_or_name);
void scope_push(void);
void scope_pop(void);
void scope_keep_options(void);
char **var_environment(void); /* temp memory */
void var_list(const char *prefix, int flags);
void var_set_number(const char *name, long long value);

/* ---- options.c ---- */
bool opt(char letter);
void opt_set(char letter, bool on);
bool options_parse(char **args, int *index, bool from_command_line, char **minus_c, bool *login);
unsigned options_pack(void);
void options_unpack(unsigned all);
void option_letters(struct buf *b);
bool args_set(char **args, int count);
void args_free(void);
int builtin_set(int argc, char **argv);

/* ---- redirect.c ---- */
struct saved_fd {
	int fd, copy; /* copy -1: was closed */
};
struct saved_fds {
	struct saved_fd *items;
	size_t count;
};
bool redirect_all(const struct redir *list, struct saved_fds *saved); /* saved NULL: for good */
void redirect_restore(struct saved_fds *saved);
void redirect_keep(struct saved_fds *saved);
int fd_move_high(int fd);
bool fd_replace(int fd, int target, struct saved_fds *saved);
int here_open(const struct redir *r);

/* ---- evaluation ---- */
enum { EVAL_EXIT = 1, EVAL_TESTED = 2 };
int eval(const struct node *n, int flags);
int eval_text(const char *text, int flags, int line);
int run_input(bool prompt, int flags); /* reads and runs until the end of the input */
int eval_simple(const struct node *n, int flags);
int eval_pipeline(const struct node *n, int flags);
int eval_background(const struct node *n);
void run_child(const struct node *n, int flags) __attribute__((noreturn));
bool spawnable(const struct node *n);
struct job;
bool spawn_stage(const struct node *n, struct job *job, bool background);
void shell_exit(int status) __attribute__((noreturn));
void shell_forked(bool background);

/* ---- functions (function.c) and commands found by PATH (path.c, launch.c) ---- */
struct function {
	struct function *next;
	char *name;
	struct arena *arena;
	const struct node *body;
	int line, users;
	bool dead;
};
struct function *function_find(const char *name);
void function_define(const struct node *n);
bool function_unset(const char *name);
int function_call(struct function *f, char **argv, int argc, int flags);

typedef int builtin_function(int argc, char **argv);
enum { BUILTIN_SPECIAL = 1, BUILTIN_ASSIGN = 2 };
struct builtin {
	const char *name;
	builtin_function *run;
	int flags;
};
const struct builtin *builtin_find(const char *name);
extern int eval_flags; /* of the command being run, for `eval` and `.` */
int run_builtin(const struct builtin *b, int argc, char **argv, int flags);

char *path_find(const char *name, const char *path, int *error); /* temp memory; NULL: none, *error ENOENT, EACCES, EISDIR */
char *path_lookup(const char *name, int *error); /* through the table of `hash` */
bool path_hashed(const char *name);
void path_forget(void);
void exec_program(const char *file, char **argv, char **environment); /* returns only with an error in errno */
pid_t launch(const char *file, char **argv, char **environment, bool background);
int exec_failed(const char *name, int error);
extern char default_path[];

/* ---- jobs.c, job_show.c, job_control.c ---- */
enum job_state { JOB_RUNNING, JOB_STOPPED, JOB_DONE };
struct process {
	pid_t pid;
	int status; /* of waitpid; -1: running */
	char *text;
};
struct job {
	struct job *next; /* newest current first */
	struct process *processes;
	int count, number;
	enum job_state state;
	bool changed, controlled, waited, foreground;
	int stop_status;
};
extern struct job *jobs; /* in order of being current */
struct job *job_new(void);
void job_add(struct job *j, pid_t pid, const struct node *n, int status);
int job_wait(struct job *j); /* foreground; gives the exit status */
void job_free(struct job *j);
pid_t job_fork(struct job *j, const struct node *n, bool background);
bool jobs_reap(bool block);
void jobs_notify(void);
struct job *job_find(const char *spec);
struct job *job_of_pid(pid_t pid);
int job_status(const struct job *j);
void job_show(struct buf *b, const struct job *j, int mode);
void job_make_current(struct job *j);
enum { SHOW_PID = 1, SHOW_PGID = 2 };
int show_status(struct buf *b, int status, bool signal_only);
bool job_control_set(bool on);
void job_control_foreground(pid_t pgid);
void node_text(struct buf *b, const struct node *n);
bool jobs_stopped_warning(void);

/* ---- trap.c ---- */
extern volatile sig_atomic_t trap_pending;
void traps_start(void);
void traps_run(void);
void traps_reset_in_child(bool asynchronous);
void trap_run_exit(void);
bool traps_any(void);
bool trap_waiting(int *signal_number); /* a trapped signal is pending */
void signals_for_program(sigset_t *defaults);
void signals_interactive(void);
void signals_before_exec(void);
void signals_after_failed_exec(void);
void signal_job_control(bool on);
int signal_by_name(const char *name, bool with_exit); /* name or number; -1 */
const char *signal_name(int number); /* NULL: none */

builtin_function builtin_trap, builtin_alias, builtin_unalias, builtin_jobs, builtin_fg, builtin_bg, builtin_wait, builtin_kill,
	builtin_cd, builtin_pwd, builtin_echo, builtin_printf, builtin_test, builtin_read, builtin_getopts, builtin_hash,
	builtin_type, builtin_ulimit, builtin_umask, builtin_export, builtin_unset, builtin_local, builtin_shift,
	builtin_colon, builtin_false, builtin_fc, builtin_history, builtin_break, builtin_return, builtin_exit, builtin_eval, builtin_dot, builtin_times, builtin_exec;
void cd_start(void);

/* ---- edit.c, history.c: the prompt of an interactive shell ---- */
enum edit_result { EDIT_LINE, EDIT_END, EDIT_INTERRUPTED, EDIT_UNUSABLE };
bool edit_usable(void);
enum edit_result edit_read(const char *prompt, const char **text, size_t *len);
void edit_reset_terminal(void);
void history_load(void);
void history_add(const char *text, size_t len, bool continued);
void history_save(void);
/* What could be meant by the beginning of a word: the names by their index, NULL after the last. */
const char *builtin_name(size_t index), *keyword_name(size_t index), *alias_name(size_t index), *function_name(size_t index),
	*var_name(size_t index);

/* ---- options of builtins: one at a time, like getopt with dash's message ---- */
struct option_scan {
	char **argv;
	const char *at;
	const char *argument;
	bool failed;
};
int next_option(struct option_scan *s, const char *allowed); /* 0: no more; s->argv is then at the first operand */
bool number_argument(const char *text, int *value); /* false: reported, fail() done */

#endif
