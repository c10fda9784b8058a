"""Delicate pages look as they did when somebody last looked at them.

``pytest tests/chainrule/pdf/test_golden.py --renew-golden`` takes the pages as
they are now for right. Look at each new image in ``golden/`` before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.chainrule.pdf.layouts import LAYOUTS, Drawing, prose

GOLDEN = Path(__file__).parent / "golden"
RENEW = "pytest tests/chainrule/pdf/test_golden.py --renew-golden"

# Grey levels, of 255, by which the pixels of a square of so many may differ on average, once
# both drawings are a little out of focus. Another version of the renderer changes the edges
# of letters, and that by less; a line moved by a pixel, or a rule that is gone, by more.
SQUARE, TOLERANCE = 6, 5.0


def differences(now: Drawing, golden: Drawing) -> np.ndarray:
    """How far each square of two drawings is apart, on average, in grey levels.

    Either drawing is continued in white to the size of the other.
    """
    sizes = np.maximum(now.shape, golden.shape)
    height, width = -(-sizes // SQUARE) * SQUARE
    one, other = (np.full((height, width), 255.0) for _ in range(2))
    one[: now.shape[0], : now.shape[1]] = now
    other[: golden.shape[0], : golden.shape[1]] = golden
    apart = np.abs(_out_of_focus(one) - _out_of_focus(other))
    squares = apart.reshape(height // SQUARE, SQUARE, width // SQUARE, SQUARE)
    return squares.mean(axis=(1, 3))


def _out_of_focus(drawing: np.ndarray) -> np.ndarray:
    for axis in (0, 1):
        drawing = (np.roll(drawing, 1, axis) + drawing + np.roll(drawing, -1, axis)) / 3
    return drawing


def compared(now: Drawing, name: str, folder: Path) -> None:
    """Fail with where to look if a drawing is not like the golden one of that name."""
    golden = np.asarray(Image.open(GOLDEN / f"{name}.png"))
    apart = differences(now, golden)
    if apart.max() <= TOLERANCE:
        return
    Image.fromarray(now).save(folder / f"{name}.new.png")
    shown = 255 - np.clip(apart * 255 / apart.max(), 0, 255).astype(np.uint8)
    large = np.kron(shown, np.ones((SQUARE, SQUARE), np.uint8))
    Image.fromarray(large).save(folder / f"{name}.difference.png")
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    pytest.fail(
        f"The page “{name}” looks different: {(apart > TOLERANCE).sum()} squares of "
        f"{SQUARE} × {SQUARE} pixels, the worst at x {column * SQUARE}, y {row * SQUARE} "
        f"({apart.max():.0f} grey levels of {TOLERANCE:.0f} allowed; "
        f"{now.shape[1]} × {now.shape[0]} pixels, golden {golden.shape[1]} × {golden.shape[0]}).\n"
        f"golden:     {GOLDEN / name}.png\n"
        f"now:        {folder / name}.new.png\n"
        f"difference: {folder / name}.difference.png\n"
        f"If it is meant to look so: {RENEW}",
        pytrace=False,
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_delicate_page_looks_as_it_did(
    layout: Callable[[], Drawing], tmp_path: Path, request: pytest.FixtureRequest
):
    now = layout()
    if request.config.getoption("--renew-golden", default=False):
        Image.fromarray(now).save(GOLDEN / f"{layout.__name__}.png", optimize=True)
        return
    compared(now, layout.__name__, tmp_path)


def test_lines_moved_by_one_pixel_are_seen_and_where_to_look_is_said(tmp_path: Path):
    golden = np.asarray(Image.open(GOLDEN / "prose.png"))
    moved = golden.copy()
    middle = len(golden) // 2
    moved[middle + 1 :] = golden[middle:-1]
    with pytest.raises(pytest.fail.Exception, match=r"--renew-golden") as failure:
        compared(moved, "prose", tmp_path)
    assert "prose.new.png" in str(failure.value)
    assert (tmp_path / "prose.new.png").is_file()
    assert (tmp_path / "prose.difference.png").is_file()


def test_a_rule_that_is_gone_is_seen():
    golden = np.asarray(Image.open(GOLDEN / "left_free.png"))
    # The darkest row below the head's is one of the ruled lines.
    rows = golden[40:].astype(float).mean(axis=1)
    gone = golden.copy()
    gone[40 + rows.argmin()] = 255
    assert differences(gone, golden).max() > TOLERANCE


def test_another_way_to_smooth_the_letters_is_not_seen():
    golden = np.asarray(Image.open(GOLDEN / "prose.png")).astype(float)
    # Every edge a little softer, as another renderer's.
    softer = golden.copy()
    softer[1:-1, 1:-1] = 0.88 * golden[1:-1, 1:-1] + 0.03 * (
        golden[:-2, 1:-1] + golden[2:, 1:-1] + golden[1:-1, :-2] + golden[1:-1, 2:]
    )
    assert differences(softer, golden).max() < TOLERANCE


def test_the_golden_images_are_small_and_each_has_its_page():
    files = {path.stem: path.stat().st_size for path in GOLDEN.glob("*.png")}
    assert set(files) == {layout.__name__ for layout in LAYOUTS}
    assert max(files.values()) < 60_000
    assert sum(files.values()) < 500_000


def test_a_layout_is_the_same_in_every_run():
    assert np.array_equal(prose(), prose())
