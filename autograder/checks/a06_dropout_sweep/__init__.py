"""Checks of 06-dropout-sweep."""
