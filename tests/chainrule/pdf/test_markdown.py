"""Markdown cells: text, tables, lists, links and images."""

from __future__ import annotations

import itertools
import re

import pypdfium2
import pytest

from chainrule.pdf import export_pdf
from chainrule.pdf.text import clean, literal
from tests.chainrule.pdf.notebooks import (
    code,
    encoded,
    image_sizes,
    markdown,
    notebook,
    pages,
    png,
    squeezed,
    text,
)


def shown(source: str, **cell: object) -> str:
    return text(export_pdf(notebook({**markdown(source), **cell})))


def test_lists_quotes_tables_and_emphasis_keep_their_text():
    found = shown(
        "- one\n  1. two\n- [x] three\n\n> four\n\n| a | b |\n|:-:|--:|\n| five | six |\n\n"
        "~~seven~~ **eight** *nine* `ten` &hearts; &amp;"
    )
    words = "one two three four five six seven eight nine ten ♥ &"
    assert [word for word in words.split(" ") if word not in found] == []


def test_maths_is_taken_out_before_markdown_is_read():
    found = shown("| a |\n|---|\n| $|x|$ |\n\n$a_1 * b$ and $c * d_2$ *stays*")
    assert "|𝑥|" in found
    assert "_" not in found
    assert "∗" in found


def test_formulas_in_code_stay_source():
    found = shown("`$x$` and\n\n```python\ny = '$z$'\n```\n\n    $w$\n")
    for source in ("$x$", "'$z$'", "$w$"):
        assert source in found


def test_prices_are_not_formulas():
    assert "costs $5 and $6 today" in shown("costs $5 and $6 today")
    assert r"a \$b" not in shown(r"a \$b and c\$")
    prices = "It costs $5, not $10. The price is US$ 1,000"
    assert prices in shown(prices)


def test_a_bare_environment_is_a_formula():
    found = shown("before\n\\begin{align}\na &= 1 \\\\\nb &= 2\n\\end{align}\nafter")
    assert "𝑎 = 1" in found
    assert "begin" not in found


def test_a_display_in_a_quotation_loses_the_marks_of_the_quotation():
    assert ">" not in shown("> text\n> $$\n> x\n> $$\n")


def test_the_harmless_part_of_html_is_followed_and_scripts_are_dropped():
    found = shown(
        "<b>bold</b> x<sub>2</sub> <script>alert(1)</script>\n\n"
        "<div><style>p {}</style><p>para</p><table><tr><td>cell $y$</td></tr></table></div>"
    )
    for word in ("bold", "para", "cell"):
        assert word in found
    assert "alert" not in found
    assert "{" not in found


def test_the_opening_heading_is_the_title_and_printed_once():
    assert shown("# Backpropagation\n\ntext").count("Backpropagation") == 1


@pytest.mark.parametrize(
    "source",
    [
        '#read("main.typ")',
        '"); #panic("x',
        "#import sys",
        "\\",
        'a" b \\" c',
        '$\\text{"); \\#panic("}$',
        '[x](https://e.org/"\\)#panic())',
        '`"); #panic("`',
        '<b>"); #panic("</b>',
        "// comment /* more",
        "<label> @ref ~ -- ...",
    ],
)
def test_nothing_a_student_writes_is_typst_code(source):
    made = export_pdf(notebook(markdown("start " + source + " end")))
    assert made.problems == ()
    assert re.search(r"start .* end", text(made))


def test_control_and_private_use_characters_are_written_out():
    assert clean("a\x07\ue000\u202e\ud800b\r\n") == "a⟨U+0007⟩⟨U+E000⟩⟨U+202E⟩⟨U+D800⟩b\n"
    assert literal('"\\\n') == '"\\"\\\\\\n"'
    assert "bell ⟨U+0007⟩ sentinel ⟨U+E000⟩0⟨U+E001⟩ $" in shown(
        "bell \x07 sentinel \ue0000\ue001 &#36;"
    )


def test_made_up_placeholders_do_no_harm():
    made = export_pdf(notebook(markdown("x [l](a%EE%80%809%EE%80%81) <p>&#xE000;9&#xE001;y</p>")))
    assert "y" in text(made)


def test_a_word_longer_than_the_line_is_broken_and_not_cut_off():
    assert shown("x" * 400).replace(" ", "").count("x") == 400


LONG_NAME = "train_loss_history_for_each_" * 4 + "END"
DIGEST = "9f86d081" * 16 + "END"


