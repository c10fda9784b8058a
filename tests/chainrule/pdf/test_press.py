"""The Typst compiler behind its time limit: what stops it costs one answer, never the process."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from chainrule.pdf import export_pdf, press
from chainrule.pdf.press import Fonts, Jam, Printed
from tests.chainrule.pdf.hazards.images import ENDLESS, OVERFLOWING
from tests.chainrule.pdf.notebooks import (
    code,
    data,
    encoded,
    image_sizes,
    markdown,
    notebook,
    png,
    text,
)


def compiled(folder, source: str, limit: float = 20, **options) -> Printed | Jam:
    (folder / "main.typ").write_text(source)
    return press.compile_pdf(folder, Fonts(), limit, **options)


def test_metadata_comes_back_with_the_pdf(tmp_path):
    made = compiled(tmp_path, "#metadata((a: 1)) <x> #metadata(2) <x>", queries=["<x>", "<y>"])
    assert made.data.startswith(b"%PDF")
    assert made.metadata == {"<x>": [{"a": 1}, 2], "<y>": []}


def test_what_does_not_compile_says_why(tmp_path):
    assert compiled(tmp_path, "#nothing") == Jam("unknown variable: nothing")


def test_nothing_outside_of_the_folder_is_read(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    for name in ("../secret.txt", "/../secret.txt", "@preview/cetz:0.3.0"):
        assert isinstance(compiled(root, f'#read("{name}")'), Jam)


def test_what_takes_too_long_or_crashes_is_cut_off_and_the_next_document_is_printed(tmp_path):
    (tmp_path / "endless.svg").write_text(ENDLESS)
    (tmp_path / "overflowing.svg").write_text(OVERFLOWING)
    assert compiled(tmp_path, '#image("endless.svg")', 0.5) == Jam("it takes longer than 0.5 s")
    crash = Jam("it crashes Typst, or needs too much memory")
    assert compiled(tmp_path, '#image("overflowing.svg")') == crash
    assert isinstance(compiled(tmp_path, "fine"), Printed)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only the time is limited")
def test_what_wants_more_memory_than_there_is_for_it_is_cut_off(tmp_path):
    # Five gigabytes at once, of which none is touched.
    wanted = compiled(tmp_path, '#("12345678" * 625000000).len()')
    assert wanted == Jam("it crashes Typst, or needs too much memory")
    assert isinstance(compiled(tmp_path, "fine"), Printed)


def test_a_compiler_that_was_killed_in_between_is_started_again(tmp_path):
    press.start()
    press._press._process.kill()
    press._press._process.wait()
    assert isinstance(compiled(tmp_path, "fine"), Printed)


def test_threads_get_their_own_answers(tmp_path):
    def made(number: int) -> bool:
        folder = tmp_path / str(number)
        folder.mkdir()
        done = compiled(folder, f"#metadata({number}) <n>", queries=["<n>"])
        return done.metadata["<n>"] == [number]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(made, range(32)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_starts_a_compiler_of_its_own(tmp_path):
    program = """
import os, sys, pathlib
from chainrule.pdf import press
folder = pathlib.Path(sys.argv[1])
def made(name):
    (folder / name).mkdir()
    (folder / name / "main.typ").write_text(f'#metadata("{name}") <n>')
    return press.compile_pdf(folder / name, press.Fonts(), 20, queries=["<n>"]).metadata["<n>"]
assert made("parent") == ["parent"]
child = os.fork()
if child == 0:
    os._exit(0 if made("child") == ["child"] else 1)
assert os.waitpid(child, 0)[1] == 0
assert made("again") == ["again"]
"""
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, timeout=60)


@pytest.fixture
def impatient(monkeypatch):
    """Little time, and no check of a figure before it is tried."""
    monkeypatch.setattr("chainrule.pdf.images.MOST_FILTERS", 10**9)
    monkeypatch.setattr("chainrule.pdf.typesetting._PATIENCE", 1.0)
    monkeypatch.setattr("chainrule.pdf.typesetting._PROBE", 0.5)


@pytest.mark.parametrize("figure", [ENDLESS, OVERFLOWING], ids=["endless", "overflowing"])
def test_a_figure_that_stops_the_compiler_is_boxed_and_spares_the_others(impatient, figure):
    shown = png(40, 20)
    made = export_pdf(
        notebook(
            code("a", data(image_png=encoded(shown))),
            code("b", data(**{"image_svg+xml": figure})),
            code("c", data(**{"image_svg+xml": figure, "image_png": encoded(shown)})),
            markdown("LAST"),
        )
    )
    assert "LAST" in text(made)
    assert text(made).count("Image not shown") == 1
    assert image_sizes(made) == [(30, 15), (30, 15)]
    assert [problem.cell for problem in made.problems] == [2]


def test_when_nothing_can_be_set_a_page_says_so(monkeypatch):
    monkeypatch.setattr("chainrule.pdf.typesetting._PER_MEGABYTE", 0)
    monkeypatch.setattr("chainrule.pdf.typesetting._PATIENCE", 0.3)
    monkeypatch.setattr("chainrule.pdf.typesetting._PROBE", 0.3)
    monkeypatch.setattr("chainrule.pdf.typesetting._ALTOGETHER", 1.0)
    many = [markdown(f"[x](https://example.org/{number})\n" * 400) for number in range(60)]
    made = export_pdf(notebook(*many))
    assert made.failed
    assert "too much to be set" in text(made)
    assert made.problems[-1].remedy


def test_without_typst_the_reason_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    press._press.stop()
    try:
        assert compiled(tmp_path, "fine") == Jam("the typst package cannot be imported")
    finally:
        press._press.stop()
