# points: 0
# shows: to the disk
# A file that was removed takes its place on the disk for as long as it is open.
import os
import time

kept, block = [], bytes(range(256)) * (4 << 12)
for number in range(8):
    kept.append(os.open(f"gone-{number}", os.O_CREAT | os.O_WRONLY))
    os.unlink(f"gone-{number}")
    for _ in range(8):
        os.write(kept[-1], block)
    os.fsync(kept[-1])
time.sleep(2)
