# points: 4
# script
# The whole script, rearranged.
from torch import nn
from torch.nn import functional as F


def out_size(h_in, k, p, s):
    return (h_in + 2 * p - k) // s + 1


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size=3):
        super().__init__()
        self.layers = nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2)

    def forward(self, x):
        return F.max_pool2d(F.relu(self.layers(x)), 2)
