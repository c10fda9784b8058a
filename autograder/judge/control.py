"""Messages between runners, judges and zygotes: JSON with file descriptors, both ends trusted.

Over a stream a message is its length (4 bytes, big endian) and its JSON. One
end asks, the other answers: there is never more than one message under way in
a direction. Over sequenced packets (see unix(7)) a message is a packet, so
that several may ask at one socket. Descriptors travel beside it (SCM_RIGHTS).
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence

LENGTH = struct.Struct(">I")
MAX_DESCRIPTORS = 4
MAX_PACKET = 1 << 16


class HungUp(Exception):  # noqa: N818  (an end, not a fault)
    """The other end has closed the socket."""


def send(sock: socket.socket, message: dict, descriptors: Sequence[int] = ()) -> None:
    """Send a message. HungUp if nobody is there to read it."""
    data = json.dumps(message).encode()
    data = LENGTH.pack(len(data)) + data
    try:
        sent = socket.send_fds(sock, [data], list(descriptors)) if descriptors else 0
        sock.sendall(data[sent:])
    except (BrokenPipeError, ConnectionResetError) as error:
        raise HungUp("nobody reads the control socket any more") from error


def receive(sock: socket.socket) -> tuple[dict, list[int]]:
    """Wait for a message, within the socket's timeout. HungUp at the end, else TimeoutError."""
    try:
        prefix, descriptors, _, _ = socket.recv_fds(sock, LENGTH.size, MAX_DESCRIPTORS)
        prefix += _exactly(sock, LENGTH.size - len(prefix)) if prefix else b""
        if not prefix:
            raise HungUp("the control socket was closed")
        return json.loads(_exactly(sock, *LENGTH.unpack(prefix))), descriptors
    except ConnectionResetError as error:
        raise HungUp("the control socket was closed") from error


def post(line: socket.socket, message: dict, descriptors: Sequence[int] = ()) -> None:
    """Send a message as one packet. HungUp if nobody is there to read it."""
    data = json.dumps(message).encode()
    if len(data) > MAX_PACKET:
        raise ValueError(f"a message of {len(data):,} bytes; a packet takes {MAX_PACKET:,}")
    try:
        socket.send_fds(line, [data], list(descriptors))
    except (BrokenPipeError, ConnectionResetError) as error:
        raise HungUp("nobody reads the packets any more") from error


def take(line: socket.socket) -> tuple[dict, list[int]]:
    """Wait for a packet. HungUp once every sender is gone."""
    try:
        data, descriptors, _, _ = socket.recv_fds(line, MAX_PACKET, MAX_DESCRIPTORS)
    except ConnectionResetError:  # with packets from here that nobody has read
        data, descriptors = b"", []
    if not data:
        raise HungUp("every sender of packets is gone")
    return json.loads(data), descriptors


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            raise HungUp("the control socket was closed in the middle of a message")
        data += more
    return data
