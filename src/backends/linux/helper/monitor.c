/*
 * H as the container's parent, for foreground `run` and `exec`: waits for I, adopts and reaps orphans, relays SIGNAL
 * commands, and, with a terminal, copies between its own tty (raw) and the pty. When tsrun goes away it restores the
 * terminal and ends; the container goes on.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "helper.h"

#define BUFFER_SIZE 16384
#define END_OF_TRANSMISSION 4 /* VEOF of a new terminal */
#define DRAIN_MILLISECONDS 2000 /* a terminal that takes nothing must not hold the exit status for ever */

/* One direction: what was read and is not written yet. */
struct pipe_half {
  int from, to; /* -1: at its end */
  size_t start, end;
  char bytes[BUFFER_SIZE];
};

struct monitor {
  struct run *run;
  int signals;
  int commands;
  struct pipe_half in, out; /* tty → pty, pty → tty */
  bool raw;
  struct termios saved;
};

static bool wants_read(const struct pipe_half *half) { return half->from >= 0 && half->start == half->end; }
static bool wants_write(const struct pipe_half *half) { return half->to >= 0 && half->start < half->end; }

/* Either end may be non-blocking, whoever made it so: EAGAIN is no error and no progress. */
static void fill(struct pipe_half *half) {
  ssize_t n = read(half->from, half->bytes, sizeof half->bytes);

  half->start = half->end = 0;
  if (n > 0) {
    half->end = (size_t)n;
  } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
    if (half->from == 0) { /* the end of a pipe is typed, as script(1) does: a shell would wait for ever */
      half->bytes[0] = END_OF_TRANSMISSION;
      half->end = 1;
    }
    half->from = -1; /* end of file, or EIO: the last slave is closed */
  }
}

static void flush(struct pipe_half *half) {
  ssize_t n = write(half->to, half->bytes + half->start, half->end - half->start);

  if (n > 0)
    half->start += (size_t)n;
  else if (n < 0 && errno != EAGAIN && errno != EINTR)
    half->to = half->from = -1; /* nobody there: what is left is lost */
}

void copy_window_size(int terminal) {
  struct winsize size;

  if (terminal >= 0 && ioctl(0, TIOCGWINSZ, &size) == 0 && size.ws_col != 0)
    ioctl(terminal, TIOCSWINSZ, &size);
}

static void enter_raw_mode(struct monitor *monitor) {
  struct termios raw;

  if (tcgetattr(0, &monitor->saved) < 0)
    return; /* no terminal: bytes are copied as they are */
  raw = monitor->saved;
  cfmakeraw(&raw);
  monitor->raw = tcsetattr(0, TCSANOW, &raw) == 0;
}

static _Noreturn void leave(const struct monitor *monitor, int status) {
  if (monitor->raw)
    tcsetattr(0, TCSANOW, &monitor->saved);
  _exit(status);
}

/* I has ended: what it wrote to the terminal still is to be shown. Its background processes may hold the pty open. */
static void drain(struct monitor *monitor) {
  struct pipe_half *out = &monitor->out;
  struct timespec now;
  time_t until;

  clock_gettime(CLOCK_MONOTONIC, &now);
  until = now.tv_sec + DRAIN_MILLISECONDS / 1000;
  while (out->to >= 0 && now.tv_sec < until) {
    struct pollfd poller = {.fd = out->from, .events = POLLIN};

    if (wants_write(out)) {
      poller = (struct pollfd){.fd = out->to, .events = POLLOUT};
      if (poll(&poller, 1, DRAIN_MILLISECONDS) > 0)
        flush(out);
    } else if (out->from >= 0 && poll(&poller, 1, 0) > 0) {
      fill(out);
    } else {
      return;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
  }
}

static _Noreturn void finish(struct monitor *monitor, int status) {
  drain(monitor);
  if (monitor->raw)
    tcsetattr(0, TCSANOW, &monitor->saved);
  monitor->raw = false;
  report(monitor->run, EVENT_EXITED, NO_OP, status, NULL, 0);
  leave(monitor, 0);
}

/* All that ended; the container's first process ends us too. */
static void reap(struct monitor *monitor) {
  int status;
  pid_t pid;

  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    if (pid == monitor->run->pid)
      finish(monitor, status);
  }
}

static void read_signals(struct monitor *monitor) {
  struct signalfd_siginfo info;

  while (read(monitor->signals, &info, sizeof info) == (ssize_t)sizeof info) {
    if (info.ssi_signo == SIGWINCH)
      copy_window_size(monitor->out.from);
  }
}

static void read_command(struct monitor *monitor) {
  uint32_t command[2];

  if (read_all(monitor->commands, command, sizeof command) < 0)
    leave(monitor, 0); /* tsrun is gone */
  if (command[0] == COMMAND_SIGNAL && command[1] < _NSIG)
    sys_pidfd_send_signal(monitor->run->pidfd, (int)command[1]); /* ESRCH: it just ended, EXITED follows */
}

/* Those of the terminal, and of who signals a whole group, reach tsrun too, which knows what to do; we end with it. */
void leave_signals_to_tsrun(void) {
  static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};

  for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
    signal(ignored[i], SIG_IGN);
}

static int watch_signals(void) {
  sigset_t set;

  leave_signals_to_tsrun();
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGWINCH);
  sigprocmask(SIG_BLOCK, &set, NULL);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void monitor(struct run *run, uint32_t flags, int terminal) {
  static struct monitor self;
  struct monitor *monitor = &self;

  monitor->run = run;
  monitor->commands = run->report;
  monitor->signals = watch_signals();
  monitor->in.from = monitor->in.to = monitor->out.from = monitor->out.to = -1;
  if ((flags & TSRUN_MONITOR_TERMINAL) != 0 && terminal >= 0) {
    fcntl(terminal, F_SETFL, O_NONBLOCK); /* nobody else has this end */
    monitor->in.from = 0;
    monitor->in.to = monitor->out.from = terminal;
    monitor->out.to = 1;
    copy_window_size(terminal); /* it may have changed since */
    enter_raw_mode(monitor);
  }
  for (;;) {
    struct pollfd pollers[] = {
        {.fd = monitor->signals, .events = POLLIN},
        {.fd = monitor->commands, .events = POLLIN},
        {.fd = wants_read(&monitor->in) ? monitor->in.from : -1, .events = POLLIN},
        {.fd = wants_write(&monitor->in) ? monitor->in.to : -1, .events = POLLOUT},
        {.fd = wants_read(&monitor->out) ? monitor->out.from : -1, .events = POLLIN},
        {.fd = wants_write(&monitor->out) ? monitor->out.to : -1, .events = POLLOUT},
    };

    reap(monitor); /* before the first poll too: SIGCHLD may have come before it was blocked */
    if (poll(pollers, sizeof pollers / sizeof pollers[0], -1) < 0 && errno != EINTR)
      leave(monitor, 1);
    if (pollers[0].revents != 0)
      read_signals(monitor);
    if (pollers[1].revents != 0)
      read_command(monitor);
    if (pollers[2].revents != 0)
      fill(&monitor->in);
    if (pollers[3].revents != 0)
      flush(&monitor->in);
    if (pollers[4].revents != 0)
      fill(&monitor->out);
    if (pollers[5].revents != 0)
      flush(&monitor->out);
  }
}
