"""Checks of assignment 01, a module a notebook."""
