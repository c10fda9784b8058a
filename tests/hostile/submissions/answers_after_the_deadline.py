# points: 0
# cell: bias_factor_relu
# shows: bias_factor_relu: kernel died
# Swallows the interrupt and answers all the same, rightly this time, when its time is up.
import time

import numpy as np

late = time.monotonic() + 5


def dh_dv(v):
    while time.monotonic() < late:
        try:
            time.sleep(0.1)
        except KeyboardInterrupt:
            pass
    return np.diag((v > 0).astype(float))
