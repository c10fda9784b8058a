r"""LaTeX maths: what pandoc corrupts is put right, what cannot be set is boxed."""

from __future__ import annotations

import re
import subprocess

import pypdfium2
import pytest
import typst

from chainrule.pdf import Pdf, export_pdf, maths
from chainrule.pdf.maths import Refused, Tex, is_plain_maths, to_typst
from chainrule.pdf.pieces import Pieces, faulty
from tests.chainrule.pdf.notebooks import markdown, notebook, squeezed, text


def setting(source: str, display: bool = False) -> str:
    (answer,) = to_typst([Tex(source, display)])
    assert isinstance(answer, str), answer
    return answer


def compiles(code: str) -> bool:
    preamble = "#let over(a, b) = $#b$\n#let under(a, b) = $#b$\n#let evaluated(a, b) = $#a$\n"
    preamble += "#let dfrac(a, b) = $#a / #b$\n"
    try:
        typst.compile((preamble + code).encode(), format="svg")
    except typst.TypstError:
        return False
    return True


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a\!b", "$a #h(-0.1667em) b$"),
        (r"a\;b", "$a thick b$"),
        (r"A\&B", r"$A \& B$"),
        (r"\text{a\;b \& c}", '$upright("a b & c")$'),
        (r"\frac{1}{\frac{2}{3}}", "$frac(1, frac(2, 3))$"),
        (r"\frac12", "$frac(1, 2)$"),
        (r"\operatorname*{argmax}_x f", '$op("argmax", limits: #true)_x f$'),
        (r"\mathop{\mathrm{argmin}}\limits_x f", '$op("argmin", limits: #true)_x f$'),
        (r"\operatorname{softmax}(z)", r'$op("softmax") \( z \)$'),
        (r"a \overset{?}{=} b", "$a over(?, =) b$"),
        (r"\underset{x}{\max}", "$under(x, max)$"),
        (r"\left.\frac{a}{b}\right|_{x=0}", "$evaluated(frac(a, b), 1)_(x = 0)$"),
        (r"\begin{matrix}1&2\\3&4\end{matrix}", "$mat(delim: #none, 1, 2; 3, 4)$"),
        (r"\begin{vmatrix}1&2\\3&4\end{vmatrix}", '$mat(delim: "|", 1, 2; 3, 4)$'),
        (r"\|x\|_2^2", "$‖x‖_2^2$"),
        (r"\partial\text{input}", '$partial""upright("input")$'),
        (r"1{,}000", r'$1 class("normal", \,) 000$'),
        (r"\mathrm{new}", '$upright("new")$'),
        (r"\text{50\% of}", '$upright("50% of")$'),
        (r"a \over b", "$frac(a, b)$"),
        (r"\textcolor{red}{x}", "$x$"),
        (r"x % a comment", "$x$"),
        (r"\big\{ x", r"$lr(\{, size: #1.2em) x$"),
        (r"\begin{cases}x=1\\y=2\end{cases}", '$cases(delim: "{", & x = 1 & , & y = 2 & )$'),
        (
            r"\left\{\begin{array}{l}x\\y\end{array}\right.",
            '$cases(delim: "{", & x & , & y & )$',
        ),
        (
            r"\begin{rcases}a&b\\c&d\end{rcases}",
            '$cases(delim: "{", reverse: #true, &  a && quad b, & c && quad d)$',
        ),
        (r"\begin{array}{l}a\\b\end{array}", "$vec(delim: #none, align: #left, a, b)$"),
        (r"\begin{array}{r}a\\b\end{array}", "$vec(delim: #none, align: #right, a, b)$"),
        (
            r"\begin{array}{cc}a&b\\ \hline c&d\\ \hline\end{array}",
            "$mat(delim: #none, a, b; c, d)$",
        ),
        (r"\vec{AB}", "$accent(A B, arrow)$"),
        (r"\overrightarrow{AB}", "$accent(A B, arrow)$"),
        (r"\overleftarrow{AB}", "$accent(A B, arrow.l)$"),
        (r"\underrightarrow{AB}", "$under(arrow.r, A B)$"),
        (r"\begin{aligned}[t]a&=b\end{aligned}", "$a & = b$"),
        (r"\begin{bmatrix*}[r]1&2\end{bmatrix*}", '$mat(delim: "[", 1, 2)$'),
        (r"\hbox{a b}", '$upright("a b")$'),
        (r"\fbox{x}", '$#box(stroke: 0.5pt, inset: 3pt, [$ upright("x") $])$'),
        (r"{a \atop b}", "$vec(delim: #none, a, b)$"),
        (r"\S", '$upright("§")$'),
        (r"\mathnormal{x}", "$x$"),
        (r"a\hphantom{x}", "$a #hide[x]$"),
        (r"\braket{x|y}", "$chevron.l x\\|y chevron.r$"),
    ],
)
def test_what_pandoc_corrupts_in_silence_is_put_right(source, expected):
    assert setting(source) == expected
    assert compiles(expected)


