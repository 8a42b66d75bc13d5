/* Numbers, sizes, durations, signals' names. */
#include "box.h"
#include <ctype.h>
#include <strings.h>

bool parse_number(const char *text, unsigned long long *out) {
	if (!isdigit((unsigned char)*text)) return false;
	char *end;
	errno = 0;
	*out = strtoull(text, &end, 10);
	return *end == '\0' && errno == 0;
}

bool parse_signed(const char *text, long long *out) {
	char *end;
	if (isspace((unsigned char)*text) || *text == '\0') return false;
	errno = 0;
	*out = strtoll(text, &end, 10);
	return *end == '\0' && errno == 0;
}

bool parse_size(const char *text, unsigned long long *out) {
	if (!isdigit((unsigned char)*text)) return false;
	char *end;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno) return false;
	unsigned long long unit = 1;
	static const char letters[] = "kmgtpe";
	const char *place = *end ? strchr(letters, tolower((unsigned char)*end)) : NULL;
	if (*end == 'b' || *end == 'w' || *end == 'c') {
		unit = *end == 'b' ? 512 : *end == 'w' ? 2 : 1;
		end++;
	} else if (place) {
		unsigned long long base = end[1] == 'B' ? 1000 : 1024;
		end += end[1] == 'B' ? 2 : end[1] == 'i' && end[2] == 'B' ? 3 : 1;
		for (const char *each = letters; each <= place; each++) unit *= base;
	}
	if (*end == 'x') { /* dd's products: 2x512 */
		unsigned long long other;
		if (!parse_size(end + 1, &other)) return false;
		unit *= other;
	} else if (*end != '\0') return false;
	if (unit && value > UINT64_MAX / unit) return false;
	*out = value * unit;
	return true;
}

unsigned long long need_number(const char *text) {
	unsigned long long value;
	if (!parse_number(text, &value)) die(usage_status, "invalid number '%s'", text);
	return value;
}

unsigned long long need_size(const char *text) {
	unsigned long long value;
	if (!parse_size(text, &value)) die(usage_status, "invalid number '%s'", text);
	return value;
}

bool parse_seconds(const char *text, double *out) {
	if (!isdigit((unsigned char)*text) && *text != '.') {
		if (strcmp(text, "infinity") != 0 && strcmp(text, "inf") != 0) return false;
		*out = 1e15;
		return true;
	}
	char *end;
	double value = strtod(text, &end);
	double unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : 1;
	if (*end && strchr("smhd", *end)) end++;
	*out = value * unit;
	return end != text && *end == '\0';
}

void human_size(unsigned long long bytes, char out[16]) {
	static const char units[] = "KMGTPE";
	if (bytes < 1024) {
		snprintf(out, 16, "%u", (unsigned)bytes);
		return;
	}
	size_t unit = 0;
	unsigned long long whole = bytes, divisor = 1024;
	while (unit + 1 < sizeof units - 1 && whole / divisor >= 1024) {
		divisor *= 1024;
		unit++;
	}
	unsigned long long tenths = (unsigned long long)((double)whole * 10 / (double)divisor);
	while ((double)tenths * (double)divisor < (double)whole * 10) tenths++;
	if (tenths < 100) snprintf(out, 16, "%u.%u%c", (unsigned)(tenths / 10), (unsigned)(tenths % 10), units[unit]);
	else {
		unsigned long long rounded = whole / divisor + (whole % divisor != 0);
		if (rounded == 1024 && unit + 1 < sizeof units - 1) snprintf(out, 16, "1.0%c", units[unit + 1]);
		else snprintf(out, 16, "%u%c", (unsigned)rounded, units[unit]);
	}
}

static const char *const signal_names[] = {"EXIT", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
	"USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
	"WINCH", "POLL", "PWR", "SYS"};

const char *signal_name(int number) {
	return number >= 0 && number < (int)LENGTH(signal_names) ? signal_names[number] : NULL;
}

int signal_number(const char *text) {
	unsigned long long number;
	if (parse_number(text, &number)) return number <= 64 ? (int)number : -1;
	if (strncasecmp(text, "SIG", 3) == 0) text += 3;
	if (strcasecmp(text, "IO") == 0) text = "POLL";
	if (strcasecmp(text, "CLD") == 0) text = "CHLD";
	if (strcasecmp(text, "IOT") == 0) text = "ABRT";
	for (size_t i = 0; i < LENGTH(signal_names); i++)
		if (strcasecmp(text, signal_names[i]) == 0) return (int)i;
	return -1;
}

double monotonic_seconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void sleep_seconds(double seconds) {
	double end = monotonic_seconds() + seconds;
	for (double left = seconds; left > 0; left = end - monotonic_seconds()) {
		double part = left > 1e8 ? 1e8 : left;
		struct timespec wait = {.tv_sec = (time_t)part, .tv_nsec = (long)((part - (double)(time_t)part) * 1e9)};
		if (nanosleep(&wait, NULL) != 0 && errno != EINTR) die_errno(1, "cannot sleep");
	}
}
