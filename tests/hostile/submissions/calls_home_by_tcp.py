# points: 0
# Sends what it has seen to a server, here one that listens on the grader's own machine.
import socket

for address in ("127.0.0.1", "__HOST__"):
    try:
        with socket.create_connection((address, int("__PORT__")), timeout=1) as home:
            home.sendall(b"hello from a submission")
        print("CONNECTED")
    except OSError as error:
        print(error)
