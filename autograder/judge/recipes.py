"""What a check gives to a student's training function: made in the kernel from plain data.

    net = recipes.mlp(W1, b1, W2, b2)
    train_epoch(net, recipes.loader(x, y, 8), recipes.sgd(net, 0.1), recipes.loss("cross_entropy"))
    after = net.state()

Weights have shape (inputs, outputs), as the course writes x W + b; torch keeps
them turned round: in `state()` the weight of `linear` is `weight`, of shape
(outputs, inputs), and those of `mlp` are `0.weight`, `2.weight`, and so on.
Make a recipe inside of a check: it belongs to one trial.
"""

from __future__ import annotations

import numpy as np

from autograder.judge.models import Module
from autograder.judge.remote import Recipe
from autograder.judge.training_replay import as_tensor_data

NET = "the judge's network"


def linear(weights: np.ndarray, bias: np.ndarray) -> Module:
    """`nn.Linear` with logits x W + b."""
    return Module(Recipe("linear", *_data(weights, bias)), NET)


def mlp(*weights_and_biases: np.ndarray) -> Module:
    """`nn.Sequential` of dense layers from W1, b1, W2, b2, …, with a ReLU between each two."""
    return Module(Recipe("mlp", *_data(*weights_and_biases)), NET)


def dropout_probe(weights: np.ndarray, bias: np.ndarray, training: bool = True) -> Module:
    """`linear` behind a dropout of everything; made in train or eval mode.

    In eval mode its logits are x W + b, in train mode b: so its loss tells the mode, and W
    is trained in eval mode only. In `state()`: `1.weight`, `1.bias`.
    """
    return Module(Recipe("dropout_probe", *_data(weights, bias), training), NET)


def batch_norm_probe(weights: np.ndarray, bias: np.ndarray, training: bool = True) -> Module:
    """`linear` behind a fresh `nn.BatchNorm1d`, whose averages move in train mode only.

    In `state()`: `0.running_mean` (at first 0; after a batch in train mode a tenth of its
    mean), `0.running_var`, `0.num_batches_tracked`, `0.weight`, `0.bias`, `1.weight`, `1.bias`.
    """
    return Module(Recipe("batch_norm_probe", *_data(weights, bias), training), NET)


def sgd(module: Module, lr: float, momentum: float = 0.0) -> Recipe:
    """`torch.optim.SGD` on what `module` can learn."""
    return Recipe("sgd", module, lr, momentum)


def adam(module: Module, lr: float) -> Recipe:
    """`torch.optim.Adam` on what `module` can learn, with torch's own β1, β2 and ε."""
    return Recipe("adam", module, lr)


def loader(x: np.ndarray, y: np.ndarray, batch_size: int) -> Recipe:
    """A `DataLoader` that does not shuffle; the last batch is as small as it comes."""
    return Recipe("loader", *_data(x, y), batch_size)


def dataset(*arrays: np.ndarray) -> Recipe:
    """A `TensorDataset`, as `chainrule.datasets` gives them."""
    return Recipe("dataset", *_data(*arrays))


def loss(name: str) -> Recipe:
    """A loss by its name, `cross_entropy` or `mse`: a module that averages over the batch."""
    return Recipe("loss", name)


def device(name: str = "cpu") -> Recipe:
    """A `torch.device`."""
    return Recipe("device", name)


def _data(*arrays: np.ndarray) -> list[np.ndarray]:
    return [as_tensor_data(array) for array in arrays]
