# points: 0
# Does not end but stands still, as Ctrl-Z would make it.
# shows: kernel died
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
