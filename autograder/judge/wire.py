"""The frames between a judge and a kernel: plain values, sized before they are read.

A frame is a 16-byte prefix (magic, header's and body's length, big endian), a
JSON header and a body. The header is one value; the raw bytes of its arrays
follow each other in the body, in the order in which the header names them.

    None, bool, int, finite float, str, list    as JSON has them
    {"t": [...]}  {"d": [[key, value], ...]}    tuple, dict
    {"f": "nan"}  {"c": [re, im]}               float that JSON lacks, complex
    {"a": ["<f8", [2, 3]]}                      array: dtype and shape
    {"m": [array, array]}  {"b": [2, 3]}        masked array, bfloat16
    {"k": [3, {...}]}                           an object that stays where it is, by number
    {"o": "module.Type"}                        anything else: only its name

There is no pickle, and nothing in a frame names code. Whoever reads one may
not trust a word of it: `Limits` bound what a frame can cost. Both ends import
this module, so it needs the standard library and NumPy alone.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import ma  # by name: NumPy loads it on first use, which would be in every fork

MAGIC = b"CR1\n"
PREFIX = struct.Struct(">4sIQ")
MAX_INT_BITS = 1024
MAX_INDEX = 1 << 16
# Objects, text, dates, records and long doubles have no place here.
DTYPES = frozenset(
    f"{order}{kind}{size}"
    for order, kinds, sizes in (("|", "biu", (1,)), ("<", "iuf", (2, 4, 8)), ("<", "c", (8, 16)))
    for kind in kinds
    for size in sizes
)


class WireError(ValueError):
    """A frame that is malformed or too large, or a value too large to be sent."""


@dataclass(frozen=True)
class Limits:
    """What one frame may hold: bytes, values, nesting, characters, array entries and axes."""

    header: int = 1 << 20
    body: int = 64 << 20
    values: int = 100_000
    depth: int = 24
    text: int = 200_000
    entries: int = 1 << 24
    axes: int = 16


LIMITS = Limits()


@dataclass(frozen=True)
class Opaque:
    """Something that does not travel by value; only what it says it is."""

    type: str


@dataclass(frozen=True)
class Kept:
    """An object that stays in the kernel: its number there, and what it says it is."""

    index: int
    description: object = None


@dataclass(frozen=True, eq=False)
class Masked:
    """A masked array: its numbers, and where they do not count."""

    data: np.ndarray
    mask: np.ndarray


@dataclass(frozen=True, eq=False)
class Bfloat16:
    """Numbers of a type with three digits that NumPy does not have, as float32."""

    array: np.ndarray


def pack(
    value: object, limits: Limits = LIMITS, keep: Callable[[object], Kept] | None = None
) -> bytes:
    """The frame of a value. WireError if it is larger than whoever reads it would accept.

    What does not travel by value is handed to `keep`, if there is one, and its number sent.
    """
    writer = _Writer(limits, keep)
    header = json.dumps(writer.write(value, 0), allow_nan=False).encode()
    if len(header) > limits.header or writer.size > limits.body:
        raise WireError("the value is too large to be sent")
    return b"".join([PREFIX.pack(MAGIC, len(header), writer.size), header, *writer.blocks])


def receive(read: Callable[[int], bytes | bytearray], limits: Limits = LIMITS) -> object:
    """Read one frame; `read(n)` gives exactly n bytes. WireError for what is not in order.

    Arrays are writeable; over a bytearray they share it, for nothing is larger.
    """
    magic, header_size, body_size = PREFIX.unpack(read(PREFIX.size))
    if magic != MAGIC:
        raise WireError("this is no frame")
    if header_size > limits.header or body_size > limits.body:
        raise WireError(f"a frame of {header_size} + {body_size} bytes is too large")
    header = read(header_size)
    body = read(body_size)
    try:
        tree = json.loads(header, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"the header is not JSON: {str(error)[:80]}") from None
    reader = _Reader(body, limits)
    value = reader.read(tree, 0)
    if reader.offset != len(body):
        raise WireError("the body is longer than its arrays")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


class _Writer:
    """Turns a value into the header's tree and the body's blocks."""

    def __init__(self, limits: Limits, keep: Callable[[object], Kept] | None = None) -> None:
        self.limits = limits
        self.keep = keep
        self.blocks: list[memoryview] = []
        self.size = self.values = self.text = self.entries = 0

    def write(self, value: object, depth: int) -> object:
        self.values += 1
        if self.values > self.limits.values or depth > self.limits.depth:
            raise WireError("the value is nested too deeply or has too many parts")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str or kind is np.str_:
            self.text += len(value)
            if self.text > self.limits.text:
                raise WireError("the text is too long to be sent")
            return str(value)
        if kind is int:
            return value if value.bit_length() <= MAX_INT_BITS else {"o": "int of many digits"}
        if kind is float:
            return value if math.isfinite(value) else {"f": repr(value)}
        if kind is complex:
            return {"c": [self.write(value.real, depth), self.write(value.imag, depth)]}
        if kind is Kept:
            return {"k": [value.index, self.write(value.description, depth + 1)]}
        if issubclass(kind, ma.MaskedArray):
            mask = ma.getmaskarray(value)
            return {"m": [self._array(ma.getdata(value)), self._array(mask)]}
        if issubclass(kind, np.ndarray | np.generic):
            return self._array(np.asarray(value))
        # Whatever a subclass overrides, its entries travel as list, tuple and dict hold them.
        if issubclass(kind, list):
            return [self.write(entry, depth + 1) for entry in list.__iter__(value)]
        if issubclass(kind, tuple):
            return {"t": [self.write(entry, depth + 1) for entry in tuple.__iter__(value)]}
        if issubclass(kind, dict):
            return self._dict(value, depth)
        return self._foreign(value, kind, depth)

    def _dict(self, value: dict, depth: int) -> object:
        pairs = []
        for key, entry in dict.items(value):
            if type(key) not in (str, np.str_, int, float, bool, type(None)):
                return {"o": "dict with keys that are neither text nor numbers"}
            pairs.append([self.write(key, depth + 1), self.write(entry, depth + 1)])
        return {"d": pairs}

    def _array(self, array: np.ndarray) -> object:
        self._make_room(array.size, array.nbytes)
        shape = list(array.shape)
        if array.dtype.name == "bfloat16":
            self._append(array.view(np.uint16).astype("<u2"))
            return {"b": shape}
        little = array.dtype.newbyteorder("<")
        if little.str not in DTYPES:
            return {"o": f"array of {array.dtype.name}"}
        self._append(np.asarray(array, dtype=little, order="C"))
        return {"a": [little.str, shape]}

    def _foreign(self, value: object, kind: type, depth: int) -> object:
        torch = sys.modules.get("torch")
        if torch is not None and issubclass(kind, torch.Tensor):
            with torch.no_grad(), torch._C.DisableTorchFunctionSubclass():
                return self._tensor(value, torch)
        if hasattr(kind, "__array__"):  # a pandas column, say
            array = np.asarray(value)
            if type(array) is np.ndarray:
                return self._array(array)
        if self.keep is not None:
            kept = self.keep(value)
            return {"k": [kept.index, self.write(kept.description, depth + 1)]}
        return {"o": type_name(kind)}

    def _tensor(self, tensor: object, torch: object) -> object:
        """A tensor of any device and layout, by its numbers alone."""
        # By torch's own methods, for a subclass may override them; after these it is none.
        kind = torch.Tensor
        entries = kind.numel(tensor)
        self._make_room(entries, entries * kind.element_size(tensor))
        plain = kind.as_subclass(kind.to_dense(tensor), kind).detach()
        plain = plain.cpu().resolve_conj().resolve_neg().contiguous()
        if plain.dtype == torch.bfloat16:
            self._append(plain.view(torch.int16).numpy().astype("<i2"))
            return {"b": list(plain.shape)}
        try:
            array = plain.numpy()
        except TypeError:  # NumPy does not have its type: float8, quantized
            return {"o": f"tensor of {str(plain.dtype).rpartition('.')[2]}"}
        return self._array(array)

    def _append(self, array: np.ndarray) -> None:
        self.size += array.nbytes
        self.entries += array.size
        if array.nbytes:  # a memoryview of no bytes cannot be flattened
            self.blocks.append(memoryview(array.reshape(-1)).cast("B"))

    def _make_room(self, entries: int, size: int) -> None:
        """WireError if so much more is too much; before a copy, for a view can claim any size."""
        if self.size + size > self.limits.body or self.entries + entries > self.limits.entries:
            raise WireError("the arrays are too large to be sent")


class _Reader:
    """Turns a header's tree and a body back into a value, believing nothing."""

    def __init__(self, body: bytes | bytearray, limits: Limits) -> None:
        self.body, self.limits = body, limits
        self.offset = self.values = self.text = self.entries = 0

    def read(self, tree: object, depth: int) -> object:
        self.values += 1
        if self.values > self.limits.values or depth > self.limits.depth:
            raise WireError("nested too deeply, or too many parts")
        if tree is None or tree is True or tree is False:
            return tree
        if isinstance(tree, str):
            return self._str(tree)
        if isinstance(tree, int):
            if tree.bit_length() > MAX_INT_BITS:
                raise WireError("an integer has too many digits")
            return tree
        if isinstance(tree, float):
            if not math.isfinite(tree):  # 1e999
                raise WireError("a number is out of range")
            return tree
        if isinstance(tree, list):
            return [self.read(entry, depth + 1) for entry in tree]
        if len(tree) != 1:
            raise WireError("an object of the header must have one key")
        ((tag, content),) = tree.items()
        if tag == "f":
            if content not in ("nan", "inf", "-inf"):
                raise WireError("no such number")
            return float(content)
        if tag == "o":
            return Opaque(self._str(content)[:200])
        if tag == "b":
            bits = self._take("<u2", content).astype(np.uint32) << 16
            return Bfloat16(bits.view(np.float32))
        if not isinstance(content, list):
            raise WireError("a list is missing in the header")
        if tag == "t":
            return tuple(self.read(entry, depth + 1) for entry in content)
        if tag == "d":
            return self._dict(content, depth)
        if len(content) != 2:
            raise WireError("two entries belong there")
        if tag == "a":
            return self._take(*content)
        if tag == "k":
            return self._kept(content[0], self.read(content[1], depth + 1))
        first, second = (self.read(entry, depth + 1) for entry in content)
        if tag == "c" and type(first) is type(second) is float:
            return complex(first, second)
        if tag == "m" and isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
            return Masked(first, second)
        raise WireError("the header has a tag that there is not")

    def _str(self, text: object) -> str:
        if not isinstance(text, str):
            raise WireError("text is missing in the header")
        self.text += len(text)
        if self.text > self.limits.text:
            raise WireError("too much text")
        # JSON can spell half a character, which no file and no terminal takes.
        return text.encode("utf-8", "replace").decode("utf-8")

    def _dict(self, pairs: list, depth: int) -> dict:
        found = {}
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("a dict needs pairs")
            key = self.read(pair[0], depth + 1)
            if not isinstance(key, str | int | float | None):
                raise WireError("a key must be text or a number")
            found[key] = self.read(pair[1], depth + 1)
        return found

    def _kept(self, index: object, description: object) -> Kept:
        if type(index) is not int or not 0 <= index < MAX_INDEX:
            raise WireError("an object that stays has no number")
        return Kept(index, description)

    def _take(self, dtype: object, shape: object) -> np.ndarray:
        """The next array of the body; its bytes are copied."""
        if not isinstance(dtype, str) or dtype not in DTYPES:
            raise WireError("an array has a dtype that does not travel")
        if not isinstance(shape, list) or len(shape) > self.limits.axes:
            raise WireError("an array has no shape")
        for length in shape:
            if type(length) is not int or not 0 <= length <= self.limits.entries:
                raise WireError("an array has an impossible shape")
        count = math.prod(shape)  # of Python's integers, which do not wrap around
        if math.prod(length for length in shape if length) > self.limits.entries:
            raise WireError("an array has an impossible shape")  # with an axis of 0, numpy wraps
        self.entries += count
        size = count * np.dtype(dtype).itemsize
        if self.entries > self.limits.entries or size > len(self.body) - self.offset:
            raise WireError("an array is larger than what was sent")
        raw = np.frombuffer(
            self.body, "|u1" if dtype == "|b1" else dtype, count=count, offset=self.offset
        ).reshape(shape)
        self.offset += size
        if dtype == "|b1":  # bytes other than 0 and 1 would make booleans that are neither
            return raw.astype(bool)
        native = raw.dtype.newbyteorder("=")
        return raw.astype(native, copy=not (raw.flags.aligned and raw.flags.writeable))


def type_name(kind: type) -> str:
    """A type as `module.Name`, builtins without their module; of any type, however odd."""
    module, name = (
        type.__getattribute__(kind, "__module__"),
        type.__getattribute__(kind, "__name__"),
    )
    if not isinstance(module, str) or module in ("builtins", "__main__"):
        return name
    return f"{module}.{name}"
