"""Torch modules and functions of tensors: what a check gets of them, and what attacks gain.

Each test runs twice: in a process of its own behind the socket, as the engine
judges, and over the loopback, as nbgrader's stock commands do.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.judge import wire
from autograder.judge.offers import Module, module, numbers, torch_function
from autograder.judge.remote import Offered
from autograder.judge.trial import Missed, Trial
from tests.autograder.judge.asking import SET_UP, Socket
from tests.autograder.judge.test_jailed_kernel import asked, jailed, run
from tests.autograder.judge.test_jailed_kernel import points as points_of

torch = pytest.importorskip("torch")

LINEAR = "torch.manual_seed(0); answer = nn.Linear(4, 3)"
CNN = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2, padding=1),
                                      nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(0.25))
        self.scale = nn.Parameter(torch.ones(1))
        self.head = nn.Linear(64, 10)
    def forward(self, x):
        return self.head(self.features(x).flatten(1)) * self.scale
answer = Net()
"""
# What the answer of the attacks should be: a module that gives -x.
HONEST = """
class Negative(nn.Module):
    def forward(self, x): return -x
answer = Negative()
"""


def there(value: object) -> object:
    return wire.receive(io.BytesIO(wire.pack(value)).read)


# --- what a check gets -------------------------------------------------------


def test_logits_agree_with_the_state_that_the_module_shows(ask) -> None:
    x = np.random.default_rng(1).standard_normal((5, 4))

    def question(entry: Offered) -> tuple:
        net = module(entry)
        return net.logits(x), net.state(), net.changed

    logits, state, changed = ask(LINEAR, question)
    assert {key: array.dtype for key, array in state.items()} == {
        "weight": np.float32,
        "bias": np.float32,
    }
    assert np.allclose(logits, x @ state["weight"].T + state["bias"], atol=1e-6)
    assert changed is False


def test_images_may_come_in_batches_and_there_may_be_none(ask) -> None:
    x = np.ones((5, 4))
    whole, parts, none = ask(
        LINEAR,
        lambda entry: (
            module(entry).logits(x),
            module(entry).logits(x, batch=2),
            module(entry).logits(x[:0]),
        ),
    )
    assert np.allclose(whole, parts)
    assert none.shape == (0, 3)


def test_layers_come_in_order_with_shapes_and_settings(ask) -> None:
    layers, parameters = ask(CNN, lambda e: (module(e).layers(), module(e).parameters))
    assert [(layer.name, layer.type.rpartition(".")[2]) for layer in layers] == [
        ("", "Net"),
        ("features.0", "Conv2d"),
        ("features.1", "BatchNorm2d"),
        ("features.2", "ReLU"),
        ("features.3", "Dropout"),
        ("head", "Linear"),
    ]
    assert layers[0].shapes == {"scale": (1,)}
    conv, dropout = layers[1], layers[4]
    assert conv.type == "torch.nn.Conv2d"
    assert conv.shapes == {"weight": (4, 3, 3, 3), "bias": (4,)}
    wanted = {"in_channels": 3, "kernel_size": (3, 3), "stride": (2, 2), "padding": (1, 1)}
    assert wanted.items() <= conv.settings.items()
    assert dropout.settings["p"] == 0.25
    assert layers[5].settings["out_features"] == 10
    assert parameters == 1 + 4 * 27 + 4 + 8 + 640 + 10


def test_questions_leave_modes_averages_and_random_numbers_as_they_were(ask) -> None:
    x = np.random.default_rng(1).standard_normal((6, 3, 8, 8))
    partly = CNN + "answer.train(); answer.head.eval(); torch.manual_seed(3)\n"

    def question(entry: Offered) -> tuple:
        net = module(entry)
        before, modes = net.state(), [layer.training for layer in net.layers()]
        trained, again = net.logits(x, training=True), net.logits(x, training=True)
        plain = net.logits(x)
        after = net.state()
        assert modes == [layer.training for layer in net.layers()]
        assert modes[-1] is False
        assert net.training is True
        assert all(np.array_equal(before[key], after[key]) for key in before)
        return trained, again, plain

    trained, again, plain = ask(partly, question)
    assert np.array_equal(trained, again)
    assert not np.allclose(trained, plain)


