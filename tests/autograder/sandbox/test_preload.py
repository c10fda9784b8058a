"""Notebooks that name torch find it imported; others do not carry it."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from .conftest import run_jailed

LOADED = "import sys; print('tor' 'ch' in sys.modules)"


def test_a_notebook_without_torch_does_not_carry_it(tmp_path):
    assert run_jailed(tmp_path, LOADED).said() == "False\n"


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
def test_a_notebook_that_names_torch_finds_it_there(tmp_path):
    assert run_jailed(tmp_path, LOADED, "# with torch").said(0) == "True\n"


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
def test_torch_can_be_imported_without_being_named(tmp_path):
    ran = run_jailed(tmp_path, "it = __import__('tor' 'ch'); print(it.ones(2).sum().item())")
    assert ran.said() == "2.0\n"
