# points: 0
# Sockets without a file are seen by everybody who shares the network's namespace.
import glob
import socket

print(open("/proc/net/unix").read())
for address in ("\0__ABSTRACT__", *glob.glob("/run/**/*.sock"), *glob.glob("__TMP__/*/socket-*")):
    with socket.socket(socket.AF_UNIX) as other:
        try:
            other.connect(address)
            other.sendall(b"hello from a submission")
            print("CONNECTED", address)
        except OSError as error:
            print(error)
