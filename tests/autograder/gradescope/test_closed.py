"""Another user and closed folders are walls, but only where all that is secret is closed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import isolation
from autograder.sandbox.isolation import Jail, closing

BARE = Jail(seccomp=True)
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_they_hold_processes_and_files_only_together():
    assert Jail(seccomp=True, other_user=True, closed=True).isolated
    for jail in (BARE, Jail(seccomp=True, other_user=True), Jail(seccomp=True, closed=True)):
        assert not jail.isolated
    assert not Jail(other_user=True, closed=True).isolated, "nothing holds the network"


@pytest.mark.skipif(not ROOT, reason="only root has another user")
def test_a_folder_is_closed_if_it_or_one_above_it_is():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed
        os.chmod(folder, 0o755)
        place = Path(folder, "a", "b")
        place.mkdir(parents=True)
        opened = closing(BARE, [str(place)])
        assert not opened.isolated
        assert opened.missing == (f"permissions: {place} is open to other users",)
        place.parent.chmod(0o700)
        assert closing(BARE, [str(place)]).isolated
        os.chown(place.parent, 65000, 65000)
        assert not closing(BARE, [str(place)]).isolated, "it is another user's own"


def test_an_ordinary_user_has_no_other_one(monkeypatch):
    monkeypatch.setattr(isolation.os, "geteuid", lambda: 1000)
    jail = closing(BARE, ["/root"])
    assert not jail.isolated
    assert jail.missing == ("permissions: only root has another user",)
