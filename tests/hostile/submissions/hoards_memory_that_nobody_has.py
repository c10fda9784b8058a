# points: 0
# Memory in files without a name and in segments that no process is attached to.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
segment = libc.shmget(0, 1 << 20, 0o1600)
print("segment", segment, os.strerror(ctypes.get_errno()))
assert segment == -1
try:
    print("file", os.memfd_create("hoard"))
except PermissionError as error:
    print("file", error)
else:
    kept = [os.memfd_create("hoard") for _ in range(100)]
    for file in kept:
        os.write(file, bytes(50 << 20))
