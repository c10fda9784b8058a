"""Nothing a student writes reads a file, runs code, reaches the network or moves another page."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from chainrule.pdf import Pdf, export_pdf, press
from chainrule.pdf.maths import Refused, Tex, is_plain_maths, to_typst
from tests.chainrule.pdf.notebooks import (
    code,
    data,
    encoded,
    image_sizes,
    markdown,
    notebook,
    png,
    question,
    squeezed,
    stream,
    text,
)

SECRET = "THE-SECRET-OF-THE-FOLDER"

PAYLOADS = [
    '#read("secret.txt")',
    '#panic("ran")',
    '"); #panic("ran',
    '\\"); #panic("ran',
    '"}; #panic("ran"); {"',
    '"]#panic("ran")[',
    '#import "@preview/cetz:0.3.0": *',
    "#set page(width: 3cm, height: 3cm)",
    "#pagebreak()#pagebreak()",
    '#include "/etc/passwd"',
    '#image("secret.png")',
    '#eval("panic(1)")',
    "#context counter(page).update(7)",
    "#show: it => panic(1)",
    "#metadata((part: 0, page: 99, y: 0.0)) <chainrule-place>",
    '#metadata((notebook: "x", pages: 99, questions: ())) <chainrule-page-map>',
    '#metadata((cell: 1, source: "x")) <chainrule-too-wide>',
    "*/ #panic() /*",
    "`#panic()`",
    "\\u{22}); #panic()",
    "%22); #panic()",
    "&quot;); #panic()",
]

FIRST = markdown("## First", **question("first"))
LAST = markdown("## Last\n\nas it was", **question("last"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebook's folder, with secrets in it and around it."""
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "secret.png").write_bytes(png(9, 9))
    inside = tmp_path / "work"
    inside.mkdir()
    (inside / "secret.txt").write_text(SECRET)
    return inside


def places(payload: str) -> dict[str, dict[str, Any]]:
    """A cell for each place in a notebook into which text can be put."""
    line = payload.replace("|", "\\|")
    return {
        "text": markdown(payload),
        "heading": markdown(f"### {payload}"),
        "question's title": markdown(f"## {payload}", **question("middle")),
        "question's id": markdown("words", **question(payload)),
        "list": markdown(f"- {payload}\n- b"),
        "quotation": markdown(f"> {payload}"),
        "table": markdown(f"| a | b |\n|---|---|\n| {line} | c |"),
        "code span": markdown(f"`` {payload} ``"),
        "fence": markdown(f"~~~\n{payload}\n~~~"),
        "fence's language": markdown(f"~~~{payload}\nx\n~~~"),
        "link": markdown(f"[{payload}](<https://example.org/{payload}>)"),
        "link's title": markdown(f"[x](https://example.org '{payload}')"),
        "image's alternative": markdown(f"![{payload}](none.png)"),
        "image's address": markdown(f"![x](<{payload}>)"),
        "attachment's name": {
            **markdown(f"![x](<attachment:{payload}>)"),
            "attachments": {payload: {"image/png": encoded(png(9, 9))}},
        },
        "HTML": markdown(f"<div title='{payload}'>{payload}</div>"),
        "HTML image": markdown(f"<img src='none.png' alt='{payload}' width='{payload}'>"),
        "code": code(payload),
        "raw": {"cell_type": "raw", "source": payload, "metadata": {}},
        "tag": code("x", tags=[payload]),
        "execution count": {**code("x"), "execution_count": payload},
        "stream": code("x", stream(payload)),
        "stream's name": code("x", stream("y", payload)),
        "error": code(
            "x",
            {"output_type": "error", "ename": payload, "evalue": payload, "traceback": [payload]},
        ),
        "result": code("x", data(text_plain=payload)),
        "HTML output": code("x", data(text_html=f"<table><tr><td>{payload}</td></tr></table>")),
        "Markdown output": code("x", data(text_markdown=payload)),
        "MIME type": code("x", data(**{payload: "y"})),
        "SVG's title": code(
            "x",
            data(
                **{
                    "image_svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
                    f"<title>{payload.replace('&', '')}</title></svg>"
                }
            ),
        ),
        "written answer": markdown(
            payload, nbgrader={"grade": True, "solution": True, "points": 1}
        ),
        "nbgrader's id": markdown("words", nbgrader={"grade_id": payload, "grade": True}),
    }


