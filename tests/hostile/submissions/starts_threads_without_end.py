# points: 0
# Threads count as processes do.
import threading

started = 0
try:
    while started < 5000:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        started += 1
except RuntimeError as error:
    print(error)
assert started < 5000, "nobody stopped me"
