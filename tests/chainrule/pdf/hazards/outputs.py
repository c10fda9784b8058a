"""Outputs that are long, coloured, broken or of an odd kind."""

from __future__ import annotations

from typing import Any

from tests.chainrule.pdf.hazards import Hazard
from tests.chainrule.pdf.notebooks import code, data, stream


def _of(
    name: str,
    *outputs: dict[str, Any],
    shows: tuple[str, ...],
    problem: str = "",
    hides: tuple[str, ...] = (),
) -> Hazard:
    return Hazard(name, code("run()", *outputs), shows, problem, hides)


def _frame(rows: int, columns: int) -> dict[str, Any]:
    """What pandas writes for a data frame, as HTML and as text."""
    names = [f"column_{n}" for n in range(columns)]
    head = "<thead><tr><th></th>" + "".join(f"<th>{name}</th>" for name in names) + "</tr></thead>"
    body = "".join(
        f"<tr><th>{row}</th>"
        + "".join(f"<td>{row * n / 7:.3f}</td>" for n in range(columns))
        + "</tr>"
        for row in range(rows)
    )
    html = "<style scoped>td {}</style><table class='dataframe'>"
    html += f"{head}<tbody>{body}</tbody></table>"
    plain = (
        "     "
        + "".join(f"{name:>12}" for name in names)
        + "\n"
        + "\n".join(
            f"{row:<5}" + "".join(f"{row * n / 7:12.3f}" for n in range(columns))
            for row in range(rows)
        )
    )
    return data(text_html=html, text_plain=plain)


_WIDGET = "application_vnd.jupyter.widget-view+json"
_NESTED: Any = "deep"
for _ in range(20):
    _NESTED = {"in": [_NESTED]}
_DEEPER: Any = _NESTED
for _ in range(5000):
    _DEEPER = [_DEEPER]
_BARS = "".join(f"\r{n:3d}%|{'█' * (n // 10)}| {n}/100" for n in range(101))
_RED = (
    "\x1b[38;5;196mred\x1b[0m \x1b[38;2;0;200;0mgreen\x1b[48;5;21m blue\x1b[0m \x1b[1;4;7mall\x1b[m"
)
_TRACE = [
    "\x1b[0;31m-----\x1b[0m",
    "\x1b[0;31mKeyError\x1b[0m  Traceback (most recent call last)",
    "Cell \x1b[0;32mIn[3], line 1\x1b[0m\n\x1b[0;32m----> 1\x1b[0m table['loss']",
    "\x1b[0;31mKeyError\x1b[0m: 'loss'",
]

