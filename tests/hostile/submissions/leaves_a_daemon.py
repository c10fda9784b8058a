# points: 0
# Forks twice, leaves its session, ignores signals, and means to be there when all is over.
import os
import signal
import time

if not os.fork():
    os.setsid()
    if not os.fork():
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            time.sleep(0.2)
            open("still-here", "a").write("x")
    os._exit(0)
