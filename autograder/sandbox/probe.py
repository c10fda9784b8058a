"""What a kernel has of the judge: it offers objects and does what it is asked with them.

`chainrule.grade` ends here. The judge sits at the other end of a socket; while
`offer` blocks, its requests are served in the cell's own thread, so that
`no_grad`, `np.seterr` and interrupts hold as in the student's own calls. This
module lives among the student's code and can be changed by it: nothing that it
says is believed, and it holds nothing that is secret. It imports the standard
library and NumPy alone, torch (`torch_probe`) when the judge asks for it, and
never `autograder.checks`.

Frames, by who sends them (`autograder.judge.wire` has their form):

    kernel  {"offer": name, "objects": [{"type", "name", "callable"}, ...]}
    judge   {"id", "object": i, "do": "call", "args": [...], "tensors": bool}
            or "do": "read", "to_dict"; of a torch module "state", "layers",
            "logits" with {"images", "training"}
    kernel  {"id", "value"[, "changed": [bool, ...]]}  or  {"id", "error": {"type", "text"}}
    judge   {"done": True}
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Sequence

import numpy as np

from autograder.judge import wire

MAX_ERROR_TEXT = 500

_channel: socket.socket | None = None
_process = 0
_serving = threading.Lock()


def connect(descriptor: int) -> None:
    """Use the socket of this number, and have `chainrule.grade` end here. Once a kernel."""
    global _channel, _process
    from chainrule import grading

    os.set_inheritable(descriptor, False)
    _channel = socket.socket(fileno=descriptor)
    _channel.setblocking(True)
    _process = os.getpid()
    grading.marker = offer


def offer(name: str, *objects: object) -> None:
    """Offer objects to the judge and serve its requests until it has seen enough.

    Returns nothing, whatever the judge thinks. So does a call inside of a
    question, from a second thread, from a forked process, and one that the
    judge does not wait for.
    """
    if os.getpid() != _process or not _serving.acquire(blocking=False):
        return
    try:
        _drop_stale_bytes()
        opening = {"offer": str(name), "objects": [describe(entry) for entry in objects]}
        _channel.sendall(wire.pack(opening))
        while True:
            request = wire.receive(_read)
            if "done" in request:
                return
            _channel.sendall(answer(objects, request))
    except (OSError, EOFError, wire.WireError) as error:
        print(f"{name}: the judge cannot be reached ({error}).")
    finally:
        _serving.release()


def describe(entry: object) -> dict:
    """What an object says it is."""
    name = getattr(entry, "__name__", None)
    return {
        "type": wire.type_name(type(entry)),
        "name": name[:100] if type(name) is str else None,
        "callable": callable(entry),
    }


def answer(objects: Sequence[object], request: dict) -> bytes:
    """Do what the judge asks with one of the objects: the reply's frame.

    An exception is an answer too, and so is that a value is too large to be sent.
    """
    try:
        done = _do(objects[request["object"]], request)
        return wire.pack({"id": request["id"], **done})
    except KeyboardInterrupt:  # the runner's, when the cell's time is up
        raise
    except BaseException as error:  # sys.exit() in a student's function is one
        return wire.pack({"id": request["id"], "error": _error(error)})


def _do(entry: object, request: dict) -> dict:
    """The value that a request asks for, and which arguments a call has changed."""
    what = request["do"]
    if what == "call":
        return _call(entry, request["args"], request["tensors"])
    if what == "to_dict":
        return {"value": entry.to_dict()}
    if what == "read":
        return {"value": entry}
    from autograder.sandbox import torch_probe  # not every kernel has torch

    if what == "logits":
        value, changed = torch_probe.logits(entry, request["images"], request["training"])
        return {"value": value, "changed": [changed]}
    return {"value": torch_probe.state(entry) if what == "state" else torch_probe.layers(entry)}


def _call(entry: object, arguments: list, tensors: bool) -> dict:
    if tensors:
        from autograder.sandbox import torch_probe

        value, changed = torch_probe.call(entry, arguments)
    else:
        before = [_bytes(argument) for argument in arguments]
        value = entry(*arguments)
        changed = [old != _bytes(new) for old, new in zip(before, arguments, strict=True)]
    return {"value": value, "changed": changed}


def _error(error: BaseException) -> dict:
    try:
        text = str(error)[:MAX_ERROR_TEXT]
    except Exception:
        text = "its message cannot be shown"
    return {"type": wire.type_name(type(error)), "text": str.__str__(text)}


def _bytes(argument: object) -> object:
    if isinstance(argument, np.ndarray):
        return (argument.shape, argument.dtype.str, argument.tobytes())
    return repr(argument)


def _read(size: int) -> bytearray:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        got = _channel.recv_into(view)
        if not got:
            raise EOFError("it has hung up")
        view = view[got:]
    return buffer


def _drop_stale_bytes() -> None:
    # A cell that was interrupted leaves what the judge had already sent.
    try:
        while _channel.recv(1 << 16, socket.MSG_DONTWAIT):
            pass
    except BlockingIOError:
        return
