"""Checks for assignment 08: learn on five classes of CIFAR-10, carry over to the other five."""
