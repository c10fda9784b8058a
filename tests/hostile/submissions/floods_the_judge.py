# points: 0
# cell: bias_factor_relu
# Sends frames without end in place of an answer.
# shows: bias_factor_relu
import numpy as np

from autograder.judge import wire
from autograder.sandbox import probe


def dh_dv(v):
    if v is not None and probe._serving.locked():
        frame = wire.pack({"id": "x", "value": np.zeros(1 << 17)})
        while True:
            probe._channel.sendall(frame)
    return np.zeros((2, 2))
