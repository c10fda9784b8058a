# points: 0
# cell: bias_factor_relu
# shows: flagged
# A thread sends answers to the judge while later test cells run.
import threading
import time

import numpy as np

from autograder.judge import wire
from autograder.sandbox import probe


def speak():
    for _ in range(100):
        time.sleep(0.02)
        probe._channel.sendall(wire.pack({"id": "0" * 16, "value": np.eye(2), "changed": [False]}))
        probe._channel.sendall(wire.pack({"offer": "bias_formula_b1", "objects": []}))


def dh_dv(v):
    threading.Thread(target=speak, daemon=True).start()
    return np.zeros((2, 2))
