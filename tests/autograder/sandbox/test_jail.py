"""What a submission cannot reach: each wall, by trying to get through it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import autograder
from autograder.sandbox.isolation import NO_JAIL, Jail, probe_machine

from .conftest import HERE, run_jailed

PROJECT = Path(__file__).parents[3]
CHECKS = Path(autograder.__file__).parent / "checks"

REACH = """
import os, socket, sys
def attempt(name, action):
    try:
        print(name, "REACHED", action())
    except BaseException as error:
        print(name, "refused", type(error).__name__)
"""


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """A file of another student, and what listens outside of the jail."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "answer.txt").write_text("SECRET-OF-ANOTHER")
    return folder


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return tmp_path_factory.mktemp("own")


def refused(own: Path, *attempts: str, **limits) -> list[str]:
    cell = REACH + "\n".join(f"attempt({i}, lambda: {a})" for i, a in enumerate(attempts))
    ran = run_jailed(own, cell, **limits)
    lines = [line for line in ran.said().splitlines() if line]
    assert len(lines) == len(attempts), ran.said()
    assert not [line for line in lines if "REACHED" in line]
    return lines


def test_the_machine_says_what_isolates():
    assert probe_machine() == HERE
    assert all(line.partition(": ")[2] for line in HERE.lines())


def test_no_wall_is_no_isolation():
    assert not NO_JAIL.isolated
    assert "files: NOT ISOLATED" in Jail(namespaces=("pid", "network")).lines()
    assert Jail(landlock=6, seccomp=True).isolated
    assert not Jail(landlock=5, seccomp=True).isolated  # signals get out


def test_the_checks_and_the_course_cannot_be_read(own):
    refused(
        own,
        f"open({str(CHECKS / '__init__.py')!r}).read()",
        f"os.listdir({str(CHECKS)!r})",
        f"os.listdir({str(PROJECT / 'source')!r})",
        "__import__('autograder.checks').checks",
        "__import__('autograder.judge.registry')",
        f"os.listdir({str(PROJECT / '.git')!r})",
    )


def test_another_students_folder_cannot_be_read_written_or_changed(own, outside):
    secret = str(outside / "answer.txt")
    refused(
        own,
        f"open({secret!r}).read()",
        f"os.listdir({str(outside)!r})",
        f"open({str(outside / 'new')!r}, 'w')",
        f"os.symlink({secret!r}, 'link') or open('link').read()",
        f"os.link({secret!r}, 'hard')",
        f"os.chmod({secret!r}, 0o777)",
        f"os.utime({secret!r})",
        f"os.unlink({secret!r})",
        f"os.truncate({secret!r}, 0)",
    )
    assert (outside / "answer.txt").read_text() == "SECRET-OF-ANOTHER"


def test_python_and_the_system_can_be_read_but_not_written(own):
    refused(
        own,
        "open(os.__file__, 'a')",
        "open('/etc/new', 'w')",
        "open('/usr/new', 'w')",
        "open(sys.prefix + '/new', 'w')",
        "os.chmod(os.__file__, 0o777)",
        "open('/etc/shadow').read()",
        "open('/dev/mem', 'rb')",
        "open('/proc/sys/kernel/core_pattern', 'w')",
    )
    ran = run_jailed(own, "import wave, sqlite3, ctypes, pdb; print('read')")
    assert ran.said() == "read\n"


def test_processes_outside_do_not_exist_and_cannot_be_signalled(own):
    me = os.getpid()
    refused(
        own,
        f"open('/proc/{me}/environ').read()",
        f"open('/proc/{me}/cmdline').read()",
        f"os.kill({me}, 9)",
        "os.kill(os.getppid(), 9) or os.getppid() == 0 or 1/0"
        if "pid" not in HERE.namespaces
        else f"os.killpg({me}, 9)",
        "open(f'/proc/{os.getppid()}/environ').read()",
        "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    )
    ran = run_jailed(
        own, "import os; print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit()))"
    )
    assert ran.said() == "[1, 2]\n"


def test_the_environment_holds_nothing_of_the_graders(own, monkeypatch):
    monkeypatch.setenv("COURSE_SECRET", "SECRET-IN-ENVIRONMENT")
    look = (
        "import os; print(dict(os.environ)); print(open('/proc/self/environ').read());"
        "print(open('/proc/1/cmdline').read())"
    )
    said = run_jailed(own, look).said()
    assert "SECRET" not in said
    assert "zygote_loop" in said
    assert "PYTHONHASHSEED" in said


def test_the_network_leads_nowhere(own, outside):
    with socket.create_server(("127.0.0.1", 0)) as tcp:
        port = tcp.getsockname()[1]
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
            socket.socket(socket.AF_UNIX) as unix,
            socket.socket(socket.AF_UNIX) as abstract,
        ):
            udp.bind(("127.0.0.1", 0))
            udp.settimeout(0.2)
            unix.bind(str(outside / "socket"))
            os.chmod(outside / "socket", 0o777)
            unix.listen()
            abstract.bind("\0chainrule-test")
            abstract.listen()
            refused(
                own,
                f"socket.create_connection(('127.0.0.1', {port}), 1)",
                "socket.create_connection(('1.1.1.1', 80), 1)",
                "socket.getaddrinfo('example.org', 80)",
                f"socket.socket(socket.AF_UNIX).connect({str(outside / 'socket')!r})",
                "socket.socket(socket.AF_UNIX).connect('\\0chainrule-test')",
                "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
                "socket.socket(socket.AF_VSOCK)",
            )
            send = (
                "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
                f".sendto(b'x', ('127.0.0.1', {udp.getsockname()[1]}))"
            )
            run_jailed(own, send)
            with pytest.raises(TimeoutError):
                udp.recv(1)