@pytest.mark.parametrize("word", [LONG_NAME, DIGEST])
@pytest.mark.parametrize(
    "source",
    [
        "Hash `{}` ok",
        "## Of `{}`",
        "- an item `{}`",
        "> **`{}`**",
        "[`{}`](https://example.org)",
        "| a |\n|---|\n| `{}` |",
        "<code>{}</code>",
        "$\\foo {}$",
    ],
)
def test_code_longer_than_the_line_is_broken_and_can_be_searched_for(source, word):
    made = export_pdf(notebook(markdown("x"), markdown(source.format(word))))
    assert word in text(made).replace(" ", "")
    page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
    right = max(page.get_charbox(place)[2] for place in range(page.count_chars()))
    assert right < 612 - 70


@pytest.mark.parametrize("run", ["}" * 300, "(" * 300, "x^{" * 100, "a/b." * 80])
def test_code_of_signs_at_which_no_line_ends_is_broken_as_well(run):
    assert squeezed(run) in squeezed(shown(f"A `{run}`"))


def test_nothing_unseen_is_put_into_a_long_address():
    address = "https://example.org/" + "path/" * 30 + "END"
    assert address in shown(address).replace(" ", "")


def test_the_source_of_a_cell_that_cannot_be_set_is_wrapped_and_loses_nothing():
    source = "<table><tr><td>" * 10 + "A" * 150 + "END</td></tr></table>" * 10
    found = shown(source)
    assert "could not be set" in found
    assert squeezed(source) in squeezed(found)


@pytest.mark.parametrize(("columns", "word"), [(10, "accuracy_train"), (12, "0.123456789")])
def test_the_cells_of_a_wide_table_do_not_touch(columns, word):
    cells = "|" + "|".join(f"{word}{column:02}" for column in range(columns)) + "|\n"
    source = cells + "|---" * columns + "|\n" + cells
    html = f"<table><tr><td>{cells.strip('|').replace('|', '</td><td>')}</td></tr></table>"
    for text_of in (source, html):
        made = export_pdf(notebook(markdown(text_of)))
        page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
        boxes = [page.get_charbox(place) for place in range(page.count_chars())]
        assert max(right for _, _, right, _ in boxes) < 612 - 70
        # The last letters of a line in a cell are left of the first ones of the next cell.
        for (_, low, end, _), (start, bottom, _, _) in itertools.pairwise(boxes):
            assert low != bottom or start > end - 1
        assert squeezed(text(made)).count(word) >= columns


def test_a_table_of_many_columns_is_cut_into_slices_that_repeat_the_first():
    cells = [f"|{name}|" + "|".join(f"{name}{at}" for at in range(16)) + "|" for name in ("H", "R")]
    found = shown("\n".join([cells[0], "|-" * 17 + "|", cells[1]]))
    assert "H H0 H1 H2 H3 H4 H5 R R0" in found
    assert "H H12 H13 H14 H15 R R12" in found


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| 1 | 2 | 3 |", "1 2 | 3"),
        ("| 1 |", "1"),
        ("1 | 2", "1 2"),
        ("| `x|y` | 2 |", "x|y 2"),
        (r"| x \| y | 2 |", "x | y 2"),
        ("| 1 |\nAFTER", "1 AFTER"),
    ],
)
def test_a_row_of_too_many_or_too_few_cells_costs_no_table_and_no_text(row, cells):
    found = shown(f"| HA | HB |\n|---|:-:|\n{row}\n")
    assert f"HA HB {cells}" in found
    assert "---" not in found


@pytest.mark.parametrize("prefix", ["- item\n\n  ", "- item\n  ", "1. item\n\n   ", "> "])
def test_a_table_in_a_list_or_a_quotation_is_one(prefix):
    lines = ["| HA | HB |", "|---|---|", "| 1 | 2 |"]
    before = prefix.rpartition("\n")[2].replace("-", " ")
    assert "HA HB 1 2" in shown(prefix + ("\n" + before).join(lines))


def test_lines_with_bars_that_are_no_table_are_text():
    assert "a | b c" in shown("a | b\nc")
    assert "| a | b | |---|" in shown("| a | b |\n|---|\n")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("https://e.org/?a=1&region=us&copy=2&times=4", "?a=1&region=us&copy=2&times=4"),
        ("loss&notin", "loss&notin"),
        ("&notthis;", "&notthis;"),
        ("&copy; &#65;&#x42;", "© AB"),
    ],
)
def test_an_entity_has_a_semicolon(source, wanted):
    assert wanted in shown(source)


def test_a_part_that_only_a_browser_can_show_is_boxed_where_it_stands_and_listed():
    made = export_pdf(
        notebook(
            markdown("FIRST <video src='x.mp4'>no video</video> SECOND\n\n<iframe></iframe>\n\nEND")
        )
    )
    kept = "FIRST Something that only a browser can show <video> SECOND Something that only"
    assert kept in text(made)
    assert [problem.cell for problem in made.problems] == [1, 1]


