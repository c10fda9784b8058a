"""Small things that the other scripts use. Given: read it, and leave it as it is."""


def hold_out(split, share=0.1):
    """Put the last images of a split aside, for validation.

    Returns (images, labels) to train on and (images, labels) to validate with.
    """
    cut = len(split) - int(share * len(split))
    return (split.images[:cut], split.labels[:cut]), (split.images[cut:], split.labels[cut:])


def count_parameters(net):
    """How many numbers a network can learn."""
    return sum(p.numel() for p in net.parameters() if p.requires_grad)


def batches_at_once(images, size=500):
    """Parts of an array with at most `size` rows each, in order."""
    return (images[start : start + size] for start in range(0, len(images), size))
