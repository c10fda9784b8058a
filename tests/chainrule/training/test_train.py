"""What is trained is kept, known again, and gone on with after a stop."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from chainrule.training import TrainingError, train
from chainrule.training.progress import Progress

from .conftest import Data, line, train_line


def test_a_run_is_trained_once_and_loaded_after_that(capsys):
    first, model = train_line(config={"lr": 0.1}, data=Data())
    assert first.trained
    assert first.problem == ""
    assert first.history["train_loss"] == [1.0, 1 / 2, 1 / 3]
    second, _ = line()
    asked = {"config": {"lr": 0.1}, "data": Data()}
    run = train("line", second, lambda k: pytest.fail("trained"), 3, **asked)
    assert run == first
    np.testing.assert_array_equal(second["w"], model["w"])
    assert "loaded from artifacts/line.safetensors" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"config": {"lr": 0.2}}, "lr was 0.1 and is 0.2"),
        ({"config": {}}, "lr is no longer there"),
        ({"config": {"lr": 0.1, "batch": 8}}, "batch is new"),
        ({"epochs": 4}, "epochs was 3 and is 4"),
        ({"seed": 7}, "seed was 0 and is 7"),
        ({"data": Data(is_sample=False, fingerprint="ff")}, "the data were toy (0123456789ab"),
        ({"data": None}, "and are not named"),
    ],
)
def test_what_was_asked_for_otherwise_is_trained_anew_and_says_why(capsys, changed, words):
    asked = {"config": {"lr": 0.1}, "data": Data(), "epochs": 3}
    train_line(**asked)
    capsys.readouterr()
    run, _ = train_line(**(asked | changed))
    said = capsys.readouterr().out
    assert "line: training anew, because " in said
    assert words in said
    assert run.epochs == changed.get("epochs", 3)
    assert "Trained in" in said


def test_again_trains_anew(capsys):
    train_line()
    capsys.readouterr()
    train_line(again=True)
    assert "Trained in" in capsys.readouterr().out


def test_weights_that_were_exchanged_are_not_taken(folder, capsys):
    train_line()
    train_line(name="other", seed=3)
    (folder / "artifacts/other.safetensors").replace(folder / "artifacts/line.safetensors")
    train_line()
    assert "not those that the record beside them was written for" in capsys.readouterr().out


def test_the_files_hold_weights_and_record_and_nothing_is_left_beside_them(folder):
    from safetensors.numpy import load_file

    _, model = train_line(config={"lr": np.float64(0.1), "sizes": (3, 2)}, data=Data())
    assert sorted(path.name for path in (folder / "artifacts").iterdir()) == [
        "line.json",
        "line.safetensors",
    ]
    np.testing.assert_array_equal(load_file(folder / "artifacts/line.safetensors")["w"], model["w"])
    record = json.loads((folder / "artifacts/line.json").read_text())
    assert record["schema"] == 1
    assert record["config"] == {"lr": 0.1, "sizes": [3, 2]}
    assert record["data"] == {
        "name": "toy",
        "is_sample": True,
        "fingerprint": "0123456789abcdef",
    }
    assert record["architecture"] == {"w": [[3, 2], "float64"], "b": [[2], "float32"]}
    assert {"python", "numpy", "chainrule"} <= set(record["versions"])


def stopped(after: int, model: dict, epoch, error: type[BaseException] = KeyboardInterrupt):
    """An epoch that is stopped by hand after so many."""

    def until(k: int):
        if k == after:
            model["w"] += 99.0  # half an epoch
            raise error
        return epoch(k)

    return until


@pytest.mark.parametrize("after", [1, 2])
def test_a_stopped_run_goes_on_as_if_it_had_not_been(capsys, after):
    whole, right = train_line(4, name="whole")
    model, epoch = line()
    with pytest.raises(KeyboardInterrupt):
        train("line", model, stopped(after, model, epoch), 4)
    assert f"Stopped. {after} of 4 epochs are saved" in capsys.readouterr().out
    np.random.seed(99)  # another kernel, another day
    run, model = train_line(4)
    assert f"going on after epoch {after} of 4" in capsys.readouterr().out
    assert run.history == whole.history
    np.testing.assert_array_equal(model["w"], right["w"])


def test_own_generators_go_on_as_well():
    def run(name: str, stop: int | None) -> np.ndarray:
        generator, model = np.random.default_rng(5), {"w": np.zeros(4)}

        def epoch(k: int) -> dict[str, float]:
            if k == stop:
                raise KeyboardInterrupt
            model["w"] += generator.normal(size=4)
            return {"train_loss": 1.0}

        train(name, model, epoch, 3, generators=[generator])
        return model["w"]

    with pytest.raises(KeyboardInterrupt):
        run("a", 2)
    np.testing.assert_array_equal(run("a", None), run("b", None))


def test_a_stopped_run_with_another_config_starts_anew(capsys):
    model, epoch = line()
    with pytest.raises(KeyboardInterrupt):
        train("line", model, stopped(1, model, epoch), 3, config={"lr": 1})
    run, model = train_line(3, config={"lr": 2})
    assert "is of another run (lr was 1 and is 2)" in capsys.readouterr().out
    assert (run.epochs, model["b"].tolist()) == (3, [3, 3])


def test_a_cut_off_partial_file_costs_only_its_own_epochs(folder, capsys):
    model, epoch = line()
    with pytest.raises(KeyboardInterrupt):
        train("line", model, stopped(2, model, epoch), 3)
    path = folder / "artifacts/line.partial.safetensors"
    path.write_bytes(path.read_bytes()[:-3])
    run, _ = train_line(3)
    assert run.trained
    assert "is not used: it is not a whole safetensors file" in capsys.readouterr().out


def test_a_kill_between_the_last_two_files_loses_nothing(folder, monkeypatch, capsys):
    from chainrule.training import files

    really = files.write

    def killed(path, data):
        if path.name == "line.json":
            raise KeyboardInterrupt
        really(path, data)

    monkeypatch.setattr(files, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        train_line()
    monkeypatch.setattr(files, "write", really)
    model, _ = line()
    run = train("line", model, lambda k: pytest.fail("trained"), 3)
    assert run.trained
    assert run.epochs == 3
    assert "going on after epoch 3 of 3" in capsys.readouterr().out


def test_without_weights_only_the_record_is_kept(folder, capsys):
    first, _ = train_line(keep_weights=False)
    assert [path.name for path in (folder / "artifacts").iterdir()] == ["line.json"]
    second, model = train_line(keep_weights=False)
    assert (second.trained, second.history) == (False, first.history)
    assert not model["w"].any()
    third, _ = train_line()
    assert third.trained
    assert "no weights were kept" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    ["", "../line", "a/b", ".hidden", "a\\b", "x" * 81, "a..b", "nul", "ä", "a b", None, "a.json"],
)
def test_a_name_that_is_no_file_name_is_refused(folder, name):
    with pytest.raises(TrainingError, match="cannot be the name of a run"):
        train_line(name=name)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"epochs": 0}, "epochs is a whole number"),
        ({"epochs": 2.5}, "epochs is a whole number"),
        ({"config": {"optimizer": object()}}, "'optimizer' is a object"),
        ({"config": [1]}, "config should be a dictionary"),
        ({"data": "mnist"}, "data should be a data set"),
        ({"optimizer": "adam"}, "optimizer should be a torch optimizer"),
        ({"generators": [3]}, "generators takes"),
        ({"seed": -1}, "A seed is a whole number"),
    ],
)
def test_a_call_that_is_not_in_order_says_what_to_do(options, words):
    with pytest.raises(TrainingError, match=words):
        train_line(**options)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (3, "not a int"),
        ({}, "no weights"),
        ({"w": [1.0]}, "w is something else"),
        ({"w": np.array(["a"])}, "w is something else"),
        ({"w": np.array([np.nan])}, "NaN or infinity before training"),
    ],
)
def test_a_model_that_cannot_be_saved_says_so_before_it_is_trained(model, words):
    with pytest.raises(TrainingError, match=words):
        train("line", model, lambda k: pytest.fail("trained"), 2)


def test_a_model_too_large_to_hand_in_says_so_before_it_is_trained(monkeypatch):
    from chainrule.training import plan

    monkeypatch.setattr(plan, "MOST_WEIGHTS", 50)
    with pytest.raises(TrainingError, match="can be handed in"):
        train_line()


def test_a_folder_that_cannot_be_written_says_where(folder):
    (folder / "artifacts").write_text("a file in its place")
    with pytest.raises(TrainingError, match=r"could not be written .* run this cell again"):
        train_line()


def test_many_epochs_leave_few_lines(capsys):
    train_line(100)
    lines = capsys.readouterr().out.rstrip("\n").split("\n")
    assert len(lines) <= 15
    assert lines[-2].rpartition("\r")[2].split()[1] == "100/100"


def test_the_numbers_of_the_epochs_stand_below_each_other(capsys):
    progress = Progress(3, 0, clock=lambda: 0.0)
    for done, loss, accuracy in ((1, 2.3, 0.255), (2, 1.844, 0.26), (3, 12.5, 0.0)):
        progress.show(done, {"loss": loss, "accuracy": accuracy})
    progress.show(3, {"loss": 1234.5678, "rate": 5e-5})
    lines = [line.split("0.0 s left")[0].rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "epoch 1/3  loss 2.3000   accuracy 0.2550",
        "epoch 2/3  loss 1.8440   accuracy 0.2600",
        "epoch 3/3  loss 12.5000  accuracy 0.0000",
        "epoch 3/3  loss 1235     rate 5e-05",
    ]


def test_arrays_are_trained_where_there_is_no_torch():
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np\n"
        "from chainrule.training import seed_all, train\n"
        "seed_all(1)\n"
        "model = {'w': np.zeros(3)}\n"
        "def epoch(k):\n"
        "    model['w'] += np.random.normal(size=3)\n"
        "    return {'train_loss': 1.0}\n"
        "print(train('line', model, epoch, 2).trained, train('line', model, epoch, 2).trained)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "True True"