def test_images_come_from_attachments_data_uris_and_the_folder(tmp_path):
    (tmp_path / "my file.png").write_bytes(png(40, 20))
    made = export_pdf(
        notebook(
            {
                **markdown(
                    "![a](attachment:pic.png)\n\n![b](my%20file.png)\n\n"
                    f"![c](data:image/png;base64,{encoded(png(80, 20))})\n\n"
                    f'<img src="my%20file.png" width="200">'
                ),
                "attachments": {"pic.png": {"image/png": encoded(png(120, 20))}},
            }
        ),
        root=tmp_path,
    )
    assert made.problems == ()
    # A pixel is 1/96 inch, as in a browser, unless the cell asks for another width.
    assert image_sizes(made) == [(90, 15), (30, 15), (60, 15), (150, 75)]


def test_a_wide_image_fits_the_page():
    source = f"![w](data:image/png;base64,{encoded(png(3000, 30))})"
    ((width, _),) = image_sizes(export_pdf(notebook(markdown(source))))
    assert 440 < width <= 469


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("missing.png", "no file missing.png"),
        ("https://example.org/x.png", "not fetched"),
        ("//example.org/x.png", "not fetched"),
        ("file:///etc/passwd", "not fetched"),
        ("../secret.png", "outside"),
        ("/etc/passwd", "outside"),
        ("link.png", "outside"),
        ("attachment:none.png", "no attachment"),
        ("data:image/png;base64,AAAA", "no PNG"),
        ("text.png", "no PNG"),
    ],
)
def test_an_image_that_cannot_be_shown_is_boxed_and_reported(tmp_path, link, reason):
    (tmp_path / "secret.png").write_bytes(png(5, 5))
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "text.png").write_text("not an image")
    made = export_pdf(notebook(markdown(f"before ![alt text]({link}) after")), root=folder)
    assert image_sizes(made) == []
    assert "Image not shown" in text(made)
    assert "before" in text(made)
    assert "after" in text(made)
    (problem,) = made.problems
    assert reason in problem.what
    assert problem.cell == 1


def test_deep_nesting_is_shown_somehow():
    lists = "\n".join("  " * depth + "- deep" for depth in range(80))
    made = export_pdf(notebook(markdown("> " * 200 + "quoted"), markdown(lists)))
    assert "quoted" in text(made)
    assert "deep" in text(made)


def test_a_text_of_no_end_is_cut_and_says_so_and_images_in_it_are_free():
    image = f"![i](data:image/png;base64,{encoded(png(40, 20) + bytes(90_000))})"
    made = export_pdf(notebook(markdown(f"START {image}\n\n" + "word " * 20_000), markdown("NEXT")))
    assert image_sizes(made) == [(30, 15)]
    assert "START" in text(made)
    assert "more characters" in text(made)
    assert "NEXT" in text(made)
    (problem,) = made.problems
    assert "too long" in problem.what
    assert problem.cell == 1


def test_an_image_written_out_in_code_or_text_is_source_and_no_hundred_pages():
    address = f"data:image/png;base64,{encoded(bytes(300_000))}"
    made = export_pdf(notebook(markdown(f"{address}\n\n`{address}`\n\n```\n{address}\n```")))
    assert squeezed(text(made)).count("data:image/png") == 3
    assert text(made).count("more characters") == 3
    assert made.pages.pages < 6


@pytest.mark.parametrize(
    "html",
    [
        "<![if x]>a",
        "<!x>a",
        "<![CDATA[x]]>a",
        "<?php x ?>a",
        "<!-- <b> -->a",
        "<!--[if gte mso 9]><xml>x</xml><![endif]-->a",
    ],
)
def test_declarations_in_html_are_dropped(html):
    assert shown(f"left\n\n<div>{html}</div>\n\nright") == "notebook left a right page 1 of 1"


# So that the last page has more than a few lines, which would be brought onto the one before.
MORE = code("\n".join("0" for _ in range(20)))


def test_text_that_leads_to_a_formula_is_on_its_page():
    lead = "It follows that, for LEADING,\n\n$$ \\sum_{i=1}^n x_i = FORMULA $$"
    turned = 0
    for filler in range(40, 64, 2):
        space = code("\n".join("0" for _ in range(filler)))
        found = pages(export_pdf(notebook(space, markdown(lead), MORE)))
        (page,) = (page for page in found if "LEADING" in page)
        assert "𝐹𝑂𝑅𝑀𝑈𝐿𝐴" in page
        turned += len(found) > 1 and page == found[1]
    assert 0 < turned < 12, "some were meant to fit on the first page, and some not"


