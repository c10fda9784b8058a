# points: 0
# Forks until it is stopped, in every child as well.
# shows: kernel died
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
