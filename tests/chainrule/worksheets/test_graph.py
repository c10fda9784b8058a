"""The plain format: it round-trips, and what is wrong in it is named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.worksheets import Graph, Node, WorksheetError

from .strategies import graphs


def plain(*nodes: dict, **top: object) -> dict:
    filled = [{"inputs": [], "value": None, "grad": None, **node} for node in nodes]
    return {"format": "chainrule.worksheet", "version": 1, "title": "t", "nodes": filled, **top}


@given(graphs())
def test_a_graph_survives_the_way_through_json(graph: Graph) -> None:
    assert Graph.from_dict(json.loads(json.dumps(graph.to_dict()))) == graph


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_in_which_nodes_are_listed_does_not_matter(graph: Graph, random) -> None:
    shuffled = list(graph.nodes)
    random.shuffle(shuffled)
    again = Graph(graph.title, tuple(shuffled))
    assert set(again.nodes) == set(graph.nodes)
    placed: set[str] = set()
    for node in again.nodes:
        assert placed.issuperset(node.inputs)
        placed.add(node.id)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.sampled_from(["format", "version", "nodes"]), JSON.filter(lambda data: data != []))
def test_anything_that_is_no_worksheet_is_refused_with_a_worksheet_error(key: str, data) -> None:
    for candidate in (data, {**plain(), key: data}):
        with pytest.raises(WorksheetError):
            Graph.from_dict(candidate)


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([{"id": "a", "op": "input"}, {"id": "a", "op": "input"}], ["two nodes", "'a'"]),
        ([{"id": "a", "op": "tanh", "inputs": ["a"]}], ["'a'", "'tanh'", "does not exist"]),
        ([{"id": "a", "op": "exp", "inputs": ["b"]}], ["'a'", "'b'", "no such node"]),
        (
            [{"id": "a", "op": "exp", "inputs": ["b"]}, {"id": "b", "op": "exp", "inputs": ["a"]}],
            ["circle", "a → b → a"],
        ),
        (
            [{"id": "a", "op": "input"}, {"id": "s", "op": "add", "inputs": ["a"]}],
            ["'s'", "2 or more inputs", "given 1"],
        ),
        (
            [
                {"id": "W", "op": "input", "value": [[1, 2], [3, 4]]},
                {"id": "x", "op": "input", "value": [1, 2, 3]},
                {"id": "z", "op": "matmul", "inputs": ["W", "x"]},
            ],
            ["'z'", "a 2×2 matrix times a vector of 3"],
        ),
        ([{"id": "a", "op": "input", "value": [1, 2], "grad": 3}], ["gradient of 'a'", "shape"]),
        ([{"id": "a", "op": "input", "value": [[1], [2, 3]]}], ["value of 'a'", "rows"]),
        ([{"id": "a", "op": "input", "value": float("nan")}], ["value of 'a'", "NaN"]),
        ([{"id": "2a", "op": "input"}], ["'2a'", "cannot name a node"]),
        ([{"id": "a", "op": "constant"}], ["'a'", "needs its constant"]),
        ([{"id": "a", "op": "constant", "constant": float("inf")}], ["'a'", "inf"]),
    ],
)
def test_each_error_names_the_node_and_what_is_wrong(nodes: list, words: list[str]) -> None:
    with pytest.raises(WorksheetError) as caught:
        Graph.from_dict(plain(*nodes))
    for word in words:
        assert word in str(caught.value)


def test_a_later_version_is_refused_instead_of_being_misread() -> None:
    with pytest.raises(WorksheetError, match="version"):
        Graph.from_dict(plain(version=2))


def test_a_huge_graph_is_refused() -> None:
    with pytest.raises(WorksheetError):
        Graph("t", tuple(Node(f"n{i}", "input") for i in range(201)))
