"""The outputs of code cells."""

from __future__ import annotations

import io
import re

import numpy as np
import pypdfium2
import pytest

from chainrule.pdf import document, export_pdf
from chainrule.pdf.document import Heading
from chainrule.pdf.monospace import Run, typeset
from chainrule.pdf.notebook import read
from chainrule.pdf.terminal import last_frames
from tests.chainrule.pdf.notebooks import (
    code,
    data,
    encoded,
    graded,
    image_sizes,
    notebook,
    pages,
    png,
    squeezed,
    stream,
    text,
)


def shown(*outputs: dict) -> str:
    return text(export_pdf(notebook(code("pass", *outputs))))


def figure() -> dict:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    svg = io.StringIO()
    drawn = Figure(figsize=(4, 2))
    drawn.add_subplot().set_title("Loss −0.5")
    with mpl.rc_context({"svg.fonttype": "none"}):
        drawn.savefig(svg, format="svg")
    return data(**{"image_svg+xml": svg.getvalue(), "image_png": encoded(png(80, 40))})


def test_of_a_progress_bar_only_the_last_frame_is_left():
    found = shown(
        stream("\r 10%|# | 1/10", "stderr"),
        stream("\r 50%|##| 5/10", "stderr"),
        stream("\r100%|##| 10/10\n", "stderr"),
    )
    assert "10/10" in found
    assert "5/10" not in found
    assert "U+000D" not in found


def test_overwritten_and_erased_text_is_as_a_terminal_leaves_it():
    assert last_frames("a\r\nb\rc\nxy\b\bz\n\x1b[2K\x1b[1A\x1b]0;title\x07w") == "a\nc\nw"


def test_bars_below_each_other_are_as_the_cursor_left_them():
    bars = "a:  0%\n\rb: 50%\x1b[A\ra: 50%\n\rb:100%\x1b[A\ra:100%\n\rb:100%\ndone\x1b[99A\x1b[A"
    assert last_frames(bars) == "a:100%\nb:100%\ndone"


def test_colours_leave_no_escape_sequence_behind():
    found = shown(stream("\x1b[1;31mred\x1b[0m \x1b[38;5;208morange\x1b[38;2;1;2;3mrgb\x1b[m"))
    assert "red orangergb" in found
    assert "[" not in found.replace("[7]", "")


def test_long_output_is_capped_and_says_how_much_is_left_out():
    found = shown(stream("".join(f"line {number}\n" for number in range(10_000))))
    assert "line 0 " in found
    assert "line 9999" in found
    assert "9890 lines left out" in found
    assert "line 5000 " not in found


def test_a_long_line_is_wrapped_with_a_mark_and_loses_nothing():
    made = export_pdf(notebook(code("x = '" + "ab" * 300 + "'")))
    assert "↪" in text(made)
    assert text(made).count("ab") + text(made).count("a ↪") >= 295


def test_a_line_of_a_hundred_columns_fits_and_a_longer_one_goes_on_at_a_blank():
    assert "↪" not in shown(stream("x" * 100))
    assert "x" * 100 in shown(stream("x" * 100))
    assert "↪ xs)" in shown(stream("f(" + "x" * 73 + ", count=16, step=(1, 2), xs)"))
    assert "↪ triangle" in shown(stream("square  " * 12 + "triangle"))


def test_a_line_goes_on_as_far_from_the_margin_as_it_began():
    line = "    return " + "a, " * 34
    wrapped = typeset([(Run(line),)])
    assert 'wrap-mark(4);"a, ' in wrapped
    assert squeezed("".join(re.findall(r'"(.*?)"', wrapped))) == squeezed(line)


def test_blanks_at_a_break_take_no_room():
    line = "a" * 100 + " " * 30 + "b" * 20
    assert re.findall(r'"(.*?)"', typeset([(Run(line),)])) == ["a" * 100, "b" * 20]
    assert "a" * 100 + " ↪ " in shown(stream(line))


def test_empty_lines_of_code_are_kept_but_not_at_the_start_of_a_page():
    def height(gap):
        lines = [*(f"a{n}" for n in range(60)), *[""] * gap, *(f"b{n}" for n in range(20))]
        for page in pypdfium2.PdfDocument(export_pdf(notebook(code("\n".join(lines)))).data):
            text_page = page.get_textpage()
            if found := text_page.search("b0").get_next():
                return text_page.get_charbox(found[0])[3]
        return None

    # Each empty line moves what is below it by a line, until that begins a page.
    heights = [height(gap) for gap in range(9)]
    moved = np.diff(heights)
    turned = int(np.argmax(moved))
    assert 0 < turned < 7
    assert moved[:turned] == pytest.approx(-7.35 * 1.26, abs=0.1)
    assert moved[turned + 1 :] == pytest.approx(0, abs=0.1)


