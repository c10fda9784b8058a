"""The sample is announced, the same everywhere, and something can be learned from it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from chainrule.datasets import DataError, Split, cifar10, load, mnist, sample


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_DATASET", "sample")


def test_the_samples_have_the_shapes_of_the_real_data(asked_for) -> None:
    digits, pictures = mnist(), cifar10()
    assert digits.train.images.shape == (1437, 28, 28)
    assert digits.test.images.shape == (360, 28, 28)
    assert pictures.train.images.shape == (5000, 32, 32, 3)
    assert pictures.test.images.shape == (1000, 32, 32, 3)
    for data in digits, pictures:
        assert data.is_sample
        assert data.fingerprint.startswith("sample-")
        assert len(data.classes) == 10
        for split in data.train, data.test:
            assert split.images.dtype == np.uint8
            assert split.labels.dtype == np.int64
            assert np.bincount(split.labels).min() >= 0.07 * len(split)


def test_the_sample_is_announced_loudly_and_once_a_process() -> None:
    code = "from chainrule.datasets import *\nmnist(); mnist(); load('mnist')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"CHAINRULE_DATASET": "sample"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("SAMPLE DATA, NOT MNIST") == 1
    assert "To get MNIST, start Jupyter without CHAINRULE_DATASET=sample." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 90


def test_what_a_variable_cannot_be_is_said(monkeypatch) -> None:
    monkeypatch.setenv("CHAINRULE_DATASET", "smaple")
    with pytest.raises(DataError, match=r"smaple.*sample"):
        load("mnist")


def test_the_recipe_makes_the_same_pictures_everywhere() -> None:
    # Another number here is another sample: raise sample._RECIPE with it.
    means = [sample.cifar10().train.images.mean(), sample.mnist().train.images.mean()]
    np.testing.assert_allclose(means, [71.137, 42.738], atol=0.02)


@pytest.mark.parametrize("fresh", [sample.colour_images, sample.digits])
def test_fresh_images_depend_on_their_seed_alone(fresh) -> None:
    images, labels = fresh(50, seed=3)
    again, same = fresh(50, seed=3)
    others, _ = fresh(50, seed=4)
    np.testing.assert_array_equal(images, again)
    np.testing.assert_array_equal(labels, same)
    assert len(images) == len(labels) == 50
    assert (images.reshape(50, -1) != others.reshape(50, -1)).any(axis=1).all()


def test_fresh_digits_are_in_no_student_s_hands() -> None:
    images, _ = sample.digits(720, seed=5)
    known = {
        image.tobytes()
        for split in (sample.mnist().train, sample.mnist().test)
        for image in split.images
    }
    assert not known & {image.tobytes() for image in images}


def linear_accuracy(train: Split, test: Split) -> float:
    """Of least squares on what is left of the images in blocks of 4×4 pixels."""

    def features(split: Split) -> np.ndarray:
        images = split.floats()
        side = images.shape[1] // 4
        blocks = images.reshape(len(images), side, 4, side, 4, -1).mean(axis=(2, 4))
        return np.hstack([blocks.reshape(len(images), -1), np.ones((len(images), 1))])

    x, targets = features(train), np.eye(10)[train.labels]
    weights = np.linalg.solve(x.T @ x + 1e-2 * np.eye(x.shape[1]), x.T @ targets)
    return float((np.argmax(features(test) @ weights, axis=1) == test.labels).mean())


def test_a_linear_model_learns_the_digits_and_only_a_little_of_the_pictures() -> None:
    digits, pictures = sample.mnist(), sample.cifar10()
    assert linear_accuracy(digits.train, digits.test) > 0.85
    assert 0.2 < linear_accuracy(pictures.train, pictures.test) < 0.5


def test_fresh_images_are_as_hard_as_the_test_images() -> None:
    # A judge measures on fresh ones what a student measured on the test images.
    digits, pictures = sample.mnist(), sample.cifar10()
    for data, fresh in (digits, sample.digits), (pictures, sample.colour_images):
        measured = linear_accuracy(data.train, Split(*fresh(1000, seed=8)))
        assert measured == pytest.approx(linear_accuracy(data.train, data.test), abs=0.05)