PLACES = list(places(""))


def rendered(pdf: Pdf, title: str) -> bytes:
    """The picture of the page that shows this word, but its foot, where the pages are counted."""
    for page in pypdfium2.PdfDocument(pdf.data):
        if title in page.get_textpage().get_text_bounded():
            return page.render(crop=(0, 60, 0, 0)).to_numpy().tobytes()
    raise AssertionError(f"no page shows {title}")


@pytest.fixture(scope="module")
def plain() -> tuple[bytes, bytes]:
    made = export_pdf(notebook(FIRST, markdown("words", **question("middle")), LAST))
    return rendered(made, "First"), rendered(made, "as it was")


@pytest.mark.parametrize("place", PLACES)
def test_text_stays_text_wherever_it_stands(place, folder):
    cells = [places(payload)[place] for payload in PAYLOADS]
    made = export_pdf(notebook(FIRST, *cells, LAST), root=folder)
    shown = text(made)
    assert SECRET not in shown
    assert "as it was" in shown
    assert [one for one in made.problems if "could not be set" in one.what] == []
    sizes = {page.get_size() for page in pypdfium2.PdfDocument(made.data)}
    assert sizes == {(612.0, 792.0)}
    assert made.pages.questions[0].id == "first"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_page_but_its_own_is_moved(payload, plain, folder):
    for cell in places(payload).values():
        own = {**cell, "metadata": {**cell["metadata"], **question("middle")}}
        made = export_pdf(notebook(FIRST, own, LAST), root=folder)
        assert (rendered(made, "First"), rendered(made, "as it was")) == plain
        assert [entry.id for entry in made.pages.questions] == ["first", "middle", "last"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_and_titles_are_text(payload, folder):
    made = export_pdf(
        notebook(
            markdown("x"),
            code("y"),
            kernelspec={"language": payload},
            language_info={"name": payload},
            chainrule={"title": payload},
        ),
        student=payload,
        course=payload,
        assignment=payload,
        name=payload,
        root=folder,
    )
    assert made.problems == ()
    assert made.pages.pages == 1
    assert SECRET not in text(made)
    assert squeezed(text(made)).count(squeezed(payload)) >= 4


@pytest.mark.parametrize(
    "source",
    [
        *PAYLOADS,
        r"\text{#read(\"secret.txt\")}",
        r'\text{"); #panic("ran}',
        r'\mathrm{"} #panic() "',
        r'\operatorname{"#panic()"}',
        r'\operatorname*{", limits: panic()) op("}',
        r"\tag{\"#panic()}",
        r"\href{file:///etc/passwd}{x}",
        r"\url{#panic()}",
        r"\includegraphics{secret.png}",
        r"\input{secret.txt}",
        r"\include{secret.txt}",
        r"\write18{touch ran}",
        r"\immediate\openin5=secret.txt",
        r"\unicode{x23}panic()",
        r'\char"23 panic()',
        r"\hash panic()",
        r"\# panic()",
        r"\$ \#panic() \$",
        r"\\#panic()",
        r"x \$",
        r"\text{a$#panic()$b}",
        r"\boxed{] #panic() [}",
        r"\phantom{] #panic() [}",
        r"\begin{array}{#panic()} x \end{array}",
        r"\begin{pmatrix} x, #panic(); y \end{pmatrix}",
        r"\color{#panic()} x",
        r"\hspace{500cm} x",
        r"\kern9999em x",
        r"\raisebox{99cm}{x}",
        "\uf80d\uf80e #panic()",
        "\ue000 3 \ue001",
        "std.read",
        "image(secret)",
        "sys.version",
    ],
)
def test_maths_is_maths_or_it_is_boxed(source, plain, folder):
    for answer in to_typst([Tex(source), Tex(source, display=True)]):
        assert isinstance(answer, Refused) or is_plain_maths(answer)
    cell = markdown(f"## Q\n\nleft ${source}$ right\n\n$$\n{source}\n$$", **question("middle"))
    made = export_pdf(notebook(FIRST, cell, LAST), root=folder)
    assert SECRET not in text(made)
    assert "left" in text(made)
    assert rendered(made, "as it was") == plain[1]
    assert made.pages.pages == 3


@pytest.mark.parametrize(
    "link",
    [
        "../secret.png",
        "%2e%2e/secret.png",
        "..%2Fsecret.png",
        "sub/../../secret.png",
        "./.././secret.png",
        "link.png",
        "folder/secret.png",
        "loop.png",
        "loop/loop/loop",
        "{root}/secret.png",
        "//{root}/secret.png",
        "file:{root}/secret.png",
        "file://{root}/secret.png",
        "file://localhost{root}/secret.png",
        "FILE://{root}/secret.png",
        "~/secret.png",
        "..\\secret.png",
        "\\\\localhost\\share\\secret.png",
        "secret.png%00.png",
        "/dev/zero",
        "/proc/self/environ",
        "pipe.png",
        ".",
        "a" * 5000 + ".png",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links and pipes")
def test_no_image_comes_from_outside_of_the_folder(link, folder):
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "folder").symlink_to(folder.parent)
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.png")
    address = link.format(root=folder.parent)
    made = export_pdf(
        notebook(markdown(f"![a](<{address}>)\n\n<img src='{address}'>")), root=folder
    )
    assert image_sizes(made) == []
    assert text(made).count("Image not shown") == 2
    assert [problem.cell for problem in made.problems] == [1, 1]


@pytest.fixture
def visitors() -> Iterator[tuple[str, list[object]]]:
    """The address of a server on this machine, and who has called there."""
    called: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, who = server.accept()
                except OSError:
                    return
                called.append(who)
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.png", called
        server.shutdown(socket.SHUT_RDWR)


def test_nobody_is_called(visitors):
    address, called = visitors
    ns = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    inside = [
        f"<image href='{address}' width='9' height='9'/>",
        f"<image xlink:href='{address}' width='9' height='9'/>",
        f"<use href='{address}#a'/>",
        f"<style>@import url({address}); text {{fill: url({address})}}</style><text>x</text>",
        f"<script href='{address}'/><rect width='9' height='9'/>",
        f"<filter id='f'><feImage href='{address}'/></filter>"
        "<rect filter='url(#f)' width='9' height='9'/>",
    ]
    figures = [f"<svg {ns} width='9' height='9'>{body}</svg>" for body in inside]
    figures += [
        f"<!DOCTYPE svg SYSTEM '{address}' [<!ENTITY x SYSTEM '{address}'>]>"
        f"<svg {ns} width='9' height='9'><text>&x;</text></svg>",
        f"<?xml-stylesheet href='{address}'?><svg {ns} width='9' height='9'/>",
    ]
    text_cell = markdown(
        f"![a]({address}) <img src='{address}'> $\\includegraphics{{{address}}}$\n\n"
        f"<iframe src='{address}'></iframe><link rel='stylesheet' href='{address}'>\n\n"
        f"[a]({address})"
    )
    made = export_pdf(
        notebook(
            text_cell,
            *[code("x", data(**{"image_svg+xml": figure})) for figure in figures],
            code("x", data(text_html=f"<img src='{address}'><script src='{address}'></script>")),
            code("x", data(text_markdown=f"![a]({address})")),
        )
    )
    assert "Image not shown" in text(made)
    assert called == []


def test_links_lead_to_the_web_or_to_a_mailbox_and_nowhere_else():
    schemes = ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x"]
    schemes += ["JAVASCRIPT:alert(1)", " javascript:x", "//example.org", "secret.txt", "cmd:x"]
    links = [*schemes, "https://example.org/a", "mailto:a@example.org"]
    written = "\n\n".join(f"[x](<{link}>) <a href='{link}'>y</a>" for link in links)
    pdf = export_pdf(notebook(markdown(written))).data
    assert pdf.count(b"/URI(") == 4
    assert pdf.count(b"/URI(https://example.org/a)") == 2
    assert pdf.count(b"/URI(mailto:a@example.org)") == 2
    assert b"/JavaScript" not in pdf
    assert b"/Launch" not in pdf


@pytest.mark.parametrize("name", ["typst", "json", "re", "functools", "chainrule"])
def test_the_compiler_imports_nothing_from_the_notebooks_folder(name, folder, monkeypatch):
    (folder / f"{name}.py").write_text("open('ran', 'w')\nraise SystemExit")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    press._press.stop()
    assert "fine" in text(export_pdf(notebook(markdown("fine"))))
    assert not (folder / "ran").exists()
