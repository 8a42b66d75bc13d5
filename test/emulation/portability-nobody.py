"""portability-nobody.py UID PROGRAM [ARGUMENT]...: as a user without groups, where nobody can make a user namespace."""
import ctypes
import os
import sys

CLONE_NEWUSER = 0x10000000
uid = int(sys.argv[1])
ready, go = os.pipe(), os.pipe()
child = os.fork()
if child == 0:
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        os._exit(125)
    os.write(ready[1], b"x")
    os.read(go[0], 1)
    # The limit is that of the user namespace one is in.
    with open("/proc/sys/user/max_user_namespaces", "w", encoding="ascii") as limit:
        limit.write("0")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.execvp(sys.argv[2], sys.argv[2:])
os.read(ready[0], 1)
for kind in ("uid", "gid"):
    with open(f"/proc/{child}/{kind}_map", "w", encoding="ascii") as ids:
        ids.write("0 0 100000")
os.write(go[1], b"x")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
