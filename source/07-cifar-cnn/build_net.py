"""The network: the size of a layer's output, two kinds of blocks, and a CNN made of them.

You complete this script. `torch.nn` has all the layers: Conv2d, BatchNorm2d, ReLU,
MaxPool2d, Flatten, Linear, Dropout.
"""

import torch
from torch import nn


def out_size(h_in, k, p, s):
    """Height after a layer with kernel k, padding p and stride s; equation (5). Whole numbers.

    For the width it is the same, with kernel, padding and stride along the width.
    """
    ### BEGIN SOLUTION eq5_size
    return (h_in - (k - 1) + 2 * p - 1) // s + 1
    ### END SOLUTION


class ConvBlock(nn.Module):
    """One convolution that keeps height and width, ReLU, and a max-pooling that halves them.

    (N, in_channels, H, W) becomes (N, out_channels, H // 2, W // 2), for every odd kernel_size.
    Batch normalisation and dropout may be in it as well.
    """

    def __init__(self, in_channels, out_channels, kernel_size=3):
        super().__init__()
        # Put the layers, in order, into self.layers = nn.Sequential(...).
        ### BEGIN SOLUTION conv_block
        self.layers = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2),
            nn.MaxPool2d(2),  # first, so that the layers after it have a quarter of the work
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )
        ### END SOLUTION

    def forward(self, x):
        return self.layers(x)


class DenseBlock(nn.Module):
    """A fully connected layer, and ReLU behind it; without ReLU if it is the last one.

    (N, in_features) becomes (N, out_features). `dropout` is the share of the inputs that
    nn.Dropout, in front of the layer, sets to 0 in train mode.
    """

    def __init__(self, in_features, out_features, dropout=0.0, last=False):
        super().__init__()
        # Put the layers, in order, into self.layers = nn.Sequential(...).
        ### BEGIN SOLUTION dense_block
        layers = [nn.Dropout(dropout), nn.Linear(in_features, out_features)]
        if not last:
            layers.append(nn.ReLU())
        self.layers = nn.Sequential(*layers)
        ### END SOLUTION

    def forward(self, x):
        return self.layers(x)


class CNN(nn.Module):
    """At least two ConvBlocks, then at least two DenseBlocks, and nothing else that learns.

    Write both methods:

    __init__(self, inp_dim, out_dim)
        inp_dim is the size of one image, (channels, height, width), and out_dim the number
        of classes. The first DenseBlock must fit, whatever inp_dim is.
    forward(self, x)
        (N, channels, height, width) becomes (N, out_dim): logits, without a softmax.
    """

    ### BEGIN SOLUTION cifar_cnn
    def __init__(self, inp_dim, out_dim):
        super().__init__()
        channels, height, width = inp_dim
        self.conv_blocks = nn.Sequential(ConvBlock(channels, 32, 5), ConvBlock(32, 64, 3))
        for _ in self.conv_blocks:
            height, width = out_size(height, 2, 0, 2), out_size(width, 2, 0, 2)
        self.dense_blocks = nn.Sequential(
            DenseBlock(64 * height * width, 256, dropout=0.3),
            DenseBlock(256, out_dim, dropout=0.3, last=True),
        )

    def forward(self, x):
        return self.dense_blocks(torch.flatten(self.conv_blocks(x), start_dim=1))

    ### END SOLUTION
