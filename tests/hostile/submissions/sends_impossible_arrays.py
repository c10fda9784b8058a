# points: 0
# cell: bias_factor_relu
# Frames whose headers promise what is not there: shapes, depths, sizes, types.
# shows: bytes that are no frame
import json

import numpy as np

from autograder.judge import wire
from autograder.sandbox import probe

promises = (
    {"a": ["<f8", [10**15]]},
    {"a": ["|O8", [2, 2]]},
    {"a": ["<f8", [-1, 2]]},
    {"t": [{"a": ["<f8", [2**62, 4]]}]},
)


def forge(objects, request):
    global promises
    promise, *rest = promises
    promises = (*rest, promise)
    tree = {"d": [["id", request["id"]], ["value", promise], ["changed", [False]]]}
    header = json.dumps(tree).encode()
    return wire.PREFIX.pack(wire.MAGIC, len(header), 0) + header


probe.answer = forge


def dh_dv(v):
    return np.zeros((2, 2))