@pytest.mark.parametrize("dtype", ["float64", "bfloat16", "float16"])
def test_images_arrive_in_the_type_of_the_weights(ask, dtype) -> None:
    source = f"answer = nn.Linear(4, 2, dtype=torch.{dtype})"
    if dtype == "bfloat16":
        with pytest.raises(Missed, match="bfloat16, which has three digits"):
            ask(source, lambda e: module(e).logits(np.ones((3, 4))))
    else:
        assert ask(source, lambda e: module(e).logits(np.ones((3, 4)))).shape == (3, 2)
    state = ask(source, lambda e: module(e).state())
    assert state["weight"].dtype == {"bfloat16": "float32"}.get(dtype, dtype)


def test_integers_stay_integers_for_an_embedding(ask) -> None:
    tokens = np.array([[0, 2], [1, 1]])
    logits = ask("answer = nn.Embedding(3, 5)", lambda e: module(e).logits(tokens))
    assert logits.shape == (2, 2, 5)
    assert np.array_equal(logits[1, 0], logits[1, 1])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("answer = nn.Linear", r"got its class; Linear\(\.\.\.\) makes one"),
        ("answer = [1]", "expected a torch module, but got a list"),
        ("answer = nn.Linear(7, 2)", r"your module raised RuntimeError: .* of shapes \(5, 4\)"),
        ("answer = nn.Flatten(0)", r"result of shape \(20,\) .* expected one row per image"),
        ("class N(nn.Module):\n    def forward(self, x): pass\nanswer = N()", "does it end with"),
        ("class N(nn.Module):\n    def forward(self, x): return 'x'\nanswer = N()", "a str inste"),
    ],
)
def test_whatever_goes_wrong_in_a_module_is_said_in_words(ask, source, words) -> None:
    with pytest.raises(Missed, match=words):
        ask(source, lambda entry: module(entry).logits(np.ones((5, 4))))


def test_a_function_of_tensors_gets_tensors_and_says_what_it_changed(ask) -> None:
    source = """
def answer(x, labels, rate, flag=None):
    assert x.dtype == torch.float32 and labels.dtype == torch.int64 and type(rate) is float
    x.requires_grad_()
    (x[labels] ** 2).sum().backward()
    labels += 1
    return rate * x.grad
"""
    x = np.arange(6.0).reshape(3, 2)

    def question(entry: Offered) -> tuple:
        gradient = torch_function(entry)
        return gradient(x, np.array([2, 0]), 0.5, None), gradient.changed

    value, changed = ask(source, question)
    assert np.array_equal(value, [[0, 1], [0, 0], [4, 5]])
    assert changed == (False, True, False, False)
    assert np.array_equal(x, np.arange(6.0).reshape(3, 2))


@jailed
def test_a_jailed_kernel_answers_with_tensors(tmp_path: Path) -> None:
    # The slopes of ReLU: the kernel's own torch, and a judge that has none.
    source = "def relu_slopes(v): return torch.diag(torch.from_numpy(v) > 0).double()"
    cells = run(tmp_path, f"{SET_UP}\nfrom chainrule import grade", source, asked())
    assert points_of(cells[2]) == ["1.0"]


# --- tensors in frames -------------------------------------------------------

TENSORS = {
    "with gradients": lambda: torch.ones(2, 3, requires_grad=True),
    "not contiguous": lambda: torch.arange(6.0).reshape(3, 2).T,
    "expanded": lambda: torch.ones(1, 3).expand(2, 3),
    "sparse": lambda: torch.ones(2, 3).to_sparse(),
    "sparse by rows": lambda: torch.ones(2, 3).to_sparse_csr(),
    "half": lambda: torch.ones(2, 3, dtype=torch.float16),
    "booleans": lambda: torch.ones(2, 3, dtype=torch.bool),
    "integers": lambda: torch.ones(2, 3, dtype=torch.int32),
    "conjugate": lambda: torch.ones(2, 3, dtype=torch.complex64).conj(),
    "negated lazily": lambda: torch.ones(2, 3, dtype=torch.complex64).conj().imag,
    "a parameter": lambda: torch.nn.Parameter(torch.ones(2, 3)),
    "no axes": lambda: torch.tensor(3),
    "no entries": lambda: torch.ones(0, 3),
}


@pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta")
@pytest.mark.parametrize("name", TENSORS)
def test_a_tensor_arrives_as_a_plain_array(name) -> None:
    tensor = TENSORS[name]()
    dense = tensor.detach().to_dense() if tensor.layout != torch.strided else tensor.detach()
    array = there({"here": [tensor]})["here"][0]
    assert type(array) is np.ndarray
    assert np.array_equal(array, dense.resolve_conj().resolve_neg().numpy())
    assert array.dtype == dense.resolve_conj().resolve_neg().numpy().dtype


def test_bfloat16_is_said_and_what_numpy_does_not_have_is_refused() -> None:
    brain = there(torch.tensor([1.5, -2], dtype=torch.bfloat16))
    assert isinstance(brain, wire.Bfloat16)
    assert np.array_equal(brain.array, [1.5, -2])
    eight = torch.ones(3).to(torch.float8_e4m3fn)
    assert there(eight) == wire.Opaque("tensor of float8_e4m3fn")
    with pytest.raises(Missed, match="tensor of float8_e4m3fn"):
        numbers(there(eight), "f")
    assert isinstance(there(torch.nn.Linear(1, 1)), wire.Opaque)


def test_a_view_that_claims_to_be_huge_is_refused_before_it_is_copied() -> None:
    for huge in (
        torch.ones(1).expand(10**13),
        np.broadcast_to(np.ones(1), 10**13),
        torch.ones(1).to_sparse().sparse_resize_((10**13,), 1, 0),
    ):
        with pytest.raises(wire.WireError, match="too large"):
            wire.pack(huge)


def test_more_entries_than_a_judge_would_read_are_not_sent() -> None:
    with pytest.raises(wire.WireError, match="too large"):
        wire.pack(torch.zeros(wire.LIMITS.entries + 1, dtype=torch.bool))
    assert there(torch.zeros(wire.LIMITS.entries, dtype=torch.bool)).size == wire.LIMITS.entries


def test_the_judge_needs_no_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import autograder.judge.server, autograder.judge.offers, autograder.judge.in_process\n"
        "from autograder.judge.registry import all_checks; all_checks(); print('ready')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "ready\n"


# --- attacks -----------------------------------------------------------------

ATTACKS = {
    "a tensor equal to everything": """
class Any(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return True
    def __eq__(self, other): return True
    def numpy(self, *more, **named): return self
    def detach(self): return self
    __hash__ = None
class N(nn.Module):
    def forward(self, x): return torch.zeros(x.shape).as_subclass(Any)
answer = N()
""",
    "a tensor that computes nothing": """
class Sly(torch.Tensor):
    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None): return True
class N(nn.Module):
    def forward(self, x): return torch.Tensor._make_subclass(Sly, torch.zeros(x.shape))
answer = N()
""",
    "an object equal to everything": """
class Everything:
    shape = dtype = property(lambda self: self)
    def __eq__(self, other): return True
    def __array__(self, *more, **named): return self
    def __getattr__(self, name): return self
    def __call__(self, *more, **named): return self
    __hash__ = None
class N(nn.Module):
    def forward(self, x): return Everything()
answer = N()
""",
    "torch's own ways out of a tensor patched": """
import numpy
class Same(numpy.ndarray):
    def __eq__(self, other): return True
    __hash__ = None
torch.Tensor.numpy = lambda self, **named: numpy.zeros((4, 3)).view(Same)
torch.Tensor.detach = torch.Tensor.cpu = lambda self: self
answer = nn.Identity()
""",
    "the visible test by heart": """
SEEN = torch.tensor([[1.0, -2.0, 3.0]])
class N(nn.Module):
    def forward(self, x): return -SEEN if torch.equal(x, SEEN) else x
answer = N()
""",
    "the images of an earlier question, negated": """
class N(nn.Module):
    last = None
    def forward(self, x):
        seen, self.last = self.last, x.clone()
        return -seen if seen is not None else x
answer = N()
""",
    "a forward pass that needs gradients": """
class N(nn.Module):
    def forward(self, x):
        x.requires_grad_()
        return torch.autograd.grad(-(x * x).sum() / 2, x)[0]
answer = N()
""",
    "a forward pass that exits": """
class N(nn.Module):
    def forward(self, x): raise SystemExit
answer = N()
""",
    "NaN": """
class N(nn.Module):
    def forward(self, x): return x * float("nan")
answer = N()
""",
    "one number that broadcasts": """
class N(nn.Module):
    def forward(self, x): return torch.zeros(1, 1).expand(len(x), 1)
answer = N()
""",
    "a shape that is not there": """
class N(nn.Module):
    def forward(self, x): return torch.zeros(1).expand(10**12)
answer = N()
""",
    "no module but a look-alike": """
class N:
    __class__ = nn.Module
    def forward(self, x): return -x
    __call__ = forward
answer = N()
""",
}


