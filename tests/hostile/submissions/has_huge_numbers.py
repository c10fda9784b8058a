# points: 0
# cell: bias_factor_relu
# Numbers that overflow, vanish or are none, where rounding or a comparison might take them.
import numpy as np

odd = iter([1e308, -1e308, 5e-324, float("inf"), -0.0, 10**300, np.float16(65504), True])


def dh_dv(v):
    n = next(odd, float("nan"))
    return [[n, n], [n, n]]


def dL_dyhat(t, yhat):
    return np.array([10**400, 10**400], dtype=object)


def grad_b2(t, yhat):
    return np.full(2, 1e308) * 10
