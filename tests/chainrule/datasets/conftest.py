"""A web server that serves one file, well or badly, and data sets of a few images."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import io
import struct
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from chainrule.datasets import real
from chainrule.datasets.sources import CIFAR10, MNIST, RemoteFile


@dataclass
class Answer:
    """What the server does with one request."""

    status: int = 200
    body: bytes | None = None  # instead of the file
    stop_after: int | None = None  # bytes, then the connection breaks
    ranges: bool = True


@dataclass
class Mirror:
    """The server: `answers` are used one a request, then it serves well."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    held: threading.Event | None = None  # if there is one, the server waits for it


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _serve(self, found)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Mirror(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def _serve(request: http.server.BaseHTTPRequestHandler, mirror: Mirror) -> None:
    name, span = request.path.lstrip("/"), request.headers["Range"]
    mirror.asked.append((name, span))
    answer = mirror.answers.pop(0) if mirror.answers else Answer()
    if mirror.held is not None:
        mirror.held.wait(10)
    if answer.status != 200:
        request.send_error(answer.status)
        return
    whole = mirror.files[name] if answer.body is None else answer.body
    start = int(span.removeprefix("bytes=").removesuffix("-")) if span and answer.ranges else 0
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
    request.send_header("Content-Length", str(len(whole) - start))
    request.end_headers()
    end = len(whole) if answer.stop_after is None else start + answer.stop_after
    request.wfile.write(whole[start:end])


def offered(
    mirror: Mirror, name: str, content: bytes, file: RemoteFile | None = None
) -> RemoteFile:
    """`content` as a file that the mirror serves."""
    mirror.files[name] = content
    plain = RemoteFile(name, "", 0, ()) if file is None else file
    md5 = hashlib.md5(content).hexdigest()
    return replace(plain, md5=md5, size=len(content), addresses=(mirror.address + name,))


@dataclass
class Tiny:
    """Data sets of a few images, served by the mirror in the place of the real ones."""

    folder: Path
    images: np.ndarray
    labels: np.ndarray


@pytest.fixture
def tiny(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """Makes `real` believe that MNIST and CIFAR-10 are these few images."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (12, 32, 32, 3), dtype=np.uint8)
    labels = np.arange(12) % 10
    digits = {}
    for part, file in MNIST.items():
        array = images[:, :28, :28, 0] if part.endswith("images") else labels.astype(np.uint8)
        idx = b"\0\0\x08" + bytes([array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
        idx += array.tobytes()
        unpacked = replace(file, unpacked_md5=hashlib.md5(idx).hexdigest())
        digits[part] = offered(mirror, file.name, gzip.compress(idx), unpacked)
    batches = {
        f"data_batch_{k}": cifar_batch(images[k : k + 2], labels[k : k + 2]) for k in range(1, 6)
    }
    batches["test_batch"] = cifar_batch(images, labels)
    sums = {name: hashlib.md5(data).hexdigest() for name, data in batches.items()}
    test = {"test_batch": sums.pop("test_batch")}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in batches.items():
            member = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    monkeypatch.setattr(real, "MNIST", digits)
    monkeypatch.setattr(real, "CIFAR10", offered(mirror, CIFAR10.name, packed.getvalue(), CIFAR10))
    monkeypatch.setattr(real, "CIFAR10_TRAIN", sums)
    monkeypatch.setattr(real, "CIFAR10_TEST", test)
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("CHAINRULE_DATASET", raising=False)
    return Tiny(tmp_path / "data", images, labels)


def cifar_batch(images: np.ndarray, labels: np.ndarray) -> bytes:
    """A batch as Python 2 pickled the real ones; no Python 3 writes these opcodes."""
    rows = images.transpose(0, 3, 1, 2).reshape(len(images), -1)

    def number(value: int) -> bytes:
        return b"J" + struct.pack("<i", value)

    def text(value: bytes) -> bytes:
        return b"T" + struct.pack("<i", len(value)) + value

    array = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R"
    dtype = b"cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNN" + number(-1) * 2 + b"K\x00tb"
    state = b"(K\x01" + number(rows.shape[0]) + number(rows.shape[1]) + b"\x86" + dtype
    array += state + b"\x89" + text(rows.tobytes()) + b"tb"
    numbers = b"](" + b"".join(number(int(label)) for label in labels) + b"e"
    return b"\x80\x02}(" + text(b"data") + array + text(b"labels") + numbers + b"u."
