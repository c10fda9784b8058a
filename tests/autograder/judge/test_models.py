"""Models that are made, filled and trained in the kernel while the judge looks on.

The `ask` fixture runs a test twice: over the socket to another process, and in this one.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from autograder.judge import offers, recipes
from autograder.judge.models import Module
from autograder.judge.remote import Loopback, Offered
from autograder.judge.trial import Missed
from autograder.sandbox.objects import MAX_KEPT, Objects
from tests.autograder.judge.asking import loopback

torch = pytest.importorskip("torch")

X = np.random.default_rng(0).standard_normal((6, 4))
Y = np.array([0, 1, 2, 0, 1, 2])
W = np.random.default_rng(1).standard_normal((4, 3)).astype(np.float32).astype(float)
B = np.array([0.5, -0.25, 0.0])

TRAIN = """
def answer(net, loader, optimizer, loss_fn):
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)
"""


def softmax_step(lr: float) -> tuple[np.ndarray, np.ndarray]:
    """W and b after a step of gradient descent on X and Y."""
    powers = np.exp(X @ W + B)
    by_logits = (powers / powers.sum(1, keepdims=True) - np.eye(3)[Y]) / len(Y)
    return W - lr * X.T @ by_logits, B - lr * by_logits.sum(0)


def trained(entry: Offered) -> tuple:
    train, net = offers.trainer(entry), recipes.linear(W, B)
    loss = train(net, recipes.loader(X, Y, 6), recipes.sgd(net, 0.5), recipes.loss("cross_entropy"))
    return loss, net.state(), net.logits(X)


def test_a_training_function_is_replayed_on_the_judges_network(ask) -> None:
    loss, state, logits = ask(TRAIN, trained)
    weights, bias = softmax_step(0.5)
    assert np.allclose(state["weight"].T, weights, atol=1e-6)
    assert np.allclose(state["bias"], bias, atol=1e-6)
    assert np.allclose(logits, X @ weights + bias, atol=1e-5)
    z = X @ W + B
    assert loss == pytest.approx(np.mean(np.log(np.exp(z).sum(1)) - z[range(6), Y]), rel=1e-5)


MAKER = """
class Net(nn.Module):
    def __init__(self, hidden, activation="relu", *, layers=(1, 2)):
        super().__init__()
        assert type(hidden) is int and layers == (3, 4)
        self.body = nn.Linear(4, hidden)
        self.drop = nn.Dropout(0.5)
    def forward(self, x): return self.drop(self.body(x))
answer = Net
"""


def test_a_class_makes_modules_that_can_be_asked_filled_and_copied(ask) -> None:
    def question(entry: Offered) -> None:
        make = offers.maker(entry)
        first = make(np.int64(3), "tanh", layers=(3, 4))
        second = make(3, layers=(3, 4))
        assert first.parameters == 15
        assert first.layers()[-1].settings["p"] == 0.5
        a, b = first.state(), second.state()
        assert not np.array_equal(a["body.weight"], b["body.weight"])
        make.seed = 7
        same = [make(3, layers=(3, 4)).state()["body.weight"] for _ in range(2)]
        assert np.array_equal(*same)
        copied = first.copy()
        copied.set_state({"body.weight": W.T, "body.bias": B})
        assert np.allclose(copied.logits(X), X @ W + B, atol=1e-6)
        assert np.array_equal(first.state()["body.weight"], a["body.weight"])
        with pytest.raises(Missed, match="RuntimeError"):
            copied.set_state({"body.weight": W.T})
        with pytest.raises(Missed, match=r"Net\(3, 4, 5, layers=\(1,\)\) raised TypeError"):
            make(3, 4, 5, layers=(1,))

    ask(MAKER, question)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def answer(): pass", "answer returned None; expected a torch module"),
        ("def answer(): return torch.ones(3)", "answer returned an? (nd)?array; expected"),
        ("answer = nn.Linear(2, 3).weight", "expected a function, but got a Parameter"),
    ],
)
def test_what_makes_no_module_is_said(source: str, words: str) -> None:
    with pytest.raises(Missed, match=words):
        loopback(source, lambda entry: offers.maker(entry)())


def test_what_is_made_and_is_no_module_says_so_when_it_is_asked() -> None:
    with pytest.raises(Missed, match="expected a torch module, but got a function"):
        loopback("def answer(): return answer", lambda e: offers.maker(e)().logits(X))


def test_results_may_hold_modules_numbers_and_lists_of_them(ask) -> None:
    source = """
