"""Random worksheets: every operation, scalars, vectors and matrices, blanks."""

from __future__ import annotations

from hypothesis import strategies as st

from chainrule.worksheets import Graph, Node

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(float)
ELEMENTWISE = ("add", "subtract", "multiply", "divide", "max")
UNARY = ("negate", "reciprocal", "exp", "log", "relu", "sigmoid")
WITH_CONSTANT = ("add_constant", "multiply_constant", "power")


@st.composite
def values(draw: st.DrawFn, shape: tuple[int, ...]) -> object:
    """A blank, or a value of the given shape in its plain form."""
    if draw(st.booleans()):
        return None
    if shape == ():
        return draw(numbers)
    return tuple(draw(values_of(shape[1:])) for _ in range(shape[0]))


@st.composite
def values_of(draw: st.DrawFn, shape: tuple[int, ...]) -> object:
    if shape == ():
        return draw(numbers)
    return tuple(draw(values_of(shape[1:])) for _ in range(shape[0]))


@st.composite
def graphs(draw: st.DrawFn, most: int = 12) -> Graph:
    """A graph whose nodes all have one shape, so that any of them may meet."""
    shape = draw(st.sampled_from([(), (3,), (2, 2)]))
    count = draw(st.integers(1, most))
    nodes: list[Node] = []
    for index in range(count):
        earlier = [node.id for node in nodes]
        kinds = ["input"] + (["constant"] if shape == () else [])
        if earlier:
            kinds += [*ELEMENTWISE, *UNARY, *WITH_CONSTANT]
        op = draw(st.sampled_from(kinds))
        if op in ("input", "constant"):
            inputs: tuple[str, ...] = ()
        elif op in ("add", "multiply", "max"):
            inputs = tuple(draw(st.lists(st.sampled_from(earlier), min_size=2, max_size=4)))
        elif op in ELEMENTWISE:
            inputs = (draw(st.sampled_from(earlier)), draw(st.sampled_from(earlier)))
        else:
            inputs = (draw(st.sampled_from(earlier)),)
        has_constant = op in WITH_CONSTANT or op == "constant"
        nodes.append(
            Node(
                id=f"n{index}",
                op=op,
                inputs=inputs,
                value=draw(values(shape)),
                grad=None if op == "constant" else draw(values(shape)),
                constant=draw(numbers) if has_constant else None,
            )
        )
    return Graph(draw(st.text(max_size=20)), tuple(nodes))
