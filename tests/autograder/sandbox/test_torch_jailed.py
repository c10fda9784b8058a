"""Torch in the jail: preloaded, on one thread, the same in every run; loaders and training work."""

from __future__ import annotations

from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.sandbox import surroundings, zygote
from autograder.sandbox.isolation import Jail

from .conftest import HERE, run_jailed

pytest.importorskip("torch")
pytest.importorskip("torchvision")

LOADER = """
import torch
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.arange(32.).reshape(16, 2), torch.arange(16))
loader = DataLoader(data, batch_size=4, shuffle=True, num_workers=2)
print([labels.tolist() for images, labels in loader])
"""
TRAINING = """
from torch import nn
model = nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.1),
                      nn.Linear(8, 16))
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1)
for epoch in range(2):
    for images, labels in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
    scheduler.step()
    print(f"{loss.item():.6f}")
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def test_torch_is_there_before_a_notebook_asks_and_has_one_thread(own):
    ran = run_jailed(
        own,
        "import sys; print([name in sys.modules for name in "
        "('torch', 'torch._dynamo', 'torchvision', 'torchvision.transforms.v2')])",
        "import torch; print(torch.get_num_threads(), torch.cuda.is_available())",
        "import os; before = set(os.listdir('/proc/self/task'))\n"
        "x = torch.randn(300, 300, requires_grad=True); (x @ x).sum().backward()\n"
        "print(len(set(os.listdir('/proc/self/task')) - before))",
    )
    assert ran.said(0) == "[True, True, True, True]\n"
    assert ran.said(1) == "1 False\n"
    assert ran.said(2) == "0\n"


def test_the_probe_can_ask_a_module_though_its_source_cannot_be_read(own):
    ran = run_jailed(
        own,
        "from autograder.sandbox import torch_probe; import os, torch\n"
        "print(torch_probe.layers(torch.nn.Linear(2, 3))['parameters'],"
        " os.path.exists(torch_probe.__file__))",
    )
    assert ran.said() == "[[3, 2], [3]] False\n"


@pytest.fixture
def importable(tmp_path, monkeypatch):
    """A folder from which a new zygote can import."""
    environment = surroundings.zygote_environment() | {"PYTHONPATH": str(tmp_path)}
    monkeypatch.setattr(zygote, "zygote_environment", lambda: environment)
    monkeypatch.setattr(zygote, "_of_this_process", None)
    return tmp_path


def test_a_broken_module_is_said_and_stops_no_kernel(own, importable, capfd):
    # As a torchvision beside another torch: "operator torchvision::nms does not exist".
    (importable / "mismatched.py").write_text("raise RuntimeError('no such operator')")
    config = Config({"Sandbox": {"preload": ["mismatched"]}})
    assert run_jailed(own, "print('goes on')", config=config).said() == "goes on\n"
    assert "`import mismatched` fails: no such operator" in capfd.readouterr().err


def test_a_loader_with_workers_and_a_training_loop_run(own):
    ran = run_jailed(
        own,
        LOADER,
        TRAINING,
        "torch.save(model.state_dict(), 'weights.pt')\nprint(sorted(torch.load('weights.pt'))[:2])",
        "from torchvision.transforms import v2\n"
        "print(v2.Normalize([0.5], [0.5])(torch.ones(1, 2, 2)).sum().item())",
        timeout=30,
    )
    assert [ran.status(i) for i in range(4)] == ["ran"] * 4, ran.said(0) + ran.said(1)
    assert ran.said(0).count("[") == 5
    assert len(ran.said(1).split()) == 2
    assert "['0.bias', '0.weight']" in ran.said(2)
    assert ran.said(3) == "4.0\n"


ONLY_LANDLOCK = """
from autograder.sandbox import jail
from autograder.sandbox.isolation import Jail
everything = jail.probe_here
def probe_here():
    here = everything()
    return Jail(landlock=here.landlock, seccomp=here.seccomp)
jail.probe_here = probe_here
"""


@pytest.mark.skipif(
    not Jail(landlock=HERE.landlock, seccomp=HERE.seccomp).isolated, reason="Landlock is too old"
)
def test_a_loader_with_workers_does_without_them_where_there_are_no_namespaces(own, importable):
    (importable / "sitecustomize.py").write_text(ONLY_LANDLOCK)
    source = LOADER.replace("=2)", "=2, prefetch_factor=3, persistent_workers=True, timeout=9)")
    ran = run_jailed(own, source, TRAINING, timeout=30)
    assert not ran.execute.jail.namespaces
    assert ran.said(0).count("[") == 5
    assert len(ran.said(1).split()) == 2


DRAWS = """
import copy, os, pickle, random, secrets, tempfile, multiprocessing as mp, numpy as np, torch
print(random.random(), random.Random().random(), random.Random(5).random())
print(np.random.rand(), np.random.default_rng().random(), np.random.RandomState().rand())
print(np.random.Generator(np.random.PCG64()).random(), np.random.SeedSequence().entropy)
print(random.SystemRandom().random(), secrets.randbelow(10**9), secrets.token_hex(4))
print(torch.rand(1).item(), torch.seed(), torch.rand(1).item(), torch.initial_seed())
random.seed(); np.random.seed()
print(random.random(), np.random.rand(), random.sample(range(100), 5))
print(hash("chain"), hash(("rule", 1.5)), list({"b", "a", "c"}))
with mp.get_context("fork").Pool(1) as pool:
    print(pool.apply(random.random), pool.apply(np.random.default_rng).random())
"""
SAME = """
rng = np.random.default_rng()
again = pickle.loads(pickle.dumps(rng))
assert again.random() == rng.random()
assert isinstance(rng, np.random.Generator) and isinstance(random.Random(), random.Random)
assert copy.deepcopy(random.Random()).random() != random.Random().random()
assert pickle.loads(pickle.dumps(random.Random(3))).random() == random.Random(3).random()
assert np.random.default_rng(3).random() == 0.08564916714362436
assert random.Random(5).random() == 0.6229016948897019
assert np.random.default_rng().random() != np.random.default_rng().random()
class Mine(random.Random):
    def seed(self, *more): super().seed(7)
assert Mine().random() == random.Random(7).random()
print("as ever")
"""


def test_two_runs_draw_the_same_numbers_whatever_they_draw_from(own, monkeypatch):
    first = run_jailed(own, DRAWS, LOADER, SAME, timeout=30)
    monkeypatch.setattr(zygote, "_of_this_process", None)  # as on another day
    second = run_jailed(own, DRAWS, LOADER, SAME, timeout=30)
    assert first.status(0) == "ran", first.said(0)
    assert len(first.said(0).splitlines()) == 8
    assert first.said(0) == second.said(0)
    assert first.said(1) == second.said(1)
    assert first.said(2) == "as ever\n"


def test_another_seed_draws_other_numbers(own):
    source = "import numpy as np; print(np.random.rand(), np.random.default_rng().random())"
    other = run_jailed(own, source, config=Config({"Sandbox": {"seed": 1}})).said()
    for mine, theirs in zip(run_jailed(own, source).said().split(), other.split(), strict=True):
        assert mine != theirs


def test_forked_children_draw_numbers_of_their_own(own):
    source = """
import os, random, numpy as np
def in_child():
    reads, writes = os.pipe()
    if os.fork() == 0:
        os.write(writes, f"{random.random()} {np.random.default_rng().random()} ".encode())
        os._exit(0)
    os.wait()
    return os.read(reads, 1000).decode()
numbers = (in_child() + in_child()).split() + [random.random(), np.random.default_rng().random()]
print(len({float(n) for n in numbers}))
"""
    assert run_jailed(own, source).said() == "6\n"
