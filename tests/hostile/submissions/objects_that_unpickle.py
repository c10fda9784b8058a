# points: 0
# cell: bias_factor_relu
# shows: flagged
# Runs a command on the machine that loads it, if anybody there believes in pickle.
import os

import numpy as np


class Bomb:
    shape = (2, 2)

    def __reduce__(self):
        return (os.system, ("touch __TMP__/hostile-was-here __COURSE__/hostile-was-here",))


def dh_dv(v):
    return np.array([[Bomb(), Bomb()], [Bomb(), Bomb()]], dtype=object)
