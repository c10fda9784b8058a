# points: 0
# cell: bias_factor_relu
# The function never returns, so the judge waits for an answer.
# shows: bias_factor_relu: timed out


def dh_dv(v):
    while True:
        pass
