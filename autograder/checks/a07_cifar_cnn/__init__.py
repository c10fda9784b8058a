"""Checks of assignment 07: a convolutional network for CIFAR-10, written as scripts."""
