"""`ZygoteProvisioner`: how Jupyter gets a jailed kernel from the zygote.

Registered as `chainrule-zygote` in `jupyter_client.kernel_provisioners`; a
kernel spec asks for it by name (`kernel_spec`). The kernel speaks over UNIX
sockets in a folder of its own, because it has no network.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, Dict, Integer, List, Unicode

from autograder.sandbox.folder import Folder, make_folder, remove_folder
from autograder.sandbox.isolation import Jail, Limits
from autograder.sandbox.launch import LOG, Launch
from autograder.sandbox.surroundings import hidden_paths, kernel_environment, readable_paths
from autograder.sandbox.usage import usage
from autograder.sandbox.zygote import KernelProcess, zygote_of_this_worker

NAME = "chainrule-zygote"
FILE = "-f"  # what comes before the connection file in a kernel's command

_POLL_SECONDS = 0.002


class ZygoteProvisioner(KernelProvisionerBase):
    """Starts a kernel by a fork of this worker's zygote.

    `start_kernel(cwd=…, judge_channel=socket)`: the folder that the kernel may
    write to, and the kernel's end of the channel to its judge (it may be closed
    once the kernel has started). An `env` is not taken over: a kernel's
    environment is clean, with `environment` added.
    """

    limits = Dict(help="Fields of autograder.sandbox.isolation.Limits.")
    readable = List(Unicode(), help="More paths that the kernel may read.")
    preload = List(Unicode(), help="More modules that the zygote imports.")
    environment = Dict(help="More environment variables for the kernel.")
    seed = Integer(0, help="For Python's, NumPy's and torch's random numbers.")
    max_output = Integer(1_000_000, help="Characters that one cell may print.")
    other_user = Bool(False, help="Become another user without a file tree of its own too.")
    show_checks = Bool(False, help="Let the kernel read the checks, to grade without a judge.")

    process: KernelProcess | None = None
    jail: Jail | None = None
    folder: str | None = None
    private: str | None = None
    _own: Folder | None = None

    @property
    def has_process(self) -> bool:
        return self.process is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        manager = self.parent
        if manager is None or manager.transport != "ipc":
            raise ValueError("A jailed kernel has no network: set its manager's transport to ipc.")
        self._own = make_folder("kernel")
        self.private = self._own.path
        for name in ("home", "root", "tmp"):
            os.mkdir(os.path.join(self.private, name))
        manager.connection_file = os.path.join(self.private, "connection.json")
        manager.ip = os.path.join(self.private, "socket")
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        command = manager.format_kernel_cmd(extra_arguments=kwargs.pop("extra_arguments", []))
        return await super().pre_launch(cmd=command, **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        channel: socket.socket | None = kwargs.get("judge_channel")
        zygote = zygote_of_this_worker()
        checks = hidden_paths()
        self.folder = os.path.realpath(kwargs.get("cwd") or os.path.join(self.private, "home"))
        launch = Launch(
            connection_file=self.parent.connection_file,
            arguments=tuple(cmd[cmd.index(FILE) + 2 :]),
            environment=kernel_environment(self.private, self.environment),
            folder=self.folder,
            private=os.path.realpath(self.private),
            readable=(*readable_paths(), *self.readable, *(checks if self.show_checks else ())),
            hidden=() if self.show_checks else checks,
            limits=Limits(**self.limits),
            seed=self.seed,
            max_output=self.max_output,
            other_user=self.other_user,
        )
        self.process = zygote.launch(launch, tuple(self.preload), channel)
        self.jail = zygote.jail
        return self.connection_info

    async def poll(self) -> int | None:
        return 0 if self.process is None else self.process.poll()

    async def wait(self) -> int | None:
        status = 0
        if self.process is not None:
            while (status := self.process.poll()) is None:
                await asyncio.sleep(_POLL_SECONDS)
            self.process = None
        return status

    async def send_signal(self, signum: int) -> None:
        if self.process is not None:
            self.process.send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it started; returns when they are gone."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            while self.process.poll() is None:
                await asyncio.sleep(_POLL_SECONDS)

    async def terminate(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        if self._own is not None and not restart:
            remove_folder(self._own)
            self.private = self._own = None

    def last_words(self) -> str:
        """What a kernel said that died before it was ready."""
        log = Path(self.private, LOG)
        return log.read_text(errors="replace")[-2000:] if log.is_file() else ""

    def excess(self) -> str:
        """Which limit the whole submission has passed by now, in words; empty if none."""
        if self.process is None or self.process.poll() is not None:
            return ""
        used = usage(self.process.pid, (self.folder, self.private))
        return used.excess(Limits(**self.limits))


class OneKernelSpec(KernelSpecManager):
    """Knows one kernel and gives it for every name: a notebook has no say in what runs it."""

    config_of_provisioner = Dict(help="Traits of ZygoteProvisioner.")

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return kernel_spec(**self.config_of_provisioner)


def kernel_spec(**config: Any) -> KernelSpec:
    """The spec of a jailed Python kernel; `config` are traits of ZygoteProvisioner."""
    return KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", FILE, "{connection_file}"],
        display_name="Python (jailed)",
        language="python",
        metadata={"kernel_provisioner": {"provisioner_name": NAME, "config": config}},
    )
