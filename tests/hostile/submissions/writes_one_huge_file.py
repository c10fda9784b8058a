# points: 0
# One file, past the largest that is allowed.
block = b"x" * (1 << 20)
with open("huge", "wb") as file:
    while True:
        file.write(block)
        file.flush()
