# points: 0
# shows: folders in folders
# So deep that whoever looks through them would run out of descriptors.
import os
import time

for _ in range(3000):
    os.mkdir("n")
    os.chdir("n")
time.sleep(2)
