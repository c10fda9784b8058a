"""While grading nothing is trained and nothing raises; what is wrong is said in words."""

from __future__ import annotations

import json
import pickle
import re
import struct

import numpy as np
import pytest

from chainrule.training import files, train

from .conftest import Data, line, train_line


def grade_line(name: str = "line", epochs: int = 3, model: object = None, **options):
    fresh = line()[0] if model is None else model
    return train(name, fresh, lambda k: pytest.fail("trained"), epochs, **options), fresh


def test_what_was_handed_in_is_loaded(grading, capsys):
    first, model = train_line(data=Data())
    grading()
    run, loaded = grade_line(data=Data())
    assert run == first
    np.testing.assert_array_equal(loaded["w"], model["w"])
    assert "nothing is trained here" in capsys.readouterr().out


def test_the_grader_may_have_other_data(grading):
    train_line(data=Data(), config={"lr": 1}, epochs=2)
    grading()
    run, _ = grade_line(data=Data(is_sample=False, fingerprint="ff"), config={"lr": 2})
    assert (run.trained, run.problem) == (True, "")
    assert (run.is_sample, run.data_fingerprint) == (True, Data().fingerprint)


def test_a_notebook_that_says_otherwise_than_its_record_is_told_so(grading):
    train_line(config={"lr": 0.001})
    grading()
    run, model = grade_line(config={"lr": 0.01})
    assert run.trained
    assert "lr was 0.001 and is 0.01 in the notebook" in run.problem
    assert model["w"].any()


def test_weights_that_the_record_was_not_written_for_are_loaded_and_said(folder, grading):
    train_line()
    _, other = train_line(name="other", seed=3)
    (folder / "artifacts/other.safetensors").replace(folder / "artifacts/line.safetensors")
    grading()
    run, model = grade_line()
    assert run.trained
    assert "not those that the record beside them was written for" in run.problem
    np.testing.assert_array_equal(model["w"], other["w"])


def test_a_run_that_was_stopped_counts_for_its_epochs(grading):
    model, epoch = line()

    def stopped(k: int):
        if k == 2:
            raise KeyboardInterrupt
        return epoch(k)

    with pytest.raises(KeyboardInterrupt):
        train("line", model, stopped, 3)
    grading()
    run, loaded = grade_line()
    assert (run.trained, run.epochs) == (True, 2)
    assert run.problem == "training was stopped after 2 of 3 epochs"
    np.testing.assert_array_equal(loaded["w"], model["w"])


def with_header(text: bytes, body: bytes = b"") -> bytes:
    return struct.pack("<Q", len(text)) + text + body


def weights(**arrays: np.ndarray) -> bytes:
    from safetensors.numpy import save

    return save({name: np.ascontiguousarray(array) for name, array in arrays.items()})


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("unpickled",))