def test_risky_system_calls_are_refused(own):
    source = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    print(name, getattr(libc, name)(*arguments), os.strerror(ctypes.get_errno()))
call("ptrace", 16, 1, 0, 0)
call("unshare", 0x10000000)
call("mount", b"tmpfs", b"/tmp", b"tmpfs", 0, None)
call("setns", 3, 0)
call("chroot", b"/tmp")
call("setuid", 0)
call("process_vm_readv", 1, None, 0, None, 0, 0)
call("keyctl", 0) if hasattr(libc, "keyctl") else print("keyctl -1 Operation not permitted")
"""
    lines = run_jailed(own, source).said().splitlines()
    assert len(lines) == 8
    # setuid: a user namespace that maps one user does not even know number 0
    known = ("-1 Operation not permitted", "setuid -1 Invalid argument")
    assert all(any(word in line for word in known) for line in lines), lines


def test_no_privilege_is_left_nor_can_be_had_again(own):
    look = (
        "print([l for l in open('/proc/self/status') "
        "if l.startswith(('Cap', 'NoNewPrivs', 'Seccomp:'))])"
    )
    said = run_jailed(own, look).said()
    assert "NoNewPrivs:\\t1" in said
    assert "Seccomp:\\t2" in said
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd"):
        assert f"{kind}:\\t0000000000000000" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="for root")
def test_started_as_root_the_kernel_is_somebody_who_owns_nothing(own):
    assert run_jailed(own, "import os; print(os.getuid() > 60000)").said() == "True\n"


def test_the_graders_descriptors_are_closed(own):
    look = """
import os
found = []
for name in os.listdir('/proc/self/fd'):
    try:
        target = os.readlink(f'/proc/self/fd/{name}')
    except OSError:
        continue
    if not target.startswith(('pipe:', 'socket:', 'anon_inode:', '/proc/', '/dev/')):
        found.append(target)
print(found)
"""
    assert run_jailed(own, look).said() == "[]\n"


def test_what_notebooks_need_works(own):
    ran = run_jailed(
        own,
        "import numpy as np, tempfile, matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
        "open('weights.bin', 'wb').write(b'x' * 1000); print(open('weights.bin').read(3))",
        "with tempfile.TemporaryFile() as f: f.write(b'1'); print('temporary')",
        "!echo shell",
        "import multiprocessing as mp\n"
        "with mp.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, -2]))",
        "import getpass, os.path; print(getpass.getuser(), os.path.exists('/tmp'))",
        "import shutil; print(shutil.copy('weights.bin', 'copy.bin'))",
        "print(sum(map(len, mp.get_all_start_methods())) > 0, os.cpu_count() > 0)",
        "import subprocess, sys; "
        "print(subprocess.run([sys.executable, '-c', 'import numpy; print(numpy.pi)'],"
        "capture_output=True, text=True).stdout)",
    )
    assert [ran.status(i) for i in range(len(ran.cells))] == ["ran"] * len(ran.cells)
    assert "image/png" in ran.said(0)
    assert ran.said(3).strip() == "shell"
    assert ran.said(4) == "[1, 2]\n"
    assert ran.said(5) == "student True\n"
    assert ran.said(8).startswith("3.14")


def test_random_numbers_are_the_same_in_every_run(own):
    source = "import random, numpy; print(random.random(), numpy.random.rand(), hash('a'))"
    assert run_jailed(own, source).said() == run_jailed(own, source).said()


def test_the_judges_channel_reaches_the_kernel_and_is_not_in_its_environment(own):
    ran = run_jailed(
        own,
        "from autograder.sandbox import probe; import os\n"
        "print(probe._channel.family.name, any('FD' in k for k in os.environ))",
    )
    assert ran.said() == "AF_UNIX False\n"


def test_a_runner_that_is_killed_leaves_no_process(tmp_path):
    script = tmp_path / "runner.py"
    script.write_text(
        "import nbformat\n"
        "from autograder.sandbox.execute import ExecuteAll\n"
        "from nbformat.v4 import new_code_cell, new_notebook\n"
        'cell = \'import subprocess, time; subprocess.Popen(["sleep", "987"],'
        ' start_new_session=True); print(1); open("up", "w"); time.sleep(60)\'\n'
        "ExecuteAll().preprocess(new_notebook(cells=[new_code_cell(cell)]),"
        f" {{'metadata': {{'path': {str(tmp_path)!r}}}}})\n"
    )
    runner = subprocess.Popen([sys.executable, str(script)])
    _wait_for((tmp_path / "up").exists)
    assert _running("sleep", "987")
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    _wait_for(lambda: not _running("sleep", "987"))


def _wait_for(condition, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _running(*command: str) -> bool:
    wanted = "\0".join(command).encode() + b"\0"
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes() == wanted:
                return True
        except OSError:  # it has just ended
            continue
    return False


def test_the_runner_itself_needs_no_thread_of_its_own_for_a_kernel(own):
    before = threading.active_count()
    run_jailed(own, "1")
    assert threading.active_count() <= before + 1