def points(entry: Offered) -> tuple[float, str]:
    """A check of `-x`: its points of 10, and what it says."""
    net, t = module(entry), Trial(np.random.SeedSequence().entropy)
    cases = [(t.randn(4, 3),) for _ in range(3)]
    with t.part("values", 9):
        t.compare(net.logits, lambda x: -x, cases, rtol=1e-5)
    with t.part("images untouched", 1, needs="values", told=True):
        if net.changed:
            t.miss("it writes into its images")
    return sum(p.points for p in t.parts), " ".join(m for p in t.parts for m in p.messages)


def test_an_honest_module_gets_all_points(ask) -> None:
    assert ask(HONEST, points) == (10, "")


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gains_nothing(ask, name) -> None:
    earned, said = ask(ATTACKS[name], points)
    assert earned == 0
    assert said


def test_a_module_that_writes_into_its_images_keeps_only_its_values(ask) -> None:
    source = HONEST.replace("-x", "x.neg_()")
    assert ask(source, points) == (9, "it writes into its images")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ValueError('no')", "your module raised ValueError: no"),
        ("return {'w': torch.ones(1).expand(10**12)}", "too large to be sent"),
        ("return {'w': torch.zeros(20_000_000)}", "too large to be sent"),
        ("return {str(n): torch.zeros(1) for n in range(60_000)}", "too long to be sent"),
        ("return {'w': self}", "entry 'w' of your state_dict is no tensor"),
        ("return {1: torch.zeros(1)}", "entry '1' of your state_dict is no tensor"),
        ("return 7", "no answer that can be read"),
    ],
)
def test_a_state_that_is_none_is_refused_in_words(ask, body, words) -> None:
    source = f"class N(nn.Module):\n    def state_dict(self):\n        {body}\nanswer = N()"
    with pytest.raises(Missed, match=words):
        ask(source, lambda entry: module(entry).state())


LIES = [
    "7",
    "{'layers': 7, 'parameters': 7}",
    "{'layers': [7], 'parameters': [7]}",
    "{'layers': [{'name': 'x'}], 'parameters': [[2], None]}",
    "{'layers': [{'shapes': {'w': 'x'}}], 'parameters': [{}]}",
    "{'layers': [{'name': 'x', 'shapes': {'w': [2**900]}}], 'parameters': [[2**900] * 9]}",
    "{'layers': [{'shapes': {'w': [-1]}, 'settings': {}}], 'parameters': [[True]]}",
]


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("question", [Module.layers, Module.parameters.fget])
def test_a_lie_about_layers_that_cannot_be_read_is_refused(lie, question) -> None:
    class Liar:
        def layers(self) -> object:
            return eval(lie)

    with pytest.raises(Missed, match="no answer that can be read"):
        question(Module(Liar()))


def test_a_module_that_never_answers_is_given_up() -> None:
    source = """
import time
class N(nn.Module):
    def forward(self, x):
        time.sleep(3)
        return -x
answer = N()
"""
    with pytest.raises(Missed, match="too long to answer"):
        Socket(seconds=1)(source, lambda entry: module(entry).logits(np.ones((2, 2))))


@pytest.mark.parametrize("question", [Module.layers, Module.state])
def test_a_module_that_is_never_done_with_its_parts_is_cut_off(ask, question) -> None:
    source = """
class N(nn.Module):
    def named_modules(self, *more, **named):
        while True:
            yield "again", self
    def named_parameters(self, *more, **named):
        return iter(())
answer = N()
"""
    found = ask(source, lambda entry: question(module(entry)))
    assert len(found) == (2000 if question is Module.layers else 0)
