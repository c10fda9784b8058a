"""Convolutions and pooling in NumPy agree with torch's."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.training.convolutions import average_pool, convolution, max_pool

torch = pytest.importorskip("torch")


@pytest.mark.parametrize(
    ("size", "stride", "padding"), [(4, 2, 0), (4, 1, 0), (3, 2, 1), (5, 3, 2)]
)
def test_a_convolution_is_torchs(size: int, stride: int, padding: int) -> None:
    rng = np.random.default_rng(size)
    x, weight = rng.standard_normal((2, 3, 11, 9)), rng.standard_normal((4, 3, size, size))
    bias = rng.standard_normal(4)
    arrays = (torch.from_numpy(array) for array in (x, weight, bias))
    wanted = torch.nn.functional.conv2d(*arrays, stride=stride, padding=padding).numpy()
    np.testing.assert_allclose(convolution(x, weight, bias, stride, padding), wanted, atol=1e-12)


@pytest.mark.parametrize(("size", "stride"), [(2, None), (3, 1), (3, 2)])
def test_pooling_is_torchs(size: int, stride: int | None) -> None:
    x = np.random.default_rng(size).standard_normal((2, 3, 8, 7))
    images, functions = torch.from_numpy(x), torch.nn.functional
    largest = functions.max_pool2d(images, size, stride).numpy()
    means = functions.avg_pool2d(images, size, stride).numpy()
    np.testing.assert_allclose(max_pool(x, size, stride), largest)
    np.testing.assert_allclose(average_pool(x, size, stride), means)
