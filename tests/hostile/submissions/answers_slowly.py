# points: 0
# cell: bias_factor_relu
# Every answer takes a little less than the cell's whole time.
# shows: bias_factor_relu
import time

import numpy as np


def dh_dv(v):
    time.sleep(2.5)
    return np.zeros((2, 2))
