"""The pages whose look is easily spoilt, each with what is delicate about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2

from chainrule.pdf import Pdf, export_pdf, export_template, shape_of
from chainrule.worksheets import Worksheet
from tests.chainrule.pdf.notebooks import code, data, graded, markdown, notebook, question, stream

Drawing = np.ndarray

DPI = 80
_ABOUT = {"course": "COGS 181", "assignment": "Homework 1", "student": "Ada Example · A00123"}
_STUB = "*WRITE YOUR ANSWER HERE*"


def drawn(pdf: Pdf, page: int = 0) -> Drawing:
    """A page in grey, (height, width) of uint8, without the white around what is on it."""
    bitmap = pypdfium2.PdfDocument(pdf.data)[page].render(scale=DPI / 72, grayscale=True)
    pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    rows, columns = (np.flatnonzero((pixels < 250).any(axis=axis)) for axis in (1, 0))
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()


def _exported(*cells: dict[str, Any], **settings: Any) -> Pdf:
    return export_pdf(notebook(*cells), **_ABOUT, **settings)


def worksheet() -> Drawing:
    """A worksheet's figure between its cell and its verdict, on a question's first page."""
    return drawn(
        _exported(
            markdown("## Question 1: the graph\n\nDraw $f = (x + y)\\,z$.", **question("graph")),
            code("sheet", data(**{"image_svg+xml": _sheet().svg()})),
            code("check(sheet)", stream("✓ 5 of 5 values\n"), **graded("graph", 2, solution=False)),
        )
    )


def _sheet() -> Worksheet:
    sheet = Worksheet("f = (x + y) z")
    x, y, z = sheet.inputs("x", "y", "z")
    sheet.multiply(sheet.add(x, y, name="q"), z, name="f")
    sheet.write_values(x=-2, y=5, z=-4, q=3, f=-12)
    sheet.write_gradients(f=1, q=-4, z=3)
    return sheet


def landscape() -> Drawing:
    """A figure too wide for the text, turned, with its test below it."""
    sheet = Worksheet("deep")
    node = sheet.inputs("x")[0]
    for step in range(6):
        node = sheet.exp(node, name=f"n{step}")
        sheet.write_values(**{f"n{step}": [[1.25, -0.5], [0.125, 2.5]]})
    return drawn(
        _exported(
            markdown("## Question 1: the graph", **question("graph")),
            code("sheet", data(**{"image_svg+xml": sheet.svg()})),
            code("check(sheet)", stream("✓ all values\n"), **graded("graph", 2, solution=False)),
        ),
        page=1,
    )


def _released() -> dict[str, Any]:
    return notebook(
        markdown("## Question 1: why", chainrule={"question": "why", "pages": 1}),
        markdown(_STUB, **graded("why", 2, solution=True)),
        markdown("## Question 2: how", chainrule={"question": "how", "pages": 2}),
        code("def f(x):\n    # WRITE YOUR CODE HERE", **graded("how", 3, solution=True)),
    )


def scaled() -> Drawing:
    """A question of fixed length whose answer is too long: all of it smaller, but for the head."""
    handed_in = _released()
    handed_in["cells"][1]["source"] = "\n\n".join(
        f"{step}. The gradient $\\partial f/\\partial x_{{{step}}}$ of a sum passes on. " * 4
        for step in range(1, 24)
    )
    return drawn(export_pdf(handed_in, fixed=shape_of(_released()), **_ABOUT))


def left_free() -> Drawing:
    """The second page of a question that needs only one."""
    return drawn(export_pdf(_released(), fixed=shape_of(_released()), **_ABOUT), page=2)


def missing_answers() -> Drawing:
    """Ruled boxes in the place of a text and of code that are not there."""
    return drawn(
        _exported(
            markdown("## Question 1: why", **question("why")),
            markdown(_STUB, **graded("why", 2, solution=True)),
            code("def f(x):\n    # WRITE YOUR CODE HERE", **graded("how", 3, solution=True)),
        )
    )


def template() -> Drawing:
    """The blank page of an assignment's template, with lines for name and id."""
    pdf, _ = export_template(_released(), course="COGS 181", assignment="Homework 1")
    return drawn(pdf)


