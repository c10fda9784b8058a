# points: 0
# A gigabyte of text.
line = "all work and no play " * 5000
for _ in range(10_000):
    print(line)
