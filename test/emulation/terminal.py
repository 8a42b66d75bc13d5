"""Runs a command on a new pty as a terminal emulator does: terminal.py SCRIPT -- COMMAND...

SCRIPT is JSON: a list of [wait for this text, then send this text] or [text, {"rows": R, "columns": C}] or
[text, null]: close the terminal emulator. All output of the terminal goes to stdout, the exit status of the command is ours, and whether the terminal is as before goes to stderr.
"""
import fcntl, json, os, pty, select, struct, sys, termios, time

steps = json.loads(sys.argv[1])
command = sys.argv[sys.argv.index("--") + 1 :]
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in range(3):
        os.dup2(slave, fd)
    os.closerange(3, 256)
    os.execvp(command[0], command)
said = b""
hung_up = False
end = time.time() + 15
while time.time() < end:
    ready, _, _ = select.select([master], [], [], 0.05)
    if ready:
        said += os.read(master, 65536)
    elif os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        break
    if steps and steps[0][0].encode() in said:
        action = steps.pop(0)[1]
        if action is None:
            hung_up = True
            os.close(master)
            break
        if isinstance(action, str):
            os.write(master, action.encode())
        else:
            fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", action["rows"], action["columns"], 0, 0))
else:
    os.kill(child, 9)
    sys.stderr.write("it did not end\n")
_, status = os.waitpid(child, 0)
sys.stdout.write(said.decode(errors="replace"))
if not hung_up:
    sys.stderr.write("restored\n" if termios.tcgetattr(slave) == before else "changed\n")
sys.exit(os.waitstatus_to_exitcode(status) % 256)
