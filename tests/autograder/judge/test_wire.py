"""Frames: what travels arrives as it was, and what must not travel is refused cheaply."""

from __future__ import annotations

import io
import json
import math
import time
from collections import OrderedDict, namedtuple
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.judge import wire

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=20,
)


def there(value: object) -> object:
    return wire.receive(io.BytesIO(wire.pack(value)).read)


def forged(header: object, body: bytes = b"") -> object:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    frame = wire.PREFIX.pack(wire.MAGIC, len(text), len(body)) + text + body
    return wire.receive(io.BytesIO(frame).read)


@given(plain)
def test_plain_values_arrive_as_they_were(value: object) -> None:
    assert repr(there(value)) == repr(_writable(value))


def _writable(value: object) -> object:
    """The value as it can be written to a file: half characters become question marks."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return type(value)(map(_writable, value))
    if isinstance(value, dict):
        return {_writable(key): _writable(entry) for key, entry in value.items()}
    return value


@pytest.mark.parametrize("dtype", sorted(wire.DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)])
def test_arrays_arrive_with_dtype_shape_and_every_bit(dtype: str, shape: tuple) -> None:
    array = (np.random.default_rng(0).standard_normal(shape) * 50).astype(dtype)
    got = there(array)
    assert (got.dtype, got.shape, got.tobytes()) == (array.dtype, shape, array.tobytes())
    assert got.flags.writeable


def test_arrays_of_any_layout_arrive() -> None:
    array = np.arange(24.0).reshape(4, 6)
    for view in (array.T, array[::2, ::-1], array.astype(">f8"), np.asfortranarray(array)):
        np.testing.assert_array_equal(there(view), view)


def test_several_arrays_keep_their_places() -> None:
    first, second = np.arange(3), np.ones((2, 2), bool)
    got = there({"a": [first, (second,)], "b": first})
    np.testing.assert_array_equal(got["a"][0], first)
    np.testing.assert_array_equal(got["a"][1][0], second)
    np.testing.assert_array_equal(got["b"], first)


def test_nan_infinities_and_minus_zero_arrive() -> None:
    values = there([math.nan, math.inf, -math.inf, -0.0])
    assert math.isnan(values[0])
    assert values[1:3] == [math.inf, -math.inf]
    assert math.copysign(1, values[3]) == -1


def test_numpy_scalars_are_arrays_without_axes() -> None:
    assert there(np.float32(0.5)).shape == ()
    assert there(np.str_("text")) == "text"


@pytest.mark.parametrize("base", [int, float, str])
def test_subclasses_of_numbers_and_text_are_opaque(base: type) -> None:
    class Odd(base):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    assert there(Odd("1")) == wire.Opaque(wire.type_name(Odd))


def test_subclasses_of_arrays_and_lists_arrive_as_their_entries() -> None:
    class Odd(np.ndarray):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

        def tobytes(self, order: str = "C") -> bytes:
            return b"lies"

    got = there(np.arange(3).view(Odd))
    assert type(got) is np.ndarray
    assert got.tolist() == [0, 1, 2]
    assert there(namedtuple("Point", "x y")(1, 2)) == (1, 2)
    assert there(OrderedDict(a=1)) == {"a": 1}


@pytest.mark.parametrize(
    "value",
    [
        np.array([1, None]),
        np.array(["a"]),
        np.zeros(2, [("a", "f8")]),
        np.array(["2020-01-01"], "M8[D]"),
        object(),
        print,
        {1, 2},
        b"bytes",
        (n for n in range(3)),
        {(1, 2): 3},
        1 << 5000,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_plain_value_is_opaque(value: object) -> None:
    assert isinstance(there(value), wire.Opaque)


def test_masks_are_not_dropped() -> None:
    got = there(np.ma.masked_array([1.0, 2.0], mask=[False, True]))
    assert isinstance(got, wire.Masked)
    assert got.mask.tolist() == [False, True]


def test_bfloat16_is_named() -> None:
    got = forged({"b": [2]}, np.array([0x3F80, 0xC000], "<u2").tobytes())
    assert isinstance(got, wire.Bfloat16)
    assert got.array.tolist() == [1.0, -2.0]


def test_a_list_in_itself_is_refused_by_whoever_sends_it() -> None:
    once: list = []
    once.append(once)
    twice: list = []
    twice += [twice, twice]
    for value in (once, twice):
        with pytest.raises(wire.WireError, match="nested"):
            wire.pack(value)


def test_a_byte_that_is_no_boolean_becomes_one() -> None:
    got = forged({"a": ["|b1", [3]]}, b"\x00\x02\xff")
    assert got.tobytes() == b"\x00\x01\x01"


BAD = {
    "ten to the fifteen entries": {"a": ["<f8", [10**15]]},
    "ten to the fifteen rows of nothing": {"a": ["<f8", [10**15, 0]]},
    "a product that wraps around": {"a": ["<f8", [2**32, 2**32]]},
    "a negative length": {"a": ["<f8", [-1]]},
    "a boolean length": {"a": ["<f8", [True]]},
    "a length with a fraction": {"a": ["<f8", [1.0]]},
    "forty axes": {"a": ["<f8", [1] * 40]},
    "objects": {"a": ["|O", [1]]},
    "text": {"a": ["<U4", [1]]},
    "a record": {"a": [[["x", "<f8"]], [1]]},
    "big endian": {"a": [">f8", [1]]},
    "an unknown tag": {"pickle": ["x", "y"]},
    "two tags": {"t": [], "d": []},
    "no tag": {},
    "no pairs": {"d": [1]},
    "a list for a key": {"d": [[[], 1]]},
    "a number too large": b"1e999",
    "not a number": b"NaN",
    "digits without end": b"9" * 100_000,
    "an integer of 3000 digits": b"9" * 3000,
    "an odd float": {"f": "1"},
    "complex of text": {"c": ["a", "b"]},
    "a mask of text": {"m": ["a", "b"]},
    "opaque without a name": {"o": 1},
    "nested 200,000 deep": b"[" * 200_000 + b"]" * 200_000,
    "nested 40 deep": b"[" * 40 + b"]" * 40,
    "half a million values": b"[" + b"0," * 499_999 + b"0]",
    "text without end": b'"' + b"a" * 300_000 + b'"',
    "no JSON": b"{",
    "no UTF-8": b'"\xff"',
    "nothing": b"",
}


@pytest.mark.parametrize("header", BAD.values(), ids=BAD)
def test_a_bad_header_is_refused_at_once(header: object) -> None:
    started = time.perf_counter()
    with pytest.raises(wire.WireError):
        forged(header)
    assert time.perf_counter() - started < 1


def test_a_body_must_be_as_long_as_its_arrays() -> None:
    for body in (b"", bytes(15), bytes(17)):
        with pytest.raises(wire.WireError):
            forged({"a": ["<f8", [2]]}, body)


@pytest.mark.parametrize("sizes", [(1 << 31, 0), (0, 1 << 60)])
def test_sizes_are_refused_before_anything_is_read(sizes: tuple[int, int]) -> None:
    frame = io.BytesIO(wire.PREFIX.pack(wire.MAGIC, *sizes))
    with pytest.raises(wire.WireError, match="too large"):
        wire.receive(frame.read)


@given(st.binary(max_size=200))
def test_noise_is_never_more_than_a_wire_error(noise: bytes) -> None:
    frame = wire.PREFIX.pack(wire.MAGIC, len(noise), 0) + noise
    with suppress(wire.WireError):
        wire.receive(io.BytesIO(frame).read)
