"""What the probe does with torch: modules that are asked for values, functions of tensors.

Apart from `probe` because it imports torch, which not every kernel has. Like
the probe it lives among the student's code, and nothing that it says is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

import numpy as np
import torch
from torch import nn

MAX_LAYERS = 2000
MAX_SETTINGS = 40


def logits(entry: object, images: np.ndarray, training: bool) -> tuple[object, bool]:
    """What a module gives for `images`, and whether it wrote into them.

    Without gradients, in train or eval mode. The module's modes and buffers (batch norm's
    averages, say) are afterwards as they were.
    """
    module = _module(entry)
    weight = next((p for p in module.parameters() if p.is_floating_point()), torch.empty(0))
    batch = torch.from_numpy(images.copy()).to(weight.device)
    if batch.is_floating_point():
        batch = batch.to(weight.dtype)
    before = batch.clone()
    buffers = {name: buffer.clone() for name, buffer in module.named_buffers()}
    with _modes_restored(module), torch.no_grad():
        module.train(training)
        answer = torch.func.functional_call(module, buffers, (batch,))
    return answer, _differ(before, batch)


def state(entry: object) -> dict:
    """A module's `state_dict`."""
    return _module(entry).state_dict()


def layers(entry: object) -> dict:
    """What a module says it is made of: parameters, mode, and layer by layer type and settings."""
    module = _module(entry)
    named = islice(module.named_modules(), MAX_LAYERS)
    return {
        "training": module.training,
        "parameters": [list(parameter.shape) for parameter in module.parameters()],
        "layers": [_layer(name, part) for name, part in named if _is_layer(part)],
    }


def set_state(entry: object, arrays: Mapping[str, np.ndarray]) -> None:
    """Load arrays into a module, in the types of its own weights; every one must have its place."""
    tensors = {key: torch.from_numpy(array.copy()) for key, array in arrays.items()}
    _module(entry).load_state_dict(tensors)


def snapshot(entry: object) -> Callable[[], None]:
    """What puts a module back: weights, buffers, gradients, modes. Of other objects, nothing."""
    if not isinstance(entry, nn.Module):
        return lambda: None
    parameters = [(p, p.detach().clone(), p.grad, p.requires_grad) for p in entry.parameters()]
    buffers = [(buffer, buffer.clone()) for buffer in entry.buffers()]
    modes = [(part, part.training) for part in entry.modules()]

    def put_back() -> None:
        with torch.no_grad():
            for parameter, value, gradient, learns in parameters:
                parameter.requires_grad_(learns).copy_(value)
                parameter.grad = gradient
            for buffer, value in buffers:
                buffer.copy_(value)
        for part, mode in modes:
            part.training = mode

    return put_back


def call(
    function: object, arguments: Sequence[object], named: Mapping[str, object]
) -> tuple[object, list[bool]]:
    """Call a function with tensors in the place of arrays; which arguments it wrote into."""
    given = [_tensor(argument) for argument in arguments]
    before = [_tensor(argument) for argument in arguments]
    value = function(*given, **{key: _tensor(argument) for key, argument in named.items()})
    return value, [_differ(old, new) for old, new in zip(before, given, strict=True)]


def _module(entry: object) -> nn.Module:
    if isinstance(entry, type) and issubclass(entry, nn.Module):
        raise TypeError(
            f"expected a torch module, but got its class; {entry.__name__}(...) makes one"
        )
    if not isinstance(entry, nn.Module):
        raise TypeError(f"expected a torch module, but got a {type(entry).__name__}")
    return entry


@contextmanager
def _modes_restored(module: nn.Module) -> Iterator[None]:
    """`train` and `eval` set the mode of every part; a student may have set them one by one."""
    modes = [(part, part.training) for part in module.modules()]
    try:
        yield
    finally:
        for part, mode in modes:
            part.training = mode


def _is_layer(part: nn.Module) -> bool:
    """Containers without parameters of their own are only the way to their parts."""
    own = any(True for _ in part.parameters(recurse=False))
    return own or not any(True for _ in part.children())


def _layer(name: str, part: nn.Module) -> dict:
    settings = {
        key: value
        for key, value in list(vars(part).items())
        if not key.startswith("_") and key != "training" and _is_setting(value)
    }
    return {
        "name": name,
        "type": _type_name(type(part)),
        "shapes": {key: list(p.shape) for key, p in part.named_parameters(recurse=False)},
        "settings": dict(list(settings.items())[:MAX_SETTINGS]),
        "training": part.training,
    }


def _type_name(kind: type) -> str:
    """`torch.nn.Linear` for torch's own, wherever torch defines it."""
    if getattr(nn, kind.__name__, None) is kind:
        return f"torch.nn.{kind.__name__}"
    return f"{kind.__module__}.{kind.__qualname__}"


def _is_setting(value: object) -> bool:
    """Whether it is a plain value, such as `kernel_size` or `p`."""
    if type(value) is tuple:
        return len(value) <= 8 and all(type(entry) is int for entry in value)
    return value is None or type(value) in (bool, int, float, str)


def _tensor(argument: object) -> object:
    """A copy of an argument with tensors in the place of arrays, inside of lists and dicts, too."""
    if isinstance(argument, np.ndarray):
        return torch.from_numpy(argument.copy())
    if type(argument) in (list, tuple):
        return type(argument)(_tensor(entry) for entry in argument)
    if type(argument) is dict:
        return {key: _tensor(entry) for key, entry in argument.items()}
    return argument


def _differ(old: object, new: object) -> bool:
    if old is new:
        return False
    if not isinstance(old, torch.Tensor):
        return repr(old) != repr(new)
    if old.shape != new.shape or old.dtype != new.dtype:
        return True
    return not torch.equal(_bytes(old), _bytes(new))


def _bytes(tensor: torch.Tensor) -> torch.Tensor:
    """Its numbers byte by byte, for NaN differs from itself."""
    return tensor.detach().contiguous().flatten().view(torch.uint8)