def test_columns_of_cases_keep_their_distance():
    shown = setting(r"\begin{cases}a & \text{if } x\\ b & \text{else}\end{cases}")
    assert shown.count("&& quad") == 2


def test_two_rows_outside_of_any_environment_are_two_rows():
    assert "\\\n" in setting(r"a \\ b", display=True)


def test_the_rules_of_an_array_are_kept():
    assert "augment: #(vline: (1,))" in setting(r"\begin{array}{c|c}a&b\\c&d\end{array}")


def test_an_equation_number_is_shown():
    assert '"(3)"' in setting(r"a = b \tag{3}", display=True)


def test_equation_numbers_are_shown_in_their_rows():
    shown = setting(r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}", display=True)
    first, second = shown.split("\\\n")
    assert '"(1)"' in first
    assert '"(2)"' in second


def test_what_is_said_of_a_row_keeps_its_distance():
    shown = setting(r"\begin{align*}a&=b\\ c&=d && \text{by (1)}\end{align*}", display=True)
    assert "d & quad &" in shown


@pytest.mark.parametrize(
    "source",
    [
        r"$\text{if $x>0$}$",
        r"$\mbox{for all $x$}$",
        r"$f=\begin{cases}1&\text{if $x>0$}\\0&\text{else}\end{cases}$",
        r"$\text{if $x_{1}>0$}$",
    ],
)
def test_a_formula_in_the_words_of_a_formula_does_not_end_it(source):
    made = export_pdf(notebook(markdown(f"LEFT {source} RIGHT")))
    assert made.problems == ()
    found = text(made)
    assert "$" not in found
    assert "𝑥" in found
    assert "\\" not in found


def test_a_display_without_an_end_costs_no_other_paragraph():
    source = "An unclosed: $$ a = b\n\nNext with $x$.\n\n$$ c = d $$\n\nLast"
    made = export_pdf(notebook(markdown(source)))
    assert made.problems == ()
    assert "An unclosed: $$ a = b Next with 𝑥. 𝑐 = 𝑑 Last" in text(made)


def test_a_display_may_have_an_empty_line_in_it():
    assert "𝑎 = 𝑏" in text(export_pdf(notebook(markdown("$$\na = b\n\n$$"))))


def test_a_macro_holds_in_the_formulas_after_it():
    _, later = to_typst([Tex(r"\newcommand{\R}{\mathbb{R}} x"), Tex(r"y \in \R")])
    assert later == "$y in bb(R)$"
    _, later = to_typst([Tex(r"\def\half#1{\frac{#1}{2}} x"), Tex(r"\half{y}")])
    assert later == "$frac(y, 2)$"


def test_every_symbol_pandoc_writes_is_one_that_typst_knows():
    blocks = ((0x21, 0x3100), (0x1D400, 0x1D800), (0x1EE00, 0x1EF00), (0x1F000, 0x1FB00))
    printed = [
        chr(point) for block in blocks for point in range(*block) if chr(point).isprintable()
    ]
    answers = to_typst([Tex(char) for char in printed], limit=60)
    # Letters by themselves are no names.
    named = [
        answer for answer in answers if isinstance(answer, str) and re.search("[a-z]{2}", answer)
    ]
    assert len(named) > 900, "pandoc no longer writes symbols by name"
    unknown = faulty(
        range(len(named)), lambda some: compiles("\n".join(named[index] for index in some))
    )
    assert [named[index] for index in unknown] == []


@pytest.mark.parametrize(
    "source",
    [r"\frac{1}{", r"\foo{x}", r"x_", "}{", r"\left( x", r"x \right)", "#read", r"\verb|x|"],
)
def test_an_invalid_formula_is_boxed_where_it_stands_and_reported(source):
    made = export_pdf(notebook(markdown("first"), markdown(f"before ${source}$ after")))
    assert f"before {source} after" in text(made)
    (problem,) = made.problems
    assert problem.cell == 2
    assert source in problem.what
    assert problem.remedy


LONG = " + ".join(f"a_{{{power}}} x^{{{power}}}" for power in range(1, 22))
MATRIX = " & ".join(f"a_{{{column}}} + b_{{{column}}}" for column in range(1, 30))