def test_the_last_words_of_a_text_are_on_the_page_of_the_cell_that_they_lead_to():
    turned = 0
    for filler in range(40, 62, 2):
        space = code("\n".join("0" for _ in range(filler)))
        cells = markdown("Some words.\n\nThe next cell, LEADING."), code("FOLLOWING = 1\nx = 2")
        found = pages(export_pdf(notebook(space, *cells, MORE)))
        (page,) = (page for page in found if "LEADING" in page)
        assert "FOLLOWING" in page
        turned += len(found) > 1 and page == found[1]
    assert 0 < turned < 11, "some were meant to fit on the first page, and some not"


def test_a_word_of_code_in_a_text_is_neither_hyphenated_nor_stretched():
    widths = set()
    for count in range(50, 66):
        words = "i" * count + " `initialisation of(x)` " + "and many more words " * 3
        page = pypdfium2.PdfDocument(export_pdf(notebook(markdown(words))).data)[0].get_textpage()
        place, _ = page.search("initialisation of(x)").get_next()
        widths.add(round(page.get_charbox(place + 19)[2] - page.get_charbox(place)[0]))
    assert len(widths) == 1


def test_letters_that_follow_code_stay_with_it():
    for count in range(50, 66):
        said = shown("i" * count + " `DenseBlock`s and `f`'s " + "and many more words " * 3)
        assert "DenseBlock\u2060s and f\u2060’s" in said


def test_the_apostrophe_after_a_plural_is_one_and_a_quotation_is_left_alone():
    assert "all batches’ means" in shown("all batches' means")
    assert "'no guess'" in shown("they said 'no guess'")


def test_quotes_in_a_text_are_those_of_print_and_in_code_as_they_were_typed():
    said = shown("The node's \"*own* value\", `x = \"a's\"`, 'b'")
    assert "The node’s “own value”, x = \"a's\", 'b'" in said


def test_an_image_that_is_missing_within_a_text_stands_on_a_line_of_its_own():
    made = export_pdf(notebook(markdown("BEFORE ![cat](cat.png) AFTER")))
    page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
    tops = {}
    for word in ("BEFORE", "Image not shown", "AFTER"):
        index, _ = page.search(word).get_next()
        left, _, _, top = page.get_charbox(index)
        tops[word] = top
        assert left < 100
    assert tops["BEFORE"] > tops["Image not shown"] > tops["AFTER"]


def test_a_list_of_tasks_has_boxes_and_no_bullets():
    shown = text(export_pdf(notebook(markdown("- [x] done\n- [ ] not done"))))
    assert "done" in shown
    assert "•" not in shown
    assert "•" in text(export_pdf(notebook(markdown("- [x] done\n- no task"))))


def test_a_paragraph_that_begins_in_hebrew_runs_from_right_to_left():
    made = export_pdf(notebook(markdown("שלום HERE עולם"), markdown("HERE שלום עולם")))
    page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
    search = page.search("HERE")
    lefts = [page.get_charbox(search.get_next()[0])[0] for _ in range(2)]
    assert lefts[0] > 400
    assert lefts[1] < 100


@pytest.mark.parametrize(
    "source",
    ["## {} HERE", "- {} HERE\n- b", "1. {} HERE", "| {} HERE | b |\n|---|---|\n| c | d |"],
)
def test_a_heading_a_list_or_a_table_that_begins_in_hebrew_is_on_the_right(source):
    def left(word: str) -> float:
        made = export_pdf(notebook(markdown("x"), markdown(source.format(word))))
        page = pypdfium2.PdfDocument(made.data)[0].get_textpage()
        return page.get_charbox(page.search("HERE").get_next()[0])[0]

    assert left("שלום") > 400
    assert left("word") < 200


@pytest.mark.parametrize(
    "source",
    ["-\n\n", "*\n\n  ***\n", "1.\n\n2. two\n", "> -\n\n", "- a\n  -\n\n  - b\n", "- [ ]\n\n"],
)
def test_a_list_with_nothing_in_an_item_is_a_list(source):
    made = export_pdf(notebook(markdown(source), code("after = 1")))
    assert "after = 1" in text(made)
    assert not made.problems


def test_a_fault_of_ours_in_a_cell_costs_that_cell_only(monkeypatch):
    def faulty(*_, **__):
        raise KeyError("raw")

    monkeypatch.setattr("chainrule.pdf.cells._text", faulty)
    made = export_pdf(notebook(markdown("What **was** written."), code("after = 1")))
    assert "What **was** written." in text(made)
    assert "after = 1" in text(made)
    (problem,) = made.problems
    assert problem.cell == 1
    assert "its source is shown" in problem.what
    assert "tell your instructor (KeyError: 'raw')" in problem.remedy
