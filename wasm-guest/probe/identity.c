/* Ids, limits, signals. */
#include "probe.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void report_ids(const char *name, unsigned real, unsigned effective, unsigned saved)
{
	json_open(name, '{');
	json_unsigned("real", real);
	json_unsigned("effective", effective);
	json_unsigned("saved", saved);
	json_close('}');
}

void report_identity(void)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;
	gid_t groups[64];
	(void)getresuid(&ruid, &euid, &suid);
	(void)getresgid(&rgid, &egid, &sgid);
	const int count = getgroups(64, groups);
	const mode_t mask = umask(0);
	(void)umask(mask);
	report_ids("uid", ruid, euid, suid);
	report_ids("gid", rgid, egid, sgid);
	json_open("groups", '[');
	for (int i = 0; i < count; i++)
		json_unsigned(NULL, groups[i]);
	json_close(']');
	json_unsigned("umask", mask);
	json_number("pid", getpid());
	json_number("ppid", getppid());
	json_number("pgid", getpgrp());
	json_number("sid", getsid(0));
}

static const char *const limit_names[RLIMIT_NLIMITS] = {
	"RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS", "RLIMIT_NPROC", "RLIMIT_NOFILE",
	"RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME",
};

/* null: unlimited. */
static void report_limit(const char *name, rlim_t value)
{
	if (value == RLIM_INFINITY)
		json_null(name);
	else
		json_unsigned(name, value);
}

void report_limits(void)
{
	json_open("rlimits", '{');
	for (int resource = 0; resource < RLIMIT_NLIMITS; resource++) {
		struct rlimit limit;
		if (getrlimit(resource, &limit) != 0)
			continue;
		json_open(limit_names[resource], '{');
		report_limit("soft", limit.rlim_cur);
		report_limit("hard", limit.rlim_max);
		json_close('}');
	}
	json_close('}');
}

static void report_set(const char *name, const sigset_t *set)
{
	char text[16];
	json_open(name, '[');
	for (int number = 1; number < NSIG; number++) {
		if (!sigismember(set, number))
			continue;
		const char *known = sigabbrev_np(number);
		if (known == NULL)
			(void)snprintf(text, sizeof text, "%d", number);
		else
			(void)snprintf(text, sizeof text, "SIG%s", known);
		json_string(NULL, text);
	}
	json_close(']');
}

void report_signals(void)
{
	sigset_t ignored, blocked, pending;
	sigemptyset(&ignored);
	for (int number = 1; number < NSIG; number++) {
		struct sigaction action;
		if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
			sigaddset(&ignored, number);
	}
	(void)sigprocmask(SIG_BLOCK, NULL, &blocked);
	(void)sigpending(&pending);
	json_open("signals", '{');
	report_set("ignored", &ignored);
	report_set("blocked", &blocked);
	report_set("pending", &pending);
	json_close('}');
}