def test_an_endless_line_is_cut_and_says_so():
    assert "7,000 more characters" in shown(stream("x" * 10_000))


def test_a_script_that_is_shown_as_an_answer_has_the_look_of_one():
    script = {"text/plain": "def mine():\n    pass", "text/markdown": "~~~python\nMARKDOWN\n~~~"}
    output = {"output_type": "display_data", "data": script, "metadata": {}}
    marked = {**output, "metadata": {"chainrule": {"answer": True}}}
    made = {
        key: document.build(read(notebook(code("show('net')", one))), Heading("")).typst()
        for key, one in (("plain", output), ("answer", marked))
    }
    assert 'tok-name("mine")' in made["answer"]
    assert made["answer"].count("answer: true") == 1
    assert made["plain"].count("answer: true") == 0
    assert "def mine" in shown(marked)


def test_errors_and_standard_error_are_labelled():
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}
    found = shown(stream("careful", "stderr"), error)
    assert "standard error careful" in found
    assert "error ValueError: no" in found


def test_a_figure_is_drawn_from_its_svg_with_its_text_as_text():
    made = export_pdf(notebook(code("plot()", figure())))
    assert "Loss −0.5" in text(made)
    assert image_sizes(made) == []
    assert made.problems == ()


@pytest.mark.parametrize(
    "svg", ["<svg", "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>", "no svg"]
)
def test_where_the_svg_cannot_be_drawn_the_png_is_shown(svg):
    made = export_pdf(
        notebook(code("plot()", data(**{"image_svg+xml": svg, "image_png": encoded(png(80, 40))})))
    )
    assert image_sizes(made) == [(60, 30)]
    assert made.problems == ()


@pytest.mark.parametrize("damaged", ["!!!", encoded(b"\x89PNG\r\n\x1a\n" + b"\0" * 60)])
def test_a_damaged_image_is_boxed_and_reported(damaged):
    made = export_pdf(notebook(code("a"), code("plot()", data(image_png=damaged))))
    assert "Image not shown" in text(made)
    assert [problem.cell for problem in made.problems] == [2]


def test_a_high_resolution_figure_has_the_size_the_notebook_says():
    output = data(image_png=encoded(png(800, 400)))
    output["metadata"] = {"image/png": {"width": 400, "height": 200}}
    assert image_sizes(export_pdf(notebook(code("plot()", output)))) == [(300, 150)]


def test_a_small_table_is_a_table_and_one_of_no_end_is_text():
    html = "<table><thead><tr><th></th><th>loss</th></tr></thead><tr><th>0</th><td>2.5</td></tr>"
    assert "PLAIN" not in shown(data(text_html=html + "</table>", text_plain="PLAIN"))
    wide = "<table><tr>" + "<td>1</td>" * 130 + "</tr></table>"
    assert "PLAIN" in shown(data(text_html=wide, text_plain="PLAIN"))


def test_a_wide_table_is_cut_into_slices_that_repeat_the_names_of_the_rows():
    names = "".join(f"<th>c{n}</th>" for n in range(20))
    values = "".join(f"<td>{n}.5</td>" for n in range(20))
    html = f"<table><tr><th></th>{names}</tr><tr><th>loss</th>{values}</tr></table>"
    found = shown(data(text_html=html, text_plain="PLAIN"))
    assert "c0 c1 c2 c3 c4 c5 loss 0.5" in found
    assert "c18 c19 loss 18.5" in found
    assert found.count("loss") == 4
    assert "PLAIN" not in found


PICTURE = f'<img src="data:image/png;base64,{encoded(png(40, 20))}">'
NAMELESS = "<IPython.core.display.HTML object>"


@pytest.mark.parametrize("plain", [NAMELESS, "PLAIN"])
def test_what_is_around_a_table_its_caption_and_its_pictures_are_shown(plain):
    html = (
        "<h3>BEFORE</h3><table><caption>CAP</caption>STRAY<tr><td>CELL</td>"
        f"<td>{PICTURE}</td></tr></table><p>AFTER</p>"
    )
    made = export_pdf(notebook(code("x", data(text_html=html, text_plain=plain))))
    assert "BEFORE CAP STRAY CELL AFTER" in text(made)
    assert image_sizes(made) == [(30, 15)]
    assert made.problems == ()


def test_the_size_that_pandas_writes_below_a_data_frame_is_not_shown():
    html = "<div><table><tr><td>CELL</td></tr></table><p>1 rows × 1 columns</p></div>"
    found = shown(data(text_html=html, text_plain="PLAIN"))
    assert "CELL" in found
    assert "rows ×" not in found


def test_tables_in_tables_are_shown_or_said_to_be_there():
    for depth in (3, 8, 10, 14):
        html = "<table><tr><td>" * depth + "DEEP" + "</td></tr></table>" * depth
        made = export_pdf(notebook(code("x", data(text_html=html, text_plain=NAMELESS))))
        assert "DEEP" in text(made) or made.problems


