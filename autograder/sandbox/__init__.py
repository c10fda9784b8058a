"""Runs student code. Nothing outside this package starts a process that does."""
