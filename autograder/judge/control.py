"""Messages between a runner and its judges: JSON with file descriptors, both ends trusted.

A message is its length (4 bytes, big endian) and its JSON. Descriptors travel
beside it (SCM_RIGHTS, see unix(7)). One end asks, the other answers: there is
never more than one message under way in a direction.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence

LENGTH = struct.Struct(">I")
MAX_DESCRIPTORS = 4


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


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            raise HungUp("the control socket was closed in the middle of a message")
        data += more
    return data
