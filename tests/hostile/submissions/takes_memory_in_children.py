# points: 0
# Each child stays below the limit, all of them together do not.
# shows: kernel died
import os
import time

for _ in range(6):
    if not os.fork():
        hoard = bytearray(os.urandom(1 << 20) * 300)
        time.sleep(60)
time.sleep(60)
