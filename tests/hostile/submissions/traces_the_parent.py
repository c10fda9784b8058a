# points: 0
# Attaches to its parents with ptrace and reads their memory with process_vm_readv.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for pid in (1, os.getppid(), int("__GRADER__")):
    print(libc.ptrace(16, pid, None, None), os.strerror(ctypes.get_errno()))
    try:
        with open(f"/proc/{pid}/mem", "rb", 0) as memory, open(f"/proc/{pid}/maps") as maps:
            for line in maps:
                memory.seek(int(line.split("-")[0], 16))
                print(memory.read(4096))
    except (OSError, ValueError, OverflowError) as error:
        print(error)
