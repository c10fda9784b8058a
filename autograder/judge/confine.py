"""The judge's own jail: it reads what a stranger wrote, so it may do little else.

A judge holds two sockets and needs no file but Python's, the checks' own, and the data
sets on which it measures.
Applied by each judge to itself, before it hears of a kernel. Where a machine
lacks a wall the others still stand: no student's code runs here.
"""

from __future__ import annotations

import logging
import os
import resource
import site
import sys
import sysconfig
from pathlib import Path

import numpy as np

import chainrule
from autograder.judge import images
from autograder.sandbox import landlock, namespaces, seccomp
from autograder.sandbox.syscalls import known_machine

log = logging.getLogger(__name__)

MEMORY = 4 << 30
"""Bytes of address space for one judge; NumPy and the checks alone map about 1 GB."""

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
"""The system's: what scikit-learn, which has the sample's digits, loads on first use."""

DEVICES = ("/dev/null", "/dev/urandom")


def confine() -> tuple[str, ...]:
    """Put the walls up around this process, for good; returns those that stand.

    "memory" is limited; of "files" Python, the packages and data sets can be read and
    nothing can be written; there is no "network". Where Landlock is new enough
    no process outside can be sent a signal; only root could start another.
    """
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    walls = ["memory"]
    if known_machine():
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        for wall, put_up in (("files", _files), ("network", _network)):
            try:
                put_up()
            except OSError as error:
                log.info("the judge does without its wall around %s: %s", wall, error)
            else:
                walls.append(wall)
    return tuple(walls)


def _files() -> None:
    namespaces.drop_privileges()  # the first to go: root's would see past some of the rest
    landlock.restrict(_readable(), (), DEVICES)


def _network() -> None:
    seccomp.apply_filter(inet=False, feign_ownership=False)


def _readable() -> set[str]:
    """Python, packages and libraries, for late imports, and data sets."""
    folders = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    folders |= {site.getusersitepackages(), *site.getsitepackages()}
    folders.add(str(Path(np.__file__).parents[1]))  # wherever packages were really found
    folders |= {str(Path(chainrule.__file__).parent), str(Path(__file__).parents[1])}
    folders |= set(LIBRARIES)
    return folders | {folder for folder in images.folders() if os.path.isdir(folder)}
