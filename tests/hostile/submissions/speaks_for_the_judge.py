# points: 0
# shows: flagged
# Sends frames that only the judge's runner may send, and bytes that are no frames.
import json
import struct

from autograder.judge import wire
from autograder.sandbox import probe

points = {"check": "bias_chain_b2", "parts": [{"name": "x", "points": 1, "max_points": 1}]}
orders = ({"do": "close"}, {"verdict": points}, {"done": True}, {"do": "open", "check": "x"})
for order in orders:
    data = json.dumps(order).encode()
    probe._channel.sendall(struct.pack(">I", len(data)) + data)
    probe._channel.sendall(wire.pack(order))
probe._channel.sendall(wire.PREFIX.pack(wire.MAGIC, 2**32 - 1, 2**63))
