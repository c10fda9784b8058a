"""Checks of 04-grayscale-mlp."""
