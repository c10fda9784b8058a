# points: 0
# Opens files and sockets until there are no more, and keeps them.
import os

kept = []
try:
    while len(kept) < 100_000:
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print(error)
assert len(kept) < 100_000, "nobody stopped me"
