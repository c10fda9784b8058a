"""A file comes whole and verified, or the error says what to do; a broken download goes on."""

from __future__ import annotations

import errno
import random
import shutil
import socket
import threading
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest

from chainrule.datasets import DataError, download
from chainrule.datasets.download import fetch
from chainrule.datasets.sources import RemoteFile

from .conftest import Answer, Mirror, offered

CONTENT = random.Random(0).randbytes(300_000)


@pytest.fixture
def file(mirror: Mirror) -> RemoteFile:
    return offered(mirror, "images.gz", CONTENT)


def names(folder: Path) -> set[str]:
    """What a download left in a folder, apart from its lock."""
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


def test_a_file_comes_whole_and_says_how_large_it_is(file, tmp_path, capsys) -> None:
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert names(tmp_path) == {"images.gz"}
    assert "images.gz  0.3 MB of 0.3 MB (100%)" in capsys.readouterr().out


def test_what_is_there_is_not_fetched_again(file, mirror, tmp_path) -> None:
    (tmp_path / "images.gz").write_bytes(CONTENT)
    fetch(file, tmp_path)
    assert mirror.asked == []


def test_a_download_that_breaks_off_goes_on_where_it_stopped(file, mirror, tmp_path) -> None:
    mirror.answers = [Answer(stop_after=100_000), Answer(stop_after=50_000)]
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert [span for _, span in mirror.asked] == [None, "bytes=100000-", "bytes=150000-"]


def test_the_part_of_an_earlier_run_is_gone_on_with(file, mirror, tmp_path) -> None:
    (tmp_path / "images.gz.part").write_bytes(CONTENT[:200_000])
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == [("images.gz", "bytes=200000-")]
    assert names(tmp_path) == {"images.gz"}


def test_a_part_that_is_whole_is_only_checked(file, mirror, tmp_path) -> None:
    (tmp_path / "images.gz.part").write_bytes(CONTENT)
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == []


def test_a_part_that_is_longer_than_the_file_is_thrown_away(file, mirror, tmp_path) -> None:
    (tmp_path / "images.gz.part").write_bytes(CONTENT + b"more")
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == [("images.gz", None)]


def test_a_server_that_cannot_go_on_is_asked_for_the_whole_file(file, mirror, tmp_path) -> None:
    (tmp_path / "images.gz.part").write_bytes(b"?" * 200_000)
    mirror.answers = [Answer(ranges=False)]
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert len(mirror.asked) == 1


def test_a_part_of_something_else_is_found_by_the_sum_and_fetched_again(
    file, mirror, tmp_path, capsys
) -> None:
    (tmp_path / "images.gz.part").write_bytes(b"?" * 200_000)
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert [span for _, span in mirror.asked] == ["bytes=200000-", None]
    assert "fetching it again" in capsys.readouterr().out


def test_a_corrupt_file_is_replaced(file, tmp_path) -> None:
    (tmp_path / "images.gz").write_bytes(CONTENT[:-1] + b"?")
    assert fetch(file, tmp_path).read_bytes() == CONTENT


def test_wrong_bytes_are_fetched_again_once_and_never_kept(file, mirror, tmp_path) -> None:
    mirror.answers = [Answer(body=b"?" * len(CONTENT))] * 2
    with pytest.raises(DataError, match="corrupt"):
        fetch(file, tmp_path)
    assert len(mirror.asked) == 2
    assert names(tmp_path) == set()
    assert fetch(file, tmp_path).read_bytes() == CONTENT


def test_a_mirror_that_has_not_got_the_file_is_passed_over(file, mirror, tmp_path) -> None:
    mirror.answers = [Answer(status=404)]
    both = replace(file, addresses=(mirror.address + "gone", *file.addresses))
    assert fetch(both, tmp_path).read_bytes() == CONTENT
    assert [name for name, _ in mirror.asked] == ["gone", "images.gz"]


def test_the_next_mirror_goes_on_with_what_the_first_one_sent(file, mirror, tmp_path) -> None:
    mirror.answers = [Answer(stop_after=1000), Answer(stop_after=0)]
    both = replace(file, addresses=file.addresses * 2)
    assert fetch(both, tmp_path).read_bytes() == CONTENT
    assert [span for _, span in mirror.asked] == [None, "bytes=1000-", "bytes=1000-"]


