"""`chainrule data`: fetch, and say where."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from chainrule.cli import app
from chainrule.datasets import DataError

from .conftest import Answer


def run(*arguments: str):
    return CliRunner().invoke(app, ["data", *arguments])


def test_get_fetches_and_says_where(tiny) -> None:
    result = run("get", "mnist", "cifar10")
    assert result.exit_code == 0
    assert f"✓ mnist: 12 + 12 images, {tiny.folder}" in result.output
    assert "✓ cifar10: 10 + 12 images" in result.output


def test_what_cannot_be_had_is_a_failed_command_and_the_rest_is_fetched(tiny, mirror) -> None:
    mirror.answers = [Answer(status=404)]
    result = run("get", "mnist", "cifar10")
    assert result.exit_code == 1
    assert "✗ mnist" in result.output
    assert "✓ cifar10" in result.output


def test_get_sample_says_how_to_work_with_it() -> None:
    result = run("get", "sample")
    assert result.exit_code == 0
    assert "set CHAINRULE_DATASET=sample to work with it" in result.output


def test_another_name_is_a_wrong_usage() -> None:
    assert run("get", "imagenet").exit_code == 2


def test_where_says_what_is_there(tiny, monkeypatch) -> None:
    run("get", "mnist")
    result = run("where")
    assert result.exit_code == 0
    assert str(tiny.folder) in result.output
    assert "✓ mnist" in result.output
    assert "✗ cifar10: chainrule data get cifar10" in result.output
    monkeypatch.setenv("CHAINRULE_DATASET", "sample")
    assert "CHAINRULE_DATASET=sample: notebooks use the sample, whatever is here." in (
        run("where").output
    )
    answer = json.loads(run("where", "--json").output)
    expected = {"mnist": True, "cifar10": False}
    assert answer == {"folder": str(tiny.folder), "complete": expected, "sample": True}


def test_a_notebook_shows_the_message_and_none_of_our_source() -> None:
    assert DataError("no room")._render_traceback_() == ["DataError: no room"]