def boxes(pdf: Pdf, letter: str) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of a letter wherever it is on the first page, in points."""
    page = pypdfium2.PdfDocument(pdf.data)[0].get_textpage()
    places = range(page.count_chars())
    return [page.get_charbox(at) for at in places if page.get_text_range(at, 1) == letter]


@pytest.mark.parametrize("large", [r"\dfrac{7}{9}", r"\displaystyle \frac{7}{9}"])
def test_a_fraction_in_a_line_is_as_large_as_its_author_wants(large):
    usual = export_pdf(notebook(markdown(r"A line with $\frac{7}{9}$ in it.")))
    made = export_pdf(notebook(markdown(f"A line with ${large}$ in it.")))
    ((_, low, _, high),), ((_, small_low, _, small_high),) = boxes(made, "7"), boxes(usual, "7")
    assert high - low > 1.3 * (small_high - small_low)


def test_a_short_formula_in_a_line_is_not_broken():
    heights = set()
    for count in range(40, 64):
        made = export_pdf(notebook(markdown("ii " * count + r"$7 \times 8$ and more")))
        ((_, first, _, _),), ((_, second, _, _),) = boxes(made, "7"), boxes(made, "8")
        assert round(first) == round(second)
        heights.add(round(first))
    assert len(heights) > 1, "some were meant to be on the second line"


def test_a_formula_too_wide_for_the_page_goes_over_several_lines_at_its_full_size():
    short, long = (export_pdf(notebook(markdown(f"$$ {tex} $$"))) for tex in ("a + b", LONG))
    assert long.problems == ()
    ((left, _, right, _),) = boxes(short, "+")
    signs = boxes(long, "+")
    assert {round(end - start, 2) for start, _, end, _ in signs} == {round(right - left, 2)}
    assert len({round(bottom) for _, bottom, _, _ in signs}) > 1
    assert max(end for _, _, end, _ in signs) < 612 - 70
    assert "𝑥21" in text(long)


def test_a_matrix_that_nobody_could_read_is_shown_as_its_source_and_reported():
    wide = rf"\begin{{pmatrix}} {MATRIX} \end{{pmatrix}}"
    made = export_pdf(notebook(markdown("first"), markdown(f"before $$ {wide} $$ after")))
    assert "too wide" in text(made)
    assert squeezed(wide) in squeezed(text(made))
    (problem,) = made.problems
    assert problem.cell == 2
    assert "too wide for the page" in problem.what
    assert problem.remedy


def test_a_matrix_that_is_a_little_too_wide_is_made_smaller():
    columns = " & ".join(MATRIX.split(" & ")[:11])
    made = export_pdf(notebook(markdown(rf"$$\begin{{pmatrix}} {columns} \end{{pmatrix}}$$")))
    assert made.problems == ()
    signs = boxes(made, "+")
    assert len(signs) == 11
    assert min(left for left, _, _, _ in signs) > 70
    assert max(right for _, _, right, _ in signs) < 612 - 70


@pytest.mark.parametrize(
    ("opening", "closing"), [("$$", "$$"), ("\\\\[", "\\\\]"), (r"\begin{align}", r"\end{align}")]
)
def test_a_formula_of_many_thousand_letters_is_one_formula_or_is_reported(opening, closing):
    terms = "+".join(f"x_{{{n}}}" for n in range(1_200))
    assert len(terms) > 9_000
    made = export_pdf(notebook(markdown(f"A {opening}{terms}{closing} B")))
    assert made.problems == ()
    assert "𝑥1199" in squeezed(text(made))
    (problem,) = export_pdf(
        notebook(markdown(f"A {opening}{'+'.join([terms] * 3)}{closing} B"))
    ).problems
    assert "longer than 20,000 characters" in problem.what


def test_an_invalid_formula_does_not_cost_its_neighbours():
    made = export_pdf(notebook(markdown(r"$\alpha$ $\foo$ $\beta$")))
    shown = text(made)
    assert "𝛼" in shown
    assert "𝛽" in shown
    assert len(made.problems) == 1


def test_a_formula_that_only_typst_refuses_is_found_and_boxed(monkeypatch):
    def broken(fragments):
        return ["$unknown.symbol$" if "BAD" in tex.source else "$alpha$" for tex in fragments]

    monkeypatch.setattr("chainrule.pdf.pieces.to_typst", broken)
    made = export_pdf(notebook(markdown("$x$ $BAD$ $y$")))
    assert "BAD" in text(made)
    assert "𝛼" in text(made)
    assert len(made.problems) == 1


@pytest.mark.parametrize("nested", ["x^{" * 100 + "1" + "}" * 100, "{" * 30 + "x" + "}" * 30])
def test_nested_superscripts_do_not_stall_the_export(nested):
    first, second = to_typst([Tex(nested), Tex("y")])
    assert isinstance(first, Refused)
    assert second == "$y$"


def test_one_slow_formula_costs_only_itself(monkeypatch):
    monkeypatch.setattr("chainrule.pdf.texrepair.DEEPEST", 100)
    slow = "x^{" * 24 + "1" + "}" * 24
    answers = to_typst([Tex("a"), Tex(slow), Tex("b")])
    assert answers[0] == "$a$"
    assert isinstance(answers[1], Refused)
    assert answers[2] == "$b$"


@pytest.mark.parametrize(
    "code",
    [
        '$#read("x")$',
        '$x$, read("x"), $y$',
        '$std.read("x")$',
        '$image("x.png")$',
        '$"open$',
        "$x\\$",
        "$#h(500em)$",
        "x",
        "$#box(stroke: 0.5pt, inset: 3pt, [$ x$",
    ],
)
def test_only_plain_maths_gets_into_the_document(code):
    assert not is_plain_maths(code)


def test_plain_maths_is_recognised():
    assert is_plain_maths('$upright("a # \\" $") \\# #h(-0.1667em) \\$$')
    assert is_plain_maths("$#box(stroke: 0.5pt, inset: 3pt, [$ x $])$")


def test_the_same_formula_is_converted_once():
    pieces = Pieces()
    first = pieces.add_maths(Tex("x"), 1)
    assert pieces.add_maths(Tex("x"), 2) == first
    assert pieces.add_maths(Tex("x", display=True), 2) != first


def test_what_was_converted_once_is_not_asked_again(monkeypatch):
    asked = []
    run = maths._run

    def noted(new, limit):
        asked.append(list(new))
        return run(new, limit)

    monkeypatch.setattr(maths, "_known", {})
    monkeypatch.setattr(maths, "_run", noted)
    first = to_typst([Tex("a_1"), Tex("b^2"), Tex("a_1")])
    again = to_typst([Tex("b^2"), Tex("c"), Tex("a_1", display=True), Tex("a_1")])
    assert [[tex.source for tex in new] for new in asked] == [["a_1", "b^2"], ["c", "a_1"]]
    assert first[0] == first[2] == again[3]
    assert first[1] == again[0]


def test_what_was_under_way_is_not_asked_again(monkeypatch):
    asked = []
    run = maths._run

    def noted(new, limit):
        asked.append([tex.source for tex in new])
        return run(new, limit)

    monkeypatch.setattr(maths, "_known", {})
    monkeypatch.setattr(maths, "_run", noted)
    with maths.under_way(iter([Tex("a_1"), Tex(r"\left( x"), Tex("b^2"), Tex("a_1")])):
        pass
    assert to_typst([Tex("b^2"), Tex("a_1")]) == ["$b^2$", "$a_1$"]
    assert asked == [["a_1", "b^2"]]


@pytest.mark.parametrize("failure", [subprocess.TimeoutExpired("pandoc", 1), OSError("no pandoc")])
def test_what_fails_under_way_is_tried_again(monkeypatch, failure):
    def failing(new, limit):
        raise failure

    monkeypatch.setattr(maths, "_known", {})
    with monkeypatch.context() as busy:
        busy.setattr(maths, "_run", failing)
        with maths.under_way([Tex("a")]):
            pass
    assert to_typst([Tex("a")]) == ["$a$"]


def test_a_refusal_is_not_kept_for_the_next_notebook(monkeypatch):
    def too_slow(new, limit):
        raise subprocess.TimeoutExpired("pandoc", limit)

    monkeypatch.setattr(maths, "_known", {})
    with monkeypatch.context() as busy:
        busy.setattr(maths, "_run", too_slow)
        assert isinstance(to_typst([Tex("a")])[0], Refused)
    assert to_typst([Tex("a")]) == ["$a$"]


def test_what_is_kept_has_an_end(monkeypatch):
    monkeypatch.setattr(maths, "_known", {})
    monkeypatch.setattr(maths, "_REMEMBERED", 3)
    monkeypatch.setattr(maths, "_run", lambda new, limit: [f"${tex.source}$" for tex in new])
    for start in range(0, 12, 2):
        answers = to_typst([Tex(f"x_{number}") for number in range(start, start + 2)])
        assert answers == [f"$x_{start}$", f"$x_{start + 1}$"]
        assert len(maths._known) <= 3
