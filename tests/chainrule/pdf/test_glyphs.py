"""Characters for which there is a font are shown, the others are written out."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from chainrule.pdf import export_pdf, glyphs, press
from chainrule.pdf.press import Fonts
from tests.chainrule.pdf.notebooks import code, markdown, notebook, stream, text


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    """Our own fonts, and one that has only 漢 and 🚀 (and shows them as two letters)."""
    folder = tmp_path_factory.mktemp("fonts")
    font = TTFont(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
    for name in font["name"].names:
        if name.nameID in (1, 4):
            name.string = "Two Signs"
    for table in font["cmap"].tables:
        table.cmap = {ord("漢"): "A", ord("🚀"): "B"} if table.format == 12 else {ord("漢"): "A"}
    font.save(folder / "signs.ttf")
    return Fonts((str(folder),))


@pytest.fixture
def only_our_own(monkeypatch):
    """A machine with no fonts of its own."""
    monkeypatch.setattr(glyphs, "replace", lambda fonts, **_: fonts)


def test_the_characters_that_no_font_has_are_found(fonts):
    assert press.missing("aé漢字🚀😀\u0301\u3099", Fonts()) == "漢字🚀😀\u3099"
    assert press.missing("漢字🚀😀", fonts) == "字😀"


def test_what_a_font_shows_is_shown(fonts, monkeypatch):
    monkeypatch.setattr("chainrule.pdf.typesetting.Fonts", lambda _: fonts)
    made = export_pdf(notebook(markdown("left 漢 and 🚀 right"), code("'漢'", stream("🚀"))))
    assert "left 漢 and 🚀 right" in text(made)
    assert "⟨" not in text(made)
    assert made.problems == ()


def test_what_no_font_shows_is_written_out_and_reported_once_with_its_cell(only_our_own):
    cells = [markdown("x"), markdown("left 漢 字 right"), code("'漢'", stream("🚀 done"))]
    made = export_pdf(notebook(*cells))
    assert "left ⟨U+6F22⟩ ⟨U+5B57⟩ right" in text(made)
    assert "⟨rocket⟩ done" in text(made)
    assert [problem.cell for problem in made.problems] == [2, 3]
    assert "字 as ⟨U+5B57⟩" in made.problems[0].what
    assert "Noto" in made.problems[0].remedy


def test_the_parts_of_a_joined_picture_are_named_without_their_joiners(only_our_own):
    found = text(export_pdf(notebook(markdown("👩‍🚀 and ✈️ end"))))
    assert "⟨woman⟩⟨rocket⟩ and ✈" in found
    assert "\u200d" not in found


def test_characters_in_formulas_are_written_out_as_well(only_our_own):
    made = export_pdf(notebook(markdown(r"$x_漢 + \text{字}$ and $$🚀^2$$")))
    for shown in ("⟨U+6F22⟩", "⟨U+5B57⟩", "⟨rocket⟩"):
        assert shown in text(made)
    assert all("No font" in problem.what for problem in made.problems)


def test_titles_and_names_are_written_out_as_well(only_our_own):
    made = export_pdf(notebook(markdown("# 漢\n\nx")), student="字")
    assert "⟨U+6F22⟩" in text(made)
    assert "⟨U+5B57⟩" in text(made)
    assert [problem.cell for problem in made.problems] == [None]


@pytest.mark.parametrize(
    "source",
    [
        "שלום עולם",
        "مرحبا بالعالم",
        "Ελληνικά, Кириллица, Tiếng Việt, Türkçe, Zażółć",
        "ℵ ∂ ∇ ⊗ ↦ ⟨ ⟩ ‖ ★ ✓ ✗ ☐ ☑ ♠ ♥ ½ ⅓ № ™ € ₽ ₹",
        "█▓▒░ ┌─┐ ●○◆ ⠋⠙⠹ ⏎",
        "𝐱 𝓛 𝔼 ℝ 𝟙 𝛼",
        "😀 😂 😎",
    ],
)
def test_scripts_and_signs_that_need_no_fonts_of_the_machine(only_our_own, source):
    made = export_pdf(notebook(markdown(source), code("x", stream(source))))
    assert made.problems == ()
    assert "⟨U+" not in text(made)


def test_text_from_right_to_left_keeps_its_order_and_its_letters(only_our_own):
    found = text(export_pdf(notebook(markdown("Hebrew: שלום, Arabic: سلام end"))))
    assert "שלום" in found or "םולש" in found
    assert "end" in found
