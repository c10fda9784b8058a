# points: 0
# shows: of memory
# Memory that could be anybody's, which a process has all the same.
import mmap
import time

kept = []
for _ in range(15):
    kept.append(mmap.mmap(-1, 100 << 20))
    kept[-1].write(bytes(100 << 20))
time.sleep(2)
