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
    # WRITE YOUR CODE HERE


class ConvBlock(nn.Module):
    """One convolution that keeps height and width, ReLU, and a max-pooling that halves them.

    (N, in_channels, H, W) becomes (N, out_channels, H // 2, W // 2), for every odd kernel_size.
    Batch normalisation and dropout may be in it as well.
    """

    def __init__(self, in_channels, out_channels, kernel_size=3):
        super().__init__()
        # Put the layers, in order, into self.layers = nn.Sequential(...).
        # WRITE YOUR CODE HERE

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
        # WRITE YOUR CODE HERE

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

    # WRITE YOUR CODE HERE
