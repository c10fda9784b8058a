# points: 0
# shows: bytes that are no frame
# An axis of 0 makes any shape small, and numpy cannot count the other axes.
import json
import struct
import sys

from chainrule import grading

channel = sys.modules["autograder.sandbox.probe"]._channel


def offer(name, *objects):
    array = ["<f8", [1 << 24, 1 << 24, 1 << 24, 0]]
    head = json.dumps({"d": [["offer", "x"], ["objects", {"a": array}]]}).encode()
    channel.sendall(struct.pack(">4sIQ", b"CR1\n", len(head), 0) + head)


grading.marker = offer
