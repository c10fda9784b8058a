# points: 0
# The same without a connection.
import socket

for address in ("127.0.0.1", "__HOST__", "255.255.255.255"):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as home:
        try:
            home.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            home.sendto(b"hello from a submission", (address, int("__PORT__")))
        except OSError as error:
            print(error)
