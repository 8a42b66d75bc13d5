"""Accepts one connection on an AF_UNIX socket, takes one message with descriptors, and prints both as JSON.

receive.py SOCKET   The descriptors are closed at the end of file on stdin.
"""
import array, json, os, socket, sys

server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(sys.argv[1])
server.listen(1)
print("listening", flush=True)
connection, _ = server.accept()
message, ancillary, _, _ = connection.recvmsg(65536, socket.CMSG_LEN(64))
descriptors = array.array("i")
for level, kind, data in ancillary:
    if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
        descriptors.frombytes(data[: len(data) - len(data) % 4])
while True:
    more = connection.recv(65536)
    if not more:
        break
    message += more
links = [os.readlink(f"/proc/self/fd/{fd}") for fd in descriptors]
infos = [open(f"/proc/self/fdinfo/{fd}").read() for fd in descriptors]
print(json.dumps({"message": message.decode(), "links": links, "infos": infos}), flush=True)
sys.stdin.read()
