"""`autograder doctor`: can hostile work be graded on this machine?"""

from __future__ import annotations

from dataclasses import asdict

import typer

from autograder.options import AsJson
from autograder.terminal import out, print_json


def doctor(as_json: AsJson = False) -> None:
    """What isolation, fonts, torch, cores and memory this machine has, and what to do about it.

    Tries every wall of the sandbox out and starts two kernels. Exit code 1 if
    work that may be hostile cannot be graded here.
    """
    from autograder.doctor.findings import can_grade_untrusted, examine, to_table

    findings = examine()
    able = can_grade_untrusted(findings)
    if as_json:
        rows = [asdict(finding) for finding in findings]
        print_json({"can_grade_untrusted": able, "findings": rows})
    else:
        out.print(to_table(findings))
        say = "[green]can[/]" if able else "[red]cannot[/]"
        out.print(f"Untrusted work {say} be graded on this machine.")
    if not able:
        raise typer.Exit(1)