def ends(made, *words: str) -> list[float]:
    """How far to the right words reach on the first page, in points."""
    page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
    places = [page.search(word).get_next()[0] + len(word) - 1 for word in words]
    return [page.get_charbox(place)[2] for place in places]


def test_a_long_word_in_a_table_is_broken_in_its_cell():
    row = f"<tr><td>{'x' * 200}ENDX</td><td>ENDY</td></tr>"
    made = export_pdf(notebook(code("x", data(text_html=f"<table>{row}</table>"))))
    first, second = ends(made, "ENDX", "ENDY")
    assert first < second < 612 - 70


@pytest.mark.parametrize("tag", ["iframe", "canvas", "video", "audio", "object"])
def test_a_part_that_only_a_browser_can_show_has_a_box_and_is_listed(tag):
    made = export_pdf(notebook(code("x", data(text_html=f"<p>BEFORE</p><{tag} src='x'></{tag}>"))))
    assert "BEFORE" in text(made)
    assert f"only a browser can show <{tag}>" in text(made)
    (problem,) = made.problems
    assert f"<{tag}> cannot be printed" in problem.what


def test_an_animation_of_matplotlib_is_said_to_need_a_browser():
    html = '<div><img id="anim"><script>frames[0] = "data:..."</script></div>'
    made = export_pdf(notebook(code("x", data(text_html=html, text_plain=NAMELESS))))
    assert "only a browser can show" in text(made)
    assert len(made.problems) == 1


def test_a_drawing_within_html_is_drawn():
    drawing = '<svg width="60" height="20" viewBox="0 0 60 20"><text y="15">DRAWN</text></svg>'
    made = export_pdf(notebook(code("x", data(text_html=f"<h3>Graph</h3>{drawing}"))))
    assert "Graph DRAWN" in text(made)
    assert made.problems == ()
    broken = "<h3>Graph</h3><svg width='60'><text>"
    (problem,) = export_pdf(notebook(code("x", data(text_html=broken)))).problems
    assert "<svg>" in problem.what


def test_html_stands_for_what_python_prints_only_as_an_object():
    html = "<h3>Results</h3><p>good</p>"
    for plain in ("<IPython.core.display.HTML object>", "<a.b.Styler at 0x7f10>", ""):
        assert "Results" in shown(data(text_html=html, text_plain=plain))
    assert "Results" not in shown(data(text_html=html, text_plain="<b>"))


def test_latex_that_is_no_maths_is_shown_as_its_text():
    assert "tabular" in shown(data(text_latex=r"\begin{tabular}{l} a \\ \end{tabular}"))
    assert "a table" in shown(data(text_latex=r"\begin{tabular}{l}", text_plain="a table"))


def test_made_up_spans_add_no_pages():
    html = (
        "<table><tr><td colspan=300>a</td></tr>"
        "<tr><td rowspan=900>b</td><td rowspan=9>c</td></tr></table>"
    )
    made = export_pdf(notebook(code("t", data(text_html=html, text_plain="PLAIN"))))
    assert made.pages.pages == 1
    assert "a b c" in text(made)


def test_a_table_that_cannot_be_laid_out_is_text(monkeypatch):
    monkeypatch.setattr("chainrule.pdf.markup.table", lambda *_: "panic()")
    assert "PLAIN" in shown(data(text_html="<table><tr><td>1</table>", text_plain="PLAIN"))


def test_latex_and_markdown_outputs_are_set():
    assert "𝑥 2" in shown(data(text_latex="$\\displaystyle x^2$", text_plain="x**2"))
    assert "strong" in shown(data(text_markdown="**strong**"))


def test_a_widget_is_shown_by_its_text_and_what_has_none_is_reported():
    widget = {"application_vnd.jupyter.widget-view+json": {}}
    assert "IntSlider" in shown(data(**widget, text_plain="IntSlider(value=3)"))
    made = export_pdf(notebook(code("w", data(**widget))))
    assert "only a browser can show" in text(made)
    assert "widget-view" in made.problems[0].what


def test_outputs_that_no_validator_would_pass_do_no_harm():
    made = export_pdf(
        notebook(
            code("a", {}, {"output_type": "error"}, {"output_type": "stream", "text": ["x", "y"]}),
            code("b", data(text_plain=["p", "q"]), {"output_type": "display_data", "data": 3}),
        )
    )
    assert "xy" in text(made)
    assert "pq" in text(made)


