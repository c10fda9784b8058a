# points: 0
# Sends signals to its parent, to init, to the grader and to all there are.
# shows: kernel died
import os
import signal

for pid in (int("__GRADER__"), os.getppid(), 1, -1):
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
        try:
            os.kill(pid, number)
        except OSError as error:
            print(error)
os.killpg(0, signal.SIGKILL)
