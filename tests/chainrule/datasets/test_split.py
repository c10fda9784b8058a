"""Images and labels, as arrays and as tensors."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.datasets import DataSet, Split


@pytest.fixture
def split() -> Split:
    images = np.random.default_rng(0).integers(0, 256, (20, 8, 6, 3), dtype=np.uint8)
    return Split(images, np.arange(20) % 10)


def test_a_split_has_as_many_labels_as_images() -> None:
    with pytest.raises(ValueError, match="3 images"):
        Split(np.zeros((3, 28, 28), np.uint8), np.zeros(4, np.int64))


def test_nothing_in_a_split_can_be_changed_and_what_it_was_made_of_can() -> None:
    images, labels = np.zeros((2, 4, 4), np.uint8), np.zeros(2, np.int64)
    split = Split(images, labels)
    with pytest.raises(ValueError, match="read-only"):
        split.images[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        split.labels[0] = 1
    images[0] = 1


def test_the_first_and_the_chosen_keep_their_labels(split: Split) -> None:
    assert split.first(3).labels.tolist() == [0, 1, 2]
    assert len(split.first(100)) == 20
    chosen = split.only(classes=(3, 1))
    assert chosen.labels.tolist() == [1, 3, 1, 3]
    np.testing.assert_array_equal(chosen.images, split.images[[1, 3, 11, 13]])
    with pytest.raises(ValueError, match="at least one"):
        split.first(0)


def test_floats_are_between_0_and_1_and_the_caller_s_own(split: Split) -> None:
    floats = split.floats()
    assert floats.dtype == np.float32
    np.testing.assert_array_equal(floats, (split.images / 255).astype(np.float32))
    floats[0] = 0


def test_tensors_are_what_torchvision_makes_of_the_same_images(split: Split) -> None:
    torch = pytest.importorskip("torch")
    functional = pytest.importorskip("torchvision.transforms.functional")
    images, labels = split.tensors().tensors
    assert (images.dtype, labels.dtype) == (torch.float32, torch.int64)
    assert images.shape == (20, 3, 8, 6)
    for image, array in zip(images, split.images, strict=True):
        assert torch.equal(image, functional.to_tensor(array.copy()))
    grey, _ = split.tensors(grayscale=True).tensors
    assert grey.shape == (20, 1, 8, 6)
    # torchvision rounds the first weight to 0.2989.
    assert torch.allclose(grey, functional.rgb_to_grayscale(images), atol=2e-4)
    assert images.is_contiguous()


def test_grey_images_get_a_channel() -> None:
    pytest.importorskip("torch")
    split = Split(np.full((2, 28, 28), 255, np.uint8), np.zeros(2, np.int64))
    for grayscale in (False, True):
        images, _ = split.tensors(grayscale).tensors
        assert images.shape == (2, 1, 28, 28)
        assert float(images.min()) == 1


def test_a_data_set_says_in_a_line_what_it_is(split: Split) -> None:
    data = DataSet("cifar10", split, split.first(5), ("a",), is_sample=True, fingerprint="f")
    assert repr(data) == "DataSet(cifar10, the small sample: 20 train, 5 test)"
    assert repr(split) == "Split(20 images of 8×6×3)"