def answer(net, settings, sizes):
    other = nn.Linear(2, 2)
    assert settings["net"] is net and sizes == [1, (2,)] and settings["x"].dtype == torch.float32
    return [net, {"loss": [torch.tensor(0.5, requires_grad=True)], "other": other, "n": None}]
"""

    def question(entry: Offered) -> None:
        net = recipes.linear(W, B)
        train = offers.trainer(entry)
        same, told = train(net, {"net": net, "x": X, "lr": 0.1}, sizes=[1, (2,)])
        assert np.allclose(same.state()["weight"].T, W)
        assert told["loss"] == [0.5]
        assert told["n"] is None
        assert told["other"].state()["bias"].shape == (2,)

    ask(source, question)


def test_accuracy_is_counted_on_the_judges_side(ask) -> None:
    source = """
answer = nn.Identity()
"""
    logits = np.array([[3.0, 1, 2], [0, 5, 1], [1, 2, 0], [np.nan, 0, 9]])

    def question(entry: Offered) -> None:
        net = offers.module(entry)
        assert net.accuracy(logits, np.array([0, 1, 2, 2]), batch=3) == 0.5
        assert net.accuracy(logits[:0], np.array([], int)) == 0
        with pytest.raises(Missed, match="expected one row of logits per image"):
            net.accuracy(np.ones((2, 3, 4)), np.array([0, 1]))

    ask(source, question)


def test_a_students_own_model_is_afterwards_as_it_was() -> None:
    net = torch.nn.Sequential(torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 3)).eval()
    net[0].weight.requires_grad_(False)
    before = {key: value.clone() for key, value in net.state_dict().items()}

    def train(module):
        module.train().requires_grad_(True)
        module(torch.ones(2, 4) * torch.rand(2, 4)).sum().backward()
        with torch.no_grad():
            for parameter in module.parameters():
                parameter += 1

    way = Loopback([net, train])
    model, function = way.offered()
    module, replay = Module(model), offers.trainer(function)
    module.set_state({key: value.numpy() * 0 for key, value in before.items()})
    assert not module.state()["1.weight"].any()
    replay(module)
    assert module.state()["1.weight"].all()
    way.close()
    after = net.state_dict()
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert [part.training for part in net.modules()] == [False] * 3
    assert [p.requires_grad for p in net.parameters()] == [False, True, True, True]
    assert net[1].weight.grad is None


def test_a_model_that_cannot_be_put_back_is_said_and_costs_nothing(capsys) -> None:
    net = torch.nn.Linear(4, 3)

    def shrink(module):
        module.weight.data = torch.ones(1)

    way = Loopback([net, shrink])
    model, function = way.offered()
    offers.trainer(function)(Module(model))
    way.close()
    assert "could not be put back as it was before the test" in capsys.readouterr().out


DRAWS = """
import random
def answer(x=None): return [torch.rand(1).item(), np.random.rand(), random.random()]
"""


def test_random_numbers_depend_on_the_question_alone(ask) -> None:
    def question(entry: Offered) -> list:
        draw = offers.trainer(entry)
        first, second = draw(), draw()
        assert first != second
        draw.seed = 3
        assert draw() == draw()
        return [first, second, draw()]

    set_up = "import torch, random, numpy as np\nfrom torch import nn\n"
    found = ask(DRAWS, question, set_up)
    spoilt = "torch.manual_seed(9); np.random.seed(9); random.seed(9)\n"
    assert ask(spoilt + DRAWS, question, set_up) == found


def test_questions_leave_the_random_numbers_of_later_cells_alone() -> None:
    import random

    torch.manual_seed(3)
    np.random.seed(3)
    random.seed(3)
    wanted = [torch.rand(1).item(), np.random.rand(), random.random()]
    torch.manual_seed(3)
    np.random.seed(3)
    random.seed(3)
    loopback(
        "def answer(): return nn.Sequential(nn.Dropout(np.random.rand()), nn.Linear(4, 2))",
        lambda entry: offers.maker(entry)().logits(np.ones((1, 4)), training=True),
        "import numpy as np\nimport torch\nfrom torch import nn\n",
    )
    assert [torch.rand(1).item(), np.random.rand(), random.random()] == wanted


def test_recipes_are_what_they_say() -> None:
    source = """
