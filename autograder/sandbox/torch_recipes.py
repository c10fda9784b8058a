"""What the probe makes for the judge from plain data: networks, optimisers, loaders, losses.

A student's training function is tried on these: on weights and data that the
judge has chosen, so that it can compute what must come out. Apart from `probe`
because it imports torch. Like the probe it lives among the student's code, and
nothing that it makes is believed to be what it should be.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def linear(weights: np.ndarray, bias: np.ndarray) -> nn.Linear:
    """A dense layer x W + b; W has shape (inputs, outputs), as the course writes it."""
    layer = nn.Linear(*weights.shape)
    layer.load_state_dict(
        {"weight": torch.from_numpy(weights.T.copy()), "bias": torch.from_numpy(bias.copy())}
    )
    return layer


def mlp(*weights_and_biases: np.ndarray) -> nn.Sequential:
    """Dense layers from W1, b1, W2, b2, … with a ReLU between each two."""
    layers: list[nn.Module] = []
    for weights, bias in zip(weights_and_biases[::2], weights_and_biases[1::2], strict=True):
        layers += [nn.ReLU()] * bool(layers) + [linear(weights, bias)]
    return nn.Sequential(*layers)


def dropout_probe(weights: np.ndarray, bias: np.ndarray, training: bool) -> nn.Module:
    """A dense layer behind a dropout of everything: in train mode it gives its bias alone."""
    return nn.Sequential(nn.Dropout(1.0), linear(weights, bias)).train(training)


def batch_norm_probe(weights: np.ndarray, bias: np.ndarray, training: bool) -> nn.Module:
    """A dense layer behind batch normalisation, whose averages show how it was used."""
    layers = nn.Sequential(nn.BatchNorm1d(weights.shape[0]), linear(weights, bias))
    return layers.train(training)


def sgd(module: nn.Module, lr: float, momentum: float) -> torch.optim.Optimizer:
    """Gradient descent on what the module can learn."""
    return torch.optim.SGD(_learned(module), lr=lr, momentum=momentum)


def adam(module: nn.Module, lr: float) -> torch.optim.Optimizer:
    """Adam with torch's own β1, β2 and ε on what the module can learn."""
    return torch.optim.Adam(_learned(module), lr=lr)


def dataset(*arrays: np.ndarray) -> TensorDataset:
    """Tensors side by side, as `chainrule.datasets` gives them."""
    return TensorDataset(*(torch.from_numpy(array.copy()) for array in arrays))


def loader(x: np.ndarray, y: np.ndarray, batch_size: int) -> DataLoader:
    """Batches in order, the last one as small as it comes."""
    return DataLoader(dataset(x, y), batch_size=batch_size)


def loss(name: str) -> nn.Module:
    """A loss by its name, averaged over the batch."""
    return {"cross_entropy": nn.CrossEntropyLoss, "mse": nn.MSELoss}[name]()


def device(name: str) -> torch.device:
    """Where tensors are."""
    return torch.device(name)


def _learned(module: nn.Module) -> list[nn.Parameter]:
    return [parameter for parameter in module.parameters() if parameter.requires_grad]


RECIPES: dict[str, Callable] = {
    recipe.__name__: recipe
    for recipe in (
        *(linear, mlp, dropout_probe, batch_norm_probe),
        *(sgd, adam, dataset, loader, loss, device),
    )
}