def test_tagged_cells_and_inputs_are_left_out():
    found = text(
        export_pdf(
            notebook(
                code("GONE", stream("GONE TOO"), tags=["remove_cell"]),
                code("HIDDEN = 1", stream("kept"), tags=["remove-input"]),
                code("SHOWN = 1", stream("dropped"), tags=["remove_output"]),
            )
        )
    )
    assert "kept" in found
    assert "SHOWN" in found
    for word in ("GONE", "HIDDEN", "dropped"):
        assert word not in found


def test_code_of_thousands_of_lines_is_cut_and_reported():
    made = export_pdf(notebook(code("\n".join(f"x_{n} = 0" for n in range(5_000)))))
    assert "1700 lines left out" in text(made)
    assert "x_4999" in text(made)
    (problem,) = [problem for problem in made.problems if "too long" in problem.what]
    assert problem.cell == 1
    assert "1,700 lines" in problem.what
    assert problem.remedy


def test_the_source_of_a_cell_that_cannot_be_set_is_cut_as_well(monkeypatch):
    def refused(*_args, **_settings):
        return "panic()"

    monkeypatch.setattr("chainrule.pdf.cells._input", refused)
    made = export_pdf(notebook(code("\n".join(f"x_{n} = 0" for n in range(5_000)))))
    shown = text(made)
    assert "could not be set" in shown
    assert "1700 lines left out" in shown
    assert "x_4999" in shown


def test_a_small_table_and_a_short_cell_are_not_broken_over_two_pages():
    table = "<table>" + "".join(f"<tr><td>ROW{n}</td></tr>" for n in range(8)) + "</table>"
    lines = "\n".join(f"LINE{n}" for n in range(8))
    for filler in range(20, 58, 3):
        space = code("\n".join("0" for _ in range(filler)))
        for cell, word in ((code("", data(text_html=table)), "ROW"), (code(lines), "LINE")):
            found = pages(export_pdf(notebook(space, cell)))
            assert sum(word in page for page in found) == 1


def test_of_a_long_cell_and_its_output_no_few_lines_are_alone_on_a_page():
    broken = 0
    for filler in range(2, 50, 3):
        lines = "\n".join(f"LINE{n}" for n in range(18))
        cells = code("\n".join("0" for _ in range(filler))), code(lines, stream(lines))
        for page in pages(export_pdf(notebook(*cells))):
            count = page.count("LINE")
            assert count == 0 or count >= 4
            broken += 0 < count < 36
    assert broken


def test_a_last_page_of_a_few_lines_is_spared():
    def shown(lines: int) -> list[str]:
        return pages(export_pdf(notebook(code("\n".join(f"LINE{n}" for n in range(lines))))))

    fits = next(lines for lines in range(50, 70) if len(shown(lines + 8)) > 1)
    assert len(shown(fits + 2)) == 1
    assert f"LINE{fits + 1}" in shown(fits + 2)[0]
    assert len(shown(fits + 20)) == 2


def test_the_score_that_nbgrader_reads_is_in_the_verdict_and_not_printed_again():
    score = {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "metadata": {}}
    graded_as = graded("layer", 2, solution=False)
    verdict = stream("✓ fine\nlayer: 2 of 2 points\n")
    assert "2.0" not in text(export_pdf(notebook(code("test", verdict, score, **graded_as))))
    for said in ("other: 2 of 2 points", "layer: 1 of 2 points", "layer"):
        made = export_pdf(notebook(code("test", stream(said), score, **graded_as)))
        assert "2.0" in text(made)


def test_a_short_cell_of_long_lines_and_a_small_table_of_long_texts_are_not_cut_off():
    lines = "\n".join("'" + f"{'x' * 20} " * 100 + f"' + LINE{n}" for n in range(9))
    long = "".join(f"<tr><td>{'word ' * 400} ROW{n}</td></tr>" for n in range(8))
    found = text(
        export_pdf(notebook(code(lines), code("", data(text_html=f"<table>{long}</table>"))))
    )
    assert all(f"LINE{n}" in found for n in range(9))
    assert all(f"ROW{n}" in found for n in range(8))


def test_folded_code_is_said_to_be_there_and_its_output_shown():
    folded = code("SECRET = draw()", stream("drawn\n"), jupyter={"source_hidden": True})
    found = text(export_pdf(notebook(folded)))
    assert "[7]" in found
    assert "folded; the notebook has it" in found
    assert "drawn" in found
    assert "SECRET" not in found


def test_what_is_set_in_below_a_line_is_on_its_page():
    part = "part {0}: 0.3 of 0.3\n    because of {0}"
    verdict = stream("\n".join(part.format(number) for number in range(25)))
    broken = 0
    for before in range(40, 48):
        filler = stream("\n".join(["filler"] * before))
        made = pages(export_pdf(notebook(code("a", filler), code("b", verdict))))
        for page in made:
            assert re.findall(r"part (\d+):", page) == re.findall(r"because of (\d+)", page)
        broken += len([page for page in made if "part" in page]) > 1
    assert broken
