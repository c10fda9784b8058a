# points: 0
# shows: to the disk
# Folders in folders, until no path is long enough to name what lies in the last; it takes disk there.
import os
import time

block = bytes(range(256)) * (4 << 12)
for _ in range(25):
    os.mkdir("n" * 200)
    os.chdir("n" * 200)
for number in range(8):
    with open(f"deep-{number}", "wb") as file:
        for _ in range(8):
            file.write(block)
        os.fsync(file.fileno())
time.sleep(2)
