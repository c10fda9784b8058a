"""Checks of assignment 02: the layers, the classifier made of them, and what it has learned."""
