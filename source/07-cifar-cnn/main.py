"""Puts all scripts together: data, network, training. Given: read it, and leave it as it is.

    python main.py

The notebook calls `run(settings)` with its own settings. The training is recorded beside the
notebook, in the folder artifacts: whoever stops it goes on later where it was.
"""

import build_net
import data_feed
import get_data
import numpy as np
import torch
import utils
from torch import nn

from chainrule.training import device, seed_all, train

SETTINGS = {"lr": 0.0003, "lr_decay": 1.0, "batch_size": 256, "num_epochs": 3}
"""Step length of Adam, its factor after each epoch, batch size, and epochs: for a first try."""


def run(settings, name="cifar-cnn"):
    """Train a CNN on CIFAR-10. Returns the network, the record of its training, and the data."""
    seed_all(0)
    data = get_data.get_data()
    (trn_images, trn_labels), (val_images, val_labels) = utils.hold_out(data.train)
    # The network's own scaling: from the training images, and for all others the same.
    mean, std = data_feed.channel_statistics(trn_images)
    trn_feed = data_feed.DataFeed(trn_images, trn_labels, mean, std, flip=True)
    val_feed = data_feed.DataFeed(val_images, val_labels, mean, std)
    trn_loader = data_feed.make_loader(trn_feed, settings["batch_size"], shuffle=True)
    val_loader = data_feed.make_loader(val_feed, 500, shuffle=False)

    net = build_net.CNN((3, 32, 32), len(data.classes)).to(device())
    net.to(memory_format=torch.channels_last)  # the same numbers, in an order that is quicker
    optimizer = torch.optim.Adam(net.parameters(), lr=settings["lr"])
    opt_dict = {
        "optimizer": optimizer,
        "criterion": nn.CrossEntropyLoss(),
        "num_epochs": 1,
        "device": device(),
    }

    def epoch(k):
        """One epoch by sup_trn, so that the record has every one of them."""
        import algo_train  # here, because a network that is trained already does without

        for group in optimizer.param_groups:
            group["lr"] = settings["lr"] * settings["lr_decay"] ** k
        _, trn_info = algo_train.sup_trn(net, trn_loader, val_loader, opt_dict)
        return {key: numbers[-1] for key, numbers in trn_info.items()}

    record = train(
        name, net, epoch, settings["num_epochs"], optimizer=optimizer, config=settings, data=data
    )
    return Scaled(net, mean, std).eval(), record, data


class Scaled(nn.Module):
    """A trained network with its scaling: it takes pixels as they are stored.

    (N, 3, H, W) with numbers from 0 to 255 becomes the logits (N, classes).
    """

    def __init__(self, net, mean, std):
        super().__init__()
        self.net = net
        scaling = np.stack([mean, std]).astype(np.float32).reshape(2, 1, 3, 1, 1)
        self.register_buffer("scaling", torch.from_numpy(scaling).to(device()))

    def forward(self, pixels):
        mean, std = self.scaling
        return self.net((pixels.to(self.scaling.device).float() / 255 - mean) / std)


def predict(net, images):
    """The class of each image, as an array; net as `run` returns it, images uint8 (N, H, W, 3)."""
    with torch.no_grad():
        parts = [
            net(torch.from_numpy(part.transpose(0, 3, 1, 2).copy())).argmax(dim=1).cpu()
            for part in utils.batches_at_once(images)
        ]
    return torch.cat(parts).numpy()


if __name__ == "__main__":
    trained, finished, used = run(SETTINGS)
    right = predict(trained, used.test.images) == used.test.labels
    print(f"{utils.count_parameters(trained):,} parameters, test accuracy {right.mean():.4f}")
