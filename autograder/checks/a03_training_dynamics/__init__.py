"""Checks of assignment 03, a module a notebook."""
