"""Brings a handed-in notebook back to the cells that were released. Pure: bytes in, notebook out.

    decode → parse → one format → match with the release → restore

`docs/repair.md` has the rules. Nothing here runs, writes or looks at anything but its arguments.
"""

from autograder.repair.run import Repaired, Unrepairable, repair, restored
from autograder.repair.salvage import Unreadable, salvage

__all__ = ["Repaired", "Unreadable", "Unrepairable", "repair", "restored", "salvage"]
