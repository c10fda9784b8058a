"""What a kernel has of the judge: it offers objects and does what it is asked with them.

`chainrule.grade` ends here. The judge sits at the other end of a socket; while
`offer` blocks, its requests are served in the cell's own thread, so that
`no_grad`, `np.seterr` and interrupts hold as in the student's own calls. This
module lives among the student's code and can be changed by it: nothing that it
says is believed, and it holds nothing that is secret. It imports the standard
library and NumPy alone, torch and matplotlib (`torch_probe`, `figure_probe`)
when the judge asks for them, and never `autograder.checks`.

Frames, by who sends them (`autograder.judge.wire` has their form):

    kernel  {"offer": name, "objects": [{"type", "name", "callable"}, ...]}
    judge   {"id", "object": i, "do": "call", "args": [...], "tensors": bool,
             "named": {...}, "seed": int, "keep": bool}
            or "do": "read", "to_dict", "plots"; "fields" with {"names"};
            of a torch module "state", "layers", "copy", "logits" with {"images",
            "training"}, "set_state" with {"state"}; of no object "make" with {"recipe", "args"}
    kernel  {"id", "value"[, "changed": [bool, ...]]}  or  {"id", "error": {"type", "text"}}
    judge   {"done": True}

With "keep", what has no plain value stays here and goes as `wire.Kept`: a number, by which
later requests name it as their object or among their arguments, until `grade` ends.
"""

from __future__ import annotations

import copy
import importlib
import os
import socket
import threading
from types import ModuleType

import numpy as np

from autograder.judge import wire
from autograder.sandbox.objects import Objects, describe
from autograder.sandbox.random_numbers import seeded

MAX_ERROR_TEXT = 500
_NOTHING = object()

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
    known = Objects(objects)
    try:
        _drop_stale_bytes()
        opening = {"offer": str(name), "objects": [describe(entry) for entry in objects]}
        _channel.sendall(wire.pack(opening))
        while True:
            request = wire.receive(_read)
            if "done" in request:
                return
            _channel.sendall(answer(known, request))
    except (OSError, EOFError, wire.WireError) as error:
        print(f"{name}: the judge cannot be reached ({error}).")
    finally:
        known.close()
        _serving.release()


def answer(objects: Objects, request: dict) -> bytes:
    """Do what the judge asks with one of the objects: the reply's frame.

    An exception is an answer too, and so is that a value is too large to be sent.
    """
    length = len(objects)
    try:
        done = _do(objects, request)
        return wire.pack(
            {"id": request["id"], **done}, keep=objects.keep if request.get("keep") else None
        )
    except KeyboardInterrupt:  # the runner's, when the cell's time is up
        raise
    except BaseException as error:  # sys.exit() in a student's function is one
        objects.let_go(length)
        return wire.pack({"id": request["id"], "error": _error(error)})


def _do(objects: Objects, request: dict) -> dict:
    """The value that a request asks for, and which arguments a call has changed."""
    what = request["do"]
    if what == "make":
        make = _torch("torch_recipes").RECIPES[request["recipe"]]
        with seeded(0):
            return {"value": make(*objects.resolved(request["args"]))}
    entry = objects[request["object"]]
    if what == "call":
        return _call(objects, entry, request)
    if what == "to_dict":
        return {"value": entry.to_dict()}
    if what == "read":
        return {"value": entry}
    if what == "fields":
        found = {name: getattr(entry, name, _NOTHING) for name in request["names"]}
        return {"value": {name: value for name, value in found.items() if value is not _NOTHING}}
    if what == "plots":
        from autograder.sandbox import figure_probe

        return {"value": figure_probe.plots(entry)}
    torch_probe = _torch("torch_probe")
    if what == "logits":
        with seeded(0):
            value, changed = torch_probe.logits(entry, request["images"], request["training"])
        return {"value": value, "changed": [changed]}
    if what == "copy":
        return {"value": copy.deepcopy(entry)}
    if what == "set_state":
        _put_back_later(objects, request["object"])
        return {"value": torch_probe.set_state(entry, request["state"])}
    return {"value": torch_probe.state(entry) if what == "state" else torch_probe.layers(entry)}


def _call(objects: Objects, entry: object, request: dict) -> dict:
    for index in objects.named_in(request["args"]) | objects.named_in(request["named"]):
        _put_back_later(objects, index)
    arguments, named = objects.resolved(request["args"]), objects.resolved(request["named"])
    objects.calls += 1
    seed = objects.calls if request["seed"] is None else request["seed"]
    if request["tensors"]:
        torch_probe = _torch("torch_probe")
        with seeded(seed):
            value, changed = torch_probe.call(entry, arguments, named)
    else:
        before = [_bytes(argument) for argument in arguments]
        with seeded(seed):
            value = entry(*arguments, **named)
        changed = [old != _bytes(new) for old, new in zip(before, arguments, strict=True)]
    return {"value": value, "changed": changed}


def _put_back_later(objects: Objects, index: int) -> None:
    """Have an offered object be as it is now when `grade` ends; later cells may look at it."""
    if index < objects.offered and index not in objects.undo:
        objects.undo[index] = _torch("torch_probe").snapshot(objects[index])


def _torch(module: str) -> ModuleType:
    """One of the probe's modules that import torch, which not every kernel has."""
    try:
        return importlib.import_module(f"autograder.sandbox.{module}")
    except ImportError as error:
        raise RuntimeError(
            "torch is not there in this kernel; `import torch` in the notebook's first cell"
        ) from error


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
