"""What the documents say to type works, in the order in which they say it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.answers.bank import fill, references

ROOT = Path(__file__).parents[1]
ASSIGNMENT = "01-backprop-worksheets"
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}


def commands(document: str) -> list[list[str]]:
    """The lines of a document's sh blocks, without comments."""
    text = (ROOT / document).read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one notebook, and an inbox with one student's work."""
    import nbformat

    folder = tmp_path_factory.mktemp("course")
    (notebook,) = (ROOT / "source" / ASSIGNMENT).glob("1-*.ipynb")
    place = folder / "source" / ASSIGNMENT
    place.mkdir(parents=True)
    shutil.copy(notebook, place)
    config = (ROOT / "nbgrader_config.py").read_text("utf-8")
    # The only student here is ours, so that this also runs where nothing can be isolated.
    trusting = f"{config}\nc.Sandbox.allow_unisolated = True\n"
    (folder / "nbgrader_config.py").write_text(trusting, "utf-8")
    (folder / "answers" / ASSIGNMENT).mkdir(parents=True)
    for answers in (ROOT / "answers" / ASSIGNMENT).glob("exp_*"):
        shutil.copytree(answers, folder / "answers" / ASSIGNMENT / answers.name)
    subprocess.run(["autograder", "release", ASSIGNMENT], cwd=folder, env=ENVIRONMENT, check=True)
    released = nbformat.read(folder / "release" / ASSIGNMENT / notebook.name, as_version=4)
    filled = fill(released, references(nbformat.read(notebook, as_version=4)))
    inbox = folder / "INBOX" / "ada"
    inbox.mkdir(parents=True)
    nbformat.write(filled, inbox / notebook.name)
    (folder / "roster.csv").write_text("id,name,canvas_id\nada,Ada Example,501\n", "utf-8")
    return folder


def test_the_instructors_page_can_be_typed_from_top_to_bottom(course: Path) -> None:
    typed = commands("docs/instructors.md")
    assert len(typed) >= 9
    for command in typed:
        done = subprocess.run(
            command, cwd=course, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
    for made in (
        "feedback/ada",
        f"pdf/{ASSIGNMENT}",
        f"grades/{ASSIGNMENT}.csv",
        "grades.csv",
        f"grades/{ASSIGNMENT}-canvas.csv",
    ):
        assert (course / made).exists(), made


def test_the_page_on_pdfs_can_be_typed_after_it(course: Path) -> None:
    for command in commands("docs/pdf.md"):
        done = subprocess.run(
            command, cwd=course, env=ENVIRONMENT, capture_output=True, check=False
        )
        assert done.returncode == 0, shlex.join(command)
    folder = course / "pdf" / ASSIGNMENT
    for made in ("ada-1-exponential-neuron.json", "template-1-exponential-neuron.pdf"):
        assert (folder / made).is_file(), made
    for made in ("written", "instructor"):
        assert (folder / made / "ada-1-exponential-neuron.pdf").is_file(), made


def test_the_page_on_training_can_be_typed(course: Path, tmp_path: Path) -> None:
    typed = commands("docs/training.md")
    assert typed
    for command in typed:
        done = subprocess.run(
            command,
            cwd=course,
            env={**ENVIRONMENT, "CHAINRULE_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"


def test_the_page_on_gradescope_can_be_typed(course: Path) -> None:
    (command,) = commands("docs/gradescope.md")
    done = subprocess.run(
        command, cwd=course, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (course / "dist" / f"{ASSIGNMENT}-autograder.zip").is_file()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_command_named_elsewhere_exists(document: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for command in commands(document):
        program = Path(command[0]).name
        if program == "make":
            assert command[1] in targets
        else:
            help_text = subprocess.run(
                [program, command[1], "--help"], env=ENVIRONMENT, capture_output=True, check=False
            )
            assert help_text.returncode == 0, shlex.join(command)


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_folder_map_names_every_folder() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    folders = {name.split("/")[0] for name in tracked if "/" in name and name[0] != "."}
    named = set(re.findall(r"^\| `(\w+)/` \|", (ROOT / "README.md").read_text("utf-8"), re.M))
    assert named == folders