W, B = np.ones((3, 2)), np.ones(2, dtype=np.float32)
HUGE = b'{"w": {"dtype": "F64", "shape": [1099511627776, 1099511627776], "data_offsets": [0, 8]}}'
FOREIGN = {
    "missing": (None, "was not handed in, or was too large to be taken"),
    "empty": (b"", "not a whole safetensors file"),
    "cut off": (weights(w=W, b=B)[:-8], "not a whole safetensors file"),
    "pickle": (pickle.dumps({"w": Bomb()}), "not a whole safetensors file"),
    "zip": (b"PK\x03\x04" + bytes(100), "not a whole safetensors file"),
    "text": (b"not what it should be, not at all", "not a whole safetensors file"),
    "no table": (with_header(b"[1, 2]"), "no table"),
    "deep": (with_header(b"[" * 100_000), "its header is no JSON"),
    "lies": (with_header(HUGE, bytes(8)), "not a whole safetensors file"),
    "long header": (struct.pack("<Q", 2**23) + bytes(2**23), "header is too large"),
    "other shape": (weights(w=W.T, b=B), r"w is \(2, 3\) in the file and \(3, 2\) in your model"),
    "other type": (weights(w=W.astype("f4"), b=B), "w is float32 in the file and float64"),
    "other names": (weights(weight=W, b=B), "it has no w"),
    "more": (weights(w=W, b=B, c=B), "your model has no c"),
    "NaN": (weights(w=W * np.nan, b=B), "NaN or infinity in w"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_foreign_weights_leave_the_model_as_it_was_and_are_named(folder, grading, capsys, case):
    train_line()
    data, words = FOREIGN[case]
    path = folder / "artifacts/line.safetensors"
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    grading()
    run, model = grade_line()
    assert not run.trained
    assert not model["w"].any()
    assert re.search(words, run.problem), run.problem
    assert run.problem in capsys.readouterr().out
    assert run.history["train_loss"] == [1.0, 1 / 2, 1 / 3]  # the record is still what it says


def test_nothing_handed_in_lets_the_notebook_go_on(grading):
    grading()
    run, model = grade_line()
    assert not run.trained
    assert "was not handed in" in run.problem
    assert run.history["train_loss"] == []
    assert np.isnan(run.last("test_accuracy"))
    assert not model["w"].any()


@pytest.mark.parametrize("kind", ["weights", "record"])
def test_a_huge_file_is_not_read(folder, grading, kind):
    train_line()
    suffix, most = {
        "weights": ("safetensors", files.MOST_WEIGHTS),
        "record": ("json", files.MOST_RECORD),
    }[kind]
    with (folder / f"artifacts/line.{suffix}").open("r+b") as file:
        file.truncate(most + 1)  # a hole, which takes no room on the disk
    grading()
    run, model = grade_line()
    assert not run.trained
    assert "is too large" in run.problem
    assert not model["w"].any()


def test_a_link_is_not_followed(folder, grading):
    train_line()
    path = folder / "artifacts/line.safetensors"
    path.rename(folder / "elsewhere")
    path.symlink_to(folder / "elsewhere")
    grading()
    assert "no ordinary file" in grade_line()[0].problem


RECORDS = {
    "no JSON": b"{",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "long number": b'{"schema": 1, "epochs": ' + b"9" * 10_000 + b"}",
}
FIELDS = {
    "seconds": [float("nan"), float("inf"), -1, "1", None, 10**400],
    "schema": [2, None],
    "history": [
        None,
        {"a": ["b"] * 3},
        {"a": [1.0]},
        {"a": [0, 0, True]},
        {"": [0, 0, 0]},
        {f"n{i}": [0, 0, 0] for i in range(99)},
    ],
    "config": [{"a": "b" * 30_000}, [1], None],
    "data": [{"name": 3}, "mnist", {"name": "a", "is_sample": 1, "fingerprint": "b"}],
    "name": ["x" * 300, 3],
    "done": [10**9, 4, -1],
    "epochs": [True, 3.0],
    "seed": [-1, "0"],
    "optimizer": [None, [3]],
    "architecture": [{"w": 3}, {"w": [3, "float32"]}, {"w": [[3], 3]}, None],
    "weights": [{"sha256": 5, "bytes": 3}, [1]],
    "versions": [{"x" * 999: "1"}, {"numpy": 2}],
}


@pytest.mark.parametrize(
    "case",
    [*RECORDS, *((name, i) for name, values in FIELDS.items() for i in range(len(values)))],
    ids=lambda case: case if isinstance(case, str) else f"{case[0]} {case[1]}",
)
def test_a_record_that_is_not_ours_is_refused_in_words(folder, grading, case):
    train_line()
    path = folder / "artifacts/line.json"
    if isinstance(case, str):
        path.write_bytes(RECORDS[case])
    else:
        name, i = case
        path.write_text(json.dumps(json.loads(path.read_text()) | {name: FIELDS[name][i]}))
    grading()
    run, model = grade_line()
    assert not run.trained
    assert run.problem.startswith("artifacts/line.json: it is no")
    assert len(run.problem) <= 500
    assert not model["w"].any()


class Broken(dict):
    def items(self):
        raise MemoryError("no items today")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "../../etc/passwd"}, "cannot be the name of a run"),
        ({"epochs": "many"}, "epochs is a whole number"),
        ({"model": 3}, "not a int"),
        ({"model": Broken(w=W)}, "MemoryError: no items today"),
    ],
)
def test_a_call_that_is_not_in_order_costs_only_itself(grading, options, words):
    grading()
    run, _ = grade_line(**options)
    assert not run.trained
    assert words in run.problem
