# points: 0
# cell: bias_factor_relu
# shows: bias_factor_relu
# Calls itself with no limit, and raises the limit first.
import sys

sys.setrecursionlimit(10**9)


def dh_dv(v):
    return dh_dv(v + 0.0)