def test_a_slow_mirror_is_left_for_the_next_and_taken_if_there_is_no_better(
    file, mirror, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(download, "_TRIAL", -1)
    monkeypatch.setattr(download, "_SLOW", float("inf"))
    monkeypatch.setattr(download, "_CHUNK", 1000)
    mirror.answers = [Answer(), Answer(status=404)]
    both = replace(file, addresses=(file.addresses[0], mirror.address + "gone"))
    assert fetch(both, tmp_path).read_bytes() == CONTENT
    assert mirror.asked == [
        ("images.gz", None),
        ("gone", "bytes=1000-"),
        ("images.gz", "bytes=1000-"),
    ]


def test_an_error_page_in_the_place_of_the_file_is_refused_and_the_part_kept(
    file, mirror, tmp_path
) -> None:
    (tmp_path / "images.gz.part").write_bytes(CONTENT[:1000])
    mirror.answers = [Answer(body=b"<html>Log in</html>", ranges=False)]
    with pytest.raises(DataError, match="log-in page"):
        fetch(file, tmp_path)
    assert (tmp_path / "images.gz.part").read_bytes() == CONTENT[:1000]


def test_the_error_says_what_was_tried_what_is_kept_and_every_way_out(
    file, mirror, tmp_path
) -> None:
    mirror.answers = [Answer(stop_after=120_000), *[Answer(status=503)] * 3]
    with pytest.raises(DataError) as caught:
        fetch(file, tmp_path)
    message = str(caught.value)
    for part in (
        f"{mirror.address}images.gz: it answers 503",
        "goes on after the first 0.1 MB",
        str(tmp_path / "images.gz"),
        "CHAINRULE_DATA ",
        "CHAINRULE_DATASET=sample",
    ):
        assert part in message
    assert (tmp_path / "images.gz.part").stat().st_size == 120_000


def test_a_machine_without_network_is_told_so(file, tmp_path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(DataError, match="no network was found"):
        fetch(replace(file, addresses=(f"http://127.0.0.1:{port}/images.gz",)), tmp_path)


def test_while_grading_nothing_is_asked_of_the_network(file, mirror, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CHAINRULE_GRADING", "1")
    with pytest.raises(DataError, match="while grading nothing is downloaded"):
        fetch(file, tmp_path)
    assert mirror.asked == []


def test_a_full_disk_is_noticed_before_the_download(file, mirror, tmp_path, monkeypatch) -> None:
    usage = namedtuple("usage", "total used free")(10**9, 10**9, 100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DataError, match="disk is full"):
        fetch(file, tmp_path)
    assert mirror.asked == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EACCES, "may not be opened or written"),
        (errno.EROFS, "may not be opened or written"),
        (errno.EIO, "could not be read or written"),
    ],
)
def test_what_the_disk_refuses_is_said_with_a_way_out(
    file, tmp_path, monkeypatch, number, words
) -> None:
    opened = Path.open

    def refusing(path: Path, mode: str = "r", *args: object):
        if path.suffix == ".part" and mode != "rb":
            raise OSError(number, "refused", str(path))
        return opened(path, mode, *args)

    monkeypatch.setattr(Path, "open", refusing)
    with pytest.raises(DataError, match=words) as caught:
        fetch(file, tmp_path)
    assert "CHAINRULE_DATA" in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_said(file, tmp_path) -> None:
    (tmp_path / "images.gz").mkdir()
    with pytest.raises(DataError, match=r"images\.gz is in the way"):
        fetch(file, tmp_path)


def test_a_file_in_the_place_of_the_folder_is_said(file, tmp_path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(DataError, match="data is in the way"):
        fetch(file, tmp_path / "data")
    with pytest.raises(DataError, match="is in the way"):
        fetch(file, tmp_path / "data" / "below")


def test_of_two_notebooks_at_once_one_fetches_and_the_other_waits(
    file, mirror, tmp_path, capsys
) -> None:
    mirror.held = threading.Event()
    found: list[bytes] = []

    def notebook() -> None:
        found.append(fetch(file, tmp_path).read_bytes())

    first, second = threading.Thread(target=notebook), threading.Thread(target=notebook)
    first.start()
    second.start()
    output = ""
    while "waiting for it" not in output and second.is_alive() and first.is_alive():
        output += capsys.readouterr().out
    mirror.held.set()
    first.join()
    second.join()
    assert found == [CONTENT, CONTENT]
    assert len(mirror.asked) == 1
