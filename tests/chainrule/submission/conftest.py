"""Nobody has handed in before on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.submission import identity


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "settings"
    monkeypatch.setattr(identity, "user_config_path", lambda *_, **__: folder)
    for variable in ("CHAINRULE_GRADING", "JPY_SESSION_NAME"):
        monkeypatch.delenv(variable, raising=False)
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for notebooks, in which the kernel works."""
    place = tmp_path / "nets of ada"
    place.mkdir()
    monkeypatch.chdir(place)
    return place
