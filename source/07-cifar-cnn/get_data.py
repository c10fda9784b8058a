"""Gets CIFAR-10: fetched once, checked, and kept. Given: read it, and leave it as it is.

python get_data.py
"""

from chainrule.datasets import cifar10


def get_data():
    """The data set: 50,000 images for training and 10,000 for testing, and what the labels mean.

    It is downloaded the first time. data.train.images is uint8 (N, 32, 32, 3),
    data.train.labels is int64 (N,); data.test has the same two; data.classes has ten names.
    """
    return cifar10()


if __name__ == "__main__":
    print(get_data())
