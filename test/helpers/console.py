"""Receives a pty master on an AF_UNIX socket, as conmon and containerd-shim do, and copies what it says to stdout.

console.py SOCKET [INPUT]   INPUT is written to the pty once it has said "ready".
"""
import array, os, select, socket, sys, time

path = sys.argv[1]
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(path)
server.listen(1)
print("listening", flush=True)
connection, _ = server.accept()
message, ancillary, _, _ = connection.recvmsg(4096, socket.CMSG_LEN(16))
descriptors = array.array("i")
for level, kind, data in ancillary:
    if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
        descriptors.frombytes(data[: len(data) - len(data) % 4])
print("received", len(descriptors), os.isatty(descriptors[0]), message.decode(errors="replace"), flush=True)
master = descriptors[0]
said = b""
fed = len(sys.argv) < 3
while True:
    ready, _, _ = select.select([master], [], [], 10)
    if not ready:
        break
    try:
        data = os.read(master, 4096)
    except OSError:  # EIO: the last slave was closed
        break
    if not data:
        break
    said += data
    sys.stdout.write(data.decode(errors="replace"))
    sys.stdout.flush()
    if not fed and b"ready" in said:
        fed = True
        os.write(master, sys.argv[2].encode())
