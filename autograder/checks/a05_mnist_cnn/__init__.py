"""Checks of 05-mnist-cnn, a module a notebook."""
