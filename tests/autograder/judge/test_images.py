"""The images on which the judge measures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.judge import images
from autograder.judge.trial import Undecided
from chainrule.datasets import DataSet, Split, real
from chainrule.datasets.sources import MNIST_FOLDER


def rng(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("name", "shape"), [("mnist", (28, 28)), ("cifar10", (32, 32, 3))])
def test_images_of_the_sample_are_fresh_for_each_secret(name: str, shape: tuple) -> None:
    pictures, labels = images.held_out(name, True, rng(), 40)
    assert pictures.shape == (40, *shape)
    assert (pictures.dtype, labels.dtype) == (np.uint8, np.int64)
    assert set(labels.tolist()) <= set(range(10))
    again, same = images.held_out(name, True, rng(), 40)
    assert np.array_equal(pictures, again)
    assert np.array_equal(labels, same)
    other, _ = images.held_out(name, True, rng(6), 40)
    known = {picture.tobytes() for picture in pictures}
    assert not known & {picture.tobytes() for picture in other}


def test_there_are_none_where_the_real_data_is_not_there(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))
    for name in ("mnist", "cifar10"):
        with pytest.raises(Undecided, match=f"`chainrule data get {name}` fetches it there"):
            images.held_out(name, False, rng(), 10)
    assert str(tmp_path) in images.folders()


def test_there_are_none_where_the_real_data_is_damaged(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / MNIST_FOLDER).mkdir(parents=True)
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))

    def damaged() -> DataSet:
        raise images.DataError("cut short")

    monkeypatch.setattr(real, "mnist", damaged)
    with pytest.raises(Undecided):
        images.held_out("mnist", False, rng(), 10)


@pytest.mark.parametrize(("name", "shape"), [("mnist", (28, 28)), ("cifar10", (32, 32, 3))])
def test_real_images_are_changed_a_little_and_keep_their_labels(
    name: str, shape: tuple, tmp_path: Path, monkeypatch
) -> None:
    count = 60
    pictures = rng(1).integers(0, 200, (count, *shape)).astype(np.uint8)
    labels = np.arange(count)  # as if each had a class of its own
    (tmp_path / MNIST_FOLDER).mkdir(parents=True)
    (tmp_path / "cifar-10-batches-py").mkdir()
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))
    split = Split(pictures, labels)
    data = DataSet(name, split, split, ("",) * count, is_sample=False, fingerprint="x")
    monkeypatch.setattr(real, name, lambda: data)
    seen, told = images.held_out(name, False, rng(), 30)
    assert seen.shape == (30, *shape)
    assert len(set(told.tolist())) == 30
    known = {picture.tobytes() for picture in pictures}
    assert not known & {picture.tobytes() for picture in seen}
    mirrored = 0
    for picture, label in zip(seen.astype(int), told, strict=True):
        straight = np.abs(picture - pictures[label]).max()
        turned = np.abs(picture[:, ::-1] - pictures[label]).max()
        assert min(straight, turned) <= 200 * images.BRIGHTER + images.NOISE + 1
        mirrored += turned < straight
    assert (0 < mirrored < 30) if name == "cifar10" else mirrored == 0
    everything, _ = images.held_out(name, False, rng(), 1000)
    assert len(everything) == count