def wide_table() -> Drawing:
    """A data frame of too many columns, in slices that each have its index."""
    heads = "".join(f"<th>feature_{column}</th>" for column in range(15))
    rows = "".join(
        f"<tr><th>{row}</th>"
        + "".join(f"<td>{(-1) ** column * (row + column / 7):.4f}</td>" for column in range(15))
        + "</tr>"
        for row in range(6)
    )
    table = f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return drawn(_exported(code("frame", data(text_html=table, text_plain="frame"))))


def terminal() -> Drawing:
    """Colours, a progress bar's last frame, and a traceback with a long line."""
    bar = "".join(f"\r{done:3d}%|{'█' * (done // 10):<10}| {done}/100" for done in (0, 50, 100))
    rule = f"\x1b[31m{'-' * 75}\x1b[0m"
    head = "\x1b[31mValueError\x1b[0m" + " " * 32 + "Traceback (most recent call last)"
    where = "\x1b[32m      1\x1b[0m x \x1b[38;5;241m=\x1b[39m zeros((3, 4))\n"
    where += "\x1b[32m----> 2\x1b[0m x @ x"
    what = "\x1b[31mValueError\x1b[0m: " + "the shapes do not match, " * 6 + "(3,4) and (3,4)"
    error = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "",
        "traceback": [rule, head, where, what],
    }
    return drawn(
        _exported(
            code(
                "for epoch in tqdm(range(3)):\n    train()  # twice",
                stream(bar + "\n", "stderr"),
                stream("\x1b[32mepoch 1\x1b[0m loss \x1b[1m0.32\x1b[0m \x1b[33mslow\x1b[0m\n"),
            ),
            code("x = zeros((3, 4))\nx @ x", error),
        )
    )


def maths() -> Drawing:
    """Displays with rows and cases, fractions in the line, formulas too wide, a broken one."""
    terms = " + ".join(f"a_{{{power}}} x^{{{power}}}" for power in range(1, 22))
    columns = " & ".join(f"a_{{{column}}} + b_{{{column}}}" for column in range(1, 30))
    return drawn(
        _exported(
            markdown(
                r"""Where $\frac{\partial f}{\partial x}$ stands in the line, and
$\begin{pmatrix}1&2\\3&4\end{pmatrix}$, lines make room. The loss

$$
\begin{aligned}
\mathcal{L}(\theta) &= -\frac1N \sum_{i=1}^{N} \log p_\theta(y_i \mid x_i) \\
\nabla_z \mathcal{L} &= \hat y - y
\end{aligned}
$$

and the rectifier
$$ \operatorname{ReLU}(x) = \begin{cases} x & \text{if } x > 0, \\ 0 & \text{otherwise} \end{cases}
\qquad \theta^* = \operatorname*{arg\,min}_{\theta} \mathbb{E}\left[ \ell_\theta \right] \tag{1} $$
with its Jacobian
$$ J = \begin{bmatrix} \frac{\partial f_1}{\partial x_1} & \cdots \\ \vdots & \ddots
\end{bmatrix}, \quad \underbrace{a + b}_{\text{two}} $$
and a polynomial"""
                + f" $$ p(x) = {terms} $$ and a matrix $$ \\begin{{pmatrix}} {columns}"
                + r" \end{pmatrix} $$ and $$ \frac{1}{ $$ which is broken, as is $\foo$ here."
            )
        )
    )


def prose() -> Drawing:
    """Headings, lists in lists, a quotation, a table, links, and an image that is not there."""
    return drawn(
        _exported(
            markdown(
                """# A title that is long enough to need two lines, as some do

A **paragraph** with *emphasis*, `code` and [a link](https://example.org), which is justified and
goes on for long enough to be broken into lines.

## A section

- first
- second, with a list in it:
  - inner
- third

1. One
2. Two

> A quotation, with a bar beside it.

- [x] done
- [ ] not done

### A subsection

| Layer | Parameters | Output |
|:------|-----------:|:------:|
| conv1 | 1,728 | $3\\times3$ |
| fc | 10,250 | 10 |

See ![the cat](cat.png) and go on.

---

The end."""
            ),
            root=None,
        )
    )


LAYOUTS = (
    worksheet,
    landscape,
    scaled,
    left_free,
    missing_answers,
    template,
    wide_table,
    terminal,
    maths,
    prose,
)