HAZARDS = [
    _of(
        "100,000 lines",
        stream("".join(f"step {n}\n" for n in range(100_000))),
        shows=("step 0", "step 99999", "99890 lines left out"),
    ),
    _of(
        "one line of 1 MB",
        stream("0123456789" * 100_000),
        shows=("0123456789", "997,000 more characters"),
    ),
    _of(
        "1 MB without a space in a result",
        data(text_plain="x" * 1_000_000),
        shows=("more characters",),
    ),
    _of(
        "ANSI colours of all kinds",
        stream(_RED),
        shows=("red green blue all",),
        hides=("[0m", "38;5"),
    ),
    _of("ANSI that is cut off", stream("fine \x1b[38;5"), shows=("fine",)),
    _of(
        "ANSI with senseless numbers",
        stream("\x1b[38;5;999999999999999999999mfine\x1b[38;2m \x1b[;;;m"),
        shows=("fine",),
    ),
    _of("a progress bar", stream(_BARS, "stderr"), shows=("100/100",), hides=("99/100",)),
    _of(
        "nested progress bars",
        stream("a:  0%\n\rb: 50%\x1b[A\ra: 50%\n\rb:100%\x1b[A\ra:100%\n\rb:100%\n"),
        shows=("100%",),
    ),
    _of(
        "a traceback",
        {"output_type": "error", "ename": "KeyError", "evalue": "'loss'", "traceback": _TRACE},
        shows=("Traceback", "----> 1 table['loss']", "KeyError: 'loss'"),
    ),
    _of(
        "an error without a traceback",
        {"output_type": "error", "ename": "MemoryError", "evalue": ""},
        shows=("error", "MemoryError"),
    ),
    _of(
        "an error of wrong types",
        {"output_type": "error", "ename": 3, "evalue": ["x"], "traceback": "no list"},
        shows=("error", "no list"),
    ),
    _of("a wide data frame", _frame(5, 30), shows=("column_0", "column_29")),
    _of("a long data frame", _frame(2000, 3), shows=("column_2", "lines left out")),
    _of(
        "HTML with a script",
        data(text_html="<script>steal()</script><b onclick='x()'>bold</b>"),
        shows=("bold",),
        hides=("steal", "onclick"),
    ),
    _of(
        "HTML of 15,000 nested tags", data(text_html="<div>" * 15_000 + "inside"), shows=("inside",)
    ),
    _of(
        "HTML of 20,000 list items",
        data(text_html="<ul>" + "<li>item</li>" * 20_000 + "</ul>", text_plain=""),
        shows=("only a browser",),
        problem="text/html",
    ),
    _of(
        "HTML only a browser shows",
        data(text_html="<iframe src='https://example.org'></iframe>"),
        shows=("only a browser",),
        problem="<iframe>",
    ),
    _of(
        "HTML without text for Python",
        data(
            text_html="<h3>Results</h3><img src='x.png'>",
            text_plain="<IPython.core.display.HTML object>",
        ),
        shows=("Results", "Image not shown"),
        problem="no file x.png",
        hides=("IPython",),
    ),
    _of(
        "LaTeX that is broken",
        data(text_latex=r"$\frac{1}{$", text_plain="1/"),
        shows=(r"\frac{1}{",),
        problem="not valid",
    ),
    _of(
        "LaTeX without dollars",
        data(text_latex=r"\begin{tabular}{l} a \\ b \end{tabular}"),
        shows=("tabular",),
    ),
    _of(
        "Markdown with an image from the web",
        data(text_markdown="**strong** ![p](http://x.y/z.png)"),
        shows=("strong", "Image not shown"),
        problem="not fetched",
    ),
    _of(
        "a widget without state",
        data(**{_WIDGET: {"model_id": "abc"}}),
        shows=("only a browser",),
        problem="widget-view",
    ),
    _of(
        "a widget with its text",
        data(**{_WIDGET: {"model_id": "abc"}, "text_plain": "IntSlider(value=7)"}),
        shows=("IntSlider(value=7)",),
    ),
    _of("bytes in text", stream(bytes(range(256)).decode("latin-1")), shows=("⟨U+0001⟩", "xyz")),
    _of("NUL bytes", stream("a\x00b\x00"), shows=("a⟨U+0000⟩b",)),
    _of("nested JSON", data(application_json=_NESTED), shows=("deep",)),
    _of("JSON nested beyond reason", data(application_json=_DEEPER), shows=("nested too deeply",)),
    _of(
        "JSON and text",
        data(application_json={"a": 1}, text_plain="<JSON object>"),
        shows=("<JSON object>",),
    ),
    _of(
        "an output of unknown type",
        {"output_type": "hologram", "data": {"text/plain": "ghost"}},
        shows=("ghost",),
    ),
    _of(
        "an output without data",
        {"output_type": "display_data"},
        data(text_plain="next"),
        shows=("next",),
    ),
    _of("a MIME bundle of wrong types", data(text_plain={"a": [1]}, text_html=7), shows=("'a'",)),
    _of(
        "JavaScript",
        data(application_javascript="alert(1)"),
        shows=("only a browser",),
        problem="javascript",
    ),
    _of(
        "plotly",
        data(**{"application_vnd.plotly.v1+json": {"data": []}}),
        shows=("only a browser",),
        problem="plotly",
    ),
]
