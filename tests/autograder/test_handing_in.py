"""From a running notebook to points: a real Jupyter server, the last cell, collect, grade."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pypdfium2
import pytest
from jupyter_client import BlockingKernelClient
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from autograder.answers.bank import fill, references
from autograder.collecting import collect
from autograder.course import Course, load_course
from autograder.grading.run import grade
from autograder.release import release

from .conftest import cells as points_of

PROJECT = Path(__file__).parents[2]
ASSIGNMENT, NOTEBOOK = "01-backprop-worksheets", "1-exponential-neuron"
TOKEN = "a-token-of-this-test"


@dataclass(frozen=True)
class Server:
    """A Jupyter server of this test, its folder for notebooks and where its kernels' files lie."""

    url: str
    root: Path
    runtime: Path

    def ask(self, method: str, path: str, content: Any = None) -> Any:
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = answer.read()
        return json.loads(body) if body else None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("jupyter")
    root, runtime = folder / "home of ada", folder / "runtime"
    root.mkdir()
    environment = {
        **{k: v for k, v in os.environ.items() if k != "CHAINRULE_GRADING"},
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "XDG_CONFIG_HOME": str(folder / "settings"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--port=0"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stderr=log, stdout=log)
        try:
            yield Server(_url(process, runtime, folder / "log"), root, runtime)
        finally:
            process.terminate()
            process.wait(20)


def _url(process: subprocess.Popen, runtime: Path, log: Path) -> str:
    for _ in range(300):
        for info in runtime.glob("jpserver-*.json"):
            text = info.read_text()
            if text.endswith("}"):
                return json.loads(text)["url"]
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


class Page:
    """A notebook that somebody has opened: a session of the server, its kernel, and saving."""

    def __init__(self, server: Server, path: str, notebook: NotebookNode) -> None:
        self.server, self.path, self.notebook = server, path, notebook
        self.save()
        # As JupyterLab asks for one.
        model = {"path": path, "name": Path(path).name, "type": "notebook"}
        model["kernel"] = {"name": "python3"}
        self.session = server.ask("POST", "api/sessions", model)
        kernel = self.session["kernel"]["id"]
        self.client = BlockingKernelClient()
        self.client.load_connection_file(str(server.runtime / f"kernel-{kernel}.json"))
        self.client.start_channels()
        self.client.wait_for_ready(30)

    def run(self, cell: NotebookNode, replies: tuple[str, ...] = ()) -> str:
        """Run a cell; what it printed comes back."""
        cell.outputs = []
        waiting = list(replies)

        def keep(message: dict) -> None:
            if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                cell.outputs.append(output_from_msg(message))

        answer = self.client.execute_interactive(
            cell.source,
            output_hook=keep,
            allow_stdin=bool(replies),
            stdin_hook=lambda _: self.client.input(waiting.pop(0)),
            timeout=60,
        )
        cell.execution_count = answer["content"]["execution_count"]
        return "".join(out.text for out in cell.outputs if out.output_type == "stream")

    def save(self) -> None:
        content = json.loads(nbformat.writes(self.notebook))
        model = {"type": "notebook", "format": "json", "content": content}
        self.server.ask("PUT", f"api/contents/{urllib.request.quote(self.path)}", model)

    def rename(self, path: str) -> None:
        self.server.ask("PATCH", f"api/contents/{urllib.request.quote(self.path)}", {"path": path})
        model = {"path": path, "name": Path(path).name}
        self.server.ask("PATCH", f"api/sessions/{self.session['id']}", model)
        self.path = path

    def close(self) -> None:
        self.client.stop_channels()
        self.server.ask("DELETE", f"api/sessions/{self.session['id']}")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    folder = tmp_path_factory.mktemp("course")
    config = (PROJECT / "nbgrader_config.py").read_text("utf-8")
    (folder / "nbgrader_config.py").write_text(
        f"{config}\nc.Sandbox.allow_unisolated = True\n", "utf-8"
    )
    place = folder / "source" / ASSIGNMENT
    place.mkdir(parents=True)
    shutil.copy(PROJECT / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", place)
    loaded = load_course(folder)
    release(loaded, ASSIGNMENT)
    return loaded


@pytest.fixture(scope="module")
def filled(course: Course) -> NotebookNode:
    """The released notebook with right answers to three of its questions."""
    path = Path("source", ASSIGNMENT, f"{NOTEBOOK}.ipynb")
    answers = references(nbformat.read(course.root / path, as_version=4))
    del answers["exp_backward"]
    released = course.path("release", ASSIGNMENT) / f"{NOTEBOOK}.ipynb"
    return fill(nbformat.read(released, as_version=4), answers)


def test_a_notebook_handed_in_from_a_jupyter_server_gets_the_points_that_it_has(
    server: Server, course: Course, filled: NotebookNode, tmp_path: Path
) -> None:
    (server.root / "week 1").mkdir()
    page = Page(server, f"week 1/{NOTEBOOK}.ipynb", filled)
    try:
        *work, last = [cell for cell in filled.cells if cell.cell_type == "code"]
        assert last.source == "from chainrule import submit\n\nsubmit()"
        for cell in work:
            page.run(cell)
        said = page.run(last)
        assert said.startswith("✗ Save first. ")
        assert "Nothing was written." in said
        assert not list((server.root / "week 1").glob(f"{ASSIGNMENT}*"))
        page.save()
        assert "✗ Who are you? Write submit(student=" in page.run(last)
        said = page.run(last, ("ada", "Ada Example"))
        page.save()
        page.rename("week 1/mine.ipynb")
        last.source = last.source.replace("submit()", "submit(run=True)")
        again = page.run(last)
    finally:
        page.close()
    assert "✓ Question 1 ·" in said
    assert "· Question 3 ·" in said
    assert "3 of 4 questions answered, 1 empty." in said
    assert "mine.ipynb goes in as 1-exponential-neuron.ipynb." in again
    (link,) = [out for out in last.outputs if out.output_type == "display_data"]
    assert f'<a href="{ASSIGNMENT}-ada.zip" download=' in link.data["text/html"]

    pdf, handed_in = (
        server.root / "week 1" / f"{ASSIGNMENT}-ada.{kind}" for kind in ("pdf", "zip")
    )
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    assert "Ada Example" in document[0].get_textpage().get_text_bounded()
    with zipfile.ZipFile(handed_in) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.namelist() == ["manifest.json", f"{NOTEBOOK}.ipynb"]
    assert (manifest["student"], manifest["name"]) == ("ada", "Ada Example")

    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(handed_in, inbox / "ada.zip")
    collected = collect(course, ASSIGNMENT, [inbox])
    assert [one.student for one in collected.students] == ["ada"]
    direct = course.path("submitted", ASSIGNMENT, "bob") / f"{NOTEBOOK}.ipynb"
    direct.parent.mkdir(parents=True)
    nbformat.write(filled, direct)
    ada, bob = grade(course, ASSIGNMENT, workers=1)
    assert points_of(ada) == points_of(bob)
    assert ada.points == 4  # two of the graph, two of the forward pass; the words are not marked
    assert ada.trouble == bob.trouble == ()
