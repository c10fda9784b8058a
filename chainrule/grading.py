"""`grade`: the one line of a test cell that students do not see."""

from __future__ import annotations

from collections.abc import Callable

marker: Callable[..., object] | None = None
"""What marks the answers of this process, where something outside of it does."""


def grade(name: str, *objects: object) -> float | None:
    """Offer an answer for marking under the check `name`.

    The checks live on the instructor's machine, which registers itself under
    the entry point group ``chainrule.grade``. There the points earned come
    back (a float, which nbgrader reads as partial credit), unless a judge
    outside of this process marks: it tells this process nothing. Everywhere
    else nothing is known about the answer, so nothing is returned.
    """
    if marker is not None:
        return marker(name, *objects)
    from importlib.metadata import entry_points  # 20 ms, for all who only `import chainrule`

    for entry_point in entry_points(group="chainrule.grade"):
        return entry_point.load()(name, *objects)
    print(f"{name}: marked after you hand in.")
    return None
