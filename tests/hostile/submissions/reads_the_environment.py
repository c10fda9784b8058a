# points: 0
# Prints its own environment and that of every process it can see.
import glob
import os

print(dict(os.environ))
for path in glob.glob("/proc/[0-9]*/environ") + ["/proc/__GRADER__/environ"]:
    try:
        print(path, open(path, "rb").read())
    except OSError as error:
        print(error)
