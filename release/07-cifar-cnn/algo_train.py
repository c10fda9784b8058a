"""The training algorithm: supervised training of a network, and its evaluation.

You complete this script. All three functions get a dictionary opt_dict with

    "optimizer"   such as torch.optim.Adam(net.parameters())
    "criterion"   nn.CrossEntropyLoss(): the mean loss of a batch, from logits and labels
    "num_epochs"  how often sup_trn goes through the training images
    "device"      where net is; each batch has to be moved there
"""

import torch


def trn_epoch(net, trn_loader, opt_dict):
    """Go through trn_loader once, in train mode, and take a step after each batch.

    Returns the mean of the batches' losses, as a float.
    """
    # WRITE YOUR CODE HERE


def evaluate(net, loader, opt_dict):
    """Loss and accuracy over all images of loader, in eval mode and without gradients.

    Returns two floats: the mean loss of an image, and the share (0 to 1) of images whose
    largest logit is at their label. The last batch may be smaller than the others.
    """
    # WRITE YOUR CODE HERE


def sup_trn(net, trn_loader, val_loader, opt_dict):
    """Train net for opt_dict["num_epochs"] epochs, and evaluate it after each of them.

    Returns the list [net, trn_info]. trn_info is a dictionary of three lists with one float
    for each epoch: "trn_loss" (what trn_epoch returned), "val_loss" and "val_acc".
    """
    # WRITE YOUR CODE HERE
