"""The version, as Python and the command say it."""

import subprocess
import sys
from importlib.metadata import version

from typer.testing import CliRunner

import chainrule
from chainrule.cli import app


def test_the_package_and_the_command_say_the_version():
    assert chainrule.__version__ == version("chainrule")
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.output == f"chainrule {version('chainrule')}\n"


def test_the_package_has_no_other_names_of_its_own_making():
    assert not hasattr(chainrule, "no_such_name")


def test_a_package_that_was_never_installed_still_says_something():
    program = (
        "import importlib.metadata as m, chainrule\n"
        "def version(name): raise m.PackageNotFoundError(name)\n"
        "m.version = version\n"
        "print(chainrule.__version__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "unknown\n", done.stderr
