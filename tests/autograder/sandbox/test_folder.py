"""What a killed run leaves behind goes with the next one, and nothing else does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import folder
from autograder.sandbox.folder import filled_folder, make_folder, remove_abandoned, remove_folder

pytestmark = pytest.mark.skipif(folder.fcntl is None, reason="this system has no locks")

HOLD = """
import sys
from autograder.sandbox.folder import make_folder
print(make_folder("run").path, make_folder("kernel").path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Path:
    """An empty folder for temporary files, which nobody has looked through yet."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    remove_abandoned.cache_clear()
    return tmp_path


@pytest.fixture
def other_run(place: Path):
    """Another process with two folders of its own, and what they are."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    folders = [Path(path) for path in process.stdout.readline().split()]
    yield process, folders
    process.kill()
    process.communicate()


def look(place: Path) -> None:
    remove_abandoned.cache_clear()
    remove_abandoned(str(place))


def test_what_a_killed_run_left_is_removed_by_the_next_and_a_living_runs_stays(place, other_run):
    process, folders = other_run
    (folders[0] / "deep" / "er").mkdir(parents=True)
    (folders[0] / "deep" / "er" / "file").write_text("x")
    (folders[0] / "deep").chmod(0)
    folders[1].chmod(0)
    own = make_folder("run")
    look(place)
    assert all(path.is_dir() for path in folders), "its owner lives"
    process.send_signal(signal.SIGKILL)
    process.wait()
    look(place)
    assert [path for path in folders if path.exists()] == []
    assert os.listdir(place) == [os.path.basename(own.path)]
    remove_folder(own)
    assert os.listdir(place) == []


def test_the_first_folder_of_a_process_is_when_it_looks(place, other_run):
    process, _ = other_run
    process.kill()
    process.wait()
    with filled_folder([("data/x.txt", b"beside")]) as own:
        assert Path(own, "data", "x.txt").read_bytes() == b"beside"
        assert os.listdir(place) == [os.path.basename(own)]
    assert os.listdir(place) == []


def test_other_names_links_and_files_are_left_alone(place, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "precious").write_text("x")
    (place / "chainrule-run-link").symlink_to(elsewhere)
    (place / "chainrule-run-file").write_text("x")
    (place / "chainrule-fonts-1").mkdir()
    (place / "chainrule-run-1").mkdir()
    look(place)
    left = {"chainrule-run-link", "chainrule-run-file", "chainrule-fonts-1"}
    assert set(os.listdir(place)) == left
    assert (elsewhere / "precious").exists()


def test_another_users_folder_is_left_alone(place, monkeypatch):
    (place / "chainrule-kernel-1").mkdir()
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    look(place)
    assert os.listdir(place) == ["chainrule-kernel-1"]


@pytest.mark.skipif(getattr(os, "geteuid", int)() != 0, reason="only root gives folders away")
def test_root_removes_what_it_gave_to_a_kernels_user_and_not_what_is_a_persons(place):
    for name, user in (("chainrule-run-kernels", 61200), ("chainrule-run-persons", 1000)):
        (place / name).mkdir()
        os.chown(place / name, user, user)
    look(place)
    assert os.listdir(place) == ["chainrule-run-persons"]


def test_a_folder_that_is_being_made_while_another_run_looks_is_made_anew(place, monkeypatch):
    lock, made = folder._lock, []

    def taken_first(path: str):
        made.append(path)
        if len(made) == 1:
            os.rmdir(path)  # the other run took it for an abandoned one
        return lock(path)

    monkeypatch.setattr(folder, "_lock", taken_first)
    own = make_folder("run")
    assert made == [made[0], own.path]
    assert os.listdir(place) == [os.path.basename(own.path)]
    remove_folder(own)


NEST = """
import os, sys
os.chdir(sys.argv[1])
for _ in range(int(sys.argv[2])):
    open("file", "w").close()
    os.symlink("/", "link")
    os.mkdir("d" * int(sys.argv[3]))
    os.chdir("d" * int(sys.argv[3]))
os.chmod(".", 0)
os.chmod("..", 0)
"""


@pytest.mark.parametrize(("depth", "letters"), [(30, 200), (3_000, 1)])
def test_folders_that_no_path_and_no_stack_reaches_are_removed_too(place, depth, letters):
    killed = place / "chainrule-run-killed"
    killed.mkdir()
    (killed / "shut").mkdir(mode=0)
    command = [sys.executable, "-c", NEST, str(killed), str(depth), str(letters)]
    subprocess.run(command, check=True)
    look(place)
    assert os.listdir(place) == []


def test_what_cannot_be_removed_is_logged_and_costs_nothing(place, monkeypatch, caplog):
    own = make_folder("run")

    def busy(*_, **__):
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(os, "rmdir", busy)
    remove_folder(own)
    assert "could not be removed: [Errno 16]" in caplog.text
