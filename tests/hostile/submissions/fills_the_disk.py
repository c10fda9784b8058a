# points: 0
# Many files, each of which may be as large as it is.
# shows: kernel died
import time

block = b"x" * (1 << 20)
for number in range(2000):
    with open(f"block-{number}", "wb") as file:
        for _ in range(16):
            file.write(block)
time.sleep(60)
