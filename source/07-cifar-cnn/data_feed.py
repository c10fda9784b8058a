"""The data feed: from stored images to the batches that a network learns from.

You complete this script.
"""

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


def channel_statistics(images):
    """Mean and standard deviation of each colour channel, over all images and all pixels.

    images: uint8 array (N, H, W, 3). Returns two float arrays of shape (3,), for pixels that
    were divided by 255, so between 0 and 1. Leaves images as it is.
    """
    ### BEGIN SOLUTION channel_statistics
    pixels = images.reshape(-1, 3)
    mean = np.array([pixels[:, c].mean() for c in range(3)]) / 255
    std = np.array([pixels[:, c].std() for c in range(3)]) / 255
    return mean, std
    ### END SOLUTION


class DataFeed(Dataset):
    """Images and labels, one pair at a time, as a DataLoader wants them."""

    def __init__(self, images, labels, mean, std, flip=False):
        """images: uint8 (N, H, W, 3), labels: int64 (N,), mean and std: (3,)."""
        self.images = images
        self.labels = labels
        self.mean = np.asarray(mean, dtype=np.float32)
        self.std = np.asarray(std, dtype=np.float32)
        self.flip = flip

    # Write two methods:
    # __len__(self): how many images there are;
    # __getitem__(self, index): the pair (x, y) of one image. x is a float32 tensor (3, H, W),
    #     divided by 255, minus the mean of its channel, divided by the std of its channel;
    #     y is the label, an int. With self.flip every image is mirrored, left to right,
    #     in one half of the cases: chance decides each time anew (torch.rand(1)).
    ### BEGIN SOLUTION data_feed
    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        pixels = self.images[index].astype(np.float32) / 255
        x = torch.from_numpy((pixels - self.mean) / self.std).permute(2, 0, 1)
        if self.flip and torch.rand(1).item() < 0.5:
            x = x.flip(2)
        return x, int(self.labels[index])

    ### END SOLUTION


def make_loader(feed, batch_size, shuffle):
    """Batches of a DataFeed: images (B, 3, H, W) and labels (B,). The last one may be smaller."""
    return DataLoader(feed, batch_size=batch_size, shuffle=shuffle)
