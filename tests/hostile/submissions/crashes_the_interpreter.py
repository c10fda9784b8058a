# points: 0
# cell: bias_factor_relu
# Writes to address 0.
# shows: bias_factor_relu: kernel died
import ctypes


def dh_dv(v):
    ctypes.memset(0, 1, 1)
