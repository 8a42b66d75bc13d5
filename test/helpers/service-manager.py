"""A service manager's side of sd_notify(3): prints each datagram as a line of JSON.

service-manager.py SOCKET [hold]   SOCKET: a path, or @name. The descriptor of BARRIER=1 is closed at once, or (hold) at a line on stdin.
"""
import array, json, os, socket, struct, sys

path = sys.argv[1]
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
server.bind("\0" + path[1:] if path[0] == "@" else path)
print("listening", flush=True)
while True:
    message, ancillary, _, _ = server.recvmsg(65536, socket.CMSG_SPACE(64) + socket.CMSG_SPACE(12))
    descriptors, sender = array.array("i"), 0
    for level, kind, data in ancillary:
        if kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data)
        elif kind == socket.SCM_CREDENTIALS:
            sender = struct.unpack("3i", data)[0]
    print(json.dumps({"lines": message.decode().splitlines(), "descriptors": len(descriptors), "sender": sender}), flush=True)
    if len(sys.argv) > 2 and descriptors:
        sys.stdin.readline()
    for fd in descriptors:
        os.close(fd)
