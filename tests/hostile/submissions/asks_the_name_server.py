# points: 0
# A name can carry a message out of a house that forbids everything but looking names up.
import socket
import urllib.request

for name in ("secret.example.org", "localhost.example.org"):
    try:
        print("RESOLVED", socket.gethostbyname(name))
    except OSError as error:
        print(error)
try:
    urllib.request.urlopen("http://example.org", timeout=1)
    print("CONNECTED")
except OSError as error:
    print(error)
