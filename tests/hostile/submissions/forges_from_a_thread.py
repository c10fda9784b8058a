# points: 0
# A thread outlives its cell and publishes results while the test cells run.
import sys
import threading
import time

shell = get_ipython()


def speak():
    while True:
        time.sleep(0.01)
        shell.displayhook(100.0)
        sys.stdout.write("bias_factor_relu: 1 of 1 point\n")


threading.Thread(target=speak, daemon=True).start()
