"""The initialisation playground: it runs for every choice a reader can make."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest

PLAYGROUND = Path(__file__).parents[1] / "notebooks" / "initialisation-playground.ipynb"


def played(monkeypatch: pytest.MonkeyPatch, **choice: object) -> dict:
    """The names that are left after all code cells, with some of the choices made anew."""
    matplotlib.use("Agg")
    from matplotlib import pyplot

    monkeypatch.setattr(pyplot, "show", lambda: pyplot.close("all"))
    names: dict = {}
    for cell in nbformat.read(PLAYGROUND, as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
        if cell.id == "choice":
            assert set(choice) <= set(names)
            names.update(choice)
    return names


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
@pytest.mark.parametrize("scheme", ["zeros", "constant", "small", "large", "xavier", "he"])
def test_every_scheme_runs_with_every_activation(scheme, activation, monkeypatch) -> None:
    played(monkeypatch, SCHEME=scheme, ACTIVATION=activation, DEPTH=2, WIDTH=6, EPOCHS=2)


def test_as_it_comes_it_learns_and_starts_with_an_even_signal(monkeypatch) -> None:
    names = played(monkeypatch, EPOCHS=20)
    assert names["losses"][-1] < 0.2
    assert max(names["spreads"]) < 10 * min(names["spreads"])


def test_a_small_start_loses_the_signal_layer_by_layer(monkeypatch) -> None:
    names = played(monkeypatch, SCHEME="small", EPOCHS=1)
    assert names["spreads"][-1] < 1e-4 * names["spreads"][0]


def test_a_constant_start_leaves_all_units_of_a_layer_alike(monkeypatch) -> None:
    names = played(monkeypatch, SCHEME="constant", ACTIVATION="tanh", DEPTH=2, EPOCHS=2)
    first = names["layers"][0][0]
    assert np.ptp(first, axis=1) == pytest.approx(0, abs=1e-12)
    assert not np.allclose(first, 0.5)


def test_the_gradients_are_those_of_finite_differences(monkeypatch) -> None:
    names = played(monkeypatch, ACTIVATION="sigmoid", SCHEME="xavier", DEPTH=2, WIDTH=3, EPOCHS=1)
    layers, x, y = names["layers"], names["x"][:20], names["y"][:20]
    h = names["forward"](layers, x, "sigmoid")
    _, by_weights, _ = names["backward"](layers, h, y, "sigmoid")[0]
    losses = []
    for step in (1e-6, -1e-6):
        W, b = layers[0]
        moved = [(W + step * (np.arange(W.size) == 1).reshape(W.shape), b), *layers[1:]]
        losses.append(names["cross_entropy"](names["forward"](moved, x, "sigmoid")[-1], y))
    assert (losses[0] - losses[1]) / 2e-6 == pytest.approx(by_weights.ravel()[1], rel=1e-5)