def answer(mlp, dropout, norm, adam, momentum, data, device, mse, y):
    images, labels = data[1]
    return {
        "mlp": str(mlp), "training": [dropout.training, norm.training],
        "adam": type(adam).__name__, "rates": [adam.param_groups[0]["lr"],
                                               momentum.param_groups[0]["momentum"]],
        "data": [images, labels], "dtypes": [str(images.dtype), str(labels.dtype), str(y.dtype)],
        "device": str(device), "mse": mse(images, images),
    }
"""

    def question(entry: Offered) -> dict:
        mlp = recipes.mlp(W, B, np.eye(3), np.zeros(3))
        dropout = recipes.dropout_probe(W, B, training=False)
        norm = recipes.batch_norm_probe(W, B)
        told = offers.trainer(entry)(
            *(mlp, dropout, norm, recipes.adam(mlp, 0.01), recipes.sgd(mlp, 0.1, momentum=0.9)),
            *(recipes.dataset(X, Y), recipes.device(), recipes.loss("mse"), Y),
        )
        told["logits"] = mlp.logits(X)
        told["modes"] = [dropout.logits(X, training=mode) for mode in (False, True)]
        return told

    told = loopback(source, question)
    assert told["mlp"].count("Linear") == 2
    assert told["mlp"].count("ReLU") == 1
    assert told["training"] == [False, True]
    assert told["adam"] == "Adam"
    assert told["rates"] == pytest.approx([0.01, 0.9])
    assert np.allclose(told["data"][0], X[1])
    assert told["data"][1] == 1
    assert told["dtypes"] == ["torch.float32", "torch.int64", "torch.int64"]
    assert (told["device"], told["mse"]) == ("cpu", 0)
    assert np.allclose(told["logits"], np.maximum(X @ W + B, 0), atol=1e-5)
    assert np.allclose(told["modes"][0], X @ W + B, atol=1e-5)
    assert np.allclose(told["modes"][1], np.tile(B, (6, 1)))


def test_a_recipe_that_was_given_to_nobody_cannot_be_asked() -> None:
    with pytest.raises(RuntimeError, match="'linear' was given to nobody yet"):
        recipes.linear(W, B).state()


def test_a_trainer_makes_a_network_before_it_is_called() -> None:
    def question(entry: Offered) -> np.ndarray:
        return offers.trainer(entry).make(recipes.linear(W, B)).logits(X)

    assert np.allclose(loopback("def answer(): pass", question), X @ W + B, atol=1e-5)


def test_objects_are_let_go_when_the_question_is_over() -> None:
    objects = Objects([print])
    kept = objects.keep([1])
    assert objects[kept.index] == [1]
    objects.close()
    with pytest.raises(LookupError, match="not there any more"):
        objects[kept.index]
    assert objects[0] is print


def test_more_objects_than_a_question_needs_are_refused_and_forgotten(ask) -> None:
    source = f"""
def answer(many):
    return [nn.Identity() for _ in range(10_000 if many else {MAX_KEPT})]
"""

    def question(entry: Offered) -> int:
        make = offers.trainer(entry)
        with pytest.raises(Missed, match="more objects than can be looked at"):
            make(True)
        return len(make(False))

    assert ask(source, question) == MAX_KEPT


def test_a_kernel_without_torch_says_so_in_words() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np\n"
        "from autograder.judge import offers, recipes\n"
        "from autograder.judge.remote import Loopback\n"
        "from autograder.judge.trial import Missed\n"
        "(entry,) = Loopback([lambda *more: 1]).offered()\n"
        "for ask in (offers.module(entry).state, lambda: offers.trainer(entry)(),\n"
        "            lambda: offers.trainer(entry)(recipes.loss('mse'))):\n"
        "    try:\n"
        "        ask()\n"
        "    except Missed as missed:\n"
        "        print(missed)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.count("torch is not there in this kernel") == 3
